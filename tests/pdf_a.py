"""What ISO 19005-3 (PDF/A-3, level B) asks of a file, as far as its objects tell: no validator of it can be had here.

Not looked at: glyph widths against the fonts' own, the operators of page contents, and the ICC profile's inside.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

_PRINT, _HIDDEN, _NO_VIEW, _INVISIBLE = 4, 2, 32, 1
_FORBIDDEN = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Rendition"}


def faults(data: bytes) -> list[str]:
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        return [*_head(data), *_whole(pdf), *_metadata(pdf), *_files(pdf), *_marks(pdf), *_objects(pdf)]


def _head(data: bytes) -> Iterator[str]:
    first, second = data.split(b"\n", 2)[:2]
    if not first.startswith(b"%PDF-1.") or not 0x34 <= first[7] <= 0x37:
        yield f"header {first!r}"
    if second[:1] != b"%" or len(second) < 5 or not all(byte > 127 for byte in second[1:5]):
        yield "no binary comment behind the header"


def _whole(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Encrypt" in pdf.trailer:
        yield "encrypted"
    if "/ID" not in pdf.trailer:
        yield "no ID"
    intents = [one for one in pdf.Root.get("/OutputIntents", Array()) if one.S == Name.GTS_PDFA1]
    if len(intents) != 1 or intents[0].DestOutputProfile.N != 3:
        yield "not one output intent for three colours"
    if "/AA" in pdf.Root or "/JavaScript" in pdf.Root.get("/Names", Dictionary()):
        yield "actions of the document"
    form = pdf.Root.get("/AcroForm", Dictionary())
    if form.get("/NeedAppearances", False) or "/XFA" in form:
        yield "a form without appearances"
    if pdf.check_pdf_syntax():
        yield f"syntax: {pdf.check_pdf_syntax()}"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.Metadata
    if "/Filter" in stream or stream.get("/Subtype") != Name.XML:
        yield "metadata packed or of another kind"
    with pdf.open_metadata() as metadata:
        if (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) != ("3", "B"):
            yield "metadata name another standard"
        for key, name in (("/Title", "dc:title"), ("/Producer", "pdf:Producer")):
            if key in pdf.docinfo and str(pdf.docinfo[key]) != metadata.get(name):
                yield f"{key} is told twice and differs"


def _files(pdf: pikepdf.Pdf) -> Iterator[str]:
    named = {one.obj.objgen for one in pdf.attachments.values()}
    for one in pdf.Root.get("/AF", Array()):
        named.discard(one.objgen)
        if not {"/F", "/UF", "/AFRelationship", "/EF"} <= set(one.keys()):
            yield f"file specification without its keys: {sorted(one.keys())}"
        stream = one.EF.F
        if "/Subtype" not in stream or "/ModDate" not in stream.Params:
            yield f"{one.UF}: embedded without type or date"
    if named:
        yield "an attachment that no AF names"


def _marks(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        for mark in page.obj.get("/Annots", Array()):
            flags, place = int(mark.get("/F", 0)), [float(value) for value in mark.Rect]
            empty = place[0] == place[2] and place[1] == place[3]
            if not flags & _PRINT or flags & (_HIDDEN | _NO_VIEW | _INVISIBLE):
                yield f"page {number}: annotation with flags {flags}"
            if "/AP" not in mark and not empty and mark.Subtype != Name.Link:
                yield f"page {number}: {mark.Subtype} without appearance"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in pdf.objects:
        if not isinstance(one, Dictionary | Stream):
            continue
        facts: Any = one
        if _has(facts, "/Type", "/Font") and facts.Subtype not in (Name.Type0, Name.Type3):
            descriptor = facts.get("/FontDescriptor", Dictionary())
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                yield f"font {facts.get('/BaseFont')} is not embedded"
        if facts.get("/S") is not None and str(facts.S) in _FORBIDDEN:
            yield f"action {facts.S}"
        if "LZWDecode" in str(facts.get("/Filter", "")):
            yield "packed with LZW"
        if _has(facts, "/Subtype", "/Image") and (facts.get("/Interpolate", False) or "/Alternates" in facts):
            yield "a picture that is smoothed or has alternates"
        if _has(facts, "/Type", "/ExtGState") and ({"/TR", "/HTP"} & set(facts.keys())):
            yield "a graphics state with transfer functions"


def _has(facts: Object, key: str, value: str) -> bool:
    found = facts.get(key)
    return isinstance(found, Name) and str(found) == value
