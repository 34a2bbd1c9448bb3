"""Numbers of a register: read from the office's book as typed, or given here in order; reserved, used, void.

Whatever changes a register is called in a transaction that holds its lock (``locked``): numbers given here have neither
doubles nor gaps, because a number that was rolled back was never in the table. Sentences are for officers.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from ita_core import fiscal, language, thai
from ita_core.models import Organisation, User
from memos.documents import full_number
from memos.registers import LARGEST, Register, RegisterEntry

MOST_RESERVED = 50
"""Numbers reserved at once: more is a slip of the finger, and every one of them stays for ever."""

Standing = RegisterEntry.Standing


class RegisterProblem(Exception):
    """What was asked of a register cannot be done; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NumberTaken(RegisterProblem):
    """Somebody has the number, or had it."""


@dataclass(frozen=True)
class Line:
    """What stands beside a number. ``prefix`` serves where the register has none of its own."""

    dated: datetime.date
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    action: str = ""
    note: str = ""
    prefix: str = ""
    report: int | None = None


def of(organisation: Organisation) -> list[Register]:
    """The authority's registers, memos first; one for memos is made when there is none."""
    rows = Register.objects.of(organisation).select_related("office").order_by("kind", "pk")
    found = list(rows)
    if not any(register.kind == Register.Kind.MEMO for register in found):
        Register.objects.of(organisation).get_or_create(
            organisation=organisation, kind=Register.Kind.MEMO, office=None
        )
        found = list(rows.all())
    for register in found:
        register.organisation = organisation
    return found


def locked(organisation: Organisation, pk: int) -> Register | None:
    """The register, until the transaction ends nobody else's."""
    register = Register.objects.of(organisation).select_for_update().filter(pk=pk).first()
    if register is not None:
        register.organisation = organisation
    return register


def year_of(register: Register, day: datetime.date) -> int:
    """The year (BE) in whose numbers the day falls."""
    if register.year == Register.Year.FISCAL:
        return fiscal.FiscalYear.containing(day).be
    return day.year + thai.BE_OFFSET


def read_number(typed: str) -> int:
    """A number in either kind of digits, alone or behind its prefix (``สม 71001/12``). RegisterProblem otherwise."""
    text = thai.normalise(typed).rpartition("/")[2].strip()
    if not text:
        raise RegisterProblem(_("โปรดใส่เลขทะเบียน"))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))) or int(text) == 0:
        raise RegisterProblem(_("เลขทะเบียนต้องเป็นตัวเลขตั้งแต่ ๑ ขึ้นไป เช่น ๑๒๓"))
    return int(text)


def next_number(register: Register, year: int) -> int:
    """One more than the highest of the year, whether it is used, reserved or void."""
    highest = _of_year(register, year).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def take(
    register: Register, by: User, line: Line, *, number: int | None = None, reserved: int | None = None
) -> RegisterEntry:
    """Put a paper under a number: the one of the book, a reserved one, or the next.

    A reserved number keeps the day on which it was reserved: that is why one reserves. RegisterProblem otherwise.
    """
    if line.dated > thai.today():
        raise RegisterProblem(_("วันที่ในทะเบียนต้องไม่เป็นวันในอนาคต"))
    if reserved is not None:
        return _use(register, _reserved(register, reserved), line)
    if register.allocates:
        today = thai.today()
        year = year_of(register, today)
        return _write(register, by, line, next_number(register, year), year, today)
    if number is None:
        raise RegisterProblem(_("โปรดใส่เลขทะเบียน"))
    year = year_of(register, line.dated)
    there = _of_year(register, year).filter(number=number).select_related("recorded_by").first()
    if there is None:
        return _write(register, by, line, number, year, line.dated)
    if there.standing != Standing.RESERVED:
        raise NumberTaken(_who_has(there))
    return _use(register, there, line)


def reserve(register: Register, by: User, count: int, reason: str) -> list[RegisterEntry]:
    """The next numbers of today's year, kept for papers still to come. RegisterProblem when numbers come from a book."""
    if not register.allocates:
        raise RegisterProblem(_("ทะเบียนนี้ใช้เลขจากสมุดทะเบียนของสำนักงาน จึงจองเลขในสมุด"))
    if not 1 <= count <= MOST_RESERVED:
        most = language.shown(MOST_RESERVED)
        raise RegisterProblem(_("จองได้ครั้งละ ๑ ถึง %(most)s เลข") % {"most": most})
    today = thai.today()
    year = year_of(register, today)
    first, prefix = next_number(register, year), register.organisation.number_prefix
    rows = [
        RegisterEntry(
            organisation=register.organisation,
            register=register,
            year=year,
            number=number,
            text=full_number(register.prefix or prefix, str(number)),
            standing=Standing.RESERVED,
            is_allocated=True,
            dated=today,
            reason=reason,
            recorded_by=by,
        )
        for number in range(first, first + count)
    ]
    return RegisterEntry.objects.bulk_create(rows)


def void(entry: RegisterEntry, reason: str) -> None:
    """The number is nobody's any more and never will be; its line stays, with the reason. NumberTaken when it is void."""
    if entry.standing == Standing.VOID:
        raise NumberTaken(_("เลข %(text)s ยกเลิกแล้ว") % {"text": language.shown(entry.text)})
    entry.standing, entry.reason = Standing.VOID, reason
    entry.save(update_fields=["standing", "reason"])


def in_use(organisation: Organisation, report: int) -> RegisterEntry | None:
    """The number that the report has now."""
    rows = RegisterEntry.objects.of(organisation).filter(report=report, standing=Standing.USED)
    return rows.select_related("register").first()


def number_of(organisation: Organisation | int, report: int) -> str:
    """As it is printed on every set of the report; "" while it has none."""
    rows = RegisterEntry.objects.of(organisation).filter(report=report, standing=Standing.USED)
    return rows.values_list("text", flat=True).first() or ""


def waiting(register: Register, limit: int = MOST_RESERVED * 2) -> list[RegisterEntry]:
    """Reserved numbers that nothing has yet, oldest first."""
    rows = RegisterEntry.objects.of(register.organisation).filter(register=register)
    return list(rows.filter(standing=Standing.RESERVED).order_by("year", "number")[:limit])


def _reserved(register: Register, pk: int) -> RegisterEntry:
    rows = RegisterEntry.objects.of(register.organisation).filter(register=register, pk=pk)
    entry = rows.select_for_update().first()
    if entry is None:
        raise RegisterProblem(_("ไม่พบเลขที่จองไว้นี้ในทะเบียน"))
    if entry.standing != Standing.RESERVED:
        raise NumberTaken(_who_has(entry))
    return entry


def _use(register: Register, entry: RegisterEntry, line: Line) -> RegisterEntry:
    entry.standing = Standing.USED
    entry.text = full_number(register.prefix or line.prefix, str(entry.number))
    entry.report_id = line.report
    entry.sender, entry.recipient, entry.subject = line.sender, line.recipient, line.subject
    entry.action, entry.note = line.action, line.note
    columns = ["standing", "text", "report", "sender", "recipient", "subject", "action", "note"]
    entry.save(update_fields=columns)
    return entry


def _write(
    register: Register, by: User, line: Line, number: int, year: int, dated: datetime.date
) -> RegisterEntry:
    entry = RegisterEntry(
        organisation=register.organisation,
        register=register,
        year=year,
        number=number,
        text=full_number(register.prefix or line.prefix, str(number)),
        standing=Standing.USED,
        is_allocated=register.allocates,
        report_id=line.report,
        dated=dated,
        sender=line.sender,
        recipient=line.recipient,
        subject=line.subject,
        action=line.action,
        note=line.note,
        recorded_by=by,
    )
    entry.save()
    return entry


def _of_year(register: Register, year: int) -> QuerySet[RegisterEntry]:
    return RegisterEntry.objects.of(register.organisation).filter(register=register, year=year)


def _who_has(entry: RegisterEntry) -> str:
    facts = {"number": language.shown(entry.number), "year": language.shown(entry.year)}
    if entry.standing == Standing.VOID:
        why = _("เลข %(number)s ของปี %(year)s ยกเลิกแล้ว ใช้ซ้ำไม่ได้ (%(reason)s)")
        return why % {**facts, "reason": entry.reason}
    facts |= {"subject": entry.subject, "day": language.day(entry.dated), "name": entry.recorded_by.full_name}
    return (
        _(
            "เลข %(number)s ของปี %(year)s เป็นของเรื่อง “%(subject)s” ลงวันที่ %(day)s บันทึกโดย%(name)s แล้ว โปรดตรวจเลขในสมุด"
        )
        % facts
    )
