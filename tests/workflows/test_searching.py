"""Finding a report again: what is indexed, by what it is found, and that the index is what a rebuild would make."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ita_core import thai, trigrams
from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows import numbered
from workflows import actions, indexing, passages, searching
from workflows.models import SearchText, State
from workflows.searching import Asked

pytestmark = pytest.mark.django_db


def found(home: Authority, text: str = "", **filters: str) -> set[int]:
    asked = Asked.of({"text": text, "state": searching.EVERY_STATE, **filters})
    return {row.report_id for row in searching.found(home.organisation, asked, 0, 50)}


def row_of(report: Report) -> SearchText:
    return SearchText.objects.of(report.organisation).get(approval__report=report)


@pytest.fixture
def signed(home: Authority) -> Report:
    """Signed with words that stand nowhere else."""
    report = reports.begin(home, fiscal_year=2567)
    reports.submit(home, report)
    reports.forward(home, report, "section_head", "เห็นควรเผยแพร่ทางเว็บไซต์หลัก Open Data")
    reports.forward(home, report, "clerk", "เสนอเพื่อทราบ")
    reports.forward(home, report, "mayor", "ทราบ ให้จัดประชุมวันที่ ๑๗")
    return report


@pytest.mark.parametrize(
    "words",
    [
        "เว็บไซต์หลัก",  # a word of an opinion
        "บไซต์หล",  # a part of it
        "ไซ",  # too short for the index
        "๑๗",
        "17",
        "open data",
        "OPEN  DATA",
        "รักระเบียบ",  # a person who acted
        "๒๕๖๗ มาตรการที่หนึ่ง เว็บ",  # words of different lines
        "มีนา\u200bคม",  # pasted with what nobody sees
    ],
)
def test_it_is_found_by(home: Authority, signed: Report, words: str) -> None:
    reports.begin(home, fiscal_year=2566)
    assert found(home, words) == {signed.pk}


@pytest.mark.parametrize("words", ["เว็บไซต์รอง", "หลักไซต์", "เว็บไซต์หลัก ไม่มีคำนี้", "18 17x"])
def test_it_is_not_found_by(home: Authority, signed: Report, words: str) -> None:
    assert found(home, words) == set()


def test_a_number_is_whole_in_either_digits_and_gone_when_it_is_void(home: Authority, signed: Report) -> None:
    numbered.book(home, prefix="สม 71001")
    numbered.number(home, signed, "๑๑๒")
    assert [found(home, number=typed) for typed in ("112", "๑๑๒", "๗๑๐๐๑/๑๑๒", "12")] == [
        {signed.pk},
        {signed.pk},
        {signed.pk},
        set(),
    ]
    assert found(home, "71001/112") == {signed.pk}
    actions.void_number(home.actor("registrar"), signed.pk, reason="พิมพ์ผิดเล่ม")
    assert found(home, number="112") == set()


def test_filters_and_words_hold_together(home: Authority, signed: Report) -> None:
    other = reports.in_state(home, State.DRAFTED)
    drafter = str(signed.drafter_id)
    assert found(home, "มาตรการ") == {signed.pk, other.pk}
    assert found(home, "มาตรการ", fiscal_year="2567", drafter=drafter) == {signed.pk}
    assert found(home, "มาตรการ", state=State.DRAFTED.value) == {other.pk}
    assert found(home, "มาตรการ", office="กองที่ไม่มีใครกล่าวถึง") == set()
    assert found(home, period="six_months") == set()


def test_it_follows_what_is_submitted_last(home: Authority) -> None:
    report = reports.begin(home)
    assert found(home) == set(), "nobody else's until it is submitted"
    reports.submit(home, report)
    reports.send_back(home, report, "section_head", "ขาดหลักฐานประกอบ")
    assert found(home, "ขาดหลักฐานประกอบ", state=State.WRITING.value) == {report.pk}
    Report.objects.of(home.organisation).filter(pk=report.pk).update(title="ชื่อใหม่ทั้งหมด")
    assert found(home, "ชื่อใหม่ทั้งหมด") == set(), "his corrections are not yet said"
    reports.submit(home, report)
    assert found(home, "ชื่อใหม่ทั้งหมด", state=State.DRAFTED.value) == {report.pk}


def test_a_view_that_was_asked_for_is_no_part_of_it(home: Authority) -> None:
    report = reports.begin(home)
    reports.submit(home, report)
    step, content = reports.shown(home, report)
    asked = home.people["reader"].pk
    actions.ask_view(
        home.actor("section_head"), report.pk, step=step, content=content, of=asked, question="ถามลับเฉพาะ"
    )
    assert found(home, "ถามลับเฉพาะ") == set()


def test_the_latest_and_the_index_say_the_same(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are looked through first, pages hold the same reports in the same order."""
    for _number in range(3):
        reports.in_state(home, State.DRAFTED)
    asked = [
        Asked.of({"text": words, "state": searching.EVERY_STATE}) for words in ("มาตรการ", "กา", "2 มาตร")
    ]

    def pages() -> list[list[int]]:
        return [
            [row.report_id for row in searching.found(home.organisation, one, start, start + 2)]
            for one in asked
            for start in (0, 2)
        ]

    whole = pages()
    assert [len(page) for page in whole] == [2, 1] * 3
    for latest in (0, 1, 2):
        monkeypatch.setattr(searching, "LATEST", latest)
        assert pages() == whole


def test_without_the_index_the_same_is_found(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    report = reports.in_state(home, State.DRAFTED)
    monkeypatch.setattr(searching, "LATEST", 0)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # Else no index can be dropped in this transaction.
        drop = "DROP INDEX" if connection.vendor == "postgresql" else "DROP TRIGGER"
        for name in _names():
            cursor.execute(f'{drop} "{name}"')
    assert trigrams.missing(connection) == _names()
    assert found(home, "มาตรการ") == {report.pk}
    trigrams.install(connection)
    assert trigrams.missing(connection) == []
    assert found(home, "มาตรการ") == {report.pk}


def _names() -> list[str]:
    """Those that can be taken away: SQLite's table beside them stays."""
    index = "workflows_searchtext_trigram"
    if connection.vendor == "postgresql":
        return [index]
    return [f"{index}_{event}" for event in ("insert", "update", "delete")]


def test_the_index_is_what_a_rebuild_would_make(home: Authority, signed: Report) -> None:
    reports.in_every_state(home)
    numbered.number(home, signed, "7")
    kept = _kept(home)
    assert len(kept) == 8
    assert list(indexing.differences(home.organisation)) == []
    SearchText.objects.of(home.organisation).delete()
    assert indexing.rebuild(home.organisation) == 8
    assert _kept(home) == kept
    assert trigrams.faults(connection) == []


def _kept(home: Authority) -> list[dict[str, object]]:
    rows = SearchText.objects.of(home.organisation).order_by("approval")
    return [{name: value for name, value in row.items() if name != "id"} for row in rows.values()]


def test_the_command_tells_what_differs_and_mends_it(home: Authority, signed: Report) -> None:
    gone = reports.in_state(home, State.DRAFTED)
    row_of(gone).delete()
    SearchText.objects.of(home.organisation).update(folded="อย่างอื่น", number="1/2")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("reindex", check=True, json=True, stdout=out)
    told = {(fault["place"], fault["what"]) for fault in json.loads(out.getvalue())["faults"]}
    place = f"{home.organisation.slug}/search/"
    assert told == {
        (f"{place}{gone.pk}", "the report is not in the index"),
        (f"{place}{signed.pk}", "folded is not what the report says"),
        (f"{place}{signed.pk}", "number is not what the report says"),
    }
    assert [told.id for told in indexing.reports_indexed(databases=["default"])] == ["workflows.W002"]
    call_command("reindex", organisation=home.organisation.slug, stdout=io.StringIO())
    assert indexing.reports_indexed(databases=["default"]) == indexing.reports_indexed() == []
    call_command("reindex", check=True, stdout=io.StringIO())
    assert found(home, "มาตรการ") == {gone.pk, signed.pk}


def test_an_authority_that_is_not_there_is_told(home: Authority) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("reindex", organisation="nowhere")


def _passages(text: str, words: list[str]) -> list[list[passages.Piece]]:
    return passages.of(text, thai.searchable(text), words)


def test_a_passage_shows_capitals_and_thai_digits() -> None:
    line = "ข้อ O19 ดำเนินการ 12 ครั้ง"
    assert [(p.text, p.is_found) for p in _passages(f"ชื่อเรื่อง\n{line}", ["o19"])[0]] == [
        ("ข้อ ", False),
        ("O19", True),
        (" ดำเนินการ ๑๒ ครั้ง", False),
    ]


def test_a_passage_of_a_long_line_says_that_it_goes_on() -> None:
    line = "ก่อนหน้านี้ " * 30 + "คำที่ค้น" + " หลังจากนี้" * 30
    [passage] = _passages(f"ชื่อเรื่อง\n{line}", ["คำที่ค้น"])
    whole = "".join(piece.text for piece in passage)
    assert whole.startswith("… ก่อนหน้านี้") and whole.endswith(" …")
    assert len(whole) < 220
    assert [piece.text for piece in passage if piece.is_found] == ["คำที่ค้น"]


THAI = st.text(alphabet="กขคงน่้๊ิีุูำเแาะ ์ABaİß 0123456789./()\n", max_size=400)


@given(text=THAI, words=st.lists(st.text(alphabet="กขคน่้ิีำเแาabi0129.(", min_size=1, max_size=4), max_size=3))
def test_passages_hold_the_words_and_nothing_that_the_text_has_not(text: str, words: list[str]) -> None:
    stored = thai.searchable(text, keep_case=True)
    folded = [word for word in map(thai.searchable, words) if word.strip()]
    told = _passages(stored, folded)
    printed = thai.printed(stored)
    for passage in told:
        whole = "".join(piece.text for piece in passage)
        assert whole.removeprefix("… ").removesuffix(" …") in printed
    marked = [thai.searchable(p.text) for passage in told for p in passage if p.is_found]
    assert all(any(word in mark for word in folded) for mark in marked)
    held = any(word in thai.searchable(line) for word in folded for line in stored.split("\n"))
    assert bool(told) == held
