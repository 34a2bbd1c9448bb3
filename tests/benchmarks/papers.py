"""The pair of documents of sample 002, beside the two usual ways of making Word files and beside the floor.

The floor is zipping: the finished XML into a file whose other parts are deflated already. Signatures are left without
pictures on all sides, because the usual ways would read each picture anew. Times are of the processor, since nothing
here waits but for the few rows that freezing reads.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ita_core import thai
from memos import content as contents
from memos import frozen, issuing
from memos.documents import Block, Pair
from memos.docx.package import deflated, write_zip
from memos.models import Report
from tests.benchmarks.approving import sample
from tests.benchmarks.measuring import Call, Row, at_once, in_milliseconds, interleaved, ratio
from tests.benchmarks.rivals import Templates, naive_pair, words_of
from workflows import permissions

HEADING = "The pair of sample 002 (CPU)"
OURS = "from frozen content"
FROZEN = "from the report, freezing it first"
NAIVE = "python-docx, table.cell(r, c)"
DOCXTPL = "docxtpl, autoescape on"
FLOOR = "the floor: finished XML zipped"
WARM_UP = 5


def measure(rounds: int, folder: Path) -> Iterator[Row]:
    report = sample()
    blocks = list(_blocks(report))
    content = contents.snapshot(report)
    words = words_of(content, blocks)
    templates = Templates(folder, words)
    ours = _pair(content, blocks, report)
    _check_equal_words(words.tables[-1].spans[-1].rows[-1][0], ours, naive_pair(words), templates.pair(words))
    floor = [_zipping(ours.memo), _zipping(ours.measures)]
    times = interleaved(
        {
            OURS: at_once(lambda: _pair(content, blocks, report)),
            FROZEN: at_once(lambda: _frozen_pair(report, blocks)),
            NAIVE: at_once(lambda: naive_pair(words)),
            DOCXTPL: at_once(lambda: templates.pair(words)),
            FLOOR: at_once(lambda: [zipping() for zipping in floor]),
        },
        rounds,
        WARM_UP,
        clock=time.process_time,
    )
    yield from in_milliseconds(HEADING, times)
    for name in (NAIVE, DOCXTPL):
        yield Row(HEADING, f"{name} ÷ ours", "×", ratio(times, name, OURS))
    yield Row(HEADING, "ours ÷ the floor", "×", ratio(times, OURS, FLOOR))
    yield Row(HEADING, "size of the pair", "kB", (len(ours.memo) + len(ours.measures)) / 1000)


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


def _pair(content: frozen.FrozenContent, blocks: list[Block], report: Report) -> Pair:
    return issuing.preview(content, blocks, report.organisation_id, None)


def _frozen_pair(report: Report, blocks: list[Block]) -> Pair:
    """Reading the report's rows, checking the text, JSON and its hash; the row is not written, for it is there."""
    fresh = Report.objects.of(report.organisation_id).select_related("organisation", "item").get(pk=report.pk)
    return _pair(contents.load(contents.freeze(fresh)), blocks, fresh)


def _zipping(document: bytes) -> Call:
    """Deflates what differs from document to document and joins it with the rest."""
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    varying = {name: data for name, data in parts.items() if _varies(name)}
    kept = {name: deflated(data) for name, data in parts.items()}
    return lambda: write_zip({**kept, **{name: deflated(data) for name, data in varying.items()}})


def _varies(name: str) -> bool:
    return name.startswith(("word/document", "word/header", "word/footer"))


def _check_equal_words(word: str, ours: Pair, *rivals: tuple[bytes, bytes]) -> None:
    """Whoever leaves out the last cell of the last table has not made the same document."""
    last = word.splitlines()[-1].split("http")[0].strip()
    for measures in (ours.measures, *(pair[1] for pair in rivals)):
        with zipfile.ZipFile(io.BytesIO(measures)) as file:
            assert last in file.read("word/document.xml").decode(), "a document lacks its last cell"
