"""Personal data in words that anybody may read: where it stands in a text, and the text with it blacked out.

Numbers are found in either kind of digits, with or without hyphens, dots, spaces, brackets or a line's end between
their groups, and whatever stands between them that nobody sees. What is found is a proposal: a person decides what is
masked. A number whose parts stand in two cells is not found; for that the copy is looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ita_core.unprintable import is_blank
from memos.checks import privacy

NATIONAL_ID, PHONE, EMAIL, ACCOUNT = "national_id", "phone", "email", "account"
# What they are called on paper and in the chain: Thai whatever the reader's language.
NAMES: Final = {
    NATIONAL_ID: "เลขประจำตัวประชาชน",
    PHONE: "หมายเลขโทรศัพท์",
    EMAIL: "อีเมล",
    ACCOUNT: "เลขที่บัญชีธนาคาร",
}
MASK: Final = "█"
_AT = r" ?(?:[@＠]|[(\[]at[)\]]) ?"
_EMAIL = re.compile(
    rf"(?:[A-Za-z0-9_][A-Za-z0-9_.+%-]{{0,63}}+|[ก-๎][ก-๎.]{{0,63}}+){_AT}"
    r"(?=[0-9.-]*[A-Za-z])[A-Za-z0-9-]+(?:(?:\.|[(\[]dot[)\]])[A-Za-z0-9-]+)+",
    re.IGNORECASE,
)
# Addresses of public bodies are public.
_OFFICIAL = re.compile(r"\.(?:go|or|ac|mi)\.th\Z", re.IGNORECASE)
# Between the groups of a number. Commas are of sums of money, and a group is never parted, so that dates, years and
# numbers of letters (0808.2/123) keep their own shapes.
_G = r"[ \n._/()-]{0,5}+"
_GROUPED_ID = re.compile(rf"(?<!\d)[1-8]{_G}\d{{4}}{_G}\d{{5}}{_G}\d\d{_G}\d(?!\d)")
_ID_ON_TWO_LINES = re.compile(r"(?<!\d)[1-8]\d{0,11}+\n\d{1,12}+(?!\d)")
_ABROAD = r"(?:(?:\+|00)?66[ .-]?(?:\(0\))?[ .-]?)"
_MOBILE_SHAPES = (
    rf"\(?(?:0|{_ABROAD})[689]\d{_G}(?:\d{{3}}{_G}\d{{4}}|\d{{4}}{_G}\d{{3}})"
    rf"|0[689][ .-]{{1,3}}+\d{{4}}[ .-]{{0,3}}+\d{{4}}|0[ .-]{{1,3}}+[689]\d{{3}}[ .-]{{0,3}}+\d{{5}}"
    rf"|0[689]\d\d[ .-]{{1,3}}+\d{{3}}[ .-]{{1,3}}+\d{{3}}|0[689](?:[ .-]{{1,3}}+\d\d){{4}}"
)
_NUMBER_BEGINS = r"(?<![\d,/+-])(?<!\d\.)"
_MOBILE = re.compile(rf"{_NUMBER_BEGINS}(?:{_MOBILE_SHAPES})(?!\d)")
# The second of two: "081… / 089…".
_AND_ANOTHER = re.compile(rf"[,/](?:{_MOBILE_SHAPES})(?!\d)")
_LANDLINE = re.compile(
    rf"{_NUMBER_BEGINS}(?:\(02\) ?\d{{3}}[ .-]?\d{{4}}|\(0[3-7]\d\) ?\d{{3}}[ .-]?\d{{3}}"
    rf"|\+66[ .-]?(?:\(0\))?[ .-]?[2-7](?:[ .-]?\d){{7}}|02[ .-]{{1,3}}+\d{{3}}[ .-]{{1,3}}+\d{{4}})(?!\d)"
)
# As banks print them (123-4-56789-0 and the like), or ten to fifteen digits after the word.
_ACCOUNT = re.compile(
    r"(?<![\d-])(?:\d{3}[ .-]\d[ .-]\d{5}[ .-]\d|\d{3}-\d-\d{6}|\d{3}-\d{6}-\d|\d{3}-\d-\d{8}-\d)(?![\d-])"
)
_AFTER_THE_WORD = re.compile(r"(?:บัญชี|บช\.|ธนาคาร|พร้อมเพย์)[^\d]{0,40}(\d(?:[ -]?\d){9,14})(?!\d)")
_NO_DIGIT: Final = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` is a ``what``."""

    what: str
    start: int
    end: int


def plain(text: str) -> str:
    """Letter for letter: any digits as Arabic ones, any dash as a hyphen, any space as a space."""
    return "".join(map(_plain, text))


class _Shown(dict[int, str | None]):
    """What is seen of a letter in plain; None of what nobody sees. Filled as letters are met."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = None if is_blank(letter) and not letter.isspace() else _plain(letter)
        return self[code]


def _plain(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter == "−" or unicodedata.category(letter) == "Pd":
        return "-"
    return " " if letter.isspace() and letter != "\n" else letter


_SHOWN: Final = _Shown()


def found(text: str, *, of_office: bool = False) -> list[Span]:
    """In order and apart from each other. ``of_office``: landlines are the office's own, which it tells everybody."""
    shown = text.translate(_SHOWN)
    seen: Sequence[int] = range(len(text))
    if len(shown) != len(text):
        seen = [place for place in seen if _SHOWN[ord(text[place])] is not None]
    spans: list[Span] = []
    for span in _candidates(shown, of_office=of_office):
        if all(span.end <= other.start or other.end <= span.start for other in spans):
            spans.append(span)
    within = [Span(span.what, seen[span.start], seen[span.end - 1] + 1) for span in spans]
    return sorted(within, key=lambda span: span.start)


def _candidates(text: str, *, of_office: bool) -> Iterator[Span]:
    """The surest first: who comes later must not overlap."""
    for match in _EMAIL.finditer(text):
        if not _OFFICIAL.search(match[0]):
            yield Span(EMAIL, *match.span())
    for pattern in (privacy.THIRTEEN, _GROUPED_ID, _ID_ON_TWO_LINES):
        for match in pattern.finditer(text):
            if privacy.is_national_id(_NO_DIGIT.sub("", match[0])):
                yield Span(NATIONAL_ID, *match.span())
    for match in _ACCOUNT.finditer(text):
        yield Span(ACCOUNT, *match.span())
    for match in _AFTER_THE_WORD.finditer(text):
        yield Span(ACCOUNT, *match.span(1))
    yield from _mobiles(text)
    for pattern in () if of_office else (privacy.LANDLINE, _LANDLINE):
        for match in pattern.finditer(text):
            yield Span(PHONE, *match.span())


def _mobiles(text: str) -> Iterator[Span]:
    for pattern in (privacy.MOBILE, _MOBILE):
        for match in pattern.finditer(text):
            yield Span(PHONE, *match.span())
            another = _AND_ANOTHER.match(text, match.end())
            while another:
                yield Span(PHONE, another.start() + 1, another.end())
                another = _AND_ANOTHER.match(text, another.end())


def same(text: str, span: Span) -> str:
    """What makes two of them one and the same, however they were typed."""
    return same_words(span.what, text[span.start : span.end])


def same_words(what: str, words: str) -> str:
    shown = "".join(letter for letter in plain(words) if not is_blank(letter))
    return shown.lower() if what == EMAIL else _NO_DIGIT.sub("", shown)


def hidden(text: str) -> str:
    """With everything blacked out that is found: for words that nobody looked at before they are public."""
    return masked(text, found(text))


def masked(text: str, spans: Iterable[Span]) -> str:
    """Of the same length: digits are blacked out, of an address every letter."""
    letters = list(text)
    for span in spans:
        for place in range(span.start, span.end):
            hidden = letters[place] not in "@." if span.what == EMAIL else letters[place].isdecimal()
            if hidden:
                letters[place] = MASK
    return "".join(letters)
