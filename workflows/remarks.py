"""Remarks of a send-back: kept when it is sent back, answered one by one by whoever writes. actions.py is the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core import language, thai
from memos import content as contents
from memos import tree as trees
from workflows import acting, permissions, pinning
from workflows.models import Act, Approval, Comment
from workflows.permissions import Actor
from workflows.pinning import Pin, Remark
from workflows.refusals import BadInput, Conflict, NotAllowed

MOST = 60
"""Remarks of one send-back: more of them is a talk, not a correction."""
LONGEST = 1_000
"""Characters of one remark."""


@dataclass(frozen=True)
class Pinned:
    pin: Pin
    text: str


def pinned_to(approval: Approval, remarks: Sequence[Remark]) -> list[Pinned]:
    """The remarks with what they speak of in the approval's content. BadInput for a place that it does not have.

    Rows of the form left wholly empty are none.
    """
    written = [remark for remark in remarks if remark.place.strip() or remark.text.strip()]
    if not written or approval.content is None:
        return []
    if len(written) > MOST:
        raise BadInput(_("ใส่ข้อสังเกตได้ไม่เกิน %(most)s ข้อ") % {"most": language.shown(MOST)})
    there = pinning.by_place(contents.load(approval.content))
    found = []
    for remark in written:
        pin = there.get(remark.place)
        if pin is None:
            raise BadInput(
                _("โปรดเลือกตำแหน่งในเนื้อหาของข้อสังเกต “%(text)s”") % {"text": remark.text.strip()[:60]}
            )
        missing = _("โปรดพิมพ์ข้อสังเกตของ %(place)s") % {"place": language.shown(pin.label)}
        text = acting.text(remark.text, missing)
        if len(text) > LONGEST:
            raise BadInput(_("ข้อสังเกตหนึ่งข้อยาวได้ไม่เกิน %(most)s ตัวอักษร") % {"most": language.shown(LONGEST)})
        found.append(Pinned(pin, text))
    return found


def reason_with(reason: str, pinned: Sequence[Pinned]) -> str:
    """What the act says: the reason, then a line for each remark."""
    lines = [reason] if reason else []
    return "\n".join([*lines, *(line_of(one.pin.label, one.text) for one in pinned)])


def line_of(label: str, text: str) -> str:
    """A remark as its act says it: in one line."""
    return f"{label}: {' '.join(text.split())}"


def keep(approval: Approval, act: Act, pinned: Sequence[Pinned]) -> None:
    """The remarks as rows, each with the row of the working copy that it goes along with. Five queries, none for none."""
    if not pinned:
        return
    tree = trees.read(approval.report)
    rows = []
    for one in pinned:
        level, row = pinning.row_of(approval.report, one.pin.place, tree)
        rows.append(
            Comment(
                organisation=approval.organisation,
                approval=approval,
                act=act,
                place=one.pin.place,
                row_level=level,
                row_id=row,
                label=one.pin.label,
                quote=one.pin.text,
                text=one.text,
            )
        )
    Comment.objects.bulk_create(rows)


@transaction.atomic
def resolve_comment(actor: Actor, report_id: int, *, comment: int, answer: str = "") -> Comment:
    """Corrected, or answered in words. The same answer once more changes nothing."""
    found = _writable(actor, report_id, comment)
    text = acting.text(answer)
    if found.resolved_at is not None:
        if (found.resolved_by_id, found.answer) == (actor.user.pk, text):
            return found
        raise Conflict(_resolved_sentence(found))
    found.answer, found.resolved_at, found.resolved_by = text, timezone.now(), actor.user
    found.save(update_fields=["answer", "resolved_at", "resolved_by"])
    return found


@transaction.atomic
def reopen_comment(actor: Actor, report_id: int, *, comment: int) -> Comment:
    """It is not yet done after all; what was answered stays to be changed."""
    found = _writable(actor, report_id, comment)
    found.resolved_at, found.resolved_by = None, None
    found.save(update_fields=["resolved_at", "resolved_by"])
    return found


def _writable(actor: Actor, report_id: int, comment: int) -> Comment:
    approval = acting.locked(actor, report_id)
    permissions.check_may_resolve(actor, approval)
    found = approval.comments.filter(pk=comment).select_related("resolved_by", "act").first()
    if found is None:
        raise NotAllowed(_("ไม่พบข้อสังเกตนี้ในเรื่องนี้"))
    # No page shows it any more: opened again it would keep the report from going up, and nobody could see why.
    if all(found.act_id != remark.act_id for remark in pinning.latest(approval.report)):
        raise Conflict(_("ข้อสังเกตนี้เป็นของการส่งคืนครั้งก่อน จึงเปลี่ยนไม่ได้แล้ว"))
    return found


def _resolved_sentence(comment: Comment) -> str:
    assert comment.resolved_at is not None
    return _("ข้อสังเกตนี้%(name)sทำเครื่องหมายว่าแก้ไขแล้ว เมื่อ %(day)s เวลา %(when)s") % {
        "name": comment.resolved_by,
        "day": language.day(thai.bangkok_date(comment.resolved_at)),
        "when": language.clock(comment.resolved_at),
    }
