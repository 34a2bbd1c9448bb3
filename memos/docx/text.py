"""Turns one stored text into the runs of Word paragraphs. The only transform of the words is `thai.printed`.

A value is text in lines. `__words__` hugging its words is underlined (fill-in lines such as `____` stay as typed);
a tab becomes Word's tab. A line marker (`1.`, `(1)`, `-`) stays part of the text and gives its line a hanging indent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from ita_core import thai
from memos.docx.problems import DocumentProblem
from memos.docx.widths import advance

# What XML 1.0 forbids, and the remaining control characters, which no Word shows. Tab and line feed are layout.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NEWLINE = re.compile("\r\n?")
_MARK = re.compile("(?<!_)__(?!_)")
_MARKER = re.compile(
    r"[ \u00a0]*(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)](?![0-9๐-๙])|\([0-9๐-๙]{1,2}\)|[-–•](?![-–•0-9๐-๙]))"
    r"[ \u00a0]*(?=\S)"
)
CLOSING = "</w:t></w:r>"
# What a marker can begin with; looked at before the expression above is tried.
MARKER_STARTS = frozenset(" \u00a0(-–•0123456789๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True)
class RunStyle:
    """The `<w:rPr>` of plain and of underlined words, "" for none."""

    plain: str
    underlined: str

    @cached_property
    def opening(self) -> str:
        """What stands before plain words in their run; CLOSING stands after them."""
        return f'<w:r>{self.plain}<w:t xml:space="preserve">'


def printed_lines(value: str) -> list[str]:
    """The lines of a stored text as they are printed. DocumentProblem for characters that paper cannot carry."""
    found = _FORBIDDEN.search(value) if _may_be_forbidden(value) else None
    if found:
        raise DocumentProblem(
            _("ข้อความมีอักขระควบคุมที่พิมพ์ไม่ได้ (U+%(code)04X) ใกล้คำว่า “%(near)s” โปรดลบแล้วพิมพ์ใหม่")
            % {
                "code": ord(found[0]),
                "near": _FORBIDDEN.sub("", value[max(0, found.start() - 20) : found.end() + 20]),
            }
        )
    text: str = thai.printed(value)
    if "\r" in text:
        text = _NEWLINE.sub("\n", text)
    return text.split("\n")


def _may_be_forbidden(value: str) -> bool:
    """Whether it is worth looking at each letter. Nearly all are Thai, and dropping those is many times faster."""
    if value.isprintable():
        return False
    try:
        value.encode("utf-16-le")
    except UnicodeEncodeError:  # half of a pair
        return True
    controls = _CONTROLS.search(value.encode("latin-1", "ignore"))
    return controls is not None or "\ufffe" in value or "\uffff" in value


def is_plain(line: str) -> bool:
    """Whether the line is words in one run: not empty, nothing underlined, no tabs."""
    return line != "" and "__" not in line and "\t" not in line


def is_heading(line: str) -> bool:
    """Whether the line is wholly underlined, which heads the paragraph after it."""
    return "__" in line and all(underlined for words, underlined in pieces(line.strip()) if words)


def visible(line: str) -> str:
    """The line as a reader sees it: without the underline marks."""
    return "".join(words for words, _underlined in pieces(line))


def runs(line: str, style: RunStyle) -> str:
    """The `<w:r>` elements of one printed line; "" for an empty line."""
    return escaped_runs(escaped(line), style)


def escaped_runs(line: str, style: RunStyle) -> str:
    """The same for a line that `escaped` has passed: its marks and tabs are where they were."""
    if "__" not in line and "\t" not in line:
        return f"{style.opening}{line}{CLOSING}" if line else ""
    return "".join(
        f"<w:r>{style.underlined if underlined else style.plain}{_with_tabs(words)}</w:r>"
        for words, underlined in pieces(line)
        if words
    )


def escaped(words: str) -> str:
    """Three searches are many times faster than one translation, letter by letter."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _with_tabs(words: str) -> str:
    texts = (f'<w:t xml:space="preserve">{piece}</w:t>' if piece else "" for piece in words.split("\t"))
    return "<w:tab/>".join(texts)


def pieces(line: str) -> Iterator[tuple[str, bool]]:
    """The line cut into (words, underlined), in one pass: a mark opens before a letter and closes after one."""
    start, opened = 0, -1
    for mark in _MARK.finditer(line):
        before, after = line[mark.start() - 1 : mark.start()], line[mark.end() : mark.end() + 1]
        if opened < 0 and after and not after.isspace():
            opened = mark.start()
        elif opened >= 0 and not before.isspace():
            yield line[start:opened], False
            yield line[opened + 2 : mark.start()], True
            start, opened = mark.end(), -1
    yield line[start:], False


def hanging_indents(lines: Sequence[str]) -> list[tuple[int, int] | None]:
    """For every line (left, hanging) in 1/1000 em, None for one without marker.

    A marker of another kind below a marked line is nested under its words; a line without marker begins anew.
    """
    indents: list[tuple[int, int] | None] = []
    open_kinds: list[tuple[str, int]] = []
    for line in lines:
        marker = _MARKER.match(line) if line[:1] in MARKER_STARTS else None
        if marker is None:
            open_kinds.clear()
            indents.append(None)
            continue
        kind, width = _measured(marker[0])
        for place, (known, _width) in enumerate(open_kinds):
            if known == kind:
                del open_kinds[place:]
                break
        left = width + sum([known for _kind, known in open_kinds])
        open_kinds.append((kind, width))
        indents.append((left, width))
    return indents


def hanging_indent(line: str) -> tuple[int, int] | None:
    """The same for a line that stands alone."""
    marker = _MARKER.match(line) if line[:1] in MARKER_STARTS else None
    if marker is None:
        return None
    _kind, width = _measured(marker[0])
    return width, width


@lru_cache(maxsize=1000)
def _measured(marker: str) -> tuple[str, int]:
    """The kind of a marker and its width; there are few, and a table has many lines."""
    return re.sub("[0-9๐-๙]+", "0", marker.strip(" \u00a0")), advance(marker)
