"""The pair of documents at three sizes, beside the usual ways of making Word files and beside the floor.

The words are those of the example of sample 004 in its seven columns, its rows repeated to 15, 60 and 500. The floor is
zipping: the finished XML, a string, into a file whose other parts are deflated already; it deflates what may differ from
paper to paper (body, headers, footers) with the zlib level that ours uses. Signatures are left without pictures on all
sides, because the usual ways would read each picture anew. Times are of the processor.
"""

from __future__ import annotations

import io
import itertools
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ita_core import thai
from memos import archive, issuing, shipped
from memos import content as contents
from memos import tree as trees
from memos.documents import Block, Pair
from memos.docx.package import deflated, write_zip
from memos.frozen import FrozenContent
from memos.models import Activity, Report
from memos.models import Measure as MeasureRow
from memos.tree import Tree
from tests.benchmarks.measuring import Call, Prepare, Row, at_once, in_milliseconds, interleaved, ratio
from tests.benchmarks.rivals import Templates, direct_pair, naive_pair, words_of
from workflows import examples, permissions
from workflows.examples import loading, reports

EXAMPLE = "na-kratam"
SIZES = {15: 1, 60: 4, 500: 20}  # rows of the table → one round where the smallest table has this many
OURS = "from frozen content"
FROZEN = "with freezing and preparing its text"
READ = "the same, its rows and versions read and looked up"
NAIVE = "python-docx, table.cell(r, c)"
DIRECT = "python-docx, the table as XML"
DOCXTPL = "docxtpl, autoescape on"
FLOOR = "the floor: finished XML zipped"
WARM_UP, FEWEST = 3, 5
NAIVE_ROUNDS = {15: 3, 60: 1}  # nearly two minutes at 500 rows, so there it is left out


def measure(rounds: int, folder: Path) -> Iterator[Row]:
    report = _sample()
    for rows, slower in SIZES.items():
        _fill(report, rows)
        yield from _size(report, rows, max(rounds // slower, FEWEST), folder)


def _size(report: Report, rows: int, rounds: int, folder: Path) -> Iterator[Row]:
    heading = f"The pair, a table of {rows} × 7 (CPU)"
    blocks = list(_blocks(report))
    tree, versions = trees.read(report), shipped.current_templates(report.organisation)
    content = contents.written(tree, versions)
    words = words_of(content, blocks)
    templates = Templates(folder, words)
    ours = _pair(content, blocks, report)
    rivals: dict[str, Callable[[], tuple[bytes, bytes]]] = {
        DIRECT: lambda: direct_pair(words),
        DOCXTPL: lambda: templates.pair(words),
    }
    _check_equal_words(words.tables[-1].spans[-1].rows[-1][-2], ours, *(pair() for pair in rivals.values()))
    floor = [_zipping(ours.memo), _zipping(ours.measures)]
    cases: dict[str, Prepare] = {
        OURS: _warmed(lambda: _pair(content, blocks, report)),
        FROZEN: _warmed(lambda: _pair(_frozen(tree, versions), blocks, report)),
        READ: _warmed(lambda: _read_and_frozen_pair(report, blocks)),
        **{name: _warmed(pair) for name, pair in rivals.items()},
        FLOOR: _warmed(lambda: [zipping() for zipping in floor]),
    }
    times = interleaved(cases, rounds, WARM_UP, clock=time.process_time)
    if rows in NAIVE_ROUNDS:
        naive: dict[str, Prepare] = {NAIVE: at_once(lambda: naive_pair(words))}
        times |= interleaved(naive, NAIVE_ROUNDS[rows], clock=time.process_time)
    yield from in_milliseconds(heading, times)
    yield from _ratios(heading, rows, times)
    yield Row(heading, "size of the pair", "kB", (len(ours.memo) + len(ours.measures)) / 1000)


def _ratios(heading: str, rows: int, times: Mapping[str, float]) -> Iterator[Row]:
    yield Row(heading, "from frozen content ÷ the floor", "×", ratio(times, OURS, FLOOR), "≤ 1.5")
    yield Row(heading, "with freezing and preparing ÷ the floor", "×", ratio(times, FROZEN, FLOOR), "≤ 2.5")
    for name in (DOCXTPL, DIRECT, NAIVE):
        if name in times:
            goal = "≥ 10" if name == DOCXTPL and rows == min(SIZES) else ""
            yield Row(heading, f"{name} ÷ ours", "×", ratio(times, name, OURS), goal)


def _warmed(call: Call) -> Prepare:
    """Called once untimed before it is timed, or whoever comes after a heavy rival pays for the caches it emptied."""

    def prepare() -> Call:
        call()
        return call

    return prepare


def _sample() -> Report:
    loading.load(EXAMPLE)
    found = reports.find(examples.read(EXAMPLE, "report"))
    assert found is not None
    return found


def _fill(report: Report, rows: int) -> None:
    """The first table's measures, repeated until it has this many rows; other sections go."""
    first, *others = report.sections.order_by("position")
    for other in others:
        other.delete()
    kept = [
        (row.cells, [activity.cells for activity in row.activities.all()]) for row in first.measures.all()
    ]
    first.measures.all().delete()
    left = rows
    for position, (cells, activities) in enumerate(itertools.cycle(kept)):
        made = MeasureRow.objects.create(section=first, position=position, cells=cells)
        Activity.objects.bulk_create(
            Activity(measure=made, position=place, cells=_distinct(activity, left - place))
            for place, activity in enumerate(activities[:left])
        )
        left -= len(activities[:left])
        if not left:
            return


def _distinct(cells: Mapping[str, str], row: int) -> dict[str, str]:
    """No two rows tell the same: what was prepared for one must not serve the next, nor zip as its copy."""
    told = ("method", "result", "outcome")
    more = " ".join(cells[key] for key in told)
    return {
        key: f"{text} {more[row % 97 : row % 97 + row // 7]}" if key in told else text
        for key, text in cells.items()
    }


def _blocks(report: Report) -> Iterator[Block]:
    """All opinions given: the longest memo."""
    yield Block(heading="", name=report.drafter.full_name, title_lines=("นิติกร",), date=thai.today())
    for step in permissions.route_of(report.organisation):
        officer = permissions.officers(step)[0]
        yield Block(
            heading=step.heading,
            opinion="ตรวจสอบแล้ว ถูกต้องครบถ้วน เห็นควรเสนอเพื่อโปรดทราบ",
            name=officer.user.full_name,
            title_lines=officer.title_lines,
            date=thai.today(),
        )


def _pair(content: FrozenContent, blocks: list[Block], report: Report) -> Pair:
    return issuing.preview(content, blocks, report.organisation_id, None)


def _frozen(tree: Tree, versions: Mapping[str, str]) -> FrozenContent:
    """What freezing computes, from rows in hand: values, their judgement, canonical bytes and hash.

    Nothing kept helps: the content is a new one each time, so its text is prepared anew as well.
    """
    content = contents.written(tree, versions)
    archive.sha256(contents.canonical(content))
    return content


def _read_and_frozen_pair(report: Report, blocks: list[Block]) -> Pair:
    fresh = Report.objects.of(report.organisation_id).select_related("organisation", "item").get(pk=report.pk)
    contents._values.clear()
    return _pair(contents.load(contents.freeze(fresh)), blocks, fresh)


def _zipping(document: bytes) -> Call:
    """Deflates what differs from document to document and joins it with the rest."""
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    varying = {name: data.decode("utf-8") for name, data in parts.items() if _varies(name)}
    kept = {name: deflated(data) for name, data in parts.items()}
    return lambda: write_zip(
        {**kept, **{name: deflated(text.encode("utf-8")) for name, text in varying.items()}}
    )


def _varies(name: str) -> bool:
    return name.startswith(("word/document", "word/header", "word/footer"))


def _check_equal_words(word: str, ours: Pair, *rivals: tuple[bytes, bytes]) -> None:
    """Whoever leaves out a cell of the last row has not made the same document."""
    last = word.splitlines()[-1].split("http")[0].strip()
    for measures in (ours.measures, *(pair[1] for pair in rivals)):
        with zipfile.ZipFile(io.BytesIO(measures)) as file:
            assert last in file.read("word/document.xml").decode(), "a document lacks a cell of its last row"
