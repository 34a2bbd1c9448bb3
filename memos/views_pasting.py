"""What is pasted into a section's table is read here; the page carries it out as any other of its changes."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ita_core.membership import MemberRequest, member
from memos import clipboard, editing, pasting
from memos.models import Report

_NAMES = ("html", "text", "row", "field")


@member
def paste(request: MemberRequest, pk: int, section: int) -> HttpResponseBase:
    """Who is not logged in gets the page that says so, which no script takes for an answer.

    ``{text}`` for what is no block, ``{ops, cells, notes}`` for one. 400, 403, 409, 413 with a sentence; strangers 404.
    """
    reports = Report.objects.of(request.membership.organisation)
    report = get_object_or_404(reports.select_related("drafter", "organisation"), pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        editing.check_may_edit(request.membership, report)
        wanted = _asked(request.body)
        found = editing.section_of(report, section)
        clip = clipboard.read(wanted["html"], wanted["text"])
        if clip.block is None:
            return JsonResponse({"text": clip.text})
        plan = pasting.lay(found, wanted["row"], wanted["field"], clip.block, words=clip.words)
        return JsonResponse(plan.to_json(found))
    except PermissionDenied as refusal:
        return _refused(403, str(refusal))
    except editing.NotSaved as refusal:
        return _refused(409, refusal.sentence)
    except clipboard.NotPasted as refusal:
        return _refused(400, refusal.sentence)
    except RequestDataTooBig:
        return _refused(413, _("ข้อความที่วางใหญ่เกินกว่าที่ระบบรับได้ในครั้งเดียว โปรดคัดลอกทีละส่วน"))
    except (ValueError, RecursionError):
        return _refused(400, _("ระบบอ่านข้อมูลที่ส่งมาไม่ได้ โปรดโหลดหน้านี้ใหม่"))


def _asked(body: bytes) -> dict[str, str]:
    """ValueError for anything that no page of ours sends."""
    data: Any = json.loads(body)
    if not isinstance(data, dict) or not all(isinstance(data.get(name), str) for name in _NAMES):
        raise ValueError
    return {name: data[name].replace("\0", "") for name in _NAMES}


def _refused(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)
