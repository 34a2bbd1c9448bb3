"""A Word file read back: child process, reading, matching of headings, recognising; at three sizes, by the clock.

The words are those of the example of sample 004 in its seven columns, its measures repeated to 15, 60 and 500 rows.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Iterator

from memos import content, issuing, shipped
from memos.frozen import FrozenContent
from memos.importing import foreign, headings, reading, recognising
from memos.models import FormVersion, Report
from tests.benchmarks.measuring import Prepare, Row, at_once, in_milliseconds, interleaved, ratio
from workflows import examples
from workflows.examples import loading, reports

EXAMPLE = "na-kratam"
HEADING = "A Word file read back"
SIZES = (15, 60, 500)
WARM_UP, FEWEST, MOST = 1, 3, 21
CHILD = "starting the child alone"


def measure(rounds: int) -> Iterator[Row]:
    """Loads the example where it is missing."""
    report = _sample()
    forms = shipped.available_forms(report.organisation)
    cases: dict[str, Prepare] = {CHILD: at_once(lambda: foreign.run("probe", b"x"))}
    for rows in SIZES:
        data = _word(report, rows)
        cases[_name(rows)] = at_once(functools.partial(_imported, data, forms, rows))
    times = interleaved(cases, min(max(rounds // 10, FEWEST), MOST), WARM_UP)
    yield from in_milliseconds(HEADING, times)
    yield Row(HEADING, "60 rows", "s", times[_name(60)] / 1000, "< 1")
    growth = ratio(times, _name(500), _name(60)) / (500 / 60)
    yield Row(HEADING, "500 rows ÷ 60 rows, for each row", "×", growth, "≤ 1")


def _name(rows: int) -> str:
    return f"a table of {rows} × 7"


def _sample() -> Report:
    loading.load(EXAMPLE)
    report = reports.find(examples.read(EXAMPLE, "report"))
    assert report is not None
    return report


def _word(report: Report, rows: int) -> bytes:
    return issuing.measures_bytes(_repeated(content.snapshot(report), rows), report.organisation_id)


def _repeated(made: FrozenContent, rows: int) -> FrozenContent:
    """One measure for each row, so that the count is the table's. Numbers stay as they are: only lengths matter."""
    section = made.sections[0]
    measures = (
        dataclasses.replace(m, activities=m.activities[:1]) for m in itertools.cycle(section.measures)
    )
    longer = dataclasses.replace(section, measures=tuple(itertools.islice(measures, rows)))
    return dataclasses.replace(made, sections=(longer,))


def _imported(data: bytes, forms: list[FormVersion], rows: int) -> None:
    source = reading.read_file("a.docx", data)
    found = recognising.recognise(source, headings.match(source, forms), forms)
    assert found.counts["measures"] == rows, found.counts
