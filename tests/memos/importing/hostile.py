"""Files that hurt, each built here: what comes out is small, what it would become is not."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache

from openpyxl import Workbook

from tests.memos.importing import files
from tests.memos.wordfiles import altered, part, with_xml

DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    b"<!DOCTYPE x ["
    + b"".join(b'<!ENTITY l%d "%s">' % (n, (b"&l%d;" % (n - 1)) * 10 if n else b"ha") for n in range(10))
    + b"]>"
)
RELATIONSHIP = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="http://192.0.2.1/x" TargetMode="External"/></Relationships>'
)


@cache
def word() -> bytes:
    return files.word([[files.HEADINGS, *(files.a_row(n) for n in range(1, 4))]])


@cache
def excel() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (files.HEADINGS, files.a_row(1)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(name: str, data: bytes, base: bytes | None = None) -> bytes:
    return altered(base or word(), {name: lambda _old: data})


def with_doctype(doctype: bytes, base: bytes, name: str) -> bytes:
    def insert(old: bytes) -> bytes:
        head, mark, rest = old.partition(b"?>")
        return head + mark + doctype + rest if mark else doctype + old

    return altered(base, {name: insert})


def linked(kind: str, base: bytes | None = None, name: str = "word/_rels/document.xml.rels") -> bytes:
    return with_xml(base or word(), "</Relationships>", RELATIONSHIP.format(kind=kind), name)


def patched(data: bytes, place: int, value: bytes) -> bytes:
    """Bytes changed in every entry of the zip's directory, ``place`` counted from the entry's signature."""
    out, at = bytearray(data), data.find(b"PK\1\2")
    while at >= 0:
        out[at + place : at + place + len(value)] = value
        at = data.find(b"PK\1\2", at + 4)
    return bytes(out)


def encrypted() -> bytes:
    return patched(word(), 8, b"\x01\x00")


def lying_about_sizes() -> bytes:
    """The directory says 1,000 bytes for parts that hold more; a reader that believes it gets less, or too much."""
    return patched(with_part("word/big.xml", b"x" * 3_000_000), 24, (1000).to_bytes(4, "little"))


def overlapping() -> bytes:
    """A thousand names for the same bytes: each entry points at the first part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(50):
            archive.writestr(f"word/p{n}.xml", b"x" * 60_000)
    return patched(out.getvalue(), 42, (0).to_bytes(4, "little"))


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word_body(xml: str) -> bytes:
    """The small document with another body."""
    whole = part(word())
    start, end = whole.index("<w:tbl>"), whole.rindex("</w:tbl>") + len("</w:tbl>")
    body = whole[:start] + xml + whole[end:]
    return with_part(DOCUMENT, body.encode())


def costs_a_minute() -> bytes:
    """A few hundred kilobytes that become a million elements."""
    draw = random.Random(2565)
    rows = [
        "".join(f"<w:tc><w:p><w:r><w:t>{draw.randrange(99)}</w:t></w:r></w:p></w:tc>" for _ in range(60))
        for _ in range(40)
    ]
    return word_body(f"<w:tbl>{''.join(f'<w:tr>{draw.choice(rows)}</w:tr>' for _ in range(4_000))}</w:tbl>")


def deep(levels: int) -> bytes:
    return word_body("<w:tbl><w:tr><w:tc>" * levels + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * levels)


def sheet_with(xml: str) -> bytes:
    def insert(old: bytes) -> bytes:
        return old.replace(b"</sheetData>", xml.encode() + b"</sheetData>")

    return altered(excel(), {SHEET: insert})


def sheet_after(xml: str) -> bytes:
    return altered(excel(), {SHEET: lambda old: old.replace(b"</sheetData>", b"</sheetData>" + xml.encode())})


def without_cells() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


LONG = "ก" * 1_000_000
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
TOO_MANY_ROWS = "".join(
    f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{n}</t></is></c></row>' for n in range(3, 4000)
)

# Name of the file, its bytes, and the reasons that may be given for refusing it.
HOSTILE: dict[str, tuple[str, Callable[[], bytes], tuple[str, ...]]] = {
    "empty": ("a.docx", lambda: b"", ("empty",)),
    "blank": ("a.csv", lambda: b" \r\n" * 100, ("empty",)),
    "eleven megabytes": ("a.docx", lambda: b"PK" + b"x" * 11 * 1024**2, ("too-large",)),
    "a PDF called Word": ("a.docx", lambda: b"%PDF-1.7 " + b"x" * 999, ("not-this-kind",)),
    "a picture called Excel": ("a.xlsx", lambda: b"\x89PNG\r\n" + b"\0" * 999, ("not-this-kind",)),
    "a program called CSV": ("a.csv", lambda: b"\x7fELF" + b"\0" * 999, ("not-this-kind",)),
    "an unknown ending": ("a.pages", lambda: b"x,y\n1,2", ("not-this-kind",)),
    "a zip of something else": ("a.docx", lambda: packed({"a.txt": b"x"}), ("not-this-kind",)),
    "cut in half": ("a.docx", lambda: word()[: len(word()) // 2], ("broken",)),
    "its last byte gone": ("a.docx", lambda: word()[:-1], ("broken",)),
    "an old .doc, or a password": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 999,
        ("compound",),
    ),
    "encrypted entries": ("a.docx", encrypted, ("encrypted",)),
    "a bomb": ("a.docx", lambda: with_part("word/x.xml", b" " * 45 * 1024**2), ("bomb",)),
    "more than fifty megabytes": (
        "a.docx",
        lambda: packed({"word/document.xml": b"x", **{f"x{n}": b" " * 60_000 for n in range(900)}}),
        ("bomb",),
    ),
    "a thousand and one parts": (
        "a.docx",
        lambda: packed({"word/document.xml": b"x", **{f"x{n}": b"" for n in range(1000)}}),
        ("bomb",),
    ),
    "sizes that lie": ("a.docx", lying_about_sizes, ("bomb", "broken")),
    "entries that overlap": ("a.docx", overlapping, ("bomb", "broken")),
    "an archive within": ("a.docx", lambda: with_part("word/media/x.png", packed({"a": b"x"})), ("nested",)),
    "names that climb": ("a.docx", lambda: with_part("../../etc/x", b"x"), ("broken",)),
    "an external entity": ("a.docx", lambda: with_doctype(XXE, word(), DOCUMENT), ("entities",)),
    "an external entity in Excel": (
        "a.xlsx",
        lambda: with_doctype(XXE, excel(), "xl/workbook.xml"),
        ("entities",),
    ),
    "a billion laughs": ("a.docx", lambda: with_doctype(LAUGHS, word(), DOCUMENT), ("entities",)),
    "a billion laughs in Excel": ("a.xlsx", lambda: with_doctype(LAUGHS, excel(), SHEET), ("entities",)),
    "malformed XML": ("a.docx", lambda: with_part(DOCUMENT, b"<w:document"), ("broken",)),
    "macros": ("a.docx", lambda: with_part("word/vbaProject.bin", b"x"), ("macros",)),
    "macros by type": (
        "a.docx",
        lambda: with_xml(word(), "document.main+xml", "macroEnabled.main+xml", "[Content_Types].xml"),
        ("macros",),
    ),
    "macros by name": ("a.docm", word, ("macros",)),
    "macros in Excel": ("a.xlsx", lambda: with_part("xl/vbaProject.bin", b"x", excel()), ("macros",)),
    "an embedded object": (
        "a.docx",
        lambda: with_part("word/embeddings/oleObject1.bin", b"x"),
        ("embedded",),
    ),
    "a linked picture": ("a.docx", lambda: linked("image"), ("external",)),
    "a linked template": ("a.docx", lambda: linked("attachedTemplate"), ("external",)),
    "a linked workbook": (
        "a.xlsx",
        lambda: linked("externalLinkPath", excel(), "xl/_rels/workbook.xml.rels"),
        ("external",),
    ),
    "a cell at XFD1048576": ("a.xlsx", lambda: sheet_with(FAR), ("too-many-rows", "too-many-columns")),
    "a merge of the whole sheet": (
        "a.xlsx",
        lambda: sheet_after('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ("too-many-columns",),
    ),
    "four thousand rows": ("a.xlsx", lambda: sheet_with(TOO_MANY_ROWS), ("too-many-rows",)),
    "a cell over sixteen thousand columns": (
        "a.docx",
        lambda: word_body(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="16384"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
        ("too-many-columns",),
    ),
    "a million letters in a Word cell": (
        "a.docx",
        lambda: files.word([[files.HEADINGS, files.a_row(1, method=LONG)]]),
        ("cell-too-long", "bomb"),
    ),
    "a million letters in a CSV cell": (
        "a.csv",
        f"{','.join(files.HEADINGS)}\n{LONG},x".encode,
        ("cell-too-long",),
    ),
    "a CSV of one long line": (
        "a.csv",
        lambda: b"," * 5_000_000,
        ("too-many-columns", "no-table", "too-much"),
    ),
    "a CSV in no coding": ("a.csv", lambda: b"\xff\xdb\xdc," * 200, ("coding",)),
    "no table": ("a.docx", lambda: files.word(["ไม่มีตาราง"]), ("no-table",)),
    "an empty workbook": ("a.xlsx", without_cells, ("no-table",)),
}
# These must be parsed before anything is known, so they may take the child's ten seconds.
SLOW = {
    "a few hundred kilobytes that cost a minute": (
        "a.docx",
        costs_a_minute,
        ("too-much", "too-many-rows"),
    ),
    "tables within tables": ("a.docx", lambda: deep(800), ("broken",)),
    "tables within tables, as deep as XML goes": ("a.docx", lambda: deep(60), ("no-table",)),
}
