"""What a person proves himself with: an overview, the PIN, and a passkey asked for by a script before a signature."""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import confirming, pin, second_proof
from ita_core.proof_forms import PinForm

UNLOCK = "unlock"


@login_required
@require_safe
def overview(request: Any) -> HttpResponse:
    keys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    context = {
        "ways": second_proof.ways(request.user),
        "kept": pin.of(request.user),
        "keys": keys.order_by("created_at"),
    }
    return render(request, "account/proof.html", context)


def _without_password(request: HttpRequest) -> bool:
    """Who logs in by a provider alone is asked for a key he has, if any; others give the password with the form."""
    return request.user.is_authenticated and not request.user.has_usable_password()


def just_came_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A new proof for who has neither password nor key to be asked for: only soon after he came in by his provider.

    allauth asks such a person nothing, and whoever finds his session open could make a proof of his own there.
    """

    @functools.wraps(view)
    def kept(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if _without_password(request) and not Authenticator.objects.filter(user=user).exists():
            moments = [one["at"] for one in get_authentication_records(request, user)]
            if time.time() - max(moments, default=0) > app_settings.REAUTHENTICATION_TIMEOUT:
                messages.error(request, _("โปรดออกจากระบบ แล้วเข้าสู่ระบบใหม่ จึงตั้งวิธียืนยันตัวตนได้ภายในห้านาที"))
                return redirect("account_proof")
        return view(request, *args, **kwargs)

    return kept


@login_required
@just_came_in
@reauthentication_required(enabled=_without_password)
@require_http_methods(["GET", "HEAD", "POST"])
def own_pin(request: Any) -> HttpResponse:
    """A new PIN, or with the password alone the tries of the old one anew; then back to where it was wanted."""
    unlocks = UNLOCK in request.POST
    form = PinForm(request.POST or None, request=request, user=request.user, unlocks=unlocks)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            form.save()
            messages.success(request, _("ปลดล็อกรหัสแล้ว") if unlocks else _("ตั้ง PIN แล้ว"))
            return redirect(get_next_redirect_url(request) or reverse("account_proof"))
    shown = PinForm(request=request, user=request.user, unlocks=False) if unlocks else form
    context = {
        "form": shown,
        "unlocking": form if unlocks else None,
        "ways": second_proof.ways(request.user),
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "account/pin.html", context, status=status)


@require_http_methods(["GET", "POST"])
def confirm_by_passkey(request: Any) -> JsonResponse:
    """GET: what the browser asks the key for. POST: its answer, which confirms this session; 400 with a sentence."""
    if not request.user.is_authenticated:
        again = f"{reverse('account_login')}?{urlencode({'next': '/'})}"
        return JsonResponse({"sentence": _("โปรดเข้าสู่ระบบอีกครั้ง"), "login": again}, status=401)
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return JsonResponse({"sentence": _("ส่งคำขอถี่เกินไป โปรดรอสักครู่แล้วลองใหม่")}, status=429)
    if request.method == "GET":
        return JsonResponse({"request_options": auth.begin_authentication(request.user)})
    try:
        answer = json.loads(request.body)
        auth.parse_authentication_response(answer)
        found = auth.complete_authentication(request.user, answer)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError, ValidationError):
        return JsonResponse({"sentence": _("ยืนยันด้วยพาสคีย์ไม่สำเร็จ โปรดลองใหม่หรือใช้รหัส")}, status=400)
    found.record_usage()
    confirming.note(request.session, request.user)
    return JsonResponse({"sentence": _("ยืนยันตัวตนแล้ว")})
