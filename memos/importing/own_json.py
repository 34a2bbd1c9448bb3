"""An exported .json as the table that the .csv has. Runs in the child: no Django here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from memos import exchange as keys
from memos.importing.grids import Cell, Grid, Source, Unreadable, check_size


def read_json(data: bytes) -> Source:
    """The table of an exported .json. Unreadable (``not-ours``) for anything else."""
    try:
        read = json.loads(data.decode("utf-8-sig"))
        if read["format"] != keys.FORMAT or read["version"] != keys.VERSION:
            raise Unreadable("not-ours")
        rows = list(_rows(read["sections"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("not-ours") from error
    fields = dict.fromkeys(key for row in rows for key in row if key not in keys.CSV_KEYS)
    head = [*keys.CSV_KEYS, *fields]
    lines = [head, *([keys.guarded(row.get(key, "")) for key in head] for row in rows)]
    return check_size(Source("csv", [Grid([[Cell(text) for text in line] for line in lines])]))


def _rows(sections: Iterable[Any]) -> Iterator[dict[str, str]]:
    number, group = 0, 0
    for section in sections:
        number, group = (number, group + 1) if section["is_group"] else (number + 1, 0)
        head = {
            keys.SECTION: str(number),
            keys.GROUP: str(group or ""),
            keys.FORM: section["form"]["slug"],
            keys.HEADING: section["heading"],
            keys.PREAMBLE: section["preamble"],
            keys.CLOSING: section["closing"],
        }
        rows = list(_measures(section["measures"])) or [{}]
        for row in rows:
            whole = head | row
            if not all(isinstance(text, str) for text in whole.values()):
                raise TypeError("a cell is text")
            yield whole


def _measures(measures: Iterable[Any]) -> Iterator[dict[str, str]]:
    for n, measure in enumerate(measures, 1):
        above = {keys.MEASURE: str(n), **measure["cells"]}
        for k, activity in enumerate(measure["activities"], 1):
            yield {**above, keys.ACTIVITY: str(k), **activity["cells"]}
        if not measure["activities"]:
            yield above
