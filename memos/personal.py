"""Personal data in words that anybody may read: where it stands in a text, and the text with it blacked out.

Numbers are found in either kind of digits, with hyphens or spaces between them. What is found is a proposal: a person
decides what is masked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

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
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+%-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
# Addresses of public bodies are public.
_OFFICIAL = re.compile(r"\.(?:go|or|ac|mi)\.th\Z", re.IGNORECASE)
# As banks print them (123-4-56789-0), or ten to fifteen digits after the word.
_ACCOUNT = re.compile(r"(?<![\d-])\d{3}[ -]\d[ -]\d{5}[ -]\d(?![\d-])")
_AFTER_THE_WORD = re.compile(r"บัญชี[^\d\n]{0,40}(\d(?:[ -]?\d){9,14})(?![\d])")
_DASHES = "‐‑‒–—―−"


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` is a ``what``."""

    what: str
    start: int
    end: int


def plain(text: str) -> str:
    """Letter for letter: any digits as Arabic ones, any dash as a hyphen, any space as a space."""
    return "".join(
        str(unicodedata.decimal(letter))
        if letter.isdecimal()
        else "-"
        if letter in _DASHES
        else " "
        if letter.isspace() and letter != "\n"
        else letter
        for letter in text
    )


def found(text: str, *, of_office: bool = False) -> list[Span]:
    """In order and apart from each other. ``of_office``: landlines are the office's own, which it tells everybody."""
    spans: list[Span] = []
    for span in _candidates(plain(text), of_office=of_office):
        if all(span.end <= other.start or other.end <= span.start for other in spans):
            spans.append(span)
    return sorted(spans, key=lambda span: span.start)


def _candidates(text: str, *, of_office: bool) -> Iterator[Span]:
    """The surest first: who comes later must not overlap."""
    for match in _EMAIL.finditer(text):
        if not _OFFICIAL.search(match[0]):
            yield Span(EMAIL, *match.span())
    for match in privacy.THIRTEEN.finditer(text):
        if privacy.is_national_id(re.sub("[ -]", "", match[0])):
            yield Span(NATIONAL_ID, *match.span())
    for match in _ACCOUNT.finditer(text):
        yield Span(ACCOUNT, *match.span())
    for match in _AFTER_THE_WORD.finditer(text):
        yield Span(ACCOUNT, *match.span(1))
    for pattern in (privacy.MOBILE,) if of_office else (privacy.MOBILE, privacy.LANDLINE):
        for match in pattern.finditer(text):
            yield Span(PHONE, *match.span())


def same(text: str, span: Span) -> str:
    """What makes two of them one and the same, however they were typed."""
    return same_words(span.what, text[span.start : span.end])


def same_words(what: str, words: str) -> str:
    return plain(words).lower() if what == EMAIL else re.sub("[ -]", "", plain(words))


def masked(text: str, spans: Iterable[Span]) -> str:
    """Of the same length: digits are blacked out, of an address every letter."""
    letters = list(text)
    for span in spans:
        for place in range(span.start, span.end):
            hidden = letters[place] not in "@." if span.what == EMAIL else letters[place].isdecimal()
            if hidden:
                letters[place] = MASK
    return "".join(letters)
