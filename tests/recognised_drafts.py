"""The samples as drafts in the database with every fault of recognition left in, for checks that must find what is there.

Pages are joined as the paper means them (which rows go on, which label repeats: samples/readings), but no word is mended;
text is stored as any is, so digits are Arabic. 000, 001, 003 and 004 have no memo of their own: the examples' is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ita_core import assessment, thai
from memos import shipped
from memos.models import Report
from tests import recognised
from tests.samples import scans
from workflows import examples
from workflows.examples import authorities, people, reports

_FORMS = Path(shipped.__file__).parent / "data" / "forms.json"

# Numbers of the paragraphs outside tables, by where they belong: (part of the report, its section or None).
_TEXTS: dict[str, dict[tuple[str, int | None], list[int]]] = {
    "000": {("cover", None): [0, 1], ("title", None): [2], ("preamble", 0): [3]},
    "001": {
        ("cover", None): [0, 1, 2, 3],
        ("title", None): [4],
        ("preamble", 0): [5],
        ("heading", 1): [6],
        ("heading", 2): [7],
        ("heading", 3): [8],
    },
    "002": {
        ("title", None): [19],
        ("heading", 0): [20],
        ("preamble", 0): [21],
        ("heading", 1): [25],
        ("preamble", 1): [26],
    },
    "003": {("cover", None): [0, 1], ("title", None): [2]},
    "004": {("cover", None): [0, 1], ("title", None): [2], ("preamble", 0): [3], ("closing", 0): [4, 5]},
}
# The section that each page's table belongs to, where it is not the first.
_SECTIONS = {"001": [1, 1, 1, 1, 1, 2, 3], "002": [0, 0, 1, 1, 1]}
_NUMBERED = re.compile(r"^(?=\d{1,2}\.)", re.MULTILINE)


def load(sample: str) -> Report:
    """The sample's authority with its people, and the draft."""
    people_file = examples.read(scans.scan(sample).example, "people")
    assessment.load()
    shipped.load()
    loaded = {row["slug"]: authorities.load(row) for row in people_file["authorities"]}
    organisations = {slug: organisation for slug, (organisation, _posts) in loaded.items()}
    posts = {slug: found for slug, (_organisation, found) in loaded.items()}
    for row in people_file["people"]:
        people.load(row, people_file["password"], posts, organisations)
    return reports.load(facts(sample))


def facts(sample: str) -> dict[str, Any]:
    """What an example's report.json holds, in the words of the scan."""
    data = examples.read(scans.scan(sample).example, "report")
    texts = [thai.normalise(text) for text in recognised.texts(sample)]
    for (part, section), numbers in _TEXTS[sample].items():
        found = "\n".join(texts[number] for number in numbers)
        if section is None:
            data[part] = found.split("\n")
        else:
            data["sections"][section][part] = found
    if scans.scan(sample).has_memo:
        data["memo"] |= _memo(texts)
    for section in data["sections"]:
        section["measures"] = []
    for section, cells in _rows(sample):
        _add(data["sections"][section], cells, splits=scans.scan(sample).splits_rows)
    return data


def _memo(texts: list[str]) -> dict[str, Any]:
    """The memo of 002, its labels taken off."""
    title, quantity = texts[4].removeprefix("สิ่งที่ส่งมาด้วย ").rsplit(" นวน ", 1)
    return {
        "office": texts[1].split("\n")[0].removeprefix("ส่วนราชการ "),
        "subject": texts[2].removeprefix("เรื่อง "),
        "recipients": [texts[3].removeprefix("เรียน ")],
        "body": texts[5:8],
        "enclosures": [{"title": title, "quantity": f"นวน {quantity}"}],
    }


def _rows(sample: str) -> Iterator[tuple[int, list[str]]]:
    """(section, cells) of each row; what a page break cut is one row again."""
    tables = recognised.tables(sample)
    sections = _SECTIONS.get(sample, [0] * len(tables))
    found: list[tuple[int, list[str]]] = []
    physical = [(section, row) for section, table in zip(sections, tables, strict=True) for row in table[1:]]
    for number, (section, row) in enumerate(physical):
        cells = [thai.normalise(cell) for cell in row]
        if number in scans.scan(sample).continued_rows:
            before = found[-1][1]
            if scans.letters(cells[0]) == scans.letters(before[0]):
                cells[0] = ""
            cells = ["\n".join(filter(None, pair)) for pair in zip(before, cells, strict=True)]
            found[-1] = (section, cells)
        else:
            found.append((section, cells))
    yield from found


def _add(section: dict[str, Any], cells: list[str], *, splits: bool) -> None:
    """A row as a measure with its activities, or as activities under the last measure when it shows no other label."""
    shape = columns(section["form"])
    label = scans.letters(cells[0])
    measures = section["measures"]
    shown = scans.letters("".join(measures[-1]["cells"].values())) if measures else ""
    if not measures or (label and not shown.endswith(label)):
        measures.append({"cells": {}, "activities": []})
        for column, cell in zip(shape, cells, strict=True):
            if column["level"] == "measure":
                measures[-1]["cells"] |= dict(zip(column["fields"], _fields(column, cell), strict=True))
    own = [(column["fields"][0], cell) for column, cell in zip(shape, cells, strict=True)
           if column["level"] == "activity"]  # fmt: skip
    count = max(len(_items(cell)) for _field, cell in own) if splits else 1
    parts = {field: _parts(cell, count) for field, cell in own}
    measures[-1]["activities"] += [{field: parts[field][n] for field, _cell in own} for n in range(count)]


def columns(form: str) -> list[dict[str, Any]]:
    """The columns of a shipped form."""
    forms = {row["slug"]: row["columns"] for row in json.loads(_FORMS.read_text(encoding="utf-8"))}
    found: list[dict[str, Any]] = forms[form]
    return found


def _fields(column: dict[str, Any], cell: str) -> list[str]:
    """A cell of two fields: the topic is the first line (001) or begins where it is underlined (004)."""
    if len(column["fields"]) == 1:
        return [cell]
    if column["fields"][0] == "topic":
        first, _break, rest = cell.partition("\n")
        return [first, rest]
    first, underline, rest = cell.partition("__")
    return [first.strip(), underline + rest]


def _items(cell: str) -> list[str]:
    return [item.strip("\n") for item in _NUMBERED.split(cell) if item.strip()]


def _parts(cell: str, count: int) -> list[str]:
    """The cell for each of the activities in its row: by number, by empty line, or else by an equal count of lines."""
    if count == 1:
        return [cell]
    for parts in (_items(cell), cell.split("\n\n")):
        if len(parts) == count:
            return parts
    lines = cell.split("\n")
    each = len(lines) // count
    return ["\n".join(lines[n * each : (n + 1) * each]) for n in range(count)]
