"""Appointments and standing orders, as the authority's administrator records them.

A row that an act names is never rewritten: a change ends it and begins a new one the day after. A wrong row that nobody
acted by may be removed.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.administration import is_referred_to
from ita_core.models import Appointment, Organisation, Post, StandingOrder, StandingRank, User
from memos import archive, scans
from workflows import acting, administered, paper, substitutes, vacancies
from workflows import people_permissions as permissions
from workflows.officers import Actor
from workflows.refusals import BadInput, Conflict, NotAllowed

MOST_RANKS = 8
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Grant:
    """By what right somebody acts, as it stands in the order."""

    legal_basis: str = ""
    scope: str = ""
    covers_memos: bool = True
    scan: Sequence[bytes] = ()


@dataclass(frozen=True)
class Ranked:
    """A person of a standing order, in its order."""

    user: User
    own_title: str
    capacity: str


@transaction.atomic
def appoint(
    actor: Actor,
    person: User,
    post: Post,
    *,
    capacity: str,
    own_title: str = "",
    grant: Grant,
    starts: datetime.date,
    ends: datetime.date | None = None,
) -> Appointment:
    """A new appointment; BadInput with the rule that it breaks, a second holder of the same days included."""
    before = _begin(actor)
    _check_own(actor, post)
    made = Appointment(
        user=person,
        post=post,
        capacity=capacity,
        own_title=acting.text(own_title)[:200],
        starts=starts,
        ends=ends,
    )
    _write(actor, made, grant)
    _finish(actor, before)
    return made


@transaction.atomic
def end(actor: Actor, appointment_id: int, *, last: datetime.date) -> Appointment:
    """Its last day, which is not before the last act by it."""
    before = _begin(actor)
    row = appointment_of(actor, appointment_id)
    permissions.check_may_rewrite(row)
    _check_last(row, last)
    row.ends = last
    _clean(row)  # A later day than before may be another holder's.
    row.save(update_fields=["ends"])
    _finish(actor, before)
    return row


@transaction.atomic
def change(
    actor: Actor,
    appointment_id: int,
    *,
    first: datetime.date,
    capacity: str,
    own_title: str = "",
    grant: Grant,
    ends: datetime.date | None = None,
) -> Appointment:
    """The same person and post by other words from ``first`` on: the old row ends the day before."""
    before = _begin(actor)
    row = appointment_of(actor, appointment_id)
    permissions.check_may_rewrite(row)
    if first <= row.starts:
        raise BadInput(
            _("วันที่เริ่มใหม่ต้องอยู่หลังวันเริ่มเดิม (%(day)s) หากบันทึกผิดและยังไม่มีผู้ใช้ ให้ลบแล้วบันทึกใหม่")
            % {"day": language.day(row.starts)}
        )
    _check_last(row, first - _DAY)
    row.ends = first - _DAY
    row.save(update_fields=["ends"])
    made = Appointment(
        user=row.user, post=row.post, capacity=capacity, own_title=acting.text(own_title)[:200],
        starts=first, ends=ends, scan_sha256=row.scan_sha256,
    )  # fmt: skip
    _write(actor, made, grant)
    _finish(actor, before)
    return made


@transaction.atomic
def remove(actor: Actor, appointment_id: int) -> None:
    """A row entered by mistake, by which nobody did anything."""
    before = _begin(actor)
    row = appointment_of(actor, appointment_id)
    permissions.check_may_rewrite(row)
    if is_referred_to(row):
        raise Conflict(_("มีการดำเนินการด้วยการแต่งตั้งนี้แล้ว จึงลบไม่ได้ ให้กำหนดวันสิ้นสุดแทน"))
    row.delete()
    _finish(actor, before)


@transaction.atomic
def order(
    actor: Actor,
    post: Post,
    *,
    grant: Grant,
    ranks: Sequence[Ranked],
    starts: datetime.date,
    ends: datetime.date | None = None,
) -> StandingOrder:
    """A standing order for a post; one at a time."""
    _begin(actor)
    _check_own(actor, post)
    _check_order(post, grant, ranks, starts, ends)
    made = StandingOrder(
        post=post, legal_basis=grant.legal_basis, scope=grant.scope, covers_memos=grant.covers_memos,
        starts=starts, ends=ends, scan_sha256=_stored(actor, grant.scan), recorded_by=actor.user,
    )  # fmt: skip
    _clean(made)
    made.save()
    for number, one in enumerate(ranks, 1):
        rank = StandingRank(
            order=made,
            rank=number,
            user=one.user,
            own_title=acting.text(one.own_title)[:200],
            capacity=one.capacity,
        )
        _clean(rank, validate_unique=False, validate_constraints=False)
        rank.save()
    _finish(actor)
    return made


@transaction.atomic
def end_order(actor: Actor, order_id: int, *, last: datetime.date) -> StandingOrder:
    """Who stands in by it today does no longer when it ended before today."""
    _begin(actor)
    found = order_of(actor, order_id)
    if last < found.starts:
        raise BadInput(_("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"))
    _check_alone(found.post, found.starts, last, but=found.pk)
    found.ends = last
    found.save(update_fields=["ends"])
    _finish(actor)
    return found


@transaction.atomic
def remove_order(actor: Actor, order_id: int) -> None:
    _begin(actor)
    found = order_of(actor, order_id)
    if Appointment.objects.of(actor.organisation).filter(rank__order=found).exists():
        raise Conflict(_("มีผู้รักษาราชการแทนตามคำสั่งนี้แล้ว จึงลบไม่ได้ ให้กำหนดวันสิ้นสุดแทน"))
    found.delete()
    _finish(actor)


def appointment_of(actor: Actor, pk: int) -> Appointment:
    rows = Appointment.objects.of(actor.organisation).select_related("user", "post", "absence__user")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("ไม่พบรายการนี้ในหน่วยงานของท่าน"))
    return found


def order_of(actor: Actor, pk: int) -> StandingOrder:
    found = StandingOrder.objects.of(actor.organisation).select_related("post").filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("ไม่พบรายการนี้ในหน่วยงานของท่าน"))
    return found


# --- what they are made of


def _begin(actor: Actor) -> datetime.date:
    """Until when somebody administers the authority, as it is before."""
    substitutes.lock(actor.organisation)
    permissions.check_administers(actor)
    return administered.until(actor.organisation)


def _finish(actor: Actor, before: datetime.date | None = None) -> None:
    """Somebody must be left who can undo it, and whoever stands in follows."""
    check_administrator_left(actor.organisation, before)
    substitutes.settle(actor.organisation)
    vacancies.tell_of_all(actor.organisation)


def check_administrator_left(organisation: Organisation, before: datetime.date | None = None) -> None:
    """Today, and for as long as there was one before: nobody ends the last one's days, be it those to come."""
    if administered.until(organisation) < max(before or thai.today(), thai.today()):
        raise Conflict(_("หน่วยงานต้องมีผู้ดูแลระบบอย่างน้อยหนึ่งคน โปรดแต่งตั้งผู้ดูแลระบบคนใหม่ก่อน"))


def _check_own(actor: Actor, post: Post) -> None:
    if post.organisation_id != actor.organisation.pk:
        raise NotAllowed(_("ข้อมูลนี้เป็นของหน่วยงานอื่น"))


def _check_last(row: Appointment, last: datetime.date) -> None:
    if last < row.starts:
        raise BadInput(_("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"))
    used = substitutes.last_used(row)
    if used is not None and last < used:
        raise Conflict(
            _("มีการดำเนินการด้วยการแต่งตั้งนี้เมื่อ %(day)s จึงสิ้นสุดก่อนวันนั้นไม่ได้") % {"day": language.day(used)}
        )


def _check_order(
    post: Post, grant: Grant, ranks: Sequence[Ranked], starts: datetime.date, ends: datetime.date | None
) -> None:
    if not ranks:
        raise BadInput(_("โปรดระบุผู้รักษาราชการแทนอย่างน้อยหนึ่งคน"))
    if len({one.user.pk for one in ranks}) != len(ranks):
        raise BadInput(_("ผู้รักษาราชการแทนต้องไม่ซ้ำกัน"))
    if not grant.legal_basis or not all(one.own_title.strip() for one in ranks):
        raise BadInput(_("ผู้ที่มิใช่ผู้ดำรงตำแหน่งต้องระบุตำแหน่งของตนเองและคำสั่งหรือฐานอำนาจ"))
    if any(one.capacity == Appointment.Capacity.DELEGATED for one in ranks) and not grant.scope:
        raise BadInput(_("การปฏิบัติราชการแทนต้องระบุขอบเขตที่มอบหมาย"))
    _check_alone(post, starts, ends)


def _check_alone(post: Post, starts: datetime.date, ends: datetime.date | None, but: int = 0) -> None:
    """One standing order for a post at a time."""
    others = post.standing_orders.filter(Q(ends__isnull=True) | Q(ends__gte=starts)).exclude(pk=but)
    if ends is not None:
        others = others.filter(starts__lte=ends)
    if (other := others.first()) is not None:
        raise Conflict(
            _("ตำแหน่งนี้มีคำสั่งรักษาราชการแทนตามลำดับในช่วงนี้แล้ว (%(basis)s) โปรดให้คำสั่งเดิมสิ้นสุดก่อน")
            % {"basis": other.legal_basis}
        )


def _write(actor: Actor, made: Appointment, grant: Grant) -> None:
    made.legal_basis = acting.text(grant.legal_basis)[:300]
    made.scope = acting.text(grant.scope)[:300]
    made.covers_memos = grant.covers_memos
    made.scan_sha256 = _stored(actor, grant.scan) or made.scan_sha256
    made.recorded_by = actor.user
    _clean(made)
    made.save()


def _clean(row: Any, **how: bool) -> None:
    try:
        row.full_clean(**how)
    except ValidationError as problem:
        raise BadInput(" ".join(problem.messages)) from problem


def _stored(actor: Actor, files: Sequence[bytes]) -> str:
    """The scan's hash: the file lies among the authority's, read once to know that it is what it says."""
    if not files:
        return ""
    try:
        scan = scans.read(files)
    except scans.ScanProblem as problem:
        raise BadInput(problem.sentence) from problem
    with paper.or_refused():
        return archive.store(actor.organisation, scan.pdf).sha256
