"""Numbers as acts: a report gets its number or loses it; and what a registrar writes in the book beside reports.

The report's state does not move, and the number is no part of its frozen content. Numbering makes a document set of its
own, and every later set of the report prints the number until it is void. Locks are taken in the order of actions.py,
the register's between the process and the chain's head.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import thai
from memos import content, register
from memos.models import Register, RegisterEntry
from memos.register import Line
from memos.rendering import pages
from workflows import acting, paper, rounds
from workflows import register_permissions as permissions
from workflows.models import Act, Approval
from workflows.officers import Actor
from workflows.refusals import BadInput, Conflict, NotAllowed


@transaction.atomic
def number(
    actor: Actor,
    report_id: int,
    *,
    book: int,
    typed: str = "",
    dated: datetime.date | None = None,
    reserved: int | None = None,
) -> Act:
    """Give the report the number ``typed`` (of ``dated``) from the office's book, a reserved one, or the next.

    ``book`` is the register's key; which of the three it is, is the register's setting.
    """
    approval = acting.locked(actor, report_id)
    found = _locked(actor, book)
    appointment = permissions.check_may_number(actor, approval, found)
    with _told():
        entry = register.take(
            found,
            actor.user,
            line_of(approval, dated),
            number=None if found.allocates else register.read_number(typed),
            reserved=reserved,
        )
    with paper.or_refused():
        blocks = paper.blocks(approval, rounds.steps_of(approval), {})
        issued, _no_signature = paper.issue(approval, blocks, None)
    approval.document_set = issued
    pages.want_stored(approval.organisation, [issued.memo, issued.measures])
    return acting.record(
        actor,
        approval,
        appointment,
        Act.Kind.NUMBER,
        approval.state,
        reason=day_of_line(entry),
        issued=issued,
        number=entry.text,
    )


@transaction.atomic
def void_number(actor: Actor, report_id: int, *, reason: str) -> Act:
    """Take the number away: it stays in the book as void. What was printed with it stays; later sets are without."""
    approval = acting.locked(actor, report_id)
    there = register.in_use(approval.organisation, approval.report_id)
    if there is not None:
        _locked(actor, there.register_id)
    appointment = permissions.check_may_void_number(actor, approval)
    why = acting.text(reason, _("โปรดระบุเหตุผลที่ยกเลิกเลข"))
    assert there is not None
    register.void(there, why)
    return acting.aside(actor, approval, appointment, Act.Kind.VOID_NUMBER, reason=why, number=there.text)


@transaction.atomic
def enter(
    actor: Actor, *, book: int, line: Line, typed: str = "", reserved: int | None = None
) -> RegisterEntry:
    """A paper that is no report of ours, in the same book."""
    permissions.check_may_register(actor)
    found = _locked(actor, book)
    line = dataclasses.replace(
        line,
        sender=acting.text(line.sender, _("โปรดระบุผู้ส่ง")),
        recipient=acting.text(line.recipient, _("โปรดระบุผู้รับ")),
        subject=acting.text(line.subject, _("โปรดระบุเรื่อง")),
        action=acting.text(line.action),
        note=acting.text(line.note),
        prefix=actor.organisation.number_prefix,
        report=None,
    )
    with _told():
        number = None if found.allocates else register.read_number(typed)
        return register.take(found, actor.user, line, number=number, reserved=reserved)


@transaction.atomic
def reserve(actor: Actor, *, book: int, count: int, reason: str) -> list[RegisterEntry]:
    """The next ``count`` numbers for papers still to come."""
    permissions.check_may_register(actor)
    found = _locked(actor, book)
    why = acting.text(reason, _("โปรดระบุเหตุผลที่จองเลข"))
    with _told():
        return register.reserve(found, actor.user, count, why)


@transaction.atomic
def void_entry(actor: Actor, *, book: int, entry: int, reason: str) -> RegisterEntry:
    """A reserved number that nobody needs, or a line typed by mistake."""
    permissions.check_may_register(actor)
    there = _entry(actor, _locked(actor, book), entry)
    permissions.check_may_void_entry(actor, there)
    register.void(there, acting.text(reason, _("โปรดระบุเหตุผลที่ยกเลิกเลข")))
    return there


@transaction.atomic
def remark_entry(actor: Actor, *, book: int, entry: int, action: str, note: str) -> RegisterEntry:
    """What was done with the paper, and a remark: the two columns that are filled in later."""
    permissions.check_may_register(actor)
    there = _entry(actor, _locked(actor, book), entry)
    there.action, there.note = acting.text(action), acting.text(note)
    there.save(update_fields=["action", "note"])
    return there


def line_of(approval: Approval, dated: datetime.date | None = None) -> Line:
    """What the register says of a report: from the head of its memo as it was submitted."""
    assert approval.content is not None
    memo = content.load(approval.content).memo
    return Line(
        dated=dated or thai.today(),
        sender=memo.office,
        recipient=", ".join(memo.recipients),
        subject=" ".join(memo.subject.split()),
        prefix=memo.number_prefix,
        report=approval.report_id,
    )


def day_of_line(entry: RegisterEntry) -> str:
    """The year and the day of the line, as the act carries them: data, so Thai whatever the officer's language."""
    return f"เลขของปี {entry.year} ลงวันที่ {thai.ThaiDate(entry.dated).long_data}"


def _locked(actor: Actor, book: int) -> Register:
    found = register.locked(actor.organisation, book)
    if found is None:
        raise NotAllowed(_("ไม่พบทะเบียนนี้ในหน่วยงานของท่าน"))
    return found


def _entry(actor: Actor, book: Register, pk: int) -> RegisterEntry:
    entry = RegisterEntry.objects.of(actor.organisation).filter(register=book, pk=pk).first()
    if entry is None:
        raise NotAllowed(_("ไม่พบเลขนี้ในทะเบียน"))
    return entry


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What a register refuses, as acts refuse: a taken number is a conflict, the rest was typed wrongly."""
    try:
        yield
    except register.NumberTaken as taken:
        raise Conflict(taken.sentence) from taken
    except register.RegisterProblem as problem:
        raise BadInput(problem.sentence) from problem
