"""Two contents compared: every text that differs is told, a row that moved is not told as gone and come."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from memos.aligning import out_of_order
from memos.comparing import Changes, compare
from memos.frozen import Activity, FrozenContent, Measure, Section
from tests.memos.sample import CONTENT
from tests.memos.shapes import long_report

Rows = Sequence[Measure]


def with_rows(rows: Rows, section: int = 1, content: FrozenContent = CONTENT) -> FrozenContent:
    sections = list(content.sections)
    sections[section] = dataclasses.replace(sections[section], measures=tuple(rows))
    return dataclasses.replace(content, sections=tuple(sections))


def with_activities(rows: Sequence[Activity], measure: int = 0) -> FrozenContent:
    measures = list(CONTENT.sections[1].measures)
    measures[measure] = dataclasses.replace(measures[measure], activities=tuple(rows))
    return with_rows(measures)


MEASURES = CONTENT.sections[1].measures
ACTIVITIES = MEASURES[0].activities
NEW_ROW = Activity({"method": "6. อบรมเจ้าหน้าที่ทุกกอง", "responsible": "กองช่าง", "result": "อบรมแล้ว"})


def edited(activity: Activity, **cells: str) -> Activity:
    return Activity({**activity.cells, **cells})


def rows(changes: Changes) -> list[tuple[str, str, str]]:
    return [(change.kind, change.place, change.was_place) for change in changes.rows]


def cells(changes: Changes) -> list[str]:
    return [change.place for change in changes.cells]


def test_a_content_and_itself_have_no_difference() -> None:
    for content in (CONTENT, long_report(60)):
        read_again = FrozenContent.from_dict(content.to_dict())
        assert len(compare(content, read_again)) == 0


def test_one_cell_is_told_by_its_words() -> None:
    new = with_activities([edited(ACTIVITIES[0], result="1. จัดทำข้อมูลเชิงสถิติครบ 12 เดือนแล้ว"), *ACTIVITIES[1:]])
    changes = compare(CONTENT, new)
    assert (cells(changes), rows(changes)) == (["s1.m0.a0.result"], [])
    change = changes.cells[0]
    assert change.was == ACTIVITIES[0].cells["result"]
    assert "".join(piece.text for piece in change.pieces if piece.kind != "removed") == change.now


def test_rows_that_come_and_go() -> None:
    new = with_activities([*ACTIVITIES[:2], NEW_ROW, *ACTIVITIES[3:]])
    assert rows(compare(CONTENT, new)) == [("added", "s1.m0.a2", ""), ("removed", "s1.m0.a2", "s1.m0.a2")]
    assert rows(compare(CONTENT, with_activities(ACTIVITIES[1:]))) == [("removed", "s1.m0.a0", "s1.m0.a0")], (
        "the others are not told as changed"
    )


def test_a_row_that_moved_is_told_as_moved_and_its_new_words_too() -> None:
    moved = edited(ACTIVITIES[4], suggestion="ควรกำกับให้เจ้าหน้าที่จัดทำประกาศ ภายในเดือนมีนาคม")
    changes = compare(CONTENT, with_activities([moved, *ACTIVITIES[:4]]))
    assert rows(changes) == [("moved", "s1.m0.a0", "s1.m0.a4")]
    assert cells(changes) == ["s1.m0.a0.suggestion"]


def test_a_row_under_another_measure_is_the_same_row() -> None:
    first = dataclasses.replace(MEASURES[0], activities=ACTIVITIES[1:])
    second = dataclasses.replace(MEASURES[1], activities=(*MEASURES[1].activities, ACTIVITIES[0]))
    assert rows(compare(CONTENT, with_rows([first, second]))) == [("moved", "s1.m1.a1", "s1.m0.a0")]


def test_a_measure_with_all_its_activities_is_one_row() -> None:
    added = Measure({"measure": "3. มาตรการใหม่ทั้งหมด"}, (NEW_ROW,))
    assert rows(compare(CONTENT, with_rows([*MEASURES, added]))) == [("added", "s1.m2", "")]
    assert rows(compare(with_rows([*MEASURES, added]), CONTENT)) == [("removed", "s1.m2", "s1.m2")]
    swapped = compare(CONTENT, with_rows([MEASURES[1], MEASURES[0]]))
    assert [kind for kind, _place, _was in rows(swapped)] == ["moved"]
    assert not swapped.cells


def test_a_cell_that_was_filled_in_is_a_cell() -> None:
    empty = with_activities([edited(row, result="", suggestion="") for row in ACTIVITIES])
    changes = compare(empty, CONTENT)
    assert not changes.rows
    assert len(changes.cells) == 2 * len(ACTIVITIES)


def test_a_measure_under_another_name_is_the_same_measure() -> None:
    renamed = dataclasses.replace(MEASURES[0], cells={"measure": "1. ด้านความโปร่งใสของข้อมูล"})
    changes = compare(CONTENT, with_rows([renamed, MEASURES[1]]))
    assert (cells(changes), rows(changes)) == (["s1.m0.measure"], [])


def test_the_memo_is_told_by_field_and_paragraph() -> None:
    lines = CONTENT.memo.body.split("\n")
    body = "\n".join([lines[0].replace("2564", "2563"), "ย่อหน้าที่เพิ่มใหม่", *lines[1:]])
    memo = dataclasses.replace(
        CONTENT.memo, subject=CONTENT.memo.subject + " (แก้ไข)", body=body, via=("ปลัด",)
    )
    changes = compare(CONTENT, dataclasses.replace(CONTENT, memo=memo))
    assert cells(changes) == ["memo.subject", "memo.via", "memo.body.0"]
    assert rows(changes) == [("added", "memo.body.1", "")]


def test_tables_and_what_stands_around_them() -> None:
    section = dataclasses.replace(CONTENT.sections[0], heading="1. มาตรการ (แก้ไข)", closing="จบ")
    new = dataclasses.replace(CONTENT, sections=(section, *CONTENT.sections[1:]))
    assert cells(compare(CONTENT, new)) == ["s0.heading", "s0.closing"]
    more = dataclasses.replace(CONTENT, sections=(*CONTENT.sections, Section("3. ใหม่", "", "", section.form)))
    assert rows(compare(CONTENT, more)) == [("added", "s2", "")]
    turned = dataclasses.replace(CONTENT, sections=CONTENT.sections[::-1])
    assert [kind for kind, _place, _was in rows(compare(CONTENT, turned))] == ["moved"]
    form = dataclasses.replace(section.form, columns=section.form.columns[:-1])
    other = dataclasses.replace(
        CONTENT, sections=(dataclasses.replace(section, form=form), CONTENT.sections[1])
    )
    assert ("form", "s0", "s0") in rows(compare(CONTENT, other))


def test_facts_that_are_no_texts() -> None:
    years = dataclasses.replace(CONTENT.report, fiscal_year=2566)
    templates = dataclasses.replace(CONTENT.templates, memo="f" * 64)
    authority = dataclasses.replace(CONTENT.organisation, name="เทศบาลตำบลบ้านสมมติ")
    new = dataclasses.replace(CONTENT, report=years, templates=templates, organisation=authority)
    assert compare(CONTENT, new).facts == ("years", "organisation", "templates")


@st.composite
def edits(draw: st.DrawFn) -> tuple[Rows, Rows]:
    """Two tables of few words, so that rows resemble each other."""
    text = st.sampled_from(
        ["", "กองช่าง", "จัดทำแล้ว", "จัดทำประกาศแล้ว 2 ครั้ง", "ยังไม่ได้จัดทำ", "เผยแพร่บนเว็บไซต์หลัก"]
    )
    activity = st.builds(lambda a, b: Activity({"method": a, "result": b}), text, text)
    measure = st.builds(
        lambda title, below: Measure({"measure": title}, tuple(below)), text, st.lists(activity, max_size=4)
    )
    return draw(st.lists(measure, max_size=4)), draw(st.lists(measure, max_size=4))


@given(edits())
def test_what_is_told_turns_the_old_table_into_the_new(tables: tuple[Rows, Rows]) -> None:
    """Every text of the new table is an unchanged one of the old, a told one, or stands in a row that came."""
    old, new = (with_rows(table) for table in tables)
    changes = compare(old, new)
    assert (len(changes) == 0) == (old == new)
    for change in changes.cells:
        assert "".join(piece.text for piece in change.pieces if piece.kind != "added") == change.was
        assert "".join(piece.text for piece in change.pieces if piece.kind != "removed") == change.now
    before, after = texts(old), texts(new)
    told = {change.place for change in changes.cells}
    assert all(before[change.was_place] == change.was for change in changes.cells if change.was)
    assert all(after[change.place] == change.now for change in changes.cells if change.now)
    come = [change.place for change in changes.rows if change.kind == "added"]
    untold = [text for place, text in after.items() if place not in told and not _within(place, come)]
    assert not set(untold) - set(before.values())


def _within(place: str, rows: Sequence[str]) -> bool:
    return any(place.startswith(f"{row}.") for row in rows)


def texts(content: FrozenContent) -> dict[str, str]:
    """Place → text of every cell of the second table that says something."""
    found: dict[str, str] = {}
    for m, measure in enumerate(content.sections[1].measures):
        found |= {f"s1.m{m}.{field}": text for field, text in measure.cells.items()}
        for a, activity in enumerate(measure.activities):
            found |= {f"s1.m{m}.a{a}.{field}": text for field, text in activity.cells.items()}
    return {place: text for place, text in found.items() if text}


@given(st.permutations(range(12)))
def test_a_shuffled_table_only_moved(order: list[int]) -> None:
    content = with_rows(long_report(12).sections[0].measures)
    measures = [
        Measure({"measure": f"มาตรการ{random.Random(n).random()}"}, measure.activities)
        for n, measure in enumerate(content.sections[1].measures)
    ]
    changes = compare(with_rows(measures), with_rows([measures[place] for place in order]))
    assert not changes.cells
    assert {change.kind for change in changes.rows} <= {"moved"}
    assert len(changes.rows) == len(out_of_order(order))


@given(st.lists(st.integers(0, 60), unique=True))
def test_the_rest_stands_in_order(places: list[int]) -> None:
    moved = out_of_order(places)
    kept = [place for place in places if place not in moved]
    assert kept == sorted(kept)
