"""My work: its lists and their counts."""

from __future__ import annotations

import functools

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from ita_core.paging import Slice
from workflows import inbox as lists
from workflows.views.page import page

TITLES = {
    "waiting": _("เรื่องรอพิจารณา"),
    "mine": _("เรื่องที่เสนอไป"),
    "shared": _("เรื่องที่ร่วมจัดทำ"),
    "returned": _("เรื่องที่ถูกส่งคืน"),
    "asked": _("เรื่องที่ส่งถึงท่าน"),
    "done": _("เรื่องเสร็จสิ้น"),
    "authority": _("เรื่องของหน่วยงาน"),
}
EMPTY = {
    "waiting": _("ไม่มีเรื่องรอท่านพิจารณา"),
    "mine": _("ท่านไม่มีร่างหรือเรื่องที่อยู่ระหว่างเสนอ"),
    "shared": _("ไม่มีเรื่องของผู้อื่นที่ท่านร่วมจัดทำอยู่"),
    "returned": _("ไม่มีเรื่องที่ถูกส่งคืนให้ท่านแก้ไข"),
    "asked": _("ไม่มีเรื่องที่รอความเห็นหรือการรับทราบของท่าน"),
    "done": _("ยังไม่มีเรื่องที่เสร็จสิ้น"),
    "authority": _("หน่วยงานไม่มีเรื่องที่อยู่ระหว่างเสนอ"),
}
EMPTY_HINT = {
    "waiting": _("เมื่อมีเรื่องเสนอมาถึงตำแหน่งของท่าน เรื่องจะแสดงที่นี่"),
    "mine": _("ร่างที่ท่านจัดทำและเรื่องที่ท่านเสนอไปจะแสดงที่นี่จนกว่าจะเสร็จสิ้น"),
    "returned": _("เรื่องที่ผู้พิจารณาส่งคืนให้ท่านจะแสดงที่นี่ พร้อมเหตุผลและข้อสังเกต"),
}
HELP = {
    "asked": _("ความเห็นที่ผู้พิจารณาขอจากท่าน และเรื่องที่มอบหมายหรือเวียนถึงท่านซึ่งยังไม่ได้รับทราบ"),
    "done": _("เรื่องที่ลงนามแล้ว ไม่อนุมัติ หรือถอนแล้ว ซึ่งท่านเป็นผู้จัดทำหรือมีส่วนพิจารณา เรื่องที่ท่านส่งคืนจะมาอยู่ที่นี่เมื่อสิ้นสุด"),
    "authority": _("ทุกเรื่องของหน่วยงานที่อยู่ระหว่างเสนอ เรื่องที่รอนานที่สุดอยู่บนสุด"),
}


@page
@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    membership = request.membership
    counts = lists.counts(membership)
    tab = request.GET.get("tab", "")
    if tab not in lists.LISTS:
        tab = _first(counts, membership.may_draft)
    rows = Slice(functools.partial(lists.LISTS[tab].page, membership), request.GET)
    tabs = [
        {"key": key, "title": title, "count": counts[key]}
        for key, title in TITLES.items()
        # Few write along with others: who does not is not shown an empty list of it.
        if key != "shared" or counts[key] or tab == key
    ]
    context = {
        "tab": tab,
        "tabs": tabs,
        "title": TITLES[tab],
        "rows": rows,
        "empty": EMPTY[tab],
        "empty_hint": EMPTY_HINT.get(tab, ""),
        "help": HELP.get(tab, ""),
    }
    return render(request, "workflows/inbox.html", context)


def _first(counts: dict[str, int], drafts: bool) -> str:
    """What waits for the person; else his own work."""
    if counts["waiting"]:
        return "waiting"
    if counts["asked"]:
        return "asked"
    return "mine" if drafts else "waiting"
