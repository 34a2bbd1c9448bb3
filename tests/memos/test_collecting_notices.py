"""A notice about collecting waits until what it asks for is done, by whomever, or is asked for no longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ita_core import telling
from ita_core.telling_models import Notification
from memos import collecting, collecting_taking, editing
from memos.models import CoDrafter, Report
from tests import reports
from tests.memos.collecting_hand import accept, ask, in_days, rows, sent
from tests.memos.desk import Window
from tests.personas import Authority
from workflows import drafts, reminding_units

pytestmark = [pytest.mark.django_db, pytest.mark.once]
UNIT, DRAFTER = "acting_head", "legal_officer"


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


def waiting(home: Authority, key: str) -> list[str]:
    """Titles of what the person has not read."""
    rows = Notification.objects.of(home.organisation).filter(
        user=home.people[key], kind=collecting.KIND, read_at__isnull=True
    )
    return list(rows.order_by("made_at").values_list("title", flat=True))


def came(home: Authority, report: Report) -> list[str]:
    """Two rows are asked of the finance division and come back: nobody has looked into his notices."""
    chosen = rows(report)[:2]
    ask(home, report, dict.fromkeys(chosen, "finance"), in_days(7))
    assert waiting(home, UNIT) == ["กรอกผลการดำเนินการของกองคลัง"]
    sent(home, report, "finance")
    assert waiting(home, DRAFTER) == ["กองคลังส่งผลการดำเนินการแล้ว"]
    return chosen


def test_the_units_notice_goes_for_all_of_it_when_one_has_sent(home: Authority, report: Report) -> None:
    came(home, report)
    assert waiting(home, UNIT) == []


def test_what_came_waits_until_the_last_row_is_taken(home: Authority, report: Report) -> None:
    first, second = came(home, report)
    accept(home, report, "finance", [first])
    assert len(waiting(home, DRAFTER)) == 1, "a row is still to be taken"
    accept(home, report, "finance", [second])
    assert waiting(home, DRAFTER) == []


def test_taken_by_a_co_drafter_it_waits_for_nobody(home: Authority, report: Report) -> None:
    along = home.people["second_legal_officer"]
    CoDrafter(organisation=home.organisation, report=report, user=along).save()
    chosen = came(home, report)
    assert waiting(home, "second_legal_officer") == waiting(home, DRAFTER)
    accept(home, report, "finance", chosen)
    assert waiting(home, "second_legal_officer") == waiting(home, DRAFTER) == []


def test_handed_back_it_is_the_units_again(home: Authority, report: Report) -> None:
    chosen = came(home, report)
    who = home.membership(DRAFTER)
    collecting_taking.hand_back(who, report.pk, home.units["finance"].pk, chosen, "ขอวันที่ด้วย")
    assert waiting(home, DRAFTER) == []
    assert waiting(home, UNIT) == ["ผลการดำเนินการของกองคลังถูกส่งคืนให้แก้ไข"]
    sent(home, report, "finance")
    assert waiting(home, UNIT) == [] and len(waiting(home, DRAFTER)) == 1


def _given_to_another(home: Authority, report: Report, chosen: list[str]) -> None:
    ask(home, report, dict.fromkeys(chosen, "works"))


def _deleted(home: Authority, report: Report, chosen: list[str]) -> None:
    section = report.sections.get(measures__activities=int(chosen[0].partition("-")[2]))
    window = Window(home, report, page=f"section-{section.pk}")
    for row in chosen:
        assert window.say(ops=[{"op": "delete", "row": row}])["refused"] == ""


def _deleted_with_its_section(home: Authority, report: Report, chosen: list[str]) -> None:
    section = report.sections.get(measures__activities=int(chosen[0].partition("-")[2]))
    revision = Report.objects.of(home.organisation).get(pk=report.pk).revision
    editing.delete_section(home.membership(DRAFTER), report.pk, revision, section.pk)


def _submitted_and_endorsed(home: Authority, report: Report, _chosen: list[str]) -> None:
    reports.submit(home, report)
    reports.forward(home, report, "section_head")


def _thrown_away(home: Authority, report: Report, _chosen: list[str]) -> None:
    drafts.discard(home.actor(DRAFTER), report.pk)


@pytest.mark.parametrize(
    "deed", [_given_to_another, _deleted, _deleted_with_its_section, _submitted_and_endorsed, _thrown_away]
)
def test_what_is_asked_for_no_longer(
    home: Authority, report: Report, deed: Callable[[Authority, Report, list[str]], None]
) -> None:
    """Both the notice of rows that came, and the one of rows that were never filled."""
    first, second = rows(report)[:2]
    ask(home, report, {first: "finance"})
    sent(home, report, "finance")
    ask(home, report, {second: "finance"})
    assert len(waiting(home, DRAFTER)) == len(waiting(home, UNIT)) == 1
    deed(home, report, [first, second])
    assert waiting(home, DRAFTER) == waiting(home, UNIT) == []
    assert telling.unread(home.organisation, home.people[DRAFTER]) == 0, (
        "the bell counts no more than is listed"
    )


def test_after_a_return_rows_wait_as_before(home: Authority, report: Report) -> None:
    came(home, report)
    reports.submit(home, report)
    reports.send_back(home, report, "section_head")
    assert waiting(home, DRAFTER) == ["กองคลังส่งผลการดำเนินการแล้ว"]


def test_reminders_wait_no_longer_than_the_rows(home: Authority, report: Report) -> None:
    ask(home, report, {rows(report)[0]: "finance"}, in_days(5))
    for day in (5, 30):
        reminding_units.remind(in_days(day))
    assert len(waiting(home, UNIT)) == 3, "asked, due, late"
    assert any("ยังไม่ส่งผล" in title for title in waiting(home, "org_admin"))
    sent(home, report, "finance")
    assert waiting(home, UNIT) == waiting(home, "org_admin") == []
    assert waiting(home, DRAFTER) == ["กองคลังส่งผลการดำเนินการแล้ว"]
