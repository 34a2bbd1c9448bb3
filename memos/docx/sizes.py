"""How high the letters of a paragraph are, as the template's styles say; hanging indents are measured with it."""

from __future__ import annotations

import re

from lxml import etree

from memos.docx.words import w

_SIZE = re.compile(r'<w:szCs w:val="(\d+)"/>')
_STYLE = re.compile(r'<w:pStyle w:val="([^"]+)"/>')
_DEFAULT = 32


class Sizes:
    """Sizes of the complex-script half (`w:szCs`) in half-points, by paragraph style."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = _DEFAULT
        if styles is None:
            return
        self._styles = {style.get(w("styleId"), ""): style for style in styles.iter(w("style"))}
        self._default = self._own(styles.find(f"{w('docDefaults')}/{w('rPrDefault')}")) or _DEFAULT

    def half_points(self, run: str, paragraph: str) -> int:
        """The size for a run's formatting inside a paragraph's, both as XML text."""
        own, style = _SIZE.search(run), _STYLE.search(paragraph)
        if own:
            return int(own[1])
        name = style[1] if style else None
        for _step in range(len(self._styles)):  # a chain of styles can be no longer, even when it is a circle
            found = self._styles.get(name or "")
            if found is None:
                break
            if size := self._own(found):
                return size
            based_on = found.find(w("basedOn"))
            name = based_on.get(w("val")) if based_on is not None else None
        return self._default

    @staticmethod
    def _own(element: etree._Element | None) -> int:
        size = element.find(f"{w('rPr')}/{w('szCs')}") if element is not None else None
        return int(size.get(w("val"), "0")) if size is not None else 0
