"""A .csv as a table: UTF-8 with or without its mark, or the Thai code page that older Excel writes. Runs in the child."""

from __future__ import annotations

from memos.importing.grids import Source, Unreadable, check_size, laid_out
from memos.importing.loose_text import has_bars, read_loose
from memos.importing.separated import delimiter_of, table_rows
from memos.importing.sheets import parts_of

_CODINGS = ("utf-8-sig", "cp874")


def read_csv(data: bytes) -> Source:
    """Unreadable when no coding fits or it is too large. Parted by tabs it may hold words between tables, too."""
    text = decoded(data)
    delimiter = delimiter_of(text)
    if delimiter == "\t" or has_bars(text):
        return check_size(read_loose(text, "csv"))
    return check_size(Source("csv", parts_of(laid_out(table_rows(text, delimiter)))))


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
