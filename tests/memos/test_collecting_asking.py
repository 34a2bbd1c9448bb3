"""Who may ask, fill and take; what becomes of rows that are moved, deleted, closed, handed over; how far units are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from ita_core.immutable import ImmutableRow
from ita_core.membership import Membership
from ita_core.telling_models import Notification
from memos import (
    collecting,
    collecting_asking,
    collecting_rows,
    collecting_taking,
    editing,
    live,
)
from memos.collecting_words import Words
from memos.models import Activity, CollectedEntry, CollectedRow, Collection, Report
from tests import reports
from tests.memos.collecting_hand import (
    OFFICERS,
    accept,
    ask,
    cells,
    in_days,
    rows,
    save,
    send,
    sent,
    standings,
    stored,
)
from tests.memos.desk import Window
from tests.personas import Authority, Personas
from workflows import actions, drafts

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Kind = CollectedEntry.Kind
Standing = CollectedRow.Standing


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


def test_people_of_other_units_do_not_fill(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    for key in ("registrar", "mayor", "legal_officer", "reader", "org_admin", "former", "expired_acting"):
        with pytest.raises(PermissionDenied):
            save(home, report, "finance", {row: Words(result="x")}, by=key)
    assert stored(home, report)[row].draft == {}


def test_people_of_a_unit_below_fill_for_the_one_above_and_not_the_other_way(
    home: Authority, report: Report
) -> None:
    first, second = rows(report)[:2]
    ask(home, report, {first: "clerk_office", second: "legal"})
    said = Words(result="ทำแล้ว")
    assert save(home, report, "clerk_office", {first: said}, by="second_legal_officer").saved == {first}
    with pytest.raises(PermissionDenied):
        save(home, report, "legal", {second: said}, by="registrar")


def test_only_who_writes_the_report_asks_and_takes(home: Authority, report: Report) -> None:
    row, unit = rows(report)[0], home.units["finance"].pk
    ask(home, report, {row: "finance"})
    sent(home, report, "finance")
    acts: list[Callable[[Membership], Any]] = [
        lambda who: collecting_asking.assign(who, report.pk, {row: (unit, None)}, None),
        lambda who: collecting_taking.accept(who, report.pk, unit, [row], {}),
        lambda who: collecting_taking.hand_back(who, report.pk, unit, [row], "เหตุผล"),
        lambda who: collecting_asking.remind(who, report.pk, unit),
        lambda who: collecting_asking.set_due(who, report.pk, unit, None),
    ]
    for key in ("second_legal_officer", "acting_head", "org_admin", "mayor"):
        for act in acts:
            with pytest.raises(PermissionDenied):
                act(home.membership(key))
    assert standings(home, report) == {row: Standing.SENT}


def test_a_row_is_taken_back_or_given_to_another(home: Authority, report: Report) -> None:
    first, second = rows(report)[:2]
    ask(home, report, {first: "finance", second: "finance"})
    save(home, report, "finance", {first: Words(result="ของกองคลัง")})
    done = ask(home, report, {first: "works", second: None})
    assert (done.taken, list(done.given)) == (1, [home.units["works"]])
    assert not Collection.objects.of(home.organisation).filter(unit=home.units["finance"]).exists()
    assert stored(home, report)[first].draft == {}, "another unit does not read it"
    kept = CollectedEntry.objects.of(home.organisation).filter(kind=Kind.TAKEN, row=first).get()
    assert kept.content["result"] == "ของกองคลัง"
    with pytest.raises(Http404):
        send(home, report, "finance")


def test_of_two_who_move_a_row_at_once_the_second_is_told(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    who = home.membership("legal_officer")
    done = collecting_asking.assign(who, report.pk, {row: (None, home.units["works"].pk)}, None)
    assert done.passed_over == 1 and not done.given
    assert stored(home, report)[row].collection.unit == home.units["finance"]


def test_a_unit_of_another_authority_or_a_day_gone_by(personas: Personas, report: Report) -> None:
    home, row = personas.home, rows(report)[0]
    who = home.membership("legal_officer")
    stranger = personas.stranger.units["finance"].pk
    with pytest.raises(editing.NotSaved, match="รายการ"):
        collecting_asking.assign(who, report.pk, {row: (None, stranger)}, None)
    with pytest.raises(editing.NotSaved, match="ผ่านไปแล้ว"):
        ask(home, report, {row: "finance"}, in_days(-1))
    assert not stored(home, report)


def test_after_it_was_submitted_collecting_is_closed_and_after_a_return_open(
    home: Authority, report: Report
) -> None:
    first, second = rows(report)[:2]
    ask(home, report, {first: "finance", second: "works"}, in_days(3))
    sent(home, report, "works")
    reports.submit(home, report)
    for act in (
        lambda: save(home, report, "finance", {first: Words(result="ช้าไป")}),
        lambda: send(home, report, "finance"),
        lambda: accept(home, report, "works", [second]),
        lambda: ask(home, report, {first: None}),
    ):
        with pytest.raises(editing.Closed):
            act()
    assert collecting.due(home.organisation) == []
    reports.send_back(home, report, "section_head")
    assert [one.collection.unit.name for one in collecting.due(home.organisation)] == ["กองคลัง"]
    assert save(home, report, "finance", {first: Words(result="ทันแล้ว")}).saved == {first}


def test_a_row_that_was_deleted_is_asked_of_nobody_until_it_comes_back(
    home: Authority, report: Report
) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"}, in_days(3))
    save(home, report, "finance", {row: Words(result="ก่อนลบ")})
    place = collecting_rows.by_name(report)[row]
    window = Window(home, report, page=f"section-{place.section.pk}")
    assert window.say(ops=[{"op": "delete", "row": row}])["refused"] == ""
    assert collecting.of_report(report) == [] == collecting.due(home.organisation)
    with pytest.raises(editing.NotSaved):
        send(home, report, "finance")
    live.restore(home.membership("legal_officer"), report.pk, row)
    assert collecting.of_report(report)[0].waiting == 1
    assert send(home, report, "finance") == {}


def test_handed_over_the_new_drafter_takes(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    sent(home, report, "finance")
    successor = home.people["second_legal_officer"]
    actions.hand_over(home.actor("legal_officer"), report.pk, to_user_id=successor.pk)
    who = home.membership("second_legal_officer")
    done = collecting_taking.accept(
        who, report.pk, home.units["finance"].pk, [row], {(row, "result"): cells(home, row)["result"]}
    )
    assert done.taken == [row]


def test_a_draft_is_thrown_away_with_all_that_was_collected(home: Authority, report: Report) -> None:
    ask(home, report, {rows(report)[0]: "finance"})
    sent(home, report, "finance")
    drafts.discard(home.actor("legal_officer"), report.pk)
    assert not CollectedEntry.objects.of(home.organisation).exists()
    assert not Collection.objects.of(home.organisation).exists()


def test_nobody_rewrites_who_wrote_what(home: Authority, report: Report) -> None:
    ask(home, report, {rows(report)[0]: "finance"})
    entry = CollectedEntry.objects.of(home.organisation).get()
    entry.reason = "อื่น"

    def sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE memos_collectedentry SET reason = 'x'")

    attempts: list[Any] = [
        entry.save,
        lambda: CollectedEntry.objects.of(home.organisation).update(reason="อื่น"),
        sql,
    ]
    for attempt in attempts:
        with (
            pytest.raises((ImmutableRow, DatabaseError), match="kept as it was written"),
            transaction.atomic(),
        ):
            attempt()
    assert CollectedEntry.objects.of(home.organisation).get().reason == ""


def test_a_reminder_names_unit_rows_day_and_place_and_reaches_each_once_a_day(
    home: Authority, report: Report
) -> None:
    first, second = rows(report)[:2]
    ask(home, report, {first: "finance", second: "finance"}, in_days(7))
    unit = home.units["finance"].pk
    found = collecting.of_unit(report, unit)
    text = collecting.reminder(found, 2, "https://ita.example.go.th/o/x/collect/1/2/")
    assert "กองคลัง" in text and "๒ รายการ" in text and "ภายในวันที่" in text and text.endswith("(ต้องเข้าสู่ระบบ)")
    assert all(str(fact) not in text for row in collecting_rows.of(report) for _name, fact in row.facts)
    who = home.membership("legal_officer")
    before = Notification.objects.of(home.organisation).count()
    assert [collecting_asking.remind(who, report.pk, unit) for _press in range(3)] == [1, 1, 1]
    assert Notification.objects.of(home.organisation).count() == before + 1


def test_progress_and_what_is_due(
    home: Authority, report: Report, django_assert_max_num_queries: Any
) -> None:
    first, second = rows(report)[:2]
    ask(home, report, {first: "finance", second: "works"}, in_days(2))
    sent(home, report, "works")
    with django_assert_max_num_queries(6):
        found = {one.unit.name: one for one in collecting.progress(home.organisation, 2565)}
    assert (found["กองคลัง"].waiting, found["กองช่าง"].sent) == (1, 1)
    assert collecting.progress(home.organisation, 2564) == []
    with django_assert_max_num_queries(6):
        (owed,) = collecting.due(home.organisation)
    assert (owed.rows, owed.due_on, owed.people) == (1, in_days(2), (home.people[OFFICERS["finance"]],))


def test_progress_counts_what_can_still_be_sent(home: Authority, report: Report) -> None:
    """Not what was asked for reports that are with the reviewers, signed, or given up."""
    ask(home, report, {rows(report)[0]: "finance"}, in_days(2))

    def counted() -> list[int]:
        return [one.total for one in collecting.progress(home.organisation, 2565)]

    assert counted() == [1]
    reports.submit(home, report)
    assert counted() == []
    reports.send_back(home, report, "section_head")
    assert counted() == [1]
    actions.withdraw(home.actor("legal_officer"), report.pk, reason="ทำซ้ำ")
    assert counted() == []
    assert collecting.of_report(report)[0].waiting == 1, "the report's own page still tells it"


RESPONSIBLE = {
    "กองคลัง": "finance",
    "กองช่าง กองคลัง สำนักปลัด": "works",
    "งานกฎหมายและคดี สำนักปลัด": "legal",
    "สำนักปลัด อบต.": "clerk_office",
    "นิติกร": "legal",
    "กอง คลัง": "finance",
    "ทุกส่วนงาน": "",
    "": "",
}


def test_whose_row_it_probably_is(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    found = Activity.objects.of(home.organisation).filter(pk=int(row.partition("-")[2]))
    for responsible, unit in RESPONSIBLE.items():
        found.update(cells={"responsible": responsible})
        proposed = collecting_rows.proposals(home.organisation, collecting_rows.of(report)[:1])
        assert proposed == ({row: home.units[unit]} if unit else {}), responsible
