"""An open page of the editor talks to the server here, in JSON; what is said is memos/live.py."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core import language
from ita_core.membership import MemberRequest, member
from memos import editing, news, present
from memos import live as desk
from memos.models import Report


def _in_json(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A script cannot read a page that asks for the login: 401 says it in a way that it can."""

    @functools.wraps(view)
    def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            return JsonResponse({"login": True}, status=401)
        return view(request, *args, **kwargs)

    return answered


@_in_json
@member
def live(request: MemberRequest, pk: int) -> HttpResponseBase:
    """What was typed is saved, what others did is told. 400, 401, 403, 409, 413 with a sentence; strangers 404."""
    reports = Report.objects.of(request.membership.organisation)
    report = get_object_or_404(
        reports.select_related("memo__written_by", "item", "organisation", "drafter"), pk=pk
    )
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        wanted = desk.asked(json.loads(request.body))
    except RequestDataTooBig:
        return _refused(413, _("ข้อมูลที่ส่งมาใหญ่เกินกว่าที่ระบบรับได้ในครั้งเดียว โปรดแบ่งเป็นหลายส่วน"))
    except (ValueError, RecursionError):
        return _refused(400, _("ระบบอ่านข้อมูลที่ส่งมาไม่ได้ โปรดโหลดหน้านี้ใหม่"))
    if wanted.user != request.user.pk:
        return JsonResponse({"person": True}, status=401)
    try:
        report, told = _taken(request, report, wanted)
    except PermissionDenied as refusal:
        return _refused(403, str(refusal))
    except editing.NotSaved as refusal:
        return _refused(409, refusal.sentence)
    if wanted.leaves:
        present.leave(report, request.user, wanted.window)
        return JsonResponse({})
    section = desk.section_of_page(report, wanted.page)
    present.note(report, request.user, wanted.window, wanted.page, wanted.place)
    answer = {
        **vars(told),
        "revision": report.revision,
        "at": language.clock(timezone.now()),
        **news.since(report, section, wanted.revision),
        "present": present.others(report, request.user, wanted.window),
    }
    return JsonResponse(answer)


def _taken(request: MemberRequest, report: Report, wanted: desk.Asked) -> tuple[Report, desk.Told]:
    """A page that only looks locks nothing."""
    if wanted.cells or wanted.ops:
        return desk.save(request.membership, report.pk, wanted)
    editing.check_may_edit(request.membership, report)
    return report, desk.Told()


def _refused(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)
