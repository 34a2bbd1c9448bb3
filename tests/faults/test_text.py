"""Hostile text through the actions: refused in words, or on paper exactly as ``thai.printed`` gives it.

What the Word engine alone does with a text is tested beside it; here it passes form or gate, database, frozen JSON,
archive, and comes back out of the stored Word file.
"""

from __future__ import annotations

import dataclasses
import io
import json
import time
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_core import thai
from ita_core.unprintable import is_blank
from memos import archive, content, documents, frozen
from memos.docx.text import visible
from memos.fields import PaperField
from memos.models import Report
from tests import reports
from tests.faults.soundness import assert_green, assert_sound
from tests.memos import sample
from tests.memos import wordfiles as word
from tests.personas import Authority
from tests.volumes import volume
from workflows import acting, actions
from workflows.models import Act, Approval
from workflows.refusals import BadInput

PRINTABLE = {
    "markup": "a & b <w:t>c</w:t> ]]> &amp; &#0; <!-- -->",
    "closing tags": "</w:t></w:r></w:p></w:tc>",
    "template words": "{{ชื่อ}} {{เนื้อความ}} {% if x %} {{#opinion}} ${x} %(name)s {0}",
    "zero width": "ก\u200bข\u200cค\u200dง\u2060จ\ufeffฉ",
    "stacked marks": "ปั๊่้ ที่ี่ กำ้ ก่่่่ เเก ฤๅ ฎุ ญู ฐฺ",
    "emoji": "😀👩‍👩‍👧‍👦🇹🇭🏳️‍🌈",
    "other scripts": "العربية עברית 中文 ខ្មែរ ၁၂၃ ꦲ 𝒳 ﷽",
    "digits": "พ.ศ. 2565 ข้อ 1.2 O19 077-123 456 a1@b2.go.th https://x.go.th/2565?a=1&b=2 ๙๙",
    "fill-in lines": "____ กรอก ____ _x_",
    "spaces": "ก  ข\u00a0ค\u3000ง",
    "quotes": "\"'`“”‘’\\ \\u0000 \\x00 %s %n",
    "line separators": "บรรทัดหนึ่ง\u2028บรรทัดสอง\u2029บรรทัดสาม\r\nบรรทัดสี่\rบรรทัดห้า",
    "list": "1. หนึ่ง\n2. สอง\n(1) ย่อย\n- ขีด",
    "formula": "=1+1\n@SUM(A1)\n+66\n-1\n＝x",
}
UNPRINTABLE = {
    "NUL": "ก\x00ข",
    "bell": "ก\x07ข",
    "escape": "\x1b[31mแดง",
    "vertical tab": "ก\x0bข",
    "form feed": "ก\x0cข",
    "delete": "ก\x7fข",
    "next line": "ก\x85ข",
    "C1": "ก\x9bข",
    "high surrogate": "ก\ud83dข",
    "low surrogate": "ก\ude00ข",
    "surrogates in wrong order": "\ude00\ud83d",
    "noncharacter": "ก\uffffข",
    "private use": "ก\uf70aข",
    "right to left override": "ก\u202eข\u202c",
    "isolate": "\u2066ก\u2069",
    "mark": "ก\u200fข",
}
Place = Callable[[Authority, Report, str], list[str]]


def _paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def _cells(data: bytes) -> list[list[str]]:
    """Every cell of every table: its paragraphs."""
    tables = docx.Document(io.BytesIO(data)).tables
    return [[p.text for p in cell.paragraphs] for table in tables for row in table.rows for cell in row.cells]


def _on_paper(text: str) -> list[str]:
    """The lines that a stored text must be on paper; underline marks are no words."""
    return [visible(line) for line in thai.printed(text).split("\n")]


def _document(act: Act, kind: str) -> bytes:
    assert act.document_set is not None
    return archive.read(act.document_set.files()[kind])


def _typed(text: str) -> str:
    """As a field of the editor stores it. ValidationError in words for what paper cannot carry."""
    return str(PaperField().clean(text))


# Through every act that takes words


@pytest.mark.parametrize("name", PRINTABLE)
def test_an_opinion_stands_on_the_memo_as_printed(home: Authority, name: str) -> None:
    text = PRINTABLE[name]
    report = reports.in_state(home, "drafted")
    act = reports.forward(home, report, "section_head", text)
    stored = thai.normalise(text).strip()
    assert act.opinion.endswith(stored)
    paragraphs = _paragraphs(_document(act, "memo"))
    expected = _on_paper(act.opinion)
    start = paragraphs.index(expected[0])
    assert paragraphs[start : start + len(expected)] == expected
    later = reports.forward(home, report, "clerk")
    assert (
        paragraphs[: start + len(expected)] == _paragraphs(_document(later, "memo"))[: start + len(expected)]
    )
    assert_green()


@pytest.mark.parametrize("name", PRINTABLE)
def test_memo_and_table_stand_on_paper_as_printed(home: Authority, name: str) -> None:
    text = _typed(PRINTABLE[name])
    report = reports.begin(home)
    report.memo.subject = report.memo.body = text
    report.memo.save()
    section = report.sections.all()[0]
    activity = section.measures.all()[0].activities.all()[0]
    key = next(iter(activity.cells))
    activity.cells[key] = text
    activity.save()
    section.preamble = text
    section.save()
    act = reports.submit(home, report)
    lines = _on_paper(text)
    paragraphs = _paragraphs(_document(act, "memo"))
    subject = next(index for index, line in enumerate(paragraphs) if line.startswith("เรื่อง"))
    assert lines[0] in paragraphs[subject]
    assert paragraphs.count(lines[-1]) + (len(lines) == 1) >= 1
    assert [line for line in paragraphs if line in lines], "the body"
    assert lines in _cells(_document(act, "measures"))
    assert set(lines) <= set(_paragraphs(_document(act, "measures"))), "the preamble"
    assert_green()


@pytest.mark.parametrize("name", UNPRINTABLE)
def test_what_paper_cannot_carry_is_refused_in_words_at_every_act(home: Authority, name: str) -> None:
    text = UNPRINTABLE[name]
    report = reports.in_state(home, "drafted")
    step, shown = reports.shown(home, report)
    head, drafter = home.actor("section_head"), home.actor("legal_officer")
    attempts: list[Callable[[], Any]] = [
        lambda: actions.endorse(head, report.pk, step=step, content=shown, opinion=text),
        lambda: actions.send_back(head, report.pk, step=step, content=shown, reason=text),
        lambda: actions.send_back(head, report.pk, step=step, content=shown, reason="แก้ไข", opinion=text),
        lambda: actions.recall(drafter, report.pk, reason=text),
        lambda: actions.withdraw(drafter, report.pk, reason=text),
    ]
    for attempt in attempts:
        with pytest.raises(BadInput) as refused:
            attempt()
        _assert_says_where(refused.value.sentence)
    assert assert_sound(home, report).acts.count() == 1


def _assert_says_where(sentence: str) -> None:
    assert "ซึ่งพิมพ์ลงกระดาษไม่ได้" in sentence
    assert "U+" in sentence
    sentence.encode()  # It can itself be shown.


@pytest.mark.parametrize("name", UNPRINTABLE)
def test_what_paper_cannot_carry_is_refused_by_editor_and_submit(home: Authority, name: str) -> None:
    """By the editor's field; and should it have come in by another door, by the submit or by the database itself."""
    text = UNPRINTABLE[name]
    with pytest.raises(ValidationError) as problem:
        _typed(text)
    _assert_says_where(problem.value.messages[0])
    report = reports.begin(home)
    activity = report.sections.all()[0].measures.all()[0].activities.all()[0]
    activity.cells[next(iter(activity.cells))] = text
    try:
        with transaction.atomic():
            activity.save()
    except (DataError, ValueError):
        return  # PostgreSQL keeps no NUL and no half of a pair.
    with pytest.raises(BadInput) as refused:
        reports.submit(home, report)
    _assert_says_where(refused.value.sentence)
    assert Approval.objects.of(home.organisation).get(report=report).round == 0


# Length


def test_too_long_is_refused_in_words_and_at_once(home: Authority) -> None:
    report = reports.in_state(home, "drafted")
    step, shown = reports.shown(home, report)
    head = home.actor("section_head")
    started = time.process_time()
    for text in (
        "ก" * 100_000,
        "กำ้" * 33_334,
        "ก้" * 50_000,
        "2565 " * 20_000,
        "__ก" * 33_334,
        "ก\n" * 50_000,
    ):
        with pytest.raises(BadInput):
            actions.endorse(head, report.pk, step=step, content=shown, opinion=text)
        with pytest.raises(BadInput):
            actions.send_back(head, report.pk, step=step, content=shown, reason=text)
        with pytest.raises(ValidationError):
            _typed(text)
    assert time.process_time() - started < 10


def test_a_cell_of_100000_characters_is_refused_at_submit(home: Authority) -> None:
    report = reports.begin(home)
    activity = report.sections.all()[0].measures.all()[0].activities.all()[0]
    activity.cells[next(iter(activity.cells))] = "ก" * 100_000
    activity.save()
    with pytest.raises(BadInput, match="ยาว"):
        reports.submit(home, report)
    assert_sound(home, report)


def test_the_longest_that_is_taken_stands_on_paper(home: Authority) -> None:
    cell, opinion = "กำ 12 " * 3_333, "เห็นควร" * 571
    report = reports.begin(home)
    activity = report.sections.all()[0].measures.all()[0].activities.all()[0]
    activity.cells[next(iter(activity.cells))] = cell
    activity.save()
    assert [thai.printed(cell)] in _cells(_document(reports.submit(home, report), "measures"))
    assert opinion in _paragraphs(_document(reports.forward(home, report, "section_head", opinion), "memo"))


# The property


TOKENS = [*PRINTABLE.values(), *UNPRINTABLE.values(), *"&<>{}%]_-.()/@+ \t\n\r\x00\ud800\u202e\u200b้ำเ1๑A"]
ANYTHING = st.one_of(st.sampled_from(TOKENS), st.characters(exclude_categories=()))
STRINGS_AT_ONCE = 20


@pytest.mark.sampled
@settings(
    max_examples=volume(50, 100_000 // STRINGS_AT_ONCE),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    st.lists(st.lists(ANYTHING, max_size=12).map("".join), min_size=STRINGS_AT_ONCE, max_size=STRINGS_AT_ONCE)
)
def test_any_text_is_refused_in_words_or_printed_exactly(texts: list[str]) -> None:
    """As opinions in a memo and as cells of a table, through the same gate, the frozen JSON and the Word file."""
    accepted = []
    for text in texts:
        try:
            accepted.append(acting.text(text, "โปรดพิมพ์"))
        except BadInput as refused:
            refused.sentence.encode()
            stripped = thai.normalise(text).strip()
            assert is_blank(stripped) or thai.problem_in(stripped, acting.LIMIT)
    blocks = [
        documents.Block(heading=f"ความเห็นที่ {n}", opinion=text, name="ชื่อ") for n, text in enumerate(accepted)
    ]
    memo = _paragraphs(documents.render_memo(word.template("memo"), sample.CONTENT, blocks))
    for number, text in enumerate(accepted):
        start = memo.index(thai.printed(f"ความเห็นที่ {number}")) + 1
        lines = [line for line in _on_paper(text) if line.strip()]
        assert memo[start : start + len(lines)] == lines
    thawed = _thawed(accepted)
    table = _cells(documents.render_measures(word.template("measures"), thawed))
    for text in accepted:
        assert _on_paper(text) in table


def _thawed(texts: list[str]) -> frozen.FrozenContent:
    """The sample with a row for each text, written as canonical JSON and read again."""
    section = sample.CONTENT.sections[0]
    rows = tuple(frozen.Activity({"method": text}) for text in texts)
    sections = (dataclasses.replace(section, measures=(frozen.Measure({"measure": "ม"}, rows),)),)
    written = dataclasses.replace(sample.CONTENT, sections=sections)
    content._refuse_unprintable(written.to_dict())
    return frozen.FrozenContent.from_dict(json.loads(frozen.canonical_json(written.to_dict())))
