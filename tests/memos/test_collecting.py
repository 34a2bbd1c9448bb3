"""Rows are asked of units, filled, sent, taken into the table or handed back; what each side may see and write."""

from __future__ import annotations

import pytest

from ita_core.telling_models import Notification
from memos import (
    collecting,
    collecting_filling,
    collecting_page,
    collecting_rows,
    collecting_taking,
    editing,
)
from memos.collecting_filling import Typed
from memos.collecting_words import Words
from memos.models import Activity, CollectedEntry, CollectedRow, Report
from tests import reports
from tests.memos.collecting_hand import accept, ask, cells, in_days, rows, save, send, sent, standings, stored
from tests.memos.desk import Window
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Kind = CollectedEntry.Kind
Standing = CollectedRow.Standing


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


def entries(home: Authority, report: Report) -> list[tuple[str, str]]:
    found = CollectedEntry.objects.of(home.organisation).filter(report=report).select_related("by")
    return [(one.kind, one.by.username) for one in found]


def told(home: Authority, report: Report) -> set[tuple[str, str]]:
    found = Notification.objects.of(home.organisation).filter(report=report.pk).select_related("user")
    return {(one.user.username, one.title) for one in found}


def test_a_row_goes_to_a_unit_and_comes_back_into_the_table(home: Authority, report: Report) -> None:
    first, *others = rows(report)
    done = ask(home, report, {first: "finance", others[0]: "works"}, in_days(7))
    assert {unit.name: n for unit, n in done.given.items()} == {"กองคลัง": 1, "กองช่าง": 1}
    assert told(home, report) == {
        ("acting_head", "กรอกผลการดำเนินการของกองคลัง"),
        ("expired_acting", "กรอกผลการดำเนินการของกองช่าง"),
    }
    sent(home, report, "finance", result="ตรวจรับพัสดุครบทุกครั้ง")
    assert standings(home, report) == {first: "sent", others[0]: "waiting"}
    before = Report.objects.of(home.organisation).get(pk=report.pk).revision
    assert accept(home, report, "finance", [first]).taken == [first]
    assert cells(home, first)["result"] == "(1) ตรวจรับพัสดุครบทุกครั้ง", "numbered as the drafter numbered it"
    assert Report.objects.of(home.organisation).get(pk=report.pk).revision == before + 1
    assert standings(home, report)[first] == Standing.ACCEPTED
    assert [kind for kind, _by in entries(home, report)] == [
        Kind.ASSIGNED, Kind.ASSIGNED, Kind.SAVED, Kind.SENT, Kind.ACCEPTED,
    ]  # fmt: skip


def test_an_open_page_of_the_editor_hears_of_what_was_taken(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    sent(home, report, "finance", result="ผลใหม่จากกอง")
    section = collecting_rows.by_name(report)[row].section
    window = Window(home, report, page=f"section-{section.pk}")
    accept(home, report, "finance", [row])
    assert {"row": row, "field": "result", "text": "(1) ผลใหม่จากกอง"}.items() <= next(
        one for one in window.look()["changed"] if (one["row"], one["field"]) == (row, "result")
    ).items()


def test_what_somebody_wrote_in_the_cell_since_is_not_overwritten(home: Authority, report: Report) -> None:
    first, second = rows(report)[:2]
    ask(home, report, {first: "finance", second: "finance"})
    chosen = sent(home, report, "finance", result="ผลจากกอง")
    was = {(row, field): text for row in chosen for field, text in cells(home, row).items()}
    place = collecting_rows.by_name(report)[first]
    window = Window(home, report, page=f"section-{place.section.pk}")
    window.type(first, "result", "ผู้จัดทำเขียนเอง")
    who = home.membership("legal_officer")
    done = collecting_taking.accept(who, report.pk, home.units["finance"].pk, chosen, was)
    assert done.taken == [second] and "มีผู้แก้ไข" in done.problems[first]
    assert cells(home, first)["result"] == "ผู้จัดทำเขียนเอง"
    assert accept(home, report, "finance", [first]).taken == [first]
    assert cells(home, first)["result"] == "ผลจากกอง"


def test_the_number_that_a_cell_bears_on_the_paper_stays(home: Authority, report: Report) -> None:
    """Rows are numbered down the column, of which a unit sees its own alone."""
    row, unit = rows(report)[0], home.units["finance"].pk
    found = Activity.objects.of(home.organisation).filter(pk=int(row.partition("-")[2]))
    found.update(cells={**cells(home, row), "result": "2. ยังไม่มีการดำเนินการ"})
    ask(home, report, {row: "finance"})
    sent(home, report, "finance", result="เผยแพร่แล้ว")
    (shown,) = collecting_page.rows(collecting.of_unit(report, unit))
    assert {cell.field: cell.text for cell in shown.cells}["result"] == "2. เผยแพร่แล้ว", (
        "read before it is taken"
    )
    assert accept(home, report, "finance", [row]).taken == [row]
    assert cells(home, row)["result"] == "2. เผยแพร่แล้ว"
    assert stored(home, report)[row].draft["result"] == "เผยแพร่แล้ว"


def test_words_that_the_page_did_not_show_are_not_taken(home: Authority, report: Report) -> None:
    """Handed back in another window, filled anew and sent again meanwhile."""
    row, unit, who = rows(report)[0], home.units["finance"].pk, home.membership("legal_officer")
    ask(home, report, {row: "finance"})
    sent(home, report, "finance", result="ผลเดิม")
    was = {(row, field): text for field, text in cells(home, row).items()}
    was[row, "turn"] = str(stored(home, report)[row].turn)
    collecting_taking.hand_back(who, report.pk, unit, [row], "ขอวันที่ด้วย")
    sent(home, report, "finance", result="ผลใหม่")
    before = cells(home, row)
    done = collecting_taking.accept(who, report.pk, unit, [row], was)
    assert done.taken == [] and "ข้อความใหม่" in done.problems[row]
    assert cells(home, row) == before


def test_handed_back_with_a_reason_and_sent_again(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    sent(home, report, "finance")
    who, unit = home.membership("legal_officer"), home.units["finance"].pk
    with pytest.raises(editing.NotSaved, match="เหตุผล"):
        collecting_taking.hand_back(who, report.pk, unit, [row], " \n")
    assert collecting_taking.hand_back(who, report.pk, unit, [row], "ขอวันที่ด้วย") == 1
    one = stored(home, report)[row]
    assert (one.standing, one.reason) == (Standing.HANDED_BACK, "ขอวันที่ด้วย")
    notice = Notification.objects.of(home.organisation).get(report=report.pk, text="ขอวันที่ด้วย")
    assert notice.user == home.people["acting_head"] and "ถูกส่งคืน" in notice.title
    save(home, report, "finance", {row: Words(result="อบรมวันที่ ๓ มีนาคม")})
    assert send(home, report, "finance") == {}
    assert stored(home, report)[row].reason == ""
    said = CollectedEntry.objects.of(home.organisation).filter(report=report, kind=Kind.SENT)
    assert [one.content["result"] for one in said] == ["อบรมเจ้าหน้าที่ ๒๐ คน", "อบรมวันที่ ๓ มีนาคม"]


def test_nothing_was_done_and_why(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "works"})
    save(home, report, "works", {row: Words(none=True)})
    assert list(send(home, report, "works")[row]) == ["why"]
    save(home, report, "works", {row: Words(none=True, why="เนื่องจากยังไม่ได้รับงบประมาณ")})
    assert send(home, report, "works") == {}
    accept(home, report, "works", [row])
    assert cells(home, row)["result"] == "(1) ไม่มีการดำเนินการ เนื่องจากยังไม่ได้รับงบประมาณ"


def test_an_empty_row_keeps_the_whole_unit_from_sending(home: Authority, report: Report) -> None:
    first, second = rows(report)[:2]
    ask(home, report, {first: "works", second: "works"})
    save(home, report, "works", {first: Words(result="ทำแล้ว")})
    assert list(send(home, report, "works")) == [second]
    assert set(standings(home, report).values()) == {Standing.WAITING}


def test_two_of_one_unit_do_not_write_over_each_other(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "clerk_office"})
    unit = home.units["clerk_office"].pk
    mine, other = Words(result="ของคนแรก"), Words(result="ของคนที่สอง")
    for key, words in (("registrar", mine), ("section_head", other)):
        filled = collecting_filling.save(home.membership(key), report.pk, unit, {row: Typed(words, turn=0)})
    assert filled.conflicts == {row: mine}
    assert stored(home, report)[row].draft["result"] == "ของคนแรก"


def test_what_was_typed_after_it_was_sent_is_told_and_not_stored(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    sent(home, report, "finance", result="ที่ส่งไป")
    filled = save(home, report, "finance", {row: Words(result="มาทีหลัง")})
    assert filled.lost[row].result == "มาทีหลัง" and not filled.is_whole
    assert stored(home, report)[row].draft["result"] == "ที่ส่งไป"


NOT_STORED = [
    (Words(result="ผล\x07"), "result"),
    (Words(outcome="ย" * 20_001), "outcome"),
    (Words(links=("www.example.go.th",)), "links"),
    (Words(links=("https://example",)), "links"),
    (Words(links=("javascript:alert(1)",)), "links"),
    (Words(links=("https://user@example.go.th/",)), "links"),
    (Words(links=("https://example.go.th:x/",)), "links"),
    (Words(links=("https://[::1/",)), "links"),
    (Words(links=tuple(f"https://a{n}.go.th/" for n in range(21))), "links"),
]


def test_what_cannot_be_stored_is_told_by_its_box(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    for words, box in NOT_STORED:
        assert list(save(home, report, "finance", {row: words}).faults[row]) == [box], words
    assert stored(home, report)[row].draft == {}
