"""From a foreign cell to stored text: lines, markers, what paper cannot carry, two fields in one column. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ita_core import fiscal, thai
from memos.importing.vocabulary import squashed

# Old Thai fonts kept shifted marks in the private area; Windows' own places for them.
_SHIFTED: Final = str.maketrans(
    {0xF701 + n: mark for n, mark in enumerate("ิีึื่้๊๋์่้๊๋์")}
    | {0xF700: "ฐ", 0xF70F: "ญ", 0xF710: "ั", 0xF711: "ํ", 0xF712: "็"}
    | {0xF713 + n: mark for n, mark in enumerate("่้๊๋์ฺุู")}
)
# Controls, halves of letters, the private area, and the marks that turn the text around: no paper carries them.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
# What scanners leave of HTML in their text.
_BLOCK: Final = re.compile(r"</?(?:p|ul|ol|li|div|br)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_UNDERLINE: Final = re.compile(r"<u>([^<>]*)</u>", re.IGNORECASE)
_REST: Final = re.compile(r"</?(?:u|b|i|em|strong|span|sup|sub)(?:\s[^<>]*)?>", re.IGNORECASE)
_EMPTY_LINES: Final = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_SPACES: Final = re.compile("[ \u00a0\u2000-\u200a\u202f\u3000]")
_INDENT: Final = re.compile(r"^[ ]+", re.MULTILINE)
_NUMBER: Final = re.compile(r"(?:__)?\s*(?:\(([0-9]{1,3})\)|([0-9]{1,3})[.)](?![0-9]))\s*")
_BULLET: Final = re.compile(r"[-–•●▪*o✓✔]\s*(?=\S)|[-–•●▪✓✔]")
# Before such a thing an item begins. A dash before a month parts the halves of a period.
_RUN_ON: Final = re.compile(
    r"(?<=\S)[ ]+(?=(?:[0-9]{1,2}\.(?![0-9])|\([0-9]{1,2}\)|-[ ]?(?!"
    + "|".join(map(re.escape, (*thai.MONTHS, *thai.SHORT_MONTHS)))
    + r"))[ ]?[ก-ฮเ-ไA-Z])"
)
_CONTINUED: Final = re.compile(r"[(\[]?\s*ต่อ\s*[)\]]\s*$|^\s+")
_LEAD_IN: Final = re.compile(r"__[^_]+__\s*:?|[^\s:]{2,30}\s*:")
_ENDS_IN_NAME: Final = re.compile(r"(.*\S)\s+(__[^_]+__\s*:?)")
_LONGEST_NAMED: Final = 500
_LONGEST_PERIOD: Final = 200
_LABELS: Final = frozenset({"หัวข้อ", "ประเด็น", "ตัวชี้วัด"})


def stored(text: str) -> str:
    """Stored text: normalised, spaces plain, no spaces before a line, nothing that cannot be printed."""
    text = _untagged(_UNPRINTABLE.sub("", text.translate(_SHIFTED).replace("\v", "\n")))
    return _INDENT.sub("", thai.normalise(_SPACES.sub(" ", text))).strip("\n ")


def _untagged(text: str) -> str:
    """Paragraphs, breaks and list items as lines, <u> as an underline; other brackets stay."""
    if "<" not in text:
        return text
    text = _REST.sub("", _BLOCK.sub("\n", _UNDERLINE.sub(lambda found: f"__{found[1].strip()}__", text)))
    return _EMPTY_LINES.sub("\n\n", text)


def period(text: str) -> str:
    """A period that the paper broke into lines, in one; left in its lines when it is none."""
    joined = " ".join(text.split()) if "\n" in text else ""
    return joined if joined and is_period(joined) else text


def is_period(text: str) -> bool:
    if len(text) > _LONGEST_PERIOD:
        return False
    try:
        fiscal.Period.parse(text)
    except ValueError:
        return False
    return True


def number_at(line: str) -> int | None:
    """The number a line begins with: ``3.``, ``3)``, ``(3)``; None for any other beginning."""
    found = _NUMBER.match(line)
    return int(found[1] or found[2]) if found else None


def is_bullet(line: str) -> bool:
    return _BULLET.match(line) is not None


def has_marker(line: str) -> bool:
    return is_bullet(line) or number_at(line) is not None


def numbers(text: str) -> list[int]:
    """The numbers of the text's numbered lines, in order."""
    return [n for n in map(number_at, unfolded(text).split("\n")) if n is not None]


def unfolded(text: str) -> str:
    """A text whose items run on in one line, an item in each; a text in lines as it is."""
    return text if "\n" in text else _RUN_ON.sub("\n", text)


def label(text: str) -> str:
    """A measure's name by which two rows are known to speak of the same: letters alone, its number and (ต่อ) left out."""
    first = _CONTINUED.sub("", text)
    found = _NUMBER.match(first)
    return squashed(first[found.end() :] if found else first)


def joined(text: str, more: str) -> str:
    """What a page cut apart: a marked line begins a new line, words go on in theirs.

    Where a numbered list goes on, its items that a scan ran together are lines too: else 5. would follow 1.
    """
    if not text or not more:
        return text or more
    above, here = numbers(text), numbers(more)
    if above and here and here[0] == above[-1] + 1 and number_at(more) is not None:
        return f"{unfolded(text)}\n{unfolded(more)}"
    return f"{text}\n{more}" if has_marker(more) or number_at(more) is not None else f"{text} {more}"


def in_two(text: str, names: Sequence[str]) -> tuple[str, str, bool]:
    """The text of a column with two fields, and whether it was cut at a sign of the second field.

    Signs are its name (``names``), a lead-in, and the first bullet. Without any, the first line is the first field's.
    """
    lines = unfolded(text).split("\n")
    if "\n" not in text and sum(map(is_bullet, lines)) < 2 and "__" not in text:
        lines = [text]  # a dash in a sentence is no item
    known = _LABELS | {squashed(name) for name in names}
    for place, line in enumerate(lines):
        begins = squashed(line) in known or (place > 0 and _LEAD_IN.fullmatch(line) is not None)
        if begins or is_bullet(line):
            return "\n".join(lines[:place]), "\n".join(lines[place:]), True
        ends = _ENDS_IN_NAME.fullmatch(line) if "__" in line and len(line) <= _LONGEST_NAMED else None
        if ends and squashed(ends[2]) in known:
            return "\n".join([*lines[:place], ends[1]]), "\n".join([ends[2], *lines[place + 1 :]]), True
    first, _break, rest = text.partition("\n")
    return first, rest, not rest
