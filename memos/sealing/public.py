"""The public copy as one PDF/A: the masked papers, each page with a line that says what it is and the code to ask with.

No file is attached and nobody is named as author: title and producer are all that the file says of itself.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Name, Page, Pdf

from memos.documents import Pair
from memos.docx.package import deflated, write_zip
from memos.rendering import fonts, office, pdf_copy
from memos.rendering.pdf_copy import PdfCopy
from memos.sealing import joining, stamped

# A converter that hangs is found out early, so that another attempt still comes soon.
_SECONDS = 20.0
# Words of the paper, Thai in every language of the pages.
LINE = "สำเนาสำหรับเผยแพร่ ไม่แสดงภาพลายมือชื่อ  ตรวจสอบกับต้นฉบับที่ {address}"
MASKED_LINE = "สำเนาสำหรับเผยแพร่ ไม่แสดงภาพลายมือชื่อ ปิดบังข้อมูลส่วนบุคคลด้วย ×  ตรวจสอบกับต้นฉบับที่ {address}"
# In twentieths of a point: A4, the line between the left margin and the code, below everything the templates print.
_SHORT, _LONG, _LEFT, _RIGHT, _FROM_BOTTOM = 11906, 16838, 1134, 1134, 560
# In points. Nobody scans it from paper that was signed, so it may be smaller than the mark for that; tables keep off it.
_CODE, _CODE_FROM_RIGHT, _CODE_FROM_BOTTOM = (part * 72 / 25.4 for part in (12, 4, 6))
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def made(pair: Pair, title: str, address: str, moment: datetime.datetime, *, is_masked: bool) -> bytes:
    """Equal papers give equal bytes as far as LibreOffice does. OfficeAbsent, OfficeHung, Unreadable, PdfError."""
    converter = office.of_this_process()
    papers = [pdf_copy.of(paper) for paper in (pair.memo, pair.measures)]
    line = (MASKED_LINE if is_masked else LINE).format(address=address)
    pdfs = [
        converter.pdf(copy, _SECONDS, for_archive=True) for copy in (*papers, PdfCopy(_line(line), False))
    ]
    whole = joining.joined(pdfs[:2], [], title, moment)
    return _with_line(whole, pdfs[2], address)


def _with_line(data: bytes, line: bytes, address: str) -> bytes:
    with Pdf.open(io.BytesIO(data)) as whole, Pdf.open(io.BytesIO(line)) as lines:
        upright, across = (_plain(whole, lines.pages[min(at, len(lines.pages) - 1)]) for at in (0, 1))
        for page in whole.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            name = page.add_resource(across if right - left > top - bottom else upright, Name.XObject)
            drawn = [
                b"/Artifact BMC q",
                f"{name} Do".encode("ascii"),
                stamped.picture(address, right - _CODE_FROM_RIGHT - _CODE, bottom + _CODE_FROM_BOTTOM, _CODE),
                b"Q EMC",
            ]
            page.contents_coalesce()
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"Q\n" + b"\n".join(drawn))
        return joining.written_down(whole)


def _plain(whole: Pdf, page: Page) -> pikepdf.Object:
    """The page as something to draw, without the marks of a structure that it is no longer part of."""
    drawn = whole.copy_foreign(page.as_form_xobject())
    drawn.write(pikepdf.unparse_content_stream(list(_without_marks(drawn))))
    for key in ("/StructParents", "/StructParent"):
        if key in drawn:
            del drawn[key]
    return drawn


def _without_marks(drawn: pikepdf.Object) -> Iterator[Any]:
    """Marks that say what the letters are (ActualText) stay: without them Thai cannot be copied or read out."""
    stays: list[bool] = []
    for one in pikepdf.parse_content_stream(drawn):
        operator = str(one.operator)
        if operator in ("BDC", "BMC"):
            stays.append(operator == "BDC" and "/ActualText" in _properties(one.operands))
            if stays[-1]:
                yield one
        elif operator != "EMC" or stays.pop():
            yield one


def _properties(operands: Any) -> Any:
    return operands[1] if isinstance(operands[1], pikepdf.Dictionary) else {}


def _line(words: str) -> bytes:
    """A Word file of two pages, upright and across, with nothing but the line at the bottom."""
    upright = f'<w:pgSz w:w="{_SHORT}" w:h="{_LONG}"/>'
    across = f'<w:pgSz w:w="{_LONG}" w:h="{_SHORT}" w:orient="landscape"/>'
    body = (
        f"{_framed(words, _SHORT, _LONG)}<w:p><w:pPr><w:sectPr>{upright}</w:sectPr></w:pPr></w:p>"
        f"{_framed(words, _LONG, _SHORT)}<w:p/><w:sectPr>{across}</w:sectPr>"
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_W}">'
        f"<w:body>{body}</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONSHIPS,
        "word/document.xml": document,
    }
    return write_zip({name: deflated(text.encode()) for name, text in parts.items()})


def _framed(words: str, width: int, height: int) -> str:
    font = "".join(f' w:{which}="{fonts.FAMILY}"' for which in ("ascii", "hAnsi", "cs", "eastAsia"))
    return (
        f'<w:p><w:pPr><w:framePr w:w="{width - _LEFT - _RIGHT}" w:hSpace="0" w:wrap="around" w:vAnchor="page" '
        f'w:hAnchor="page" w:x="{_LEFT}" w:y="{height - _FROM_BOTTOM}"/><w:spacing w:before="0" w:after="0"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts{font}/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="th-TH" w:bidi="th-TH"/>'
        f'</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
    )
