"""The numbers that Word draws before paragraphs of a list and does not store: counted here, in the paragraphs' order."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from memos.importing.packages import parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
_LETTERS = {
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    start: int
    format: str
    text: str
    gap: str


class Lists:
    """``marker`` must be asked for every paragraph of the document, in order: it counts."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        root = parsed(numbering) if numbering else etree.Element("none")
        self._levels = {n.get(W + "abstractNumId"): _levels(n) for n in root.iter(W + "abstractNum")}
        self._lists: dict[str | None, tuple[str | None, dict[int, int]]] = {
            n.get(W + "numId"): (_value(n.find(W + "abstractNumId")), _starts(n))
            for n in root.iter(W + "num")
        }
        self._styles = _style_lists(parsed(styles)) if styles else {}
        self._counts: dict[tuple[str | None, int], int] = {}
        self._begun: set[str | None] = set()

    def marker(self, properties: etree._Element | None) -> str:
        """``1. `` or ``- `` as it stands before the words, or "" for a paragraph that is in no list."""
        number, depth = self._place(properties)
        abstract, starts = self._lists.get(number, (None, {}))
        level = self._levels.get(abstract, {}).get(depth)
        if number in (None, "0") or level is None:
            return ""
        if level.format == "bullet":
            return "- "
        if number not in self._begun and starts:  # a list of its own that begins anew
            for at, first in starts.items():
                self._counts[abstract, at] = first - 1
        self._begun.add(number)
        self._counts[abstract, depth] = self._counts.get((abstract, depth), level.start - 1) + 1
        for deeper in [key for key in self._counts if key[0] == abstract and key[1] > depth]:
            del self._counts[deeper]
        return self._written(abstract, level)

    def _place(self, properties: etree._Element | None) -> tuple[str | None, int]:
        """(number of the list, depth), from the paragraph or from its style."""
        if properties is None:
            return None, 0
        own = properties.find(W + "numPr")
        number, depth = _list_of(own)
        style = self._styles.get(_value(properties.find(W + "pStyle")))
        if number is None and style is not None:
            number = style[0]
            depth = style[1] if own is None else depth
        return number, depth

    def _written(self, abstract: str | None, level: Level) -> str:
        if level.format == "none":
            return ""
        text = level.text
        for depth in range(9):
            if f"%{depth + 1}" not in text:
                continue
            its = self._levels[abstract].get(depth, level)
            count = self._counts.get((abstract, depth), its.start)
            text = text.replace(f"%{depth + 1}", _number(count, its.format))
        return text + level.gap if text else ""


def _levels(abstract: etree._Element) -> dict[int, Level]:
    levels = {}
    for level in abstract.iter(W + "lvl"):
        gap = "" if _value(level.find(W + "suff")) == "nothing" else " "
        format_ = _value(level.find(W + "numFmt")) or "decimal"
        text = _value(level.find(W + "lvlText")) or ""
        start = _whole(_value(level.find(W + "start")), 1)
        levels[_whole(level.get(W + "ilvl"), 0)] = Level(start, format_, text, gap)
    return levels


def _starts(number: etree._Element) -> dict[int, int]:
    """Where a list begins anew: depth → first number."""
    found = {}
    for override in number.iter(W + "lvlOverride"):
        start = override.find(W + "startOverride")
        if start is not None:
            found[_whole(override.get(W + "ilvl"), 0)] = _whole(start.get(VAL), 1)
    return found


def _style_lists(root: etree._Element) -> dict[str | None, tuple[str | None, int]]:
    """The lists that paragraph styles bring along, those they are based on included."""
    styles = {style.get(W + "styleId"): style for style in root.iter(W + "style")}
    found: dict[str | None, tuple[str | None, int]] = {}
    for name, style in styles.items():
        seen: set[str | None] = set()
        at: etree._Element | None = style
        while at is not None and at.get(W + "styleId") not in seen:
            seen.add(at.get(W + "styleId"))
            number, depth = _list_of(at.find(f"{W}pPr/{W}numPr"))
            if number is not None:
                found[name] = (number, depth)
                break
            at = styles.get(_value(at.find(W + "basedOn")))
    return found


def _list_of(properties: etree._Element | None) -> tuple[str | None, int]:
    if properties is None:
        return None, 0
    return _value(properties.find(W + "numId")), _whole(_value(properties.find(W + "ilvl")), 0)


def _number(count: int, format_: str) -> str:
    """Digits stay Arabic, as stored text has them; what is not known is written so too."""
    letters = _LETTERS.get(format_)
    if letters and count > 0:
        return letters[(count - 1) % len(letters)]
    if format_ in ("lowerRoman", "upperRoman") and 0 < count < 40:
        roman = "".join(letter * times for letter, times in _roman(count))
        return roman if format_ == "lowerRoman" else roman.upper()
    return str(count)


def _roman(count: int) -> list[tuple[str, int]]:
    parts = []
    for worth, letter in _ROMAN:
        parts.append((letter, count // worth))
        count %= worth
    return parts


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(VAL)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and len(text) < 6 and text.lstrip("-").isdecimal() else otherwise
