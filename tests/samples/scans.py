"""What a sample says once recognition's faults are mended: the rows of its tables and the words around them.

readings/<sample>.json names the example that holds the sample, the counts of its parts, recognition's faults with the
right words, headings that read otherwise on later pages, and physical rows that are no row of their own.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ita_core import thai

FOLDER = Path(__file__).parent
READINGS = FOLDER / "readings"
Rows = list[list[str]]


def letters(text: str) -> str:
    """Letters and Arabic digits alone: how a scan breaks lines, spaces and underlines words says nothing."""
    return re.sub(r"\s+|__", "", thai.normalise(text))


@dataclass(frozen=True)
class Scan:
    """``corrections``: as recognised → as stored. ``later_headings``: as a later page reads → as the first one does.

    ``continued_rows``: numbers (from 0, headings not counted) of physical rows that go on with the row before.
    ``splits_rows``: physical rows hold several activities, so that only whole columns can be compared.
    ``has_memo``: the scan begins with a memo, and its words do not stand in the order in which a report keeps them.
    """

    number: str
    example: str
    counts: dict[str, int]
    corrections: dict[str, str] = field(default_factory=dict)
    later_headings: dict[str, str] = field(default_factory=dict)
    continued_rows: tuple[int, ...] = ()
    splits_rows: bool = False
    has_memo: bool = False

    def corrected(self, text: str) -> str:
        found = letters(text)
        for wrong, right in self.corrections.items():
            found = found.replace(letters(wrong), letters(right))
        return found

    @functools.cached_property
    def blocks(self) -> list[str | Rows]:
        """Paragraphs and tables of all pages in order."""
        path = FOLDER / "recognised" / f"{self.number}.json"
        return [block for page in json.loads(path.read_text(encoding="utf-8")) for block in page]

    def around(self) -> str:
        """Everything outside the tables, in order."""
        return "".join(self.corrected(block) for block in self.blocks if isinstance(block, str))

    def rows(self, headings: list[str]) -> Rows:
        """The rows of the tables as wide as ``headings``, pages joined, headings and empty rows left out.

        A first cell that repeats the label before it goes on under that label, and is empty here.
        """
        found: Rows = []
        for row in self._physical(headings):
            labels = "".join(before[0] for before in found)
            first = "" if found and labels.endswith(row[0]) else row[0]
            found.append([first, *row[1:]])
        return self._joined(found)

    def _physical(self, headings: list[str]) -> Iterator[list[str]]:
        wanted = [letters(heading) for heading in headings]
        later = {letters(read): letters(first) for read, first in self.later_headings.items()}
        for table in self.blocks:
            for row in [] if isinstance(table, str) else table:
                cells = [self.corrected(cell) for cell in row]
                if len(cells) != len(wanted) or not any(cells):
                    continue
                if [later.get(cell, cell) for cell in cells] != wanted:
                    yield cells

    def _joined(self, rows: Rows) -> Rows:
        if self.splits_rows:
            return [["".join(cells) for cells in zip(*rows, strict=True)]]
        found: Rows = []
        for number, row in enumerate(rows):
            if number in self.continued_rows:
                found[-1] = [before + cell for before, cell in zip(found[-1], row, strict=True)]
            else:
                found.append(row)
        return found


def scan(number: str) -> Scan:
    facts = json.loads((READINGS / f"{number}.json").read_text(encoding="utf-8"))
    return Scan(number, **facts | {"continued_rows": tuple(facts.get("continued_rows", ()))})


def scans() -> list[Scan]:
    return [scan(path.stem) for path in sorted(READINGS.glob("*.json"))]
