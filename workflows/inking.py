"""Decisions that were signed on paper: the registrar records what the officer decided, with the scan that shows it.

The act is the officer's, in the capacity that he had on the day he signed; who recorded it stands beside. The scan must
be of the very set that waits to be decided: each page carries its code (memos.sealing.marks).
"""

from __future__ import annotations

import datetime
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Appointment
from memos import archive
from memos.scans import Scan
from workflows import acting, forwarding, paper, printing, proofs
from workflows import ink_permissions as permissions
from workflows.acting import Ink
from workflows.models import Act, Approval, ApprovalStep
from workflows.officers import Actor, check_confirmed
from workflows.refusals import BadInput, Conflict

FORWARD, SEND_BACK, REFUSE = "forward", "send_back", "refuse"
# Kept in the act, so Thai whatever the registrar's language.
TYPED = "เจ้าหน้าที่พิมพ์รหัสจากกระดาษเอง เนื่องจาก"


@transaction.atomic
def record_ink(
    actor: Actor,
    report_id: int,
    *,
    step: int,
    content: str,
    officer: int,
    decided_on: datetime.date,
    decision: str,
    scan: Scan,
    opinion: str = "",
    stance: str = Act.Stance.AGREES,
    reason: str = "",
    code: str = "",
    code_reason: str = "",
) -> Act:
    """Record a decision of the waiting step that ``officer`` (key of an appointment) signed on the day ``decided_on``.

    ``code`` is typed, with ``code_reason``, where no code of the scan could be read. Sending back and refusing need a
    ``reason``, passing on an ``opinion``: as written on the paper. The registrar vouches for it: his own fresh proof.
    """
    approval = acting.locked(actor, report_id)
    waiting = acting.shown_step(approval, step)
    permissions.check_may_record(actor, approval, waiting)
    acting.check_shown(approval, content)
    check_confirmed(actor)
    issuing = printing.to_decide(approval)
    hat = permissions.check_signed_by(actor, approval, waiting, officer, decided_on, issuing)
    note = _checked(approval, issuing, scan, code, code_reason)
    with paper.or_refused():
        kept = archive.store(approval.organisation, scan.pdf)
    ink = Ink(actor.user, decided_on, kept)
    return _decided(approval, waiting, hat, decision, stance, opinion, reason, note, ink)


def _decided(
    approval: Approval,
    waiting: ApprovalStep,
    hat: Appointment,
    decision: str,
    stance: str,
    opinion: str,
    reason: str,
    note: str,
    ink: Ink,
) -> Act:
    officer = Actor(hat.user, approval.organisation)
    if decision == SEND_BACK:
        why = acting.text(reason, _("โปรดระบุเหตุผลที่ส่งคืน"))
        said = acting.text(opinion)
        return forwarding.give_back(officer, approval, waiting, hat, _lines(why, note), opinion=said, ink=ink)
    if decision == REFUSE:
        permissions.check_final(waiting)
        why = acting.text(reason, _("โปรดระบุเหตุผลที่ไม่อนุมัติ"))
        return forwarding.end(officer, approval, waiting, hat, _lines(why, note), ink=ink)
    if decision != FORWARD or stance not in (Act.Stance.AGREES, Act.Stance.DIFFERS):
        raise BadInput(_("โปรดเลือกว่าเห็นชอบหรือเห็นต่าง"))
    text = acting.text(opinion, _("โปรดพิมพ์ความเห็นตามที่เขียนบนกระดาษ"))
    kind = Act.Kind.SIGN if waiting.is_final else Act.Kind.ENDORSE
    printed = acting.printed_opinion(waiting, text, stance)
    return forwarding.forward(officer, approval, waiting, hat, kind, printed, stance, reason=note, ink=ink)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


# --- whether the scan is of this set


def _checked(approval: Approval, issuing: Act, scan: Scan, code: str, code_reason: str) -> str:
    """The sentence to keep where the code was typed; "" where it was read. Refused for any other paper."""
    expected = proofs.code_of(issuing)
    for read in dict.fromkeys(mark.code for mark in scan.marks):
        if read != expected:
            raise Conflict(_("เอกสารที่สแกนไม่ใช่ชุดที่รอพิจารณา %(which)s") % {"which": _which(approval, read)})
    if scan.marks:
        _check_pages(scan)
        return ""
    if not code.strip():
        raise BadInput(_("อ่านรหัสจากภาพสแกนไม่ได้ โปรดพิมพ์รหัสที่มุมล่างขวาของกระดาษ พร้อมเหตุผลที่อ่านไม่ได้"))
    found = proofs.find(code)
    if found is None or found.pk != issuing.pk:
        raise Conflict(_("รหัสที่พิมพ์ไม่ใช่ของชุดที่รอพิจารณา %(which)s") % {"which": _which(approval, code)})
    pages = printing.pages_of(issuing)
    if pages is None:
        raise Conflict(_("ยังไม่เคยพิมพ์ชุดนี้เพื่อลงนามบนกระดาษ จึงตรวจจำนวนหน้าไม่ได้ โปรดเปิดหน้าพิมพ์ก่อน"))
    _check_count(len(scan.pages), pages)
    why = acting.text(code_reason, _("โปรดระบุเหตุผลที่อ่านรหัสจากภาพสแกนไม่ได้"))
    return f"{TYPED}{why}"


def _check_pages(scan: Scan) -> None:
    """As many as were printed, and none of those that can be read twice."""
    counts = {mark.of for mark in scan.marks if mark.of}
    if len(counts) != 1:
        raise Conflict(_("เอกสารที่สแกนไม่ใช่ชุดที่พิมพ์เพื่อลงนามบนกระดาษ โปรดใช้ชุดที่พิมพ์จากหน้าพิมพ์"))
    _check_count(len(scan.pages), counts.pop())
    seen = Counter(mark.page for page in scan.pages for mark in set(page))
    twice = sorted(page for page, times in seen.items() if times > 1)
    if twice:
        pages = ", ".join(str(page) for page in twice)
        raise Conflict(
            _("หน้า %(pages)s ถูกสแกนซ้ำ จึงขาดหน้าอื่น โปรดสแกนใหม่ให้ครบ") % {"pages": language.shown(pages)}
        )


def _check_count(scanned: int, printed: int) -> None:
    if scanned != printed:
        raise Conflict(
            _("ภาพสแกนมี %(scanned)s หน้า แต่ชุดที่พิมพ์มี %(printed)s หน้า โปรดสแกนให้ครบทุกหน้า")
            % {"scanned": language.shown(scanned), "printed": language.shown(printed)}
        )


def _which(approval: Approval, code: str) -> str:
    """Which set a code names, as far as this authority may know."""
    act = proofs.find(code)
    if act is None:
        return _("ไม่พบรหัสนี้ในระบบ")
    if act.organisation_id != approval.organisation_id:
        return _("เป็นเอกสารของหน่วยงานอื่น")
    facts = {
        "act": act.get_kind_display(),
        "name": act.printed_name,
        "day": language.day(thai.bangkok_date(act.acted_at)),
        "report": language.shown(str(act.approval.report)),
        "round": language.shown(act.round),
    }
    if act.approval_id == approval.pk:
        return _("เป็นชุดของรอบที่ %(round)s จาก “%(act)s” โดย%(name)s เมื่อ %(day)s โปรดพิมพ์ชุดปัจจุบัน") % facts
    return _("เป็นชุดของเรื่อง %(report)s จาก “%(act)s” โดย%(name)s เมื่อ %(day)s") % facts
