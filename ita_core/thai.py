"""Thai text and dates: how they come in, how they are stored, how they reach paper and page.

Stored text is normalised (NFC and Thai rules, Arabic digits); Thai digits and no-break spaces are
presentation and are put in by `printed` alone. Compatibility normalisation is never used: it takes ำ apart.
Pure: no settings, no database.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from ita_core.unprintable import problem_in as problem_in
from ita_core.wording import worded as _

BANGKOK: Final = ZoneInfo("Asia/Bangkok")
BE_OFFSET: Final = 543
"""Buddhist Era year = Christian Era year + 543."""
BE_FIRST: Final = 2400
BE_LAST: Final = 2700
NBSP: Final = "\u00a0"

MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip

_THAI_DIGITS: Final = "๐๑๒๓๔๕๖๗๘๙"
_DIGITS: Final = tuple(zip("0123456789", _THAI_DIGITS, strict=True))
_TO_ARABIC: Final = str.maketrans({thai: arabic for arabic, thai in _DIGITS})


def to_thai_digits(text: object) -> str:
    thai = str(text)
    for arabic, digit in _DIGITS:  # Many times faster than one translation, letter by letter.
        thai = thai.replace(arabic, digit)
    return thai


def to_arabic_digits(text: object) -> str:
    return str(text).translate(_TO_ARABIC)


# --- the way in -----------------------------------------------------------------------------------------

_MARKS: Final = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}")
# Canonical ordering puts ฺ (class 9) before ุ ู (103) before the tones (107); the same order here, or NFC and
# this module would undo each other's work.
_MARK_RANK: Final = {"\u0e3a": 0} | dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b\u0e4c", 2)
_AM_IN_TWO: Final = re.compile("\u0e4d([\u0e48-\u0e4b]*)\u0e32")
_TONE_AFTER_AM: Final = re.compile("(?<=[\u0e01-\u0e2e])\u0e33([\u0e48-\u0e4b]+)")
# Whatever may be a combining mark: everything but what comes before them, and Thai that combines with nothing.
_STACKS: Final = re.compile("[^\0-\u02ff\u0e01-\u0e37\u0e3b-\u0e47\u0e4c-\u0e5b]{32,}")
_TABS: Final = re.compile("\t+")
_LINE_ENDS: Final = re.compile("\r\n|[\r\u2028\u2029]")


def normalise(text: str) -> str:
    """The text as it is stored. Every text an officer types, pastes or imports passes here once.

    NFC; line ends as LF; tabs as one space; no spaces at a line's end; Thai digits as Arabic ones; the
    typing variants of Thai that look alike made one: นิคหิต + า is ำ, เ + เ is แ, a tone mark stands after
    the vowel above or below and before ำ, the same mark twice is once. Idempotent.
    """
    text = _LINE_ENDS.sub("\n", text).translate(_TO_ARABIC)
    text = _TABS.sub(" ", text)
    text = "\n".join(line.rstrip(" \u00a0") for line in text.split("\n"))
    text = _STACKS.sub(_sorted_stacks, text)
    while (settled := _thai_order(text)) != text:  # one rule may make room for another: ้ำ้ → ้้ำ → ้ำ
        text = settled
    return text


def _sorted_stacks(found: re.Match[str]) -> str:
    """Canonical order, as NFC makes it, whose own sorting takes a minute for a pasted stack of many thousand marks."""
    runs = itertools.groupby(found[0], key=lambda char: unicodedata.combining(char) > 0)
    return "".join("".join(sorted(run, key=unicodedata.combining) if marks else run) for marks, run in runs)


def _thai_order(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("เเ", "แ")
    text = _MARKS.sub(_ordered, text)
    return _TONE_AFTER_AM.sub("\\1\u0e33", _AM_IN_TWO.sub("\\1\u0e33", text))


def _ordered(found: re.Match[str]) -> str:
    start, end = found.span()
    beside = found.string[start - 1 : start] + found.string[end : end + 1]
    if any(map(unicodedata.combining, beside)):  # Foreign marks in one stack with ours: canonical order
        return found[0]  # decides alone, or the two orders would undo each other.
    kept = ""
    for mark in sorted(found[0], key=lambda mark: _MARK_RANK.get(mark, 1)):
        if not kept.endswith(mark):
            kept += mark
    return kept


_ZERO_WIDTH: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def searchable(text: str, *, keep_case: bool = False) -> str:
    """The text folded for search: normalised, lower case, no zero-width characters, plain spaces.

    Search terms and the searched column pass through the same fold; what is shown of it keeps its capitals.
    """
    plain = _ZERO_WIDTH.sub("", text).replace(NBSP, " ")
    return normalise(plain if keep_case else plain.lower())


# --- the way out ----------------------------------------------------------------------------------------

_D: Final = "0-9๐-๙"
_L: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_ADDRESS: Final = r"""[^\s<>"“”\u200b]++"""
_ANY_DIGIT: Final = re.compile(f"[{_D}]")
# Every run is possessive or bounded, so that no text takes more than linear time; the first look-ahead
# passes over Thai letters quickly.
_TOKEN: Final = re.compile(
    rf"""
    (?=[{_D}{_L}._/+พ-])(?:
    (?P<joined>
        พ\.ศ\.[ \u00a0]++(?=[{_D}])
      | (?<![{_D}])(?:[0๐][{_D}]{{0,2}}|\+[6๖]{{2}}[ \u00a0-][{_D}]{{1,2}})
        [ \u00a0-][{_D}]{{3,4}}[ \u00a0-][{_D}]{{3,4}}(?![{_D}])   # 0 7738 1234, 081-234 5678
    )
  | (?<![^\s(])_*+(?:[{_D}]{{1,2}}\.)++(?=[A-Z])     # a line's marker is no part of the word: 2.E-Service
  | (?P<kept>
        (?i:https?://|ftp://|www\.){_ADDRESS}
      | (?:[{_L}{_D}-]{{1,63}}\.){{1,8}}[A-Za-z]{{2,24}}[/?]{_ADDRESS}
      | (?:[{_L}{_D}._/+-]{{1,64}}@)?+(?=[{_D}._/-]*+[{_L}])[{_L}{_D}._/-]++
        (?:\+[{_L}{_D}._/-]++)*+                        # U+0000
    )
  | [{_D}._/-]++
    )
    """,
    re.VERBOSE | re.MULTILINE,
)


def printed(text: str) -> str:
    """Stored text as it stands on paper and page: the one way there.

    Digits become Thai except in web addresses (up to the next space), e-mail addresses and words with Latin
    letters (O19, A4, ITA2565); a word is a run of Latin letters, digits and `. _ - /`, and + within it (U+0000).
    No-break spaces hold พ.ศ. to its year and a telephone number together. Nothing else changes, so the length
    stays, and what is already printed stays as it is.
    """
    if _ANY_DIGIT.search(text) is None:
        return text
    # No token goes over a line's end, and most lines of a report hold no digit. Replacing in the whole text tells which
    # do; lines that came with Thai digits have to be asked.
    thai = to_thai_digits(text)
    ask_all = any(map(text.__contains__, _THAI_DIGITS))
    lines = zip(text.split("\n"), thai.split("\n"), strict=True)
    return "\n".join([_printed_line(line, new) if ask_all or line != new else line for line, new in lines])


# Where no Latin letter stands, only what is held together is left to find; a search that begins with a set of characters
# is the fastest. A telephone number does not begin within a run of digits and their signs.
_LATIN: Final = re.compile(f"[{_L}]")
_JOINED: Final = re.compile(
    rf"""
    [พ0๐+](?:
        (?<=พ)\.ศ\.[ \u00a0]++(?=[{_D}])
      | (?:(?<=[0๐])(?<![{_D}._/-].)[{_D}]{{0,2}} | (?<=\+)[6๖]{{2}}[ \u00a0-][{_D}]{{1,2}})
        [ \u00a0-][{_D}]{{3,4}}[ \u00a0-][{_D}]{{3,4}}(?![{_D}])
    )
    """,
    re.VERBOSE,
)


def _printed_line(line: str, thai: str) -> str:
    """`thai` is the line with nothing but Thai digits."""
    return _TOKEN.sub(_printed_token, line) if _LATIN.search(line) else _JOINED.sub(_held, thai)


def _printed_token(found: re.Match[str]) -> str:
    if found.lastgroup == "kept":
        return found[0]
    return to_thai_digits(_held(found) if found.lastgroup == "joined" else found[0])


def _held(found: re.Match[str]) -> str:
    return found[0].replace(" ", NBSP)


# --- dates ----------------------------------------------------------------------------------------------


def _month_patterns() -> dict[int, str]:
    """Month → pattern of its spellings: กุมภาพันธ์, ก.พ., ก. พ., กพ."""
    return {
        number: full + "|" + r"\.?\s?".join(short.rstrip(".").split(".")) + r"\.?"
        for number, (full, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1)
    }


_MONTH_PATTERNS: Final = {number: re.compile(spelt) for number, spelt in _month_patterns().items()}
MONTH_PATTERN: Final = "(?:" + "|".join(_month_patterns().values()) + ")"
"""Regular expression of any month name, full or abbreviated, for the parsers of dates and periods."""

_DATE: Final = re.compile(
    rf"(?:วันที่)?\s*(\d{{1,2}})\s*(?:เดือน)?\s*({MONTH_PATTERN})\s*(?:พ\.?\s?ศ\.?)?\s*(\d{{4}}|\d{{2}})"
)


def month_number(name: str) -> int:
    """1–12 for a month name, full or abbreviated. ValueError (a sentence) for anything else."""
    for number, spelt in _MONTH_PATTERNS.items():
        if spelt.fullmatch(name):
            return number
    raise ValueError(_("ไม่รู้จักชื่อเดือน “%(name)s”", name=name))


def ce_year(be_year: int) -> int:
    """Christian Era year of a Buddhist Era year; two digits mean 25xx. ValueError outside 2400–2700."""
    full = be_year + 2500 if 0 <= be_year < 100 else be_year
    if not BE_FIRST <= full <= BE_LAST:
        raise ValueError(_("ปี พ.ศ. %(year)s ไม่ถูกต้อง โปรดใส่เป็น พ.ศ. เช่น ๒๕๖๕", year=be_year))
    return full - BE_OFFSET


def today() -> date:
    """The date in Thailand now, whatever zone the machine stands in."""
    return datetime.now(BANGKOK).date()


def bangkok_date(moment: datetime) -> date:
    """The date in Thailand at that moment. ValueError for one without a time zone: its day is a guess."""
    if moment.utcoffset() is None:
        raise ValueError("A moment without a time zone has no Thai date.")
    return moment.astimezone(BANGKOK).date()


@dataclass(frozen=True, order=True)
class ThaiDate:
    """A date as Thai officials write it. `date` is the plain date that is stored."""

    date: date

    @property
    def be_year(self) -> int:
        return self.date.year + BE_OFFSET

    @property
    def long(self) -> str:
        """๑ เมษายน ๒๕๖๕"""
        return to_thai_digits(self.long_data)

    @property
    def short(self) -> str:
        """๑ เม.ย. ๒๕๖๕"""
        return to_thai_digits(self.short_data)

    @property
    def long_data(self) -> str:
        """1 เมษายน 2565, for text that is stored"""
        return f"{self.date.day} {MONTHS[self.date.month - 1]} {self.be_year}"

    @property
    def short_data(self) -> str:
        """1 เม.ย. 2565, for text that is stored"""
        return f"{self.date.day} {SHORT_MONTHS[self.date.month - 1]} {self.be_year}"

    def __str__(self) -> str:
        return self.long

    @classmethod
    def from_fields(cls, day: int, month: int, be_year: int) -> ThaiDate:
        """From the three fields of a form. ValueError with a sentence for a day that does not exist."""
        if not 1 <= month <= 12:
            raise ValueError(_("เดือนที่ %(month)s ไม่มีอยู่ โปรดเลือกเดือน ๑ ถึง ๑๒", month=month))
        year = ce_year(be_year)
        try:
            return cls(date(year, month, day))
        except ValueError:
            named = {"day": day, "month": MONTHS[month - 1], "year": year + BE_OFFSET}
            raise ValueError(_("วันที่ %(day)s %(month)s %(year)s ไม่มีอยู่ในปฏิทิน", **named)) from None

    @classmethod
    def parse(cls, text: str) -> ThaiDate:
        """From either spelling, either digits, with or without พ.ศ., years also as two digits. ValueError else."""
        found = _DATE.fullmatch(normalise(text).replace(NBSP, " ").strip())
        if found is None:
            quoted = text.strip()[:40]
            raise ValueError(
                _("อ่านวันที่ “%(text)s” ไม่ออก โปรดเขียนอย่าง ๑ เมษายน ๒๕๖๕ หรือ ๑ เม.ย. ๖๕", text=quoted)
            )
        day, month, year = found.groups()
        return cls.from_fields(int(day), month_number(month), int(year))
