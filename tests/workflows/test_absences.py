"""Being away and coming back: who decides then, at which midnight, and by which row."""

from __future__ import annotations

import datetime

import pytest

from ita_core import thai
from ita_core.models import Absence, Appointment, StandingOrder
from ita_core.telling_models import Notification
from memos.models import Report
from tests import clocks, reports
from tests.personas import Authority
from workflows import absences, appointing, covering, permissions, substitutes
from workflows.appointing import Grant, Ranked
from workflows.models import Act, Approval
from workflows.refusals import BadInput, Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ORDER = Grant("คำสั่งที่ 45/2568 ลงวันที่ 1 ตุลาคม 2568")
AWAY = "ไม่อยู่ (ลา)"


def standing_order(
    home: Authority, *keys: str, starts: datetime.date | None = None, ends: datetime.date | None = None
) -> StandingOrder:
    """Who acts for the clerk, in this order."""
    ranks = [Ranked(home.people[key], home.posts[key].title, "acting_for") for key in keys]
    return appointing.order(
        home.actor("org_admin"), home.posts["clerk"], grant=ORDER, ranks=ranks,
        starts=starts or thai.today() - 100 * DAY, ends=ends,
    )  # fmt: skip


def away(home: Authority, key: str, first: int = 0, last: int | None = 2, by: str = "org_admin") -> Absence:
    """Away from so many days after today."""
    today = thai.today()
    ends = None if last is None else today + last * DAY
    return absences.record(
        home.actor(by), home.people[key], kind="leave", starts=today + first * DAY, ends=ends
    )


def waiting_for_clerk(home: Authority) -> Report:
    report = reports.begin(home)
    reports.submit(home, report)
    reports.forward(home, report, "section_head")
    return report


def why_not(home: Authority, report: Report, key: str) -> str:
    approval = Approval.objects.of(home.organisation).select_related("report").get(report=report)
    return permissions.may_decide(home.actor(key), approval)


def row_of(home: Authority, act: Act) -> Appointment:
    """The appointment by which it was done, as it is now."""
    assert act.appointment_id is not None
    return Appointment.objects.of(home.organisation).get(pk=act.appointment_id)


def stand_ins(home: Authority) -> list[tuple[str, datetime.date, datetime.date | None]]:
    """Rows that follow from absences: login, first and last day."""
    rows = Appointment.objects.of(home.organisation).filter(absence__isnull=False)
    return [
        (row.user.username, row.starts, row.ends)
        for row in rows.select_related("user").order_by("starts", "pk")
    ]


def test_midnight_alone_begins_and_ends_it(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who decides at each side of four midnights in Thailand; nothing runs in between."""
    standing_order(home, "deputy_clerk")
    report, today = waiting_for_clerk(home), thai.today()
    away(home, "clerk", first=1, last=2)
    for day, time, decides, does_not in [
        (0, "23:59:59", "clerk", "deputy_clerk"),
        (1, "00:00:00", "deputy_clerk", "clerk"),
        (2, "23:59:59", "deputy_clerk", "clerk"),
        (3, "00:00:00", "clerk", "deputy_clerk"),
    ]:
        with monkeypatch.context() as patch:
            clocks.put(patch, today + day * DAY, time)
            assert (why_not(home, report, decides), bool(why_not(home, report, does_not))) == ("", True)


def test_the_absent_is_told_why_and_ends_it_himself(home: Authority) -> None:
    standing_order(home, "deputy_clerk")
    report = waiting_for_clerk(home)
    recorded = away(home, "clerk")
    assert AWAY in why_not(home, report, "clerk")
    with pytest.raises(NotAllowed, match="ไม่อยู่"):
        reports.forward(home, report, "clerk")
    assert why_not(home, report, "deputy_clerk") == ""
    absences.come_back(home.actor("clerk"), recorded.pk)
    assert why_not(home, report, "deputy_clerk")
    reports.forward(home, report, "clerk")


def test_who_stood_in_signs_as_that_and_is_stood_down_the_same_day(home: Authority) -> None:
    standing_order(home, "deputy_clerk")
    first, second = waiting_for_clerk(home), waiting_for_clerk(home)
    recorded = away(home, "clerk")
    act = reports.forward(home, first, "deputy_clerk")
    assert act.printed_title == [
        f"{home.posts['deputy_clerk'].title} รักษาราชการแทน",
        home.posts["clerk"].title,
    ]
    assert act.legal_basis == ORDER.legal_basis
    absences.come_back(home.actor("org_admin"), recorded.pk)
    row = row_of(home, act)
    assert (row.ends, row.stood_down_at is not None) == (thai.today(), True)
    assert why_not(home, second, "deputy_clerk")
    assert why_not(home, second, "clerk") == ""


def test_the_next_of_the_order_acts_while_the_first_is_away_too(home: Authority) -> None:
    standing_order(home, "deputy_clerk", "section_head")
    away(home, "clerk", last=9)
    away(home, "deputy_clerk", first=2, last=4)
    today = thai.today()
    assert stand_ins(home) == [
        ("deputy_clerk", today, today + DAY),
        ("section_head", today + 2 * DAY, today + 4 * DAY),
        ("deputy_clerk", today + 5 * DAY, today + 9 * DAY),
    ]


def test_days_that_are_over_are_not_written_again(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often people's days change while somebody is away: one row for each stretch, the past as it was."""
    standing_order(home, "deputy_clerk", "section_head")
    today = thai.today()
    away(home, "clerk", last=10)
    away(home, "deputy_clerk", first=2, last=4)
    planned = stand_ins(home)
    for day in (3, 5, 6):
        clocks.put(monkeypatch, today + day * DAY, "12:00:00")
        substitutes.settle(home.organisation)
        assert stand_ins(home) == planned


def test_who_falls_ill_while_he_stands_in_is_stood_down_once(home: Authority) -> None:
    standing_order(home, "deputy_clerk", "section_head")
    away(home, "clerk", first=-2, last=5)
    away(home, "deputy_clerk", last=1)
    settled = stand_ins(home)
    substitutes.settle(home.organisation)
    assert stand_ins(home) == settled
    assert len(settled) == 3


def test_a_row_that_was_used_is_not_rewritten_when_the_first_falls_ill(home: Authority) -> None:
    standing_order(home, "deputy_clerk", "section_head")
    report = waiting_for_clerk(home)
    away(home, "clerk", last=None)
    act = reports.forward(home, report, "deputy_clerk")
    before = row_of(home, act)
    away(home, "deputy_clerk", last=None)
    after = row_of(home, act)
    names = [column.attname for column in Appointment._meta.concrete_fields]
    changed = {name for name in names if getattr(before, name) != getattr(after, name)}
    assert changed == {"ends", "stood_down_at"}
    assert after.ends == thai.today()
    assert [row[0] for row in stand_ins(home)] == ["deputy_clerk", "section_head"]


@pytest.mark.parametrize(
    "turn", [datetime.date(2026, 10, 1), datetime.date(2027, 1, 1), datetime.date(2028, 2, 29)]
)
def test_an_order_that_expires_hands_over_at_midnight(
    home: Authority, monkeypatch: pytest.MonkeyPatch, turn: datetime.date
) -> None:
    """The fiscal year's, the calendar's and the leap day: the old order's last day is the new one's eve."""
    with monkeypatch.context() as patch:
        clocks.put(patch, turn - 5 * DAY)
        standing_order(home, "deputy_clerk", starts=turn - 30 * DAY, ends=turn - DAY)
        standing_order(home, "section_head", starts=turn)
        away(home, "clerk", last=20)
        assert stand_ins(home) == [
            ("deputy_clerk", turn - 5 * DAY, turn - DAY),
            ("section_head", turn, turn + 15 * DAY),
        ]
        for time, day, who in [("23:59:59", turn - DAY, "deputy_clerk"), ("00:00:00", turn, "section_head")]:
            clocks.put(patch, day, time)
            posts = {row.post_id for row in home.actor(who).appointments}
            assert home.posts["clerk"].pk in posts


def test_a_step_that_waits_for_nobody_names_the_administrator_and_tells_him(home: Authority) -> None:
    report = waiting_for_clerk(home)
    recorded = away(home, "clerk")
    admin = home.people["org_admin"]
    assert admin.full_name in why_not(home, report, "mayor")
    told = Notification.objects.of(home.organisation).filter(user=admin)
    assert [one.path for one in told] == [f"/o/{home.organisation.slug}/reports/{report.pk}/"]
    (fault,) = [one for one in covering.doubtful(home.organisation) if one.post == home.posts["clerk"]]
    assert (fault.kind, fault.first, fault.last) == ("nobody", thai.today(), recorded.ends)
    standing_order(home, "deputy_clerk")
    assert why_not(home, report, "deputy_clerk") == ""
    assert told.count() == 1
    assert not [one for one in covering.doubtful(home.organisation) if one.post == home.posts["clerk"]]


def test_a_drafter_who_stands_in_before_the_last_step_is_nobody(home: Authority) -> None:
    """His own report would wait for ever, and nobody would know."""
    standing_order(home, "legal_officer")
    report = waiting_for_clerk(home)
    away(home, "clerk")
    assert [row[0] for row in stand_ins(home)] == ["legal_officer"]
    told = Notification.objects.of(home.organisation).filter(key__startswith="vacant:")
    assert {(one.user, one.report) for one in told.select_related("user")} == {
        (home.people["org_admin"], report.pk)
    }


def test_who_is_away_lays_no_paper_before_others(home: Authority) -> None:
    approval = (
        Approval.objects.of(home.organisation).select_related("report").get(report=waiting_for_clerk(home))
    )
    assert permissions.may_prepare(home.actor("registrar"), approval) == ""
    away(home, "registrar")
    assert AWAY in permissions.may_prepare(home.actor("registrar"), approval)


def test_an_absence_that_never_began_leaves_nothing(home: Authority) -> None:
    standing_order(home, "deputy_clerk")
    recorded = away(home, "clerk", first=5, last=9)
    assert len(stand_ins(home)) == 1
    absences.come_back(home.actor("clerk"), recorded.pk)
    assert stand_ins(home) == []
    away(home, "clerk", first=5, last=9)  # The days are free again.


def test_back_on_a_day_to_come(home: Authority) -> None:
    standing_order(home, "deputy_clerk")
    recorded = away(home, "clerk", last=None)
    absences.come_back(home.actor("clerk"), recorded.pk, on=thai.today() + 3 * DAY)
    assert stand_ins(home) == [("deputy_clerk", thai.today(), thai.today() + 2 * DAY)]


def test_what_cannot_be_recorded(home: Authority) -> None:
    reports.submit(home, reports.begin(home))
    away(home, "clerk", first=1, last=3)
    with pytest.raises(Conflict, match="ในช่วงนี้แล้ว"):
        away(home, "clerk", first=3, last=4)
    with pytest.raises(BadInput, match="ก่อนวันเริ่มต้น"):
        away(home, "mayor", first=3, last=2)
    with pytest.raises(BadInput, match="ไม่เกินหนึ่งปี"):
        away(home, "mayor", first=-400, last=-399)
    with pytest.raises(BadInput, match="ไม่มีตำแหน่ง"):
        away(home, "former")
    away(home, "mayor", first=-2, last=-1)


def test_nobody_was_away_on_a_day_on_which_he_acted(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.submit(home, reports.begin(home))
    clocks.put(monkeypatch, thai.today() + 3 * DAY)
    with pytest.raises(Conflict, match="ได้ดำเนินการ"):
        away(home, "legal_officer", first=-3, last=-1)
    away(home, "legal_officer", first=-2, last=-1)


def test_who_records_whose_days(home: Authority, stranger: Authority) -> None:
    """Each person × his own and another's: the administrator's are everybody's."""
    wrong = []
    for key in home.people:
        actor = home.actor(key)
        for of in {key, "clerk", "reader"}:
            serves = bool(home.actor(of).appointments)
            allowed = serves and bool(actor.appointments) and (of == key or key == "org_admin")
            try:
                made = absences.record(
                    actor, home.people[of], kind="duty", starts=thai.today(), ends=thai.today()
                )
                absences.come_back(actor, made.pk)
                done = True
            except Refused:
                done = False
            if done != allowed:
                wrong.append(f"{key} for {of}: {done}")
    assert not wrong
    theirs = away(home, "clerk")
    with pytest.raises(NotAllowed, match="ไม่พบ"):
        absences.come_back(stranger.actor("org_admin"), theirs.pk)
