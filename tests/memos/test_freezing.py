"""Freezing takes short ways; each of them leads where the long one does."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_core import thai, unprintable
from memos import content, documents
from memos.docx.cells import cells_of
from memos.docx.problems import DocumentProblem
from memos.frozen import FrozenContent, canonical_json
from tests import reports
from tests.memos import sample, shapes
from tests.memos import wordfiles as word
from tests.personas import Authority

lines = st.text(st.sampled_from("09๐๕2 ._/+-พศ.ก\u00a06()_@\nAbé:htwsp"), max_size=40)
FORBIDDEN = [
    "\x00",
    "\x1b",
    "\x7f",
    "\x85",
    "\r",
    "\ue000",
    "\U000f0000",
    "\ufdd0",
    "\ufffe",
    "\U0001fffe",
    "\u202e",
    "\ud800",
]


def with_cell(text: str) -> FrozenContent:
    section = sample.CONTENT.sections[1]
    measure = dataclasses.replace(section.measures[1], cells={"measure": text})
    changed = dataclasses.replace(section, measures=(section.measures[0], measure))
    return dataclasses.replace(sample.CONTENT, sections=(sample.CONTENT.sections[0], changed))


@pytest.mark.parametrize("which", ["CONTENT", "GROUPS", "COVERED", "TWO_ROWED"])
def test_the_canonical_text_is_that_of_the_plain_values(which: str) -> None:
    found: FrozenContent = getattr(sample if which == "CONTENT" else shapes, which)
    assert content.canonical(found) == canonical_json(found.to_dict())
    assert FrozenContent.from_dict(json.loads(content.canonical(found))) == found


@pytest.mark.parametrize("letter", FORBIDDEN)
def test_no_fault_escapes_the_one_look(letter: str) -> None:
    assert thai.problem_in(f"ก{letter}ข")
    with pytest.raises(content.UnprintableText, match="ก"):
        content.canonical(with_cell(f"ก{letter}ข"))


@pytest.mark.parametrize("text", ["ก" * 20_001, 'ก"' * 10_001, '","' * 6_667, "ก\n" * 10_001])
def test_no_text_that_is_too_long_escapes_it(text: str) -> None:
    assert thai.problem_in(text)
    with pytest.raises(content.UnprintableText):
        content.canonical(with_cell(text))


@pytest.mark.parametrize("text", ["ก" * 20_000, "\\", '\\"', "\\u0000", "\t", "😀", '","', "\u2028"])
def test_blameless_text_is_not_refused(text: str) -> None:
    assert thai.problem_in(text) is None
    assert content.canonical(with_cell(text)) == canonical_json(with_cell(text).to_dict())


@given(st.text(max_size=30))
def test_the_quick_look_never_overlooks(text: str) -> None:
    assert unprintable.may_hold_unprintable(text) or unprintable._UNPRINTABLE.search(text) is None


@given(st.lists(lines, max_size=4))
def test_lines_may_be_printed_together(texts: list[str]) -> None:
    together = thai.printed("\n".join(texts))
    assert together == "\n".join(map(thai.printed, texts))
    assert together == thai._TOKEN.sub(thai._printed_token, "\n".join(texts))


@given(st.lists(st.one_of(lines, st.text(st.characters(codec="utf-8"), max_size=12)), max_size=6))
def test_cells_may_be_prepared_together(texts: list[str]) -> None:
    try:
        apart = [cells_of([text])[0] for text in texts]
    except DocumentProblem:
        with pytest.raises(DocumentProblem):
            cells_of(texts)
        return
    assert cells_of(texts) == apart
    assert cells_of(texts * 2) == apart * 2


@pytest.mark.django_db
def test_what_was_just_frozen_is_what_would_be_read_back(home: Authority) -> None:
    report = reports.begin(home)
    reports.fill(report)
    version = content.freeze(report)
    kept = content.load(version)
    read = FrozenContent.from_dict(json.loads(bytes(version.canonical)))
    assert kept == read
    assert content.load(version) is kept
    for render in (documents.render_measures, documents.render_summary):
        template = word.template("measures" if render is documents.render_measures else "summary")
        assert render(template, kept) == render(template, read)
