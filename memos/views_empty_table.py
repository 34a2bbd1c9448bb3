"""A form's empty table as a Word file: of a kept version, or of a form that is being made."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ita_core import thai
from ita_core.membership import MemberRequest
from ita_core.views import refusal
from memos import content, empty_table
from memos.forms_data import LONGEST_HEADING, validate_columns
from memos.models import FormVersion
from memos.settings_page import administrator
from memos.views_forms import version_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@administrator
@require_safe
def form_word(request: MemberRequest, form: int) -> HttpResponse:
    return _answer(request, version_of(request.membership.organisation, form))


@administrator
@require_POST
def draft_word(request: MemberRequest) -> HttpResponse:
    """Of what the preview last showed, sent along as JSON; nothing is stored."""
    try:
        return _answer(request, _sent(request.POST.get("form", "")))
    except ValidationError as error:
        return refusal(request, 400, " ".join(error.messages))


def _sent(text: str) -> FormVersion:
    """ValidationError with a sentence for anything but a form."""
    try:
        sent: Any = json.loads(text)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict) or not isinstance(sent.get("title"), str):
        raise ValidationError(_("อ่านแบบตารางที่ส่งมาไม่ได้ โปรดเปิดหน้าทำแบบตารางแล้วลองใหม่"))
    validate_columns(sent.get("columns"))
    if problem := thai.problem_in(sent["title"], LONGEST_HEADING):
        raise ValidationError(problem)
    wanted = str(sent.get("orientation", ""))
    orientation = wanted if wanted in FormVersion.Orientation else FormVersion.Orientation.LANDSCAPE
    return FormVersion(
        slug="form", number=0, title=sent["title"], orientation=orientation, columns=sent["columns"]
    )


def _answer(request: MemberRequest, version: FormVersion) -> HttpResponse:
    try:
        data = empty_table.as_word(request.membership.organisation, content.form_values(version))
    except empty_table.NoTable as problem:
        return refusal(request, 409, problem.sentence)
    name = content_disposition_header(True, "แบบตาราง.docx") or "attachment"
    return HttpResponse(
        data, content_type=DOCX, headers={"Content-Disposition": name, "Cache-Control": "private, no-store"}
    )
