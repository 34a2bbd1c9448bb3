"""Being away, and coming back: two acts, by the person himself or the authority's administrator.

From the first day on he decides nothing, and whoever the standing order ranks first and is there himself acts in his
posts (substitutes.py). When he is back, early or in time, he decides at his next request.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Absence, Appointment, Organisation, User
from workflows import acting, away, substitutes, vacancies
from workflows import people_permissions as permissions
from workflows.models import Act
from workflows.officers import Actor
from workflows.refusals import BadInput, Conflict, NotAllowed

NOTE_LIMIT = 200
_ONE = datetime.timedelta(days=1)
_LONGEST_BACK = datetime.timedelta(days=366)


@transaction.atomic
def record(
    actor: Actor,
    person: User,
    *,
    kind: str,
    starts: datetime.date,
    ends: datetime.date | None,
    note: str = "",
) -> Absence:
    """Away on these days, both inclusive; ``ends`` None while nobody knows."""
    substitutes.lock(actor.organisation)
    permissions.check_may_record(actor, person)
    _check_serves_here(actor.organisation, person)
    if kind not in Absence.Kind.values:
        raise BadInput(_("โปรดเลือกเหตุที่ไม่อยู่"))
    _check_days(actor.organisation, person, starts, ends)
    made = Absence(
        organisation=actor.organisation,
        user=person,
        kind=kind,
        note=acting.text(note)[:NOTE_LIMIT],
        starts=starts,
        ends=ends,
        recorded_by=actor.user,
    )
    made.save()
    substitutes.settle(actor.organisation, made)
    vacancies.tell_of_all(actor.organisation)
    return made


@transaction.atomic
def come_back(actor: Actor, absence_id: int, *, on: datetime.date | None = None) -> Absence:
    """Back on that day, today when none is said: whoever stood in is stood down at once. Before it began: never away."""
    substitutes.lock(actor.organisation)
    found = Absence.objects.of(actor.organisation).select_related("user").filter(pk=absence_id).first()
    if found is None:
        raise NotAllowed(_("ไม่พบรายการนี้ในหน่วยงานของท่าน"))
    permissions.check_may_end(actor, found)
    day = on or max(thai.today(), found.starts)
    if day < thai.today():
        raise BadInput(_("วันที่กลับมาอยู่ในอดีต หากกลับมาแล้วให้ใช้วันนี้"))
    _check_back(found, day)
    found.ended_on, found.ended_by = max(day, found.starts), actor.user
    found.save(update_fields=["ended_on", "ended_by"])
    substitutes.settle(actor.organisation)
    vacancies.tell_of_all(actor.organisation)
    return found


def _check_back(absence: Absence, day: datetime.date) -> None:
    """Coming back shortens. A day said before may be put off again, but not over what was recorded meanwhile."""
    if absence.ends is not None and day > absence.ends:
        raise BadInput(
            _("การไม่อยู่ครั้งนี้สิ้นสุดเมื่อ %(day)s อยู่แล้ว หากยังไม่กลับในวันถัดไป ให้บันทึกการไม่อยู่เพิ่ม")
            % {"day": language.day(absence.ends)}
        )
    last = max(day, absence.starts) - _ONE
    if last >= absence.starts:
        others = away.covering(absence.organisation, absence.user, absence.starts, last)
        _check_none(others.exclude(pk=absence.pk))


def _check_serves_here(organisation: Organisation, person: User) -> None:
    rows = Appointment.objects.of(organisation).filter(user=person)
    if not rows.filter(Q(ends__isnull=True) | Q(ends__gte=thai.today())).exists():
        raise BadInput(_("%(name)sไม่มีตำแหน่งในหน่วยงานนี้") % {"name": person})


def _check_days(
    organisation: Organisation, person: User, starts: datetime.date, ends: datetime.date | None
) -> None:
    today = thai.today()
    if ends is not None and ends < starts:
        raise BadInput(_("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"))
    if starts < today - _LONGEST_BACK:
        raise BadInput(_("บันทึกการไม่อยู่ย้อนหลังได้ไม่เกินหนึ่งปี"))
    _check_none(away.covering(organisation, person, starts, ends))
    if starts < today:
        _check_did_not_act(organisation, person, starts, min(ends or today, today - _ONE))


def _check_none(others: QuerySet[Absence]) -> None:
    """Nobody is away twice on one day."""
    if (other := others.first()) is not None:
        last = language.day(other.last) if other.last else _("ไม่มีกำหนด")
        raise Conflict(
            _("มีการบันทึกว่าไม่อยู่ในช่วงนี้แล้ว (%(first)s ถึง %(last)s)")
            % {"first": language.day(other.starts), "last": last}
        )


def _check_did_not_act(
    organisation: Organisation, person: User, first: datetime.date, last: datetime.date
) -> None:
    """Who decided on a day was there."""
    since = datetime.datetime.combine(first, datetime.time(), thai.BANGKOK)
    until = datetime.datetime.combine(last + _ONE, datetime.time(), thai.BANGKOK)
    acts = Act.objects.of(organisation).filter(user=person, appointment__isnull=False)
    act = acts.filter(acted_at__gte=since, acted_at__lt=until, recorded_by=None).first()
    if act is not None:
        day = language.day(thai.bangkok_date(act.acted_at))
        raise Conflict(
            _("%(name)sได้ดำเนินการในระบบเมื่อ %(day)s จึงบันทึกว่าไม่อยู่ในวันนั้นไม่ได้") % {"name": person, "day": day}
        )
