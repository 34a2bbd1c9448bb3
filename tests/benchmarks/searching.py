"""Searching the archive: one authority that has nearly all the reports, and one of 400 whole reports beside it.

Nobody has so many reports; an authority writes two a year. What is filled in is an extract of each report, of lines of
the examples, and one word that only it has; those of the small authority are whole. Nobody acted and there is no paper.
"""

from __future__ import annotations

import itertools
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from ita_core import thai, trigrams
from ita_core.models import Organisation, User
from memos.models import Report
from tests.benchmarks.measuring import Call, Row, at_once, interleaved
from tests.databases.committed import fresh_database
from workflows import examples, searching
from workflows.models import Approval, SearchText, State
from workflows.searching import Asked

HEADING = "Searching"
GOAL = "≤ 300"
SMALL = 400
EXTRACT, WHOLE = 400, 9_000  # characters of a text
BATCH = 2_000
YEARS = range(2540, 2570)


def measure(reports: int, rounds: int, folder: Path) -> Iterator[Row]:
    (folder / "search").mkdir()
    with fresh_database(folder / "search"):
        call_command("fill_benchmark", approvals=2, organisations=2, verbosity=0)
        many, few = Organisation.objects.filter(is_filler=True).order_by("pk")
        yield from _fill(many, few, reports)
        amid = f"of {reports:,}"
        for place, size in ((many, f"{reports - SMALL:,} {amid}"), (few, f"{SMALL} whole ones {amid}")):
            calls = {f"{what}, {size}": at_once(call) for what, call in _questions(place).items()}
            for what, value in interleaved(calls, rounds, 2).items():
                yield Row(HEADING, what, "ms", value, GOAL)


def _fill(many: Organisation, few: Organisation, reports: int) -> Iterator[Row]:
    """The index comes after the rows, as after a restore: it is made many times faster so."""
    started = time.perf_counter()
    _take_index_away()
    random.seed(2565)
    _reports(many, reports - SMALL, EXTRACT)
    _reports(few, SMALL, WHOLE)
    yield Row(HEADING, f"{reports:,} reports filled in", "s", time.perf_counter() - started)
    started = time.perf_counter()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET maintenance_work_mem = '1GB'")
    trigrams.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")
    yield Row(HEADING, f"index of {reports:,} reports", "s", time.perf_counter() - started)


def _take_index_away() -> None:
    kind = "INDEX" if connection.vendor == "postgresql" else "TRIGGER"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP {kind} IF EXISTS workflows_searchtext_trigram")
        for event in ("insert", "update", "delete"):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS workflows_searchtext_trigram_{event}")


def _reports(organisation: Organisation, number: int, length: int) -> None:
    pattern = Approval.objects.of(organisation).select_related("content", "report")[0]
    numbers = itertools.count(1)
    lines = _lines()
    for start in range(0, number, BATCH):
        with transaction.atomic():
            _batch(pattern, list(itertools.islice(numbers, min(BATCH, number - start))), lines, length)


def _batch(pattern: Approval, numbers: Sequence[int], lines: Sequence[str], length: int) -> None:
    """Years one after the other, as reports come. All share one content: nothing here reads it."""
    report = pattern.report
    rows = Report.objects.bulk_create(
        Report(
            organisation_id=report.organisation_id,
            drafter_id=report.drafter_id,
            assessed_year=2564,
            fiscal_year=YEARS[number % len(YEARS)],
            item_id=report.item_id,
            title=f"รายงานผลการดำเนินการ ฉบับที่ {number}",
            is_open=False,
            is_current=False,
        )
        for number in numbers
    )
    approvals = Approval.objects.bulk_create(
        Approval(
            organisation_id=report.organisation_id,
            report=row,
            content_id=pattern.content_id,
            state=State.MAYOR_SIGNED,
            round=1,
        )
        for row in rows
    )
    SearchText.objects.bulk_create(
        _searched(approval, number, lines, length)
        for approval, number in zip(approvals, numbers, strict=True)
    )


def _searched(approval: Approval, number: int, lines: Sequence[str], length: int) -> SearchText:
    told = [approval.report.title, f"คำเดียว{_syllables(number)}"]
    while sum(map(len, told)) < length:
        told.append(random.choice(lines))
    text = "\n".join(told)
    return SearchText(
        organisation_id=approval.organisation_id,
        approval=approval,
        state=approval.state,
        fiscal_year=approval.report.fiscal_year,
        number=f"สม 71001/{number}",
        running=number,
        text=text,
        folded=thai.searchable(text),
    )


def _syllables(number: int) -> str:
    """A word of its own for each number, of the letters of which all words are made."""
    syllables = ("กา", "รี", "โต", "นุ", "แม", "ปู", "ใจ", "ลำ", "ซอ", "เท")
    return "".join(syllables[int(digit)] for digit in str(number))


def _lines() -> list[str]:
    """Every line of the examples' reports, each once."""
    found: dict[str, None] = {}
    for path in sorted(Path(str(examples.__file__)).parent.glob("data/*/report.json")):
        found.update(dict.fromkeys(_strings(json.loads(path.read_text(encoding="utf-8")))))
    return [thai.searchable(line, keep_case=True) for line in found if len(line) > 12]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _questions(organisation: Organisation) -> dict[str, Call]:
    """Kinds of questions; each has the answer that it should have, so that no time is that of nothing found."""
    person = User.objects.get(username=f"{organisation.slug}-legal_officer")
    rare = f"เดียว{_syllables(77)}ฮ"  # no syllable begins so
    kinds: dict[str, tuple[dict[str, str], bool]] = {
        "a common word": ({"text": "มาตรการ"}, True),
        "a common and a rare word": ({"text": f"มาตรการ คำเดียว{_syllables(12)}"}, True),
        "a rare word": ({"text": f"คำเดียว{_syllables(123)}"}, True),
        "a word that is nowhere": ({"text": rare}, False),
        "two letters": ({"text": "กา"}, True),
        "a number": ({"number": "๓๙๙"}, True),
        "a year and a word": ({"fiscal_year": "2541", "text": "ทุจริต"}, True),
        "a person and a word": ({"drafter": str(person.pk), "text": "ประชาชน"}, True),
    }
    calls: dict[str, Call] = {
        what: _question(organisation, Asked.of(typed), some) for what, (typed, some) in kinds.items()
    }
    return calls | {"what the filters offer": _offers(organisation)}


def _question(organisation: Organisation, asked: Asked, some: bool) -> Callable[[], None]:
    def call() -> None:
        assert bool(searching.found(organisation, asked, 0, 26)) == some, asked

    return call


def _offers(organisation: Organisation) -> Callable[[], None]:
    def call() -> None:
        assert len(searching.years(organisation)) == len(YEARS)
        assert searching.drafters(organisation)
        searching.offices(organisation)

    return call
