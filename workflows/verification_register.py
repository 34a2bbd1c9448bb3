"""Does the register say what the acts carry? A report's number is on its act, in its line and on its paper.

An act of numbering carries the number as printed, and in its reason the year and the day of the line; the line's other
words are those of the memo that was numbered. What stands in the book beside reports no act tells of: there it is looked
at that no line is gone from below a number that was given here. A fault is told as (place, what), as verification.py
has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ita_core import fiscal, thai
from ita_core.models import Organisation
from memos import archive, content
from memos.docx.saying import words_of
from memos.models import ContentVersion, DocumentSet, RegisterEntry
from workflows.models import Act, Approval
from workflows.numbering import day_of_line
from workflows.numbers import KINDS

Found = Iterator[tuple[str, str]]
Standing = RegisterEntry.Standing


@dataclass(frozen=True)
class _Given:
    """A number as its acts leave it: who gave it, and who took it away."""

    number: Act
    void: Act | None = None

    def is_in(self, entry: RegisterEntry) -> bool:
        """A reserved number that was used keeps the reason of its reservation; a void one has the act's."""
        if entry.text != self.number.number:
            return False
        if self.void is None:
            return entry.standing == Standing.USED
        return (entry.standing, entry.reason) == (Standing.VOID, self.void.reason)


def numbers(organisation: Organisation, acts: Sequence[Act]) -> Found:
    """Acts against lines against paper, then the lines against each other."""
    of_approval: dict[int, list[Act]] = defaultdict(list)
    for act in acts:
        of_approval[act.approval_id].append(act)
    report_of = dict(Approval.objects.of(organisation).values_list("pk", "report_id"))
    lines: dict[int, list[RegisterEntry]] = defaultdict(list)
    rows = RegisterEntry.objects.of(organisation).filter(report__isnull=False)
    # Of a report that a list destroyed, the list holds what is left of the act that gave the number.
    for entry in rows.exclude(report__approval__state="disposed").order_by("pk"):
        lines[entry.report_id or 0].append(entry)
    for approval, its in of_approval.items():
        if any(act.kind in KINDS for act in its):
            yield from _of_report(organisation, its, lines.pop(report_of.get(approval, 0), []))
    for left in lines.values():
        for entry in left:
            yield _place(organisation, entry), "no act gave its report this number"
    yield from _book(organisation)


def _of_report(organisation: Organisation, acts: list[Act], lines: list[RegisterEntry]) -> Found:
    given: list[_Given] = []
    for act in acts:
        place = f"{organisation.slug}/act/{act.sequence}/number"
        held = given[-1] if given and given[-1].void is None else None
        if act.kind == Act.Kind.NUMBER:
            if held is not None or not act.number:
                yield place, "the report had a number already, or the act names none"
            given.append(_Given(act))
        elif act.kind == Act.Kind.VOID_NUMBER:
            if held is None or held.number.number != act.number:
                yield place, "the number that the act makes void was not the report's"
            else:
                given[-1] = _Given(held.number, act)
        now = given[-1].number.number if given and given[-1].void is None else ""
        if now and not _is_on_paper(organisation, act, now):
            yield place, "the memo of the act does not say the report's number"
    yield from _lines(organisation, given, lines)


def _lines(organisation: Organisation, given: list[_Given], lines: list[RegisterEntry]) -> Found:
    left = list(lines)
    for one in given:
        entry = next((entry for entry in left if one.is_in(entry)), None)
        if entry is None:
            yield (
                f"{organisation.slug}/act/{one.number.sequence}/number",
                "the register has no line of this number, or says otherwise of it",
            )
            continue
        left.remove(entry)
        if day_of_line(entry) != one.number.reason:
            yield _place(organisation, entry), "its year or day is not the one that the act carries"
        elif not _says_the_memo(organisation, one.number, entry):
            yield _place(organisation, entry), "from, to or subject are not those of the memo"
    for entry in left:
        yield _place(organisation, entry), "no act gave its report this number, or it stands otherwise"


def _says_the_memo(organisation: Organisation, act: Act, entry: RegisterEntry) -> bool:
    """True as well where the content is gone or changed, which is told as a fault of its own."""
    rows = ContentVersion.objects.of(organisation).filter(report=entry.report_id)
    version = rows.filter(sha256=act.content_sha256).first()
    if version is None or archive.sha256(bytes(version.canonical)) != version.sha256:
        return True
    memo = content.load(version).memo
    said = (memo.office, ", ".join(memo.recipients), " ".join(memo.subject.split()))
    return said == (entry.sender, entry.recipient, entry.subject)


def _is_on_paper(organisation: Organisation, act: Act, number: str) -> bool:
    """True as well where there is no set to look into; a file that is gone or changed is told elsewhere."""
    if act.document_set_id is None:
        return True
    sets = DocumentSet.objects.of(organisation).select_related("memo__organisation")
    issued = sets.filter(pk=act.document_set_id).first()
    if issued is None:
        return True
    try:
        return thai.printed(number) in words_of(archive.read(issued.memo))
    except (archive.FileFault, ValueError):
        return True


def _book(organisation: Organisation) -> Found:
    """Numbers given here have the one below them; a line's number ends its text and its day is of its year."""
    rows = RegisterEntry.objects.of(organisation).order_by("register", "year", "number")
    below: tuple[int, int, int] = (0, 0, 0)
    for entry in rows.iterator(chunk_size=500):
        place = _place(organisation, entry)
        if entry.is_allocated and entry.number > 1 and below != _key(entry, entry.number - 1):
            yield place, f"the number below it ({entry.number - 1}) is missing"
        below = _key(entry, entry.number)
        if entry.text.rpartition("/")[2] != str(entry.number):
            yield place, "its text is not that of its number"
        years = {entry.dated.year + thai.BE_OFFSET, fiscal.FiscalYear.containing(entry.dated).be}
        if entry.year not in years:
            yield place, "its day is not of its year"


def _key(entry: RegisterEntry, number: int) -> tuple[int, int, int]:
    return entry.register_id, entry.year, number


def _place(organisation: Organisation, entry: RegisterEntry) -> str:
    return f"{organisation.slug}/register_entry/{entry.pk}"
