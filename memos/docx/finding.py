"""Finds the placeholders of one paragraph, however Word split them over runs, and puts slots in their place.

Word cuts `{{ชื่อ}}` at will: spell-checking, bookmarks, a changed letter, a keyboard switch. So the paragraph's
letters are read as one text, and a slot takes the formatting of the letter that opened its braces.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from memos.docx.placeholders import Placeholder, canonical_name
from memos.docx.problems import TemplateProblem
from memos.docx.words import place, properties, w

_BRACES = re.compile(r"\{\{([^{}\t\n]*)\}\}")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TARGET = "ita"


@dataclass(frozen=True, slots=True)
class Found:
    """A placeholder as it stands in a paragraph; `run` holds its formatting."""

    placeholder: Placeholder
    run: etree._Element


def token(what: str, number: object = 0) -> etree._ProcessingInstruction:
    """A mark that survives as text when the part is serialised."""
    return etree.ProcessingInstruction(TARGET, f"{what} {number}")


def fill_slots(paragraph: etree._Element, known: dict[str, Placeholder]) -> list[Found]:
    """Replaces every placeholder by a pair of runs (plain, underlined) that hold a slot; returns them in order.

    TemplateProblem for a name that is not in `known`, and for braces that do not close.
    """
    pieces = [
        piece for piece in paragraph.iter(w("t"), w("tab"), w("br"), w("cr")) if _owner(piece) is paragraph
    ]
    texts = [(piece.text or "") if piece.tag == w("t") else "\t" for piece in pieces]
    whole = "".join(texts)
    matches = list(_BRACES.finditer(whole))
    rest = _BRACES.sub("", whole)
    if "{{" in rest or "}}" in rest:
        raise TemplateProblem(_("วงเล็บปีกกาไม่ครบคู่ใกล้ข้อความ “%(near)s”") % {"near": whole.strip()[:60]})
    found = []
    for match in reversed(matches):
        placeholder = known.get(canonical_name(match[1]))
        if placeholder is None:
            raise TemplateProblem(
                _("ไม่รู้จัก {{%(name)s}} โปรดใช้เฉพาะชื่อช่องข้อความในคู่มือแม่แบบ") % {"name": match[1].strip()[:40]}
            )
        found.append(Found(placeholder, _cut(pieces, texts, match.start(), match.end(), placeholder)))
    return found[::-1]


def _owner(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(w("p")), None)


def _cut(
    pieces: list[etree._Element], texts: list[str], start: int, end: int, placeholder: Placeholder
) -> etree._Element:
    """Cuts letters start..end out of the pieces and inserts the slot's runs there; returns the run that held `start`.

    Called from the last placeholder to the first, so that earlier offsets stay true.
    """
    first, at = _locate(texts, start)
    last, until = _locate(texts, end - 1)
    opening, closing = pieces[first], pieces[last]
    remainder = (closing.text or "")[until + 1 :]
    for piece in pieces[first + 1 : last + 1]:
        piece.text = ""
    run = opening.getparent()
    assert run is not None
    right = _split_run(run, opening)
    _set_text(opening, (opening.text or "")[:at])
    if first == last:
        tail = etree.Element(w("t"))
        _set_text(tail, remainder)
        right.insert(1 if right.find(w("rPr")) is not None else 0, tail)
    else:
        _set_text(closing, remainder)
    for position, slot in enumerate(_slot_runs(run, placeholder.name)):
        run.getparent().insert(run.getparent().index(run) + 1 + position, slot)
    return run


def _locate(texts: list[str], offset: int) -> tuple[int, int]:
    """(piece, offset in it) of a letter of the whole text."""
    for index, text in enumerate(texts):
        if offset < len(text):
            return index, offset
        offset -= len(text)
    raise IndexError(offset)


def _set_text(piece: etree._Element, text: str) -> None:
    piece.text = text
    piece.set(XML_SPACE, "preserve")


def _split_run(run: etree._Element, after: etree._Element) -> etree._Element:
    """Moves what follows `after` in its run to a new run behind it, with the same formatting."""
    right = etree.Element(run.tag, run.attrib)
    formatting = run.find(w("rPr"))
    if formatting is not None:
        right.append(copy.deepcopy(formatting))
    for sibling in list(after.itersiblings()):
        right.append(sibling)
    parent = run.getparent()
    assert parent is not None
    parent.insert(parent.index(run) + 1, right)
    return right


def _slot_runs(run: etree._Element, name: str) -> list[etree._Element]:
    """Two runs that keep the formatting for plain and for underlined words until the slot is compiled."""
    plain, underlined = etree.Element(w("r")), etree.Element(w("r"))
    formatting = run.find(w("rPr"))
    if formatting is not None:
        plain.append(copy.deepcopy(formatting))
        underlined.append(copy.deepcopy(formatting))
    line = etree.Element(w("u"))
    line.set(w("val"), "single")
    place(properties(underlined, "rPr"), "u", line)
    plain.append(token("slot", name))
    underlined.append(token("line", name))
    return [plain, underlined]


def drop_empty_runs(paragraph: etree._Element) -> None:
    """Removes what cutting left behind: texts without letters, runs without content."""
    for piece in [piece for piece in paragraph.iter(w("t")) if not piece.text]:
        parent = piece.getparent()
        if parent is not None:
            parent.remove(piece)
    for run in list(paragraph.iter(w("r"))):
        parent = run.getparent()
        if parent is not None and all(child.tag == w("rPr") for child in run):
            parent.remove(run)
