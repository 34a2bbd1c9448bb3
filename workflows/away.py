"""Whether a person is recorded absent, and the sentence that says so to him and to whoever waits for him."""

from __future__ import annotations

import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Absence, Organisation, User


def covering(
    organisation: Organisation, person: User, first: datetime.date, last: datetime.date | None
) -> QuerySet[Absence]:
    """Absences of the person with a day in common with these; ``last`` None is open."""
    rows: QuerySet[Absence] = Absence.objects.of(organisation).filter(user=person)
    rows = rows.filter(Q(ends__isnull=True) | Q(ends__gte=first))
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first) & Q(ended_on__gt=F("starts")))
    return rows if last is None else rows.filter(starts__lte=last)


def current(organisation: Organisation, person: User) -> Absence | None:
    """The absence that a person is in today."""
    return covering(organisation, person, thai.today(), thai.today()).first()


def days(absence: Absence) -> str:
    """From when to when, in the reader's language."""
    last = language.day(absence.last) if absence.last else _("ไม่มีกำหนด")
    return _("ตั้งแต่ %(first)s ถึง %(last)s") % {"first": language.day(absence.starts), "last": last}


def sentence(organisation: Organisation, person: User) -> str:
    """Why the person decides nothing today, and what he does about it; "" while he is there."""
    absence = current(organisation, person)
    if absence is None:
        return ""
    facts = {"kind": absence.get_kind_display(), "days": days(absence)}
    return (
        _(
            "ท่านถูกบันทึกว่าไม่อยู่ (%(kind)s) %(days)s จึงยังพิจารณาเรื่องไม่ได้ "
            "หากกลับมาแล้ว ให้กด “กลับมาปฏิบัติงาน” ในหน้า “การไม่อยู่ของฉัน” แล้วพิจารณาได้ทันที"
        )
        % facts
    )
