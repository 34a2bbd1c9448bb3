"""Footnotes and endnotes of a Word file: a draft has none, so their words go behind the paragraph that names them."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from memos.importing.packages import parsed
from memos.importing.word_lists import W

FOOTNOTES = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}
_GONE = {W + "del", W + "moveFrom"}


class Footnotes:
    """``used`` counts those that were put behind words. ``parts``: those of FOOTNOTES that the file has."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.used = 0
        self._texts = {
            (kind, note.get(W + "id", "")): text
            for name, part in parts.items()
            for kind in [FOOTNOTES[name]]
            for note in parsed(part).iterfind(W + kind)
            if note.get(W + "type") in (None, "normal") and (text := _text(note))
        }

    def behind(self, words: str, paragraph: etree._Element) -> str:
        """``words [footnote]``. Each is said once: Word gives every mark a note of its own."""
        if not self._texts:
            return words
        for mark in paragraph.iter(*(f"{W}{kind}Reference" for kind in FOOTNOTES.values())):
            kind = etree.QName(mark).localname.removesuffix("Reference")
            text = self._texts.pop((kind, mark.get(W + "id", "")), "")
            if text and _GONE.isdisjoint(above.tag for above in mark.iterancestors()):
                self.used += 1
                words = f"{words.rstrip()} [{text}]".lstrip()
        return words


def _text(note: etree._Element) -> str:
    words = "".join(
        " " if piece.tag == W + "p" else piece.text or "" for piece in note.iter(W + "p", W + "t", W + "tab")
    )
    return " ".join(words.split())
