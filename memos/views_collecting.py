"""The drafter's pages of collecting: who fills which row, how far each unit is, and what it sent."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ita_core import language
from ita_core import typed as typed_texts
from ita_core.membership import MemberRequest, member
from ita_core.models import OrgUnit
from ita_core.rows import may_be_a_row
from memos import (
    collecting,
    collecting_asking,
    collecting_filling,
    collecting_page,
    collecting_people,
    collecting_rows,
    collecting_taking,
    editing,
)
from memos import editor_page as page
from memos.collecting_asking import Assigned
from memos.collecting_taking import Taken
from memos.fields import ThaiDateField
from memos.live import ROW
from memos.models import CollectedRow, Collection, Report


class DueForm(forms.Form):
    due_on = ThaiDateField(
        label=gettext_lazy("ส่งภายในวันที่"),
        required=False,
        help_text=gettext_lazy("เว้นว่างได้ ระบบจะแจ้งเจ้าหน้าที่ของกองและเตือนเมื่อใกล้กำหนด"),
    )


def collector(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """``member``, and a report that the person writes. Strangers 404, others 403; of a closed one every act refuses by itself."""

    @member
    @functools.wraps(view)
    def wrapper(request: MemberRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        reports = Report.objects.of(request.membership.organisation)
        report = get_object_or_404(reports.select_related("organisation", "drafter"), pk=pk)
        collecting_taking.check_may_collect(request.membership, report)
        return view(request, report, **kwargs)

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@collector
def collect_report(request: MemberRequest, report: Report) -> HttpResponse:
    """Every row with its unit; one form gives them to units, takes them back, and moves them."""
    form = DueForm(request.POST or None)
    if request.method != "POST":
        return _overview(request, report, form)
    if not form.is_valid():
        return _overview(request, report, form, chosen=_chosen(request, report))
    try:
        wanted = _chosen(request, report)
        done = collecting_asking.assign(request.membership, report.pk, wanted, form.cleaned_data["due_on"])
    except editing.NotSaved as not_saved:
        return _overview(request, report, form, not_saved, chosen=_chosen(request, report))
    _say_assigned(request, done)
    return HttpResponseRedirect(request.path)


def _chosen(request: MemberRequest, report: Report) -> dict[str, tuple[int | None, int | None]]:
    """Names of the form: ``unit-activity-12`` and ``was-activity-12``; ``all-5`` is for every row of measure 5."""
    data = request.POST
    measures = {row.name: f"all-{row.measure.pk}" for row in collecting_rows.of(report) if row.span > 1}
    found = {}
    for key in data:
        name = key.removeprefix("was-")
        if key == name or not ROW.fullmatch(name):
            continue
        whole = data.get(measures.get(name, ""), "")
        found[name] = (_number(data[key]), _number(whole or data.get(f"unit-{name}", "")))
    return found


def _number(text: str) -> int | None:
    """0 is no unit at all, so that nonsense is refused and not taken for "none"."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and may_be_a_row(text) else 0


def _say_assigned(request: MemberRequest, done: Assigned) -> None:
    for unit, count in done.given.items():
        said = {"unit": unit.name, "n": language.shown(count)}
        messages.success(request, _("มอบให้%(unit)sกรอก %(n)s แถวแล้ว") % said)
    if done.taken:
        messages.success(request, _("นำกลับ %(n)s แถวแล้ว") % {"n": language.shown(done.taken)})
    if done.passed_over:
        sentence = _("มี %(n)s แถวที่ผู้อื่นเปลี่ยนหรือลบไปก่อน จึงไม่ได้เปลี่ยนแถวเหล่านั้น โปรดตรวจอีกครั้ง")
        messages.warning(request, sentence % {"n": language.shown(done.passed_over)})
    if not (done.given or done.taken or done.passed_over):
        messages.info(request, _("ไม่มีแถวใดเปลี่ยน"))


def _overview(
    request: MemberRequest,
    report: Report,
    form: DueForm,
    not_saved: editing.NotSaved | None = None,
    chosen: dict[str, tuple[int | None, int | None]] | None = None,
) -> HttpResponse:
    shown = page.context(report, None, not_saved)
    places, assigned = collecting_rows.of(report), collecting_page.assigned(report)
    proposed = collecting_rows.proposals(report.organisation, places)
    units = list(OrgUnit.objects.of(report.organisation))
    rows = []
    for place in places:
        row, unit = assigned.get(place.name), proposed.get(place.name)
        now = row.collection.unit_id if row else None
        # Once rows were given, one that was not is the drafter's own: another press must not give it away.
        first = unit.pk if unit and not assigned else None
        picked = chosen[place.name][1] if chosen and place.name in chosen else now or first
        rows.append(
            {"place": place, "row": row, "now": now or "", "picked": picked, "proposed": not row and unit}
        )
    progress = collecting.of_report(report)
    people = collecting_people.of_units(report.organisation, [one.unit.pk for one in progress])
    context = {
        **shown,
        "here": request.path,
        "form": form,
        "rows": rows,
        "units": units,
        "progress": [(one, people[one.unit.pk]) for one in progress],
        "closed": "" if report.is_open else collecting_filling.closed_sentence(),
        "unsaved": form.is_bound,
    }
    status = 409 if isinstance(not_saved, editing.Closed) else 400 if form.is_bound else 200
    return render(request, "memos/collect_report.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@collector
def collect_unit(request: MemberRequest, report: Report, unit: int) -> HttpResponse:
    """What one unit sent: ``do=accept``, ``hand-back``, ``remind``, ``due``; with its reminder and who wrote what."""
    found = collecting.of_unit(report, unit)
    if request.method != "POST":
        return _review(request, report, found)
    form = DueForm(request.POST) if request.POST.get("do") == "due" else None
    if form is not None and not form.is_valid():
        return _review(request, report, found, form=form)
    try:
        done = _act(request, report, unit, form)
    except editing.NotSaved as not_saved:
        return _review(request, report, found, not_saved, form=form)
    if done is not None and done.problems:
        return _review(request, report, found, problems=done.problems)
    return HttpResponseRedirect(request.path)


def _act(request: MemberRequest, report: Report, unit: int, form: DueForm | None) -> Taken | None:
    who, chosen = request.membership, request.POST.getlist("row")
    match request.POST.get("do"):
        case "accept":
            done = collecting_taking.accept(who, report.pk, unit, chosen, _was(request))
            if done.taken:
                count = {"n": language.shown(len(done.taken))}
                messages.success(request, _("รับผลลงตารางแล้ว %(n)s แถว") % count)
            return done
        case "hand-back":
            reason = request.POST.get("reason", "")
            count = {"n": language.shown(collecting_taking.hand_back(who, report.pk, unit, chosen, reason))}
            messages.success(request, _("ส่งคืนให้กองแก้ไขแล้ว %(n)s แถว") % count)
        case "remind":
            count = {"n": language.shown(collecting_asking.remind(who, report.pk, unit))}
            messages.success(request, _("แจ้งเตือนเจ้าหน้าที่ของกองแล้ว %(n)s คน") % count)
        case _ if form is not None:
            collecting_asking.set_due(who, report.pk, unit, form.cleaned_data["due_on"])
            messages.success(request, _("บันทึกวันครบกำหนดแล้ว"))
        case _:
            raise editing.NotSaved(_("โปรดเลือกว่าจะทำอะไร"))
    return None


def _was(request: MemberRequest) -> dict[tuple[str, str], str]:
    """What the page showed in the cells: ``was-activity-12.result``."""
    found = {}
    for key, text in request.POST.items():
        row, _dot, field = str(key).removeprefix("was-").partition(".")
        if str(key).startswith("was-") and field:
            found[row, field] = str(text)
    return found


def _review(
    request: MemberRequest,
    report: Report,
    found: Collection,
    not_saved: editing.NotSaved | None = None,
    *,
    form: DueForm | None = None,
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    shown = page.context(report, None, not_saved)
    rows = collecting_page.rows(found)
    for row in rows:
        row.problem = (problems or {}).get(row.name, "")
    counted = [one for one in collecting.of_report(report) if one.unit.pk == found.unit_id]
    left = counted[0].open if counted else 0
    fill = request.build_absolute_uri(collecting.fill_path(report, found.unit_id))
    context = {
        **shown,
        "here": request.path,
        "found": found,
        "rows": rows,
        "chosen": request.POST.getlist("row") if request.method == "POST" else None,
        "standing": counted[0] if counted else None,
        "left": left,
        "sent": [row for row in rows if row.row.standing == CollectedRow.Standing.SENT],
        "people": collecting_people.of_units(report.organisation, [found.unit_id])[found.unit_id],
        "reminder": collecting.reminder(found, left, fill) if left and report.is_open else "",
        "form": form or DueForm(initial={"due_on": found.due_on}),
        "histories": collecting_page.histories(report, found.unit_id, collecting_rows.by_name(report)),
        "own_host": collecting_page.own_host(report),
        "closed": "" if report.is_open else collecting_filling.closed_sentence(),
        "reason": request.POST.get("reason", ""),
        "texts": typed_texts.texts(request) if isinstance(not_saved, editing.Closed) else [],
    }
    status = 409 if problems or isinstance(not_saved, editing.Closed) else 200
    if status == 200 and (not_saved or (form is not None and form.errors)):
        status = 400
    return render(request, "memos/collect_unit.html", context, status=status)
