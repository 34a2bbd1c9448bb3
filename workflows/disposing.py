"""Destroying reports whose time is past: only by a list that three draw up, the Archives answer, and the head approves.

The head's approval carries it out at once, in one transaction: locks of the reports (the newest first) → fresh check of
every line → the list is frozen → an act of destruction in each report's history, with the list's hash → the rows are named
and go → the worker removes the files. A line that anybody wants to keep, that is held, or whose date is not past, stays.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.models import Appointment, User
from memos import archive
from workflows import acting, destroying, disposal_lines, paper, retention
from workflows import disposal_permissions as permissions
from workflows import disposal_records as records
from workflows.disposed import (
    Disposal,
    DisposalLine,
    DisposalList,
    DisposalMember,
    DisposalOpinion,
)
from workflows.models import Act, Approval, Retention
from workflows.officers import Actor, check_confirmed, holder_first
from workflows.refusals import BadInput, Conflict, NotAllowed

Said = Mapping[int, tuple[bool, str]]
MOST_LINES = 500
"""Reports of one list: more than an authority signs in ten years."""


@transaction.atomic
def draw_up(actor: Actor, *, committee: Sequence[int], reports: Collection[int]) -> DisposalList:
    """A new list of reports whose date is past; ``committee`` are three persons of the authority, the chair first."""
    permissions.check_may_draw_up(actor)
    people = _committee(actor, committee)
    if not reports:
        raise BadInput(_("โปรดเลือกเรื่องที่จะขอทำลายอย่างน้อยหนึ่งเรื่อง"))
    if len(reports) > MOST_LINES:
        raise BadInput(_("บัญชีหนึ่งมีได้ไม่เกิน %(most)s เรื่อง โปรดแบ่งเป็นหลายบัญชี") % {"most": MOST_LINES})
    made = _numbered(actor)
    # Looked up after the number was taken: two who draw up at once wait there, so no report is on both lists.
    ready = {row.approval.report_id: row.approval for row in due(actor)}
    if missing := set(reports) - set(ready):
        raise Conflict(
            _("มี %(count)s เรื่องที่ยังไม่ครบกำหนดเก็บ ถูกระงับการทำลาย หรืออยู่ในบัญชีอื่นแล้ว") % {"count": len(missing)}
        )
    for position, appointment in enumerate(people, 1):
        title = " ".join(appointment.title_lines)
        DisposalMember(list=made, position=position, user=appointment.user, title=title).save()
    chosen = [ready[pk] for pk in sorted(reports)]
    DisposalLine.objects.bulk_create(
        DisposalLine(list=made, position=position, approval=approval)
        for position, approval in enumerate(chosen, 1)
    )
    return made


def _numbered(actor: Actor) -> DisposalList:
    year = thai.today().year + thai.BE_OFFSET
    rows = DisposalList.objects.of(actor.organisation).filter(year=year)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    made = DisposalList(organisation=actor.organisation, year=year, number=number, drawn_by=actor.user)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict(_("มีผู้จัดทำบัญชีพร้อมกับท่าน โปรดลองอีกครั้ง")) from error
    return made


def due(actor: Actor) -> list[Retention]:
    """Reports whose date is past, that nobody holds or corrects, and that are on no open list."""
    retention.begin_missing(actor.organisation)
    rows = retention.due(actor.organisation).exclude(
        approval__disposal_lines__list__standing=DisposalList.Standing.OPEN
    )
    return list(rows.select_related("approval__report__item", "kept_as").order_by("until", "pk"))


def _committee(actor: Actor, keys: Sequence[int]) -> list[Appointment]:
    if len(keys) != permissions.COMMITTEE or len(set(keys)) != permissions.COMMITTEE:
        raise BadInput(_("โปรดเลือกกรรมการสามคนที่ไม่ซ้ำกัน"))
    serving = Appointment.objects.of(actor.organisation).on(thai.today()).filter(user__in=keys)
    found: dict[int, Appointment] = {}
    for one in sorted(serving.select_related("user", "post"), key=holder_first):
        found.setdefault(one.user_id, one)
    if len(found) != permissions.COMMITTEE:
        raise BadInput(_("กรรมการต้องเป็นผู้มีตำแหน่งในหน่วยงานนี้ในวันนี้"))
    return [found[key] for key in keys]


@transaction.atomic
def judge(actor: Actor, list_id: int, *, said: Said) -> DisposalMember:
    """A member says of every line whether it may go; ``said`` is by line, and to keep one needs a reason."""
    found = locked(actor, list_id)
    member = permissions.check_may_judge(actor, found)
    lines = list(found.lines.order_by("position"))
    opinions = []
    for line in lines:
        if line.pk not in said:
            raise BadInput(_("โปรดลงความเห็นให้ครบทุกรายการ"))
        keep, reason = said[line.pk]
        why = acting.text(reason, _("โปรดระบุเหตุผลของทุกรายการที่เห็นควรเก็บไว้") if keep else "")
        opinions.append(DisposalOpinion(line=line, member=member, keep=keep, reason=why))
    member.opinions.all().delete()
    DisposalOpinion.objects.bulk_create(opinions)
    member.said_at = timezone.now()
    member.save(update_fields=["said_at"])
    return member


@transaction.atomic
def note_answer(
    actor: Actor,
    list_id: int,
    *,
    number: str,
    dated: datetime.date,
    keep: Collection[int] = (),
    scan: bytes | None = None,
) -> DisposalList:
    """What the National Archives answered: their letter, and the lines (keys) that they ask to keep."""
    found = locked(actor, list_id)
    permissions.check_may_note_answer(actor, found)
    found.archives_number = acting.text(number, _("โปรดใส่เลขที่หนังสือของหอจดหมายเหตุแห่งชาติ"))[:120]
    if dated > thai.today():
        raise BadInput(_("วันที่ของหนังสืออยู่ในอนาคต"))
    if dated < thai.bangkok_date(found.drawn_at):
        raise BadInput(_("วันที่ของหนังสืออยู่ก่อนวันที่จัดทำบัญชีนี้"))
    found.archives_date, found.archives_noted_by = dated, actor.user
    if scan is not None:
        with paper.or_refused():
            found.archives_scan = archive.store(actor.organisation, scan)
    found.save()
    found.lines.update(archives_keep=False)
    found.lines.filter(pk__in=keep).update(archives_keep=True)
    return found


@transaction.atomic
def drop(actor: Actor, list_id: int, *, reason: str) -> DisposalList:
    """The list comes to nothing: nothing of it is destroyed, and its reports may be on another one."""
    found = locked(actor, list_id)
    permissions.check_may_drop(actor, found)
    found.dropped_reason = acting.text(reason, _("โปรดระบุเหตุผลที่ยกเลิกบัญชี"))
    found.standing = DisposalList.Standing.DROPPED
    found.save(update_fields=["dropped_reason", "standing"])
    return found


@transaction.atomic
def approve(actor: Actor, list_id: int, *, shown: str) -> Disposal:
    """The head approves, and what nobody wants to keep is destroyed. ``shown`` is the fingerprint of what he read."""
    found = locked(actor, list_id)
    appointment = permissions.check_may_approve(actor, found)
    check_confirmed(actor)
    approvals = _locked_reports(actor, found)
    views = disposal_lines.lines(found)
    facts = records.read(found, views)
    if records.fingerprint(found, views) != shown:
        raise Conflict(_("บัญชีเปลี่ยนไปหลังจากที่ท่านเปิดอ่าน โปรดตรวจสอบอีกครั้ง"))
    going = [approvals[view.line.approval_id] for view in views if not view.kept_because]
    if not going:
        raise Conflict(_("ทุกรายการในบัญชีนี้ต้องเก็บไว้ จึงไม่มีสิ่งใดให้ทำลาย โปรดยกเลิกบัญชี"))
    doomed = destroying.gather(going)
    canonical = records.frozen(facts, _approved(actor, appointment), doomed)
    made = Disposal(
        organisation=actor.organisation, list=found, sha256=archive.sha256(canonical), canonical=canonical
    )
    made.save()
    found.standing = DisposalList.Standing.APPROVED
    found.save(update_fields=["standing"])
    destroying.name_rows(made, doomed)
    for one in doomed:
        _act(actor, appointment, one.approval, records.told(str(found), made.sha256))
    for one in doomed:
        destroying.destroy(one)
    destroying.want(made)
    return made


def locked(actor: Actor, list_id: int) -> DisposalList:
    found = DisposalList.objects.of(actor.organisation).select_for_update().filter(pk=list_id).first()
    if found is None:
        raise NotAllowed(_("ไม่พบบัญชีนี้ในหน่วยงานของท่าน"))
    found.organisation = actor.organisation
    return found


def _locked_reports(actor: Actor, found: DisposalList) -> dict[int, Approval]:
    """The newest first, as a correction's signature takes them."""
    reports = found.lines.order_by("-approval__report").values_list("approval__report", flat=True)
    rows = [acting.locked(actor, pk) for pk in reports]
    return {approval.pk: approval for approval in rows}


def _approved(actor: Actor, appointment: Appointment) -> dict[str, object]:
    user: User = actor.user
    return {
        "user": user.pk,
        "name": user.full_name,
        "title": list(appointment.title_lines),
        "capacity": appointment.capacity,
        "legal_basis": appointment.legal_basis,
        "at": timezone.now().isoformat(),
    }


def _act(actor: Actor, appointment: Appointment, approval: Approval, reason: str) -> Act:
    """The last act of the report; from here on it names neither content nor documents."""
    before = approval.state
    approval.to_disposed()
    approval.content = approval.document_set = None
    return acting.record(actor, approval, appointment, Act.Kind.DISPOSE, before, reason=reason)
