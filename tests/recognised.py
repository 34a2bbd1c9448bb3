"""The five sample reports as recognised from their scans, faults included: pages of paragraphs and physical rows.

A page is a list in reading order: a text (lines joined by newline) or a table, which is a list of rows of cells. Header rows
that a page break repeats, empty rows and rows that go on from the page before all stand as printed; digits are Thai.
tests/samples/from_seeds.py makes the files.
"""

from __future__ import annotations

import json
from functools import cache

from tests.samples.from_seeds import FRONT, HERE, Page, Table

SAMPLES = tuple(FRONT)


@cache
def pages(sample: str) -> tuple[Page, ...]:
    """The pages of sample ``000`` to ``004``: the cover (the memo in 002) first. Not to be changed: they are shared."""
    return tuple(json.loads((HERE / f"{sample}.json").read_text(encoding="utf-8")))


def enclosure(sample: str) -> tuple[Page, ...]:
    """The pages without the cover or memo: where the tables are."""
    return pages(sample)[1:]


def tables(sample: str) -> list[Table]:
    """Each page's table, its header row first (002 has one that is empty)."""
    return [block for page in pages(sample) for block in page if isinstance(block, list)]


def texts(sample: str) -> list[str]:
    """The paragraphs outside tables."""
    return [block for page in pages(sample) for block in page if isinstance(block, str)]
