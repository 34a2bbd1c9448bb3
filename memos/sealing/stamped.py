"""The print of a set that is signed by hand: both papers as one PDF, each page with a small mark at its lower right.

Nothing is kept of it in the archive: it can be made again from the set, and what counts is the scan that comes back.
"""

from __future__ import annotations

import io
from contextlib import ExitStack
from itertools import groupby

import pikepdf
import segno
from pikepdf import Dictionary, Name, Page, Pdf

from memos import archive
from memos.models import DocumentSet
from memos.rendering import office, pdf_copy
from memos.sealing import marks

_MM = 72 / 25.4
# It stands in the right margin, 20 mm wide in every template of ours. A sheet that lies askew by 2 degrees in the scanner
# loses up to 5 mm at a corner.
_SIDE, _FROM_RIGHT, _FROM_BOTTOM = 14 * _MM, 5.5 * _MM, 7 * _MM
_LETTERS = 6.0
# Of Courier's letters, in parts of their size.
_WIDTH = 0.6


def make(issued: DocumentSet, code: str, address: str) -> tuple[bytes, int]:
    """The PDF and its number of pages. OfficeAbsent, OfficeHung, Unreadable, FileFault, PdfError."""
    converter = office.of_this_process()
    papers = [archive.read(issued.memo), archive.read(issued.measures)]
    return stamp([converter.pdf(pdf_copy.of(paper)) for paper in papers], code, address)


def stamp(pdfs: list[bytes], code: str, address: str) -> tuple[bytes, int]:
    """All pages as one PDF, each with its mark."""
    with ExitStack() as opened, Pdf.new() as whole:
        for data in pdfs:
            whole.pages.extend(opened.enter_context(Pdf.open(io.BytesIO(data))).pages)
        of = len(whole.pages)
        font = whole.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding
            )
        )
        for number, page in enumerate(whole.pages, 1):
            _put(whole, page, font, f"{code}  {number}/{of}", marks.text_of(address, number, of))
        written = io.BytesIO()
        whole.save(written, deterministic_id=True)
    return written.getvalue(), of


def _put(whole: Pdf, page: Page, font: pikepdf.Object, words: str, content: str) -> None:
    left, bottom, right, _top = (float(edge) for edge in page.mediabox)
    x, y = right - _FROM_RIGHT - _SIDE, bottom + _FROM_BOTTOM
    name = page.add_resource(font, Name.Font)
    start = x - 2 * _MM - len(words) * _LETTERS * _WIDTH
    drawn = [
        b"q",
        picture(content, x, y),
        f"BT {name} {_LETTERS} Tf 0 g {max(start, left):.2f} {y:.2f} Td ({words}) Tj ET".encode("ascii"),
        b"Q",
    ]
    page.contents_coalesce()
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n" + b"\n".join(drawn))


def picture(content: str, x: float, y: float, side: float = _SIDE) -> bytes:
    """The QR code as filled areas, a row's dark dots together: sharp at any size. Nothing of the page is covered."""
    rows = [list(row) for row in segno.make(content, error="l", micro=False, boost_error=False).matrix]
    dot = side / len(rows)
    areas = ["0 g"]
    for number, row in enumerate(rows):
        place = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                top = y + side - (number + 1) * dot
                areas.append(f"{x + place * dot:.3f} {top:.3f} {length * dot:.3f} {dot:.3f} re")
            place += length
    return ("\n".join(areas) + "\nf").encode("ascii")
