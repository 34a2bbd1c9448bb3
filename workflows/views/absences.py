"""Days away: one's own, everybody's for the administrator, coming back; and the calendar of who acts when."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_core import language, thai
from ita_core.membership import MemberRequest
from ita_core.models import Absence, User
from ita_core.paging import Slice
from ita_core.rows import number_in
from workflows import absences, away, covering, people
from workflows import people_permissions as permissions
from workflows.officers import Actor, check_serves
from workflows.people_forms import AbsenceForm, AnyonesAbsenceForm, BackForm
from workflows.views.page import page
from workflows.views.people import administering, done, posting, typed_in


@page
@posting
def mine(request: MemberRequest) -> HttpResponse:
    """The person's own: what is recorded, and a form for more."""
    actor = Actor.of(request.membership)
    check_serves(actor)
    form = AbsenceForm(request.POST or None, initial={"starts": thai.today()})
    made, status, sentence = typed_in(request, form, lambda: _record(actor, actor.user, form.cleaned_data))
    if made is not None:
        return done(request, _("บันทึกการไม่อยู่แล้ว"), "my_absences")
    rows = Absence.objects.of(actor.organisation).filter(user=actor.user)
    context = {
        "form": form,
        "sentence": sentence,
        "now": away.current(actor.organisation, actor.user),
        "rows": [_shown(actor, row) for row in rows.select_related("user")[:50]],
    }
    return render(request, "workflows/people/my_absences.html", context, status=status)


@page
@require_safe
def everybodys(request: MemberRequest) -> HttpResponse:
    actor = administering(request)
    rows = Absence.objects.of(actor.organisation).select_related("user")
    context = {
        "rows": Slice(lambda start, stop: [_shown(actor, row) for row in rows[start:stop]], request.GET)
    }
    return render(request, "workflows/people/absences.html", context)


@page
@posting
def new_absence(request: MemberRequest) -> HttpResponse:
    actor = administering(request)
    everybody = people.of(actor.organisation)
    initial = {"person": number_in(request.GET.get("person")), "starts": thai.today()}
    form = AnyonesAbsenceForm(request.POST or None, people=everybody, initial=initial)

    def act() -> Absence:
        person = next(one for one in everybody if one.pk == form.cleaned_data["person"])
        return _record(actor, person, form.cleaned_data)

    made, status, sentence = typed_in(request, form, act)
    if made is not None:
        return done(request, _("บันทึกการไม่อยู่แล้ว"), "absences")
    context = {
        "form": form,
        "sentence": sentence,
        "title": _("บันทึกการไม่อยู่"),
        "says": _("ผู้ที่คำสั่งรักษาราชการแทนตามลำดับระบุไว้จะทำหน้าที่แทนในวันเหล่านี้ นับเป็นวันเต็ม"),
        "button": _("บันทึกการไม่อยู่"),
        "back": "workflows:absences",
        "back_name": _("การไม่อยู่"),
    }
    return render(request, "workflows/people/form.html", context, status=status)


def _record(actor: Actor, person: User, typed: dict[str, Any]) -> Absence:
    named = {name: typed[name] for name in ("kind", "starts", "ends", "note")}
    return absences.record(actor, person, **named)


def _shown(actor: Actor, row: Absence) -> dict[str, Any]:
    """A row, with who stood in and whether it may still be ended."""
    never = row.last is not None and row.last < row.starts
    return {"row": row, "never": never, "may_end": not permissions.may_end(actor, row)}


@page
@posting
def back(request: MemberRequest, absence: int) -> HttpResponse:
    """Coming back: the person himself, or the administrator for him. Without a day it is today."""
    actor = Actor.of(request.membership)
    found = Absence.objects.of(actor.organisation).select_related("user").filter(pk=absence).first()
    if found is None:
        raise Http404
    permissions.check_may_end(actor, found)
    form = BackForm(request.POST if request.method == "POST" else None)
    own = found.user_id == actor.user.pk
    made, status, sentence = typed_in(
        request, form, lambda: absences.come_back(actor, found.pk, on=form.cleaned_data["on"])
    )
    if made is not None:
        words = _("บันทึกแล้ว ท่านพิจารณาเรื่องได้ทันที") if own else _("บันทึกการกลับมาแล้ว")
        if made.ended_on and made.ended_on > thai.today() and made.starts <= thai.today():
            words = _("บันทึกวันที่กลับมาแล้ว")
        return done(request, words, "my_absences" if own else "absences")
    days = away.days(found)
    facts = {"name": found.user.full_name, "kind": found.get_kind_display(), "days": days}
    context = {
        "form": form,
        "sentence": sentence,
        "title": _("กลับมาปฏิบัติงาน"),
        "says": language.shown(
            _(
                "%(name)s ไม่อยู่ (%(kind)s) %(days)s เมื่อกลับมา ผู้รักษาราชการแทนพ้นหน้าที่ และเรื่องที่รออยู่กลับมาถึงเจ้าของตำแหน่งทันที"
            )
            % facts
        ),
        "button": _("กลับมาปฏิบัติงาน"),
        "back": "workflows:my_absences" if own else "workflows:absences",
        "back_name": _("การไม่อยู่ของฉัน") if own else _("การไม่อยู่"),
    }
    return render(request, "workflows/people/form.html", context, status=status)


@page
@require_safe
def who_acts(request: MemberRequest) -> HttpResponse:
    """A month: posts by days, and the same as a list. For everybody who serves the authority."""
    actor = Actor.of(request.membership)
    check_serves(actor)
    days = _month(request.GET.get("month", ""))
    posts = covering.posts_of(actor.organisation)
    found = covering.runs(actor.organisation, posts, *days)
    context = {
        "rows": [(post, covering.cells(found[post.pk], days), found[post.pk]) for post in posts],
        "days": [days[0] + datetime.timedelta(days=n) for n in range((days[1] - days[0]).days + 1)],
        "today": thai.today(),
        "month": f"{language.month_names()[days[0].month - 1]} {language.shown(days[0].year + thai.BE_OFFSET)}",
        "before": _key(days[0] - datetime.timedelta(days=1)),
        "after": _key(days[1] + datetime.timedelta(days=1)),
        "is_admin": permissions.is_admin(actor),
    }
    return render(request, "workflows/people/who_acts.html", context)


def _key(day: datetime.date) -> str:
    """A month in an address: 2569-11, the year of the Buddhist Era."""
    return f"{day.year + thai.BE_OFFSET}-{day.month:02}"


def _month(typed: str) -> tuple[datetime.date, datetime.date]:
    """This month for anything that is none."""
    year, _dash, month = typed.partition("-")
    numbers = number_in(year), number_in(month)
    if numbers[0] and numbers[1] and thai.BE_FIRST <= numbers[0] < thai.BE_LAST and 1 <= numbers[1] <= 12:
        return covering.month_days(numbers[0] - thai.BE_OFFSET, numbers[1])
    return covering.month_days(thai.today().year, thai.today().month)
