"""My work: five lists and their counts."""

from __future__ import annotations

import functools

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest
from workflows import inbox as lists
from workflows.views.page import page
from workflows.views.paging import Slice

TITLES = {
    "waiting": _("เรื่องรอพิจารณา"),
    "mine": _("เรื่องที่เสนอไป"),
    "returned": _("เรื่องที่ถูกส่งคืน"),
    "done": _("เรื่องเสร็จสิ้น"),
    "authority": _("เรื่องของหน่วยงาน"),
}
EMPTY = {
    "waiting": _("ไม่มีเรื่องรอท่านพิจารณา"),
    "mine": _("ท่านไม่มีร่างหรือเรื่องที่อยู่ระหว่างเสนอ"),
    "returned": _("ไม่มีเรื่องที่ถูกส่งคืนให้ท่านแก้ไข"),
    "done": _("ยังไม่มีเรื่องที่เสร็จสิ้น"),
    "authority": _("หน่วยงานไม่มีเรื่องที่อยู่ระหว่างเสนอ"),
}
HELP = {
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
        tab = "waiting" if counts["waiting"] or not membership.may_draft else "mine"
    rows = Slice(functools.partial(lists.LISTS[tab].page, membership), request.GET)
    tabs = [{"key": key, "title": title, "count": counts[key]} for key, title in TITLES.items()]
    context = {
        "tab": tab,
        "tabs": tabs,
        "title": TITLES[tab],
        "rows": rows,
        "empty": EMPTY[tab],
        "help": HELP.get(tab, ""),
        "limit": lists.COUNT_LIMIT,
    }
    return render(request, "workflows/inbox.html", context)
