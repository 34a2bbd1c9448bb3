"""Where a report is, with whom, for how many days, and words to remind them; and what became of an order after it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Appointment
from workflows.models import UNDER_WAY, Act, Approval, Comment, Errand, State, View
from workflows.progress import StepView, days_since


@dataclass(frozen=True)
class Whereabouts:
    """``people`` are those who can do something about it today; ``reminder`` is "" when there is nobody to remind."""

    place: str
    people: tuple[str, ...]
    since: datetime.datetime
    reminder: str = ""

    @property
    def days(self) -> int:
        """Whole days in Thailand."""
        return days_since(self.since)


@dataclass
class Order:
    """A report assigned or circulated after the signature, and who has acknowledged it."""

    act: Act
    errands: list[Errand] = field(default_factory=list)

    @property
    def open(self) -> list[Errand]:
        return [errand for errand in self.errands if errand.acknowledged_id is None]


def whereabouts(
    approval: Approval, steps: Sequence[StepView], acts: Sequence[Act], orders: Sequence[Order], address: str
) -> Whereabouts | None:
    """Who has the report now; None when nobody needs to do anything with it any more. No queries.

    ``acts`` are the report's in order; ``address`` is where it is opened. The reminder goes to groups that others read
    too, so of the report it holds the title alone.
    """
    title = thai.printed(str(approval.report))
    if approval.state == State.WRITING:
        return _with_the_drafter(approval, acts, title, address)
    if approval.state in UNDER_WAY:
        waiting = next((step for step in steps if step.is_open), None)
        return _at_a_step(approval, waiting, title, address) if waiting else None
    return _with_the_receivers(orders, title, address)


def _with_the_drafter(approval: Approval, acts: Sequence[Act], title: str, address: str) -> Whereabouts:
    drafter = approval.report.drafter
    moved = [act for act in acts if act.kind in (Act.Kind.SEND_BACK, Act.Kind.RECALL, Act.Kind.HAND_OVER)]
    since = moved[-1].acted_at if moved else approval.report.created_at
    reminder = ""
    if approval.is_returned:
        what = _("เรื่อง “%(title)s” ส่งคืนให้ท่านแก้ไข") % {"title": title}
        reminder = _reminder([drafter.full_name], what, since, address)
    return Whereabouts(_("ผู้จัดทำ"), (drafter.full_name,), since, reminder)


def _at_a_step(approval: Approval, step: StepView, title: str, address: str) -> Whereabouts:
    since = step.since or approval.changed_at
    drafter = approval.report.drafter_id
    officers = [one for one in step.officers if step.is_final or one.user_id != drafter]
    people = tuple(dict.fromkeys(_in_capacity(one) for one in officers))
    reminder = ""
    if officers:
        what = _("เรื่อง “%(title)s” รอท่านพิจารณา") % {"title": title}
        reminder = _reminder(list(dict.fromkeys(step.who)), what, since, address, step.due)
    return Whereabouts(" / ".join(step.who), people, since, reminder)


def _with_the_receivers(orders: Sequence[Order], title: str, address: str) -> Whereabouts | None:
    waiting = [errand for order in orders for errand in order.open]
    if not waiting:
        return None
    people = list(dict.fromkeys(errand.to.full_name for errand in waiting))
    since = min(errand.act.acted_at for errand in waiting)
    what = _("เรื่อง “%(title)s” รอท่านรับทราบ") % {"title": title}
    return Whereabouts(
        _("ผู้รับมอบหมายหรือรับเวียน"), tuple(people), since, _reminder(people, what, since, address)
    )


def _in_capacity(appointment: Appointment) -> str:
    """A holder by his name alone: the post stands beside it; others with the words by which they stand in."""
    name = appointment.user.full_name
    if appointment.capacity == Appointment.Capacity.HOLDER:
        return name
    return f"{name} ({' '.join(appointment.title_lines)})"


def _reminder(
    to: Sequence[str],
    what: str,
    since: datetime.datetime,
    address: str,
    due: datetime.date | None = None,
) -> str:
    day, days = language.day(thai.bangkok_date(since)), days_since(since)
    if days:
        when = _("ตั้งแต่วันที่ %(day)s (%(days)s วันแล้ว)") % {"day": day, "days": language.shown(days)}
    else:
        when = _("ตั้งแต่วันนี้ (%(day)s)") % {"day": day}
    if due is not None:
        until = _("กำหนดวันที่ %(day)s") if due >= thai.today() else _("เกินกำหนดวันที่ %(day)s แล้ว")
        when = f"{when} {until % {'day': language.day(due)}}"
    greeting = _("เรียน %(to)s") % {"to": ", ".join(to)}
    return "\n".join((greeting, f"{what} {when}", _("เปิดเรื่องได้ที่ %(address)s") % {"address": address}))


def orders(approval: Approval) -> list[Order]:
    """What was assigned and circulated, in order. One query; none before the signature."""
    if approval.state != State.MAYOR_SIGNED:
        return []
    rows = Errand.objects.of(approval.organisation_id).filter(approval=approval)
    found: dict[str, Order] = {}
    for errand in rows.select_related("act", "to", "acknowledged").order_by("act__sequence", "pk"):
        found.setdefault(str(errand.act_id), Order(errand.act)).errands.append(errand)
    return list(found.values())


def views(approval: Approval) -> list[View]:
    """The views that were asked for, in order. One query; none for what was never submitted.

    ``serves`` says whether who was asked can still answer: nobody waits for a person who has left.
    """
    if approval.round == 0:
        return []
    serving = Appointment.objects.of(approval.organisation_id).on(thai.today()).filter(user=OuterRef("of"))
    rows = (
        View.objects.of(approval.organisation_id).filter(approval=approval).annotate(serves=Exists(serving))
    )
    return list(rows.select_related("asked", "given", "of", "step"))


def remarks(approval: Approval) -> list[Comment]:
    """The remarks of the last return, in order; earlier ones were answered before the report went up again."""
    if approval.round == 0:
        return []
    rows = Comment.objects.of(approval.organisation_id).filter(approval=approval)
    found = list(rows.select_related("act", "resolved_by"))
    latest = max((comment.act.sequence for comment in found), default=0)
    return [comment for comment in found if comment.act.sequence == latest]
