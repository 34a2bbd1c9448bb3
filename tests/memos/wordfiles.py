"""Word files for tests: the shipped templates compiled once, templates with another body, and what a document says."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.table import Table
from PIL import Image

from memos.docx.compile import CompiledTemplate, compile_template
from memos.docx.placeholders import Template
from tests import make_templates

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def template(kind: Template) -> CompiledTemplate:
    return compile_template(shipped(kind), kind)


@cache
def named(name: str) -> CompiledTemplate:
    """A shipped template by the name of its file."""
    return compile_template(shipped(name), make_templates.kind_of(name))


def shipped(name: str) -> bytes:
    return (make_templates.FOLDER / f"{name}.docx").read_bytes()


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def lines(data: bytes) -> list[str]:
    """The paragraphs of the body outside tables."""
    return [paragraph.text for paragraph in opened(data).paragraphs]


def tables(data: bytes) -> list[Table]:
    return opened(data).tables


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def xml_parts(data: bytes) -> list[str]:
    return [name for name in names(data) if name.endswith(".xml")]


def altered(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The Word file with parts changed, or added where there is none of that name."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in [*source.namelist(), *(name for name in changes if name not in source.namelist())]:
            old = source.read(name) if name in source.namelist() else b""
            target.writestr(name, changes[name](old) if name in changes else old)
    return out.getvalue()


def with_xml(data: bytes, old: str, new: str, name: str = "word/document.xml") -> bytes:
    """The Word file with `old` replaced in one part; `old` must be there."""
    assert old in part(data, name)
    return altered(data, {name: lambda raw: raw.decode("utf-8").replace(old, new).encode("utf-8")})


def run(text: str, formatting: str = "") -> str:
    return f'<w:r>{formatting}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def memo_with(subject: str) -> bytes:
    """The shipped memo with the XML of one paragraph in the place of the one that holds {{เรื่อง}}."""
    whole = part(shipped("memo"))
    end = whole.index("</w:p>", whole.index("{{เรื่อง}}")) + len("</w:p>")
    start = whole.rindex("<w:p>", 0, whole.index("{{เรื่อง}}"))
    return with_xml(shipped("memo"), whole[start:end], subject)


def png_of(width: int, height: int) -> bytes:
    """The head of a picture of that size, its checksum right; nobody wrote its points."""
    out = io.BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    head = b"IHDR" + struct.pack(">II", width, height) + out.getvalue()[24:29]
    return out.getvalue()[:12] + head + struct.pack(">I", zlib.crc32(head)) + out.getvalue()[33:]
