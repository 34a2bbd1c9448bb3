"""A .csv as a table: UTF-8 with or without its mark, or the Thai code page that older Excel writes. Runs in the child."""

from __future__ import annotations

from memos.importing.grids import MOST_LETTERS, Source, Unreadable, check_size, laid_out
from memos.importing.loose_text import has_bars, read_loose
from memos.importing.separated import delimiter_of, open_quotes, table_rows
from memos.importing.sheets import parts_of

_CODINGS = ("utf-8-sig", "cp874")
_MOST_SAID = 20
"""Findings about marks that nobody closed; whoever mends these sees the others."""


def read_csv(data: bytes) -> Source:
    """Unreadable when no coding fits or it is too large. Parted by tabs it may hold words between tables, too."""
    text = decoded(data)
    delimiter = delimiter_of(text)
    if has_bars(text):
        return check_size(read_loose(text, "csv"))
    source = _source(text, delimiter)
    unclosed = open_quotes(text, delimiter) if len(text) <= MOST_LETTERS else []
    source.notes += [["open-quote", lines] for lines in unclosed[:_MOST_SAID]]
    try:
        return check_size(source)
    except Unreadable as problem:
        if problem.code == "cell-too-long" and unclosed:  # It is not the cell that is too long.
            raise Unreadable("open-quote") from problem
        raise


def _source(text: str, delimiter: str) -> Source:
    if delimiter == "\t":
        return read_loose(text, "csv")
    return Source("csv", parts_of(laid_out(table_rows(text, delimiter))))


def decoded(data: bytes) -> str:
    """Without NUL, which no database takes."""
    return _decoded(data).replace("\0", "")


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for coding in _CODINGS:
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("coding")
