"""From an uploaded file or pasted text to a Source: which reader it is for is decided by its content, not its name.

source = reading.read_file(name, data)          or  reading.read_pasted(text)
mapping = headings.match(source, forms)         forms: shipped.available_forms(organisation)
found = recognising.recognise(source, mapping, forms)
storing.write(membership, report_id, revision, found, replace=False)
"""

from __future__ import annotations

from pathlib import PurePath

from memos.archives_in import PACKED, Suspect, names_in
from memos.importing.foreign import ForeignFile, run
from memos.importing.grids import Source

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TEXTS = (".csv", ".tsv", ".txt")
_MACROS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb")


def read_file(name: str, data: bytes) -> Source:
    """The tables of a .docx, .xlsx or .csv. ForeignFile says in a sentence why it cannot be taken."""
    return Source.from_json(run(reader_for(name, data), data))


def read_sheets(name: str, data: bytes) -> list[tuple[str, list[list[str]]]]:
    """The shown sheets of an .xlsx by name, each as rows of texts from A1 on. ForeignFile for any other file."""
    if reader_for(name, data) != "excel":
        raise ForeignFile("not-this-kind")
    return [(str(sheet["name"]), sheet["rows"]) for sheet in run("excel-rows", data)]


def read_pasted(text: str) -> Source:
    """HTML from the clipboard of Word, Excel, LibreOffice or Google Sheets, or plain text with tabs. ForeignFile."""
    return Source.from_json(run("pasted", text.encode("utf-8", "replace")))


def reader_for(name: str, data: bytes) -> str:
    """ "word", "excel", "csv" or "json" (our own export). ForeignFile for anything that is none of them."""
    ending = PurePath(name).suffix.lower()
    if not data.strip(b"\0 \r\n\t"):
        raise ForeignFile("empty")
    if len(data) > PACKED:
        raise ForeignFile("too-large")
    if data.startswith(_COMPOUND):
        raise ForeignFile("compound")
    if ending in _MACROS:
        raise ForeignFile("macros")
    if data.startswith(b"PK"):
        return _zipped(data)
    if ending == ".json":
        return "json"
    has_zeros = b"\0" in data[:4096] and not data.startswith(_UTF16)
    if ending not in _TEXTS or has_zeros:
        raise ForeignFile("not-this-kind")
    return "csv"


def _zipped(data: bytes) -> str:
    try:
        names = names_in(data)
    except Suspect as suspect:
        raise ForeignFile(suspect.reason) from suspect
    if "word/document.xml" in names:
        return "word"
    if "xl/workbook.xml" in names:
        return "excel"
    raise ForeignFile("not-this-kind")
