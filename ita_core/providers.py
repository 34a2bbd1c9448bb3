"""Signing in by an OpenID Connect provider: only people whom an administrator entered, never anybody new.

A provider's account is known by its subject once it was matched; the first time it is matched by an e-mail address that
the provider says is verified and that exactly one active person here has, who has no other account there: addresses of an
office pass to whoever comes next.
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as allauth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from requests import RequestException

from ita_core.models import User


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Whom a provider's answer is about; a sentence when it is nobody of ours."""

    error_messages: ClassVar = {
        **DefaultSocialAccountAdapter.error_messages,
        "invalid_token": gettext_lazy("คำตอบจากผู้ให้บริการยืนยันตัวตนใช้ไม่ได้"),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Accounts are joined here alone, never by a page that an open session could be led to."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("account_login"))
        if sociallogin.is_existing:
            return
        found = _by_verified_address(sociallogin)
        if found is None:
            raise ImmediateHttpResponse(_refused(request, _NOBODY, 403))
        if SocialAccount.objects.filter(user=found, provider=sociallogin.account.provider).exists():
            raise ImmediateHttpResponse(_refused(request, _ANOTHER, 403))
        sociallogin.connect(request, found)


_NOBODY = gettext_lazy("ไม่พบบัญชีในระบบนี้ที่ใช้อีเมลซึ่งผู้ให้บริการยืนยันแล้ว โปรดแจ้งผู้ดูแลระบบของหน่วยงานให้บันทึกอีเมลของท่าน")
_ANOTHER = gettext_lazy("อีเมลนี้เคยใช้เข้าสู่ระบบด้วยบัญชีอื่นของผู้ให้บริการ โปรดแจ้งผู้ดูแลระบบกลางให้ล้างวิธียืนยันตัวตนของท่านก่อน")
_FAILED = gettext_lazy("เข้าสู่ระบบผ่านผู้ให้บริการนี้ไม่สำเร็จ โปรดลองใหม่ หรือใช้ชื่อผู้ใช้และรหัสผ่าน")


def _by_verified_address(sociallogin: Any) -> User | None:
    addresses = [one.email for one in sociallogin.email_addresses if one.verified is True and one.email]
    people = {
        user for email in addresses for user in User.objects.filter(email__iexact=email, is_active=True)
    }
    return people.pop() if len(people) == 1 else None


def _refused(request: HttpRequest, sentence: Any, status: int) -> HttpResponse:
    return render(request, "account/provider_refused.html", {"sentence": sentence}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider. The page's policy lets no form lead to another site, so a page of ours says where it goes."""
    if request.method != "POST":
        return redirect("account_login")
    try:
        answer: HttpResponse = allauth_views.login(request, provider_id)
    except RequestException:
        return _refused(request, _FAILED, 503)
    address = answer.headers.get("Location", "")
    if not address.startswith(("https://", "http://")):
        return _refused(request, _FAILED, 503)
    page = render(request, "account/provider_leaving.html", {"address": address})
    page["Refresh"] = f"0; url={address}"
    return page


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider, whose answer may be anything."""
    try:
        answer: HttpResponse = allauth_views.callback(request, provider_id)
    except (RequestException, AttributeError, KeyError, TypeError, ValueError):
        return _refused(request, _FAILED, 503)
    return answer


def cancelled(request: HttpRequest) -> HttpResponse:
    return _refused(request, _("ท่านยกเลิกการเข้าสู่ระบบผ่านผู้ให้บริการ"), 200)
