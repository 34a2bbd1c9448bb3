"""The shape of our own data files, which exporting.py writes and importing/own.py reads. Pure.

Keys are English, so that the files serve programs as well.

.json   {format, version, authority, fiscal_year, title, sections: [{heading, preamble, closing, is_group, form: {slug,
        number, title, orientation, columns}, measures: [{cells, activities: [{cells}]}]}]}
.csv    a row for each activity: CSV_KEYS, then a column for each field, cells of the measure repeated
.xlsx   a sheet for each section or group; two hidden columns and two hidden rows say what a row is:

            A          B          C …
            FORMAT     VERSION    "section" or "group", slug of the form              (hidden)
            heading               the words above the table
            preamble              "
            (nothing)             headings as on paper, in one to three rows
            fields                the key of each column's field                       (hidden)
            1          1          first activity of the first measure; further rows
            closing               the words below the table
"""

from __future__ import annotations

import re
from typing import Final

FORMAT: Final = "ita-memos-tables"
VERSION: Final = 1
# Columns of the .csv before one for each field. A field's key has no hyphen, so no field can be taken for one of these.
SECTION, GROUP, FORM = "section-number", "group-number", "section-form"
HEADING, PREAMBLE, CLOSING = "section-heading", "section-preamble", "section-closing"
MEASURE, ACTIVITY = "measure-number", "activity-number"
CSV_KEYS: Final = (SECTION, GROUP, FORM, HEADING, PREAMBLE, CLOSING, MEASURE, ACTIVITY)
FIRST = 3
"""The first column of a sheet that is shown, counted from 1."""
_CALCULATES: Final = re.compile("[\\s\u200b\ufeff']*[=+\\-@\uff1d\uff0b\uff0d\uff20]")


def calculates(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula."""
    return _CALCULATES.match(text) is not None


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe before = + - @ and their like."""
    return f"'{text}" if calculates(text) else text


def unguarded(text: str) -> str:
    """Takes off exactly what ``guarded`` put on: an apostrophe of the text's own stays."""
    return text[1:] if text.startswith("'") and calculates(text) else text
