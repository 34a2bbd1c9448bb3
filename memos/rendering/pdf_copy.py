"""The fixed mechanical change between the Word file and the copy its PDF is made of.

LibreOffice leaves ``thaiDistribute`` ragged and spreads ``both`` the way Word spreads thaiDistribute, and it knows no
Thai page numbers in a file. Nothing but these two is touched: the PDF says what the Word file says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from memos.docx.package import deflated, write_zip
from memos.docx.reading import read_parts

_DISTRIBUTED = re.compile(rb"""(<w:jc\b[^>]*?\bw:val=)(["'])thaiDistribute\2""")
_THAI_NUMBERS = re.compile(rb"""<w:pgNumType\b[^>]*?\bw:fmt=["']thaiNumbers["']""")


@dataclass(frozen=True, slots=True)
class PdfCopy:
    """``thai_page_numbers``: the one thing that cannot be said in the file; LibreOffice is told beside it."""

    docx: bytes
    thai_page_numbers: bool


def of(docx: bytes) -> PdfCopy:
    """Equal bytes give equal bytes. TemplateProblem when it is no Word file that the system would take."""
    parts = read_parts(docx)
    numbers = bool(_THAI_NUMBERS.search(parts.get("word/document.xml", b"")))
    changed = {name: _spread(name, data) for name, data in parts.items()}
    return PdfCopy(write_zip({name: deflated(data) for name, data in changed.items()}), numbers)


def _spread(name: str, data: bytes) -> bytes:
    if not (name.startswith("word/") and name.endswith(".xml")):
        return data
    return _DISTRIBUTED.sub(rb"\1\2both\2", data)
