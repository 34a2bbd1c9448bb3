"""Is this paper genuine? By the code on it, or by the file itself; anybody may ask, and nothing dropped is kept."""

from __future__ import annotations

import hashlib

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import throttle
from workflows import proofs, proving

LARGEST = 30 * 1024**2
CODES_A_MINUTE, FILES_A_MINUTE = 120, 12


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("รหัสตรวจสอบ"),
        max_length=60,
        help_text=_(
            "ตัวเลขและตัวอักษร ๒๐ ตัวใต้คิวอาร์โค้ด เช่น 0F3A-91C0-77D2-4BE8-A651 พิมพ์เล็กใหญ่หรือเว้นวรรคอย่างไรก็ได้"
        ),
        error_messages={"required": _("โปรดใส่รหัสตรวจสอบที่พิมพ์บนเอกสาร")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("ไฟล์ที่ได้รับ"),
        allow_empty_file=True,
        help_text=_("ไฟล์ PDF หรือ Word ตามที่ได้รับมา ไม่เกิน ๓๐ เมกะไบต์ ระบบอ่านแล้วลบทันที ไม่เก็บไว้"),
        error_messages={"required": _("โปรดเลือกไฟล์")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("ไฟล์ใหญ่เกิน ๓๐ เมกะไบต์"))
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Two ways to ask; a typed code goes to its own address, so that it can be kept and sent on."""
    if request.method == "POST":
        return _of_file(request)
    if "code" not in request.GET:
        return _page(request)
    form = CodeForm(request.GET)
    if not form.is_valid():
        return _page(request, code_form=form, status=400)
    return redirect("public:proof_of", code=proofs.as_printed(form.cleaned_data["code"]).replace("/", "-"))


@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    if not throttle.may_ask(request, "code", CODES_A_MINUTE):
        return throttle.too_often(request)
    found = proving.of_code(code)
    status = 404 if found.verdict == proving.UNKNOWN else 200
    return _page(request, found, code_form=CodeForm(initial={"code": found.code or code}), status=status)


def _of_file(request: HttpRequest) -> HttpResponse:
    if not throttle.may_ask(request, "file", FILES_A_MINUTE):
        return throttle.too_often(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=400)
    file: UploadedFile = form.cleaned_data["file"]
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)

    def whole() -> bytes:
        file.seek(0)
        return bytes(file.read())

    file.seek(0)
    found = proving.of_file(digest.hexdigest(), whole, bytes(file.read(8)))
    return _page(request, found, dropped={"name": file.name, "sha256": digest.hexdigest()})


def _page(
    request: HttpRequest,
    found: proving.Finding | None = None,
    *,
    code_form: CodeForm | None = None,
    file_form: FileForm | None = None,
    dropped: dict[str, str | None] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "found": found,
        "dropped": dropped,
        "code_form": code_form or CodeForm(),
        "file_form": file_form or FileForm(),
    }
    page = render(request, "workflows/proof.html", context, status=status)
    page["X-Robots-Tag"] = "noindex, nofollow"
    return page
