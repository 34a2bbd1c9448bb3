"""The paper of a measure table: its page setup turned as a form wants, and numbered on from page to page.

A run of pages that lie alike is a section of Word's, which ends with a paragraph that holds its setup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.utils.translation import gettext as _

from memos.docx.problems import TemplateProblem

# The first run of pages; the one behind a cover, counted from one; any other, whose first page bears its number.
Place: TypeAlias = Literal["first", "covered", "later"]
_PAGE_SIZE = re.compile(r"<w:pgSz\b[^>]*/>")
_NUMBERING = re.compile(r"<w:pgNumType\b([^>]*?)/>")
_START = re.compile(r' w:start="[^"]*"')
_TITLE_PAGE = re.compile(r"<w:titlePg\b[^>]*/>")
# What the schema puts behind the numbering of pages.
_BEHIND_NUMBERING = re.compile(
    r"<w:(?:cols|formProt|vAlign|noEndnote|titlePg|textDirection|bidi|rtlGutter|docGrid|printerSettings)\b|</w:sectPr>"
)


@dataclass(frozen=True, slots=True)
class Pages:
    """`own` is the setup of the template, `upright` and `across` turned. Lengths in twentieths of a point."""

    own: str
    upright: str
    across: str
    room: dict[bool | None, int]

    def setup(self, landscape: bool | None, place: Place) -> str:
        setup = self.own if landscape is None else self.across if landscape else self.upright
        if place == "covered":
            return _numbered_from_one(setup)
        return _TITLE_PAGE.sub("", _START.sub("", setup)) if place == "later" else setup

    def ending(self, landscape: bool | None, place: Place) -> str:
        """The paragraph that ends a run of pages; it is 1 pt high."""
        return (
            '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            f"{self.setup(landscape, place)}</w:pPr></w:p>"
        )


def read_pages(setup: str) -> Pages:
    """The paper of the template's last section. TemplateProblem when it has no size."""
    sides = {name: _twips(setup, "pgSz", name) for name in ("w", "h")}
    short, long = sorted(sides.values())
    margins = sum(_twips(setup, "pgMar", name) for name in ("left", "right", "gutter"))
    upright = _PAGE_SIZE.sub(f'<w:pgSz w:w="{short}" w:h="{long}"/>', setup)
    across = _PAGE_SIZE.sub(f'<w:pgSz w:w="{long}" w:h="{short}" w:orient="landscape"/>', setup)
    room: dict[bool | None, int] = {None: sides["w"] - margins, True: long - margins, False: short - margins}
    return Pages(setup, upright, across, room)


def _numbered_from_one(setup: str) -> str:
    if _NUMBERING.search(setup):
        return _NUMBERING.sub(lambda found: f'<w:pgNumType{_START.sub("", found[1])} w:start="1"/>', setup)
    return _BEHIND_NUMBERING.sub(lambda found: f'<w:pgNumType w:start="1"/>{found[0]}', setup, count=1)


def _twips(setup: str, element: str, name: str) -> int:
    found = re.search(rf'<w:{element}\b[^>]*\bw:{name}="(\d+)"', setup)
    if found is None and name != "gutter":
        raise TemplateProblem(_("แม่แบบไม่มีขนาดกระดาษ โปรดตั้งค่าหน้ากระดาษใน Word แล้วบันทึกใหม่"))
    return int(found[1]) if found else 0
