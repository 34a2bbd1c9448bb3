"""The authority's main website, where assessors look: evidence that leads elsewhere is pointed out."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ita_core.membership import MemberRequest
from memos import collecting_words
from memos.models import MainWebsite
from memos.settings_page import administrator


class WebsiteForm(forms.Form):
    """An address as the browser shows it, or the host alone; the host is kept."""

    address = forms.CharField(
        label=gettext_lazy("ที่อยู่ของเว็บไซต์หลัก"),
        required=False,
        max_length=253,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("คัดลอกจากช่องที่อยู่ของเบราว์เซอร์ เว้นว่างได้ ระบบจะไม่เทียบโดเมนของลิงก์หลักฐาน"),
    )

    def clean_address(self) -> str:
        text = str(self.cleaned_data["address"]).strip().lower()
        if not text:
            return ""
        link = text if "://" in text else f"https://{text}"
        if collecting_words.fault_of_link(link) or urlsplit(link).hostname is None:
            raise ValidationError(_("นี่ไม่ใช่ที่อยู่ของเว็บไซต์ โปรดคัดลอกจากช่องที่อยู่ของเบราว์เซอร์"))
        return collecting_words.host_of(link)


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def main_website(request: MemberRequest) -> HttpResponse:
    organisation = request.membership.organisation
    stored = MainWebsite.objects.of(organisation).first()
    form = WebsiteForm(request.POST or None, initial={"address": stored.host if stored else ""})
    if request.method == "POST" and form.is_valid():
        host = form.cleaned_data["address"]
        if host:
            MainWebsite.objects.of(organisation).update_or_create(
                organisation=organisation, defaults={"host": host}
            )
        else:
            MainWebsite.objects.of(organisation).delete()
        messages.success(request, _("บันทึกเว็บไซต์หลักแล้ว"))
        return HttpResponseRedirect(request.path)
    context = {"org": organisation.slug, "form": form}
    return render(request, "memos/main_website.html", context, status=400 if form.is_bound else 200)
