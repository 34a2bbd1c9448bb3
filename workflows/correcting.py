"""A signed report is corrected by another one that takes its place; it is never written over.

The correction is a draft of its own for the same year, item and period, and names what it corrects. Until it is signed
the old report stands; by the signature, in its transaction, the old one stands no longer: an act in the old one's own
history names the code of the set that was signed instead. Withdrawn or refused, a correction leaves the old one standing,
and another one may be begun. Locks: the correction's approval before that of what it corrects, the newer before the older.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.models import Appointment
from memos import copying, register
from memos.models import Report
from workflows import acting, proofs
from workflows.correction_permissions import check_may_correct
from workflows.models import Act, Approval, State
from workflows.officers import Actor
from workflows.refusals import Conflict

_ENDED = (State.MAYOR_SIGNED, State.DISPOSED)
# Kept in the act, so Thai whatever the officer's language; the code of the signed set follows.
REPLACED = "มีฉบับแก้ไขแทนแล้ว รหัสตรวจสอบ "


@transaction.atomic
def correct(actor: Actor, report_id: int, *, reason: str) -> Report:
    """Begin a correction of the signed report: a draft of the actor's with the same words. ``reason`` is kept as an act."""
    approval = acting.locked(actor, report_id)
    appointment = check_may_correct(actor, approval)
    why = acting.text(reason, _("โปรดระบุเหตุผลที่แก้ไขเป็นฉบับใหม่"))
    approval.report.organisation = actor.organisation
    draft = copying.correct(approval.report, actor.user, _reference(approval))
    Approval(organisation=actor.organisation, report=draft).save()
    acting.aside(actor, approval, appointment, Act.Kind.CORRECT, reason=why)
    return draft


def _reference(approval: Approval) -> str:
    """The corrected memo as อ้างถึง names it: paper, so Thai."""
    number = register.number_of(approval.organisation, approval.report_id)
    signed = signature_of(approval)
    day = thai.ThaiDate(thai.bangkok_date(signed.acted_at)).long_data if signed else ""
    words = ["บันทึกข้อความ", f"ที่ {number}" if number else "", f"ลงนามวันที่ {day}" if day else "", "(ฉบับที่แก้ไข)"]
    return " ".join(word for word in words if word)


def signature_of(approval: Approval) -> Act | None:
    return approval.acts.filter(kind=Act.Kind.SIGN).order_by("-sequence").first()


# --- at the correction's signature


def locked_old(actor: Actor, approval: Approval) -> Approval | None:
    """What the report corrects, under its lock; None for a report that corrects nothing."""
    report = approval.report
    if report.corrects_id is None:
        return None
    old = acting.locked(actor, report.corrects_id)
    stands = old.state == State.MAYOR_SIGNED and old.report.is_current
    if not stands or _place(old.report) != _place(report):
        raise Conflict(_("ฉบับที่เรื่องนี้แก้ไขไม่ใช่ฉบับที่ใช้อยู่แล้ว จึงลงนามแทนไม่ได้ โปรดถอนเรื่องหรือส่งคืน"))
    return old


def _place(report: Report) -> tuple[int, int, str]:
    return report.fiscal_year, report.item_id, report.period


def replace(actor: Actor, appointment: Appointment, old: Approval, signed: Act) -> None:
    """From here on the signed correction is the year's report, and the old one says by which code it was replaced."""
    rows = Report.objects.of(actor.organisation)
    rows.filter(pk=old.report_id).update(is_current=False)
    rows.filter(pk=signed.approval.report_id).update(is_current=True)
    reason = f"{REPLACED}{proofs.code_of(signed)}"
    acting.aside(actor, old, appointment, Act.Kind.REPLACE, reason=reason)


# --- for pages


@dataclass(frozen=True)
class Line:
    """What a report corrects, what stands instead of it, and the correction that is being made."""

    corrects: Report | None = None
    newest: Report | None = None
    under_way: Report | None = None


def line_of(approval: Approval) -> Line:
    """One query for most reports; one more for each correction that was signed."""
    report, rows = approval.report, Report.objects.of(approval.organisation_id)
    old = rows.filter(pk=report.corrects_id).first() if report.corrects_id else None
    if approval.state not in _ENDED:
        return Line(corrects=old)
    newest, under_way, at = None, None, report
    while (after := _correction_of(at)) is not None:
        if after.approval.state not in _ENDED:
            under_way = after
            break
        newest = at = after
    return Line(old, newest, under_way)


def newest_of(approval: Approval) -> Approval | None:
    """The approval of the signed correction that stands instead; None while the report itself stands."""
    found = line_of(approval).newest
    return Approval.objects.of(approval.organisation_id).get(report=found) if found else None


def _correction_of(report: Report) -> Report | None:
    rows = Report.objects.of(report.organisation_id).filter(corrects=report, is_given_up=False)
    return rows.select_related("approval", "drafter").first()
