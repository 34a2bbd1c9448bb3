"""What a report is found by, written down: at every act that says something, in the act's own transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core import checks
from django.db.models import Exists, OuterRef, QuerySet

from ita_core import health, thai
from ita_core.models import Organisation
from ita_core.unprintable import is_blank
from memos import content
from memos.frozen import FrozenContent, Section
from memos.models import Report
from workflows import numbers
from workflows.models import Act, Approval, SearchText

# Acts of the way up and of the register. What was asked, assigned or circulated beside it is correspondence.
TOLD = [
    Act.Kind.SUBMIT,
    Act.Kind.ENDORSE,
    Act.Kind.CONFIRM,
    Act.Kind.SIGN,
    Act.Kind.SKIP,
    Act.Kind.SEND_BACK,
    Act.Kind.REFUSE,
    Act.Kind.RECALL,
    Act.Kind.WITHDRAW,
    Act.Kind.HAND_OVER,
    Act.Kind.NUMBER,
    Act.Kind.VOID_NUMBER,
]
_COLUMNS = ["organisation", "state", "fiscal_year", "number", "running", "text", "folded"]
_BATCH = 200
_SUBMITTED = {"content__isnull": False, "report__is_trial": False}


def note(act: Act) -> list[Act] | None:
    """The act's report is found by its words from now on. Two queries, for an act that is told.

    Returns the report's acts in order where they had to be read.
    """
    approval = act.approval
    if act.kind not in TOLD or approval.content is None or approval.report.is_trial:
        return None
    acts = list(approval.acts.order_by("sequence"))
    _write([row_of(approval, acts)])
    return acts


def row_of(approval: Approval, acts: Sequence[Act]) -> SearchText:
    """What stands in the index for a submitted report; ``acts`` are all of its own, in order."""
    assert approval.content is not None
    frozen = content.load(approval.content)
    number = numbers.after(acts)
    running = number.rpartition("/")[2]
    text = "\n".join(_lines(frozen, acts, number))
    return SearchText(
        organisation_id=approval.organisation_id,
        approval=approval,
        state=approval.state,
        fiscal_year=frozen.report.fiscal_year,
        number=number,
        running=int(running) if running.isascii() and running.isdigit() else None,
        text=text,
        folded=thai.searchable(text),
    )


def rebuild(organisation: Organisation) -> int:
    """Every row of the authority anew; how many."""
    rows = SearchText.objects.of(organisation)
    rows.exclude(approval__in=_submitted(organisation).values("pk")).delete()
    count = 0
    for batch in _batches(organisation):
        _write(batch)
        count += len(batch)
    return count


def differences(organisation: Organisation) -> Iterator[tuple[str, str]]:
    """Where the index is not what a rebuild would make: (place, what)."""
    kept = {row.approval_id: row for row in SearchText.objects.of(organisation).iterator(chunk_size=_BATCH)}
    for batch in _batches(organisation):
        for made in batch:
            place = f"{organisation.slug}/search/{made.approval.report_id}"
            there = kept.pop(made.approval_id, None)
            if there is None:
                yield place, "the report is not in the index"
                continue
            for name in _COLUMNS:
                if getattr(there, name) != getattr(made, name):
                    yield place, f"{name} is not what the report says"
    for left in kept.values():
        yield f"{organisation.slug}/search/{left.pk}", "the index names what was never submitted"


def reports_indexed(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """``manage.py check --database default`` says when submitted reports are not found: after an update, once."""
    if "default" not in health.migrated(databases):
        return []
    there = SearchText.objects.across_organisations().filter(approval=OuterRef("pk"))
    every = Approval.objects.across_organisations().filter(**_SUBMITTED, organisation__is_filler=False)
    if not every.filter(~Exists(there)).exists():
        return []
    return [
        checks.Warning(
            "Some submitted reports are not in the index of the archive.",
            hint="Run `manage.py reindex`.",
            id="workflows.W002",
        )
    ]


def _batches(organisation: Organisation) -> Iterator[list[SearchText]]:
    keys = list(_submitted(organisation).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        rows = Approval.objects.of(organisation).filter(pk__in=keys[start : start + _BATCH])
        acts: dict[int, list[Act]] = {}
        of_these = Act.objects.of(organisation).filter(approval__in=keys[start : start + _BATCH])
        for act in of_these.order_by("sequence"):
            acts.setdefault(act.approval_id, []).append(act)
        yield [row_of(row, acts.get(row.pk, [])) for row in rows.select_related("content", "report")]


def _submitted(organisation: Organisation) -> QuerySet[Approval]:
    return Approval.objects.of(organisation).filter(**_SUBMITTED)


def _write(rows: list[SearchText]) -> None:
    SearchText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["approval"], update_fields=_COLUMNS
    )


def _lines(frozen: FrozenContent, acts: Sequence[Act], number: str) -> Iterator[str]:
    """One for each line that somebody wrote, with Arabic digits and plain spaces; the title first."""
    for text in _texts(frozen, acts, number):
        for line in thai.searchable(text, keep_case=True).split("\n"):
            if not is_blank(line):
                yield line.strip()


def _texts(frozen: FrozenContent, acts: Sequence[Act], number: str) -> Iterator[str]:
    report, memo = frozen.report, frozen.memo
    yield " ".join(report.title)
    yield memo.subject
    if number:
        yield f"ที่ {number}"
    period = Report.Period(report.period)
    yield f"ปีงบประมาณ พ.ศ. {report.fiscal_year} {_PERIODS[period]} ข้อ {report.item}"
    yield memo.office
    yield from memo.recipients
    yield from memo.via
    yield from memo.references
    yield from (enclosure.title for enclosure in memo.enclosures)
    yield memo.body
    for section in frozen.sections:
        yield from _of_section(section)
    yield from (_told(act) for act in acts if act.kind in TOLD)


# Data, so Thai whatever the language of the officer who acts.
_PERIODS = {Report.Period.SIX_MONTHS: "รอบ 6 เดือน", Report.Period.TWELVE_MONTHS: "รอบ 12 เดือน"}


def _of_section(section: Section) -> Iterator[str]:
    yield from (section.heading, section.preamble)
    fields = [field for column in section.form.columns for field in column.fields]
    for measure in section.measures:
        yield from _cells(measure.cells, fields)
        for activity in measure.activities:
            yield from _cells(activity.cells, fields)
    yield section.closing


def _cells(cells: Mapping[str, str], fields: Sequence[str]) -> Iterator[str]:
    """In the order of the table."""
    yield from (cells[field] for field in fields if field in cells)


def _told(act: Act) -> str:
    said = (act.printed_name, *act.printed_title, act.opinion, act.reason)
    return " ".join(" ".join(said).split())
