"""How long a report is kept, and what keeps it longer; verify finds a date or a hold that no act tells of."""

from __future__ import annotations

import datetime

import pytest

from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows import disposed
from workflows import retention, verification
from workflows.models import Act, Retention, State
from workflows.refusals import BadInput, Conflict, NotAllowed

pytestmark = pytest.mark.django_db


def row_of(home: Authority, report: Report) -> Retention:
    return Retention.objects.of(home.organisation).select_related("kept_as").get(approval__report=report)


def places(home: Authority) -> list[str]:
    return [fault.place for fault in verification.faults([home.organisation])]


@pytest.mark.parametrize(
    ("signed_on", "years", "expected"),
    [
        (datetime.date(2026, 1, 1), 10, datetime.date(2036, 12, 31)),
        (datetime.date(2026, 12, 31), 10, datetime.date(2036, 12, 31)),
        (datetime.date(2027, 1, 1), 25, datetime.date(2052, 12, 31)),
        (datetime.date(2026, 6, 1), None, None),
    ],
)
def test_the_last_day(signed_on: datetime.date, years: int | None, expected: datetime.date | None) -> None:
    assert retention.last_day(signed_on, years) == expected


def test_a_signature_begins_the_usual_class(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    row = row_of(home, report)
    act = report.approval.acts.get(kind=Act.Kind.SIGN)
    assert (row.kept_as.key, row.until) == ("usual", datetime.date(act.acted_at.year + 10, 12, 31))
    assert not Retention.objects.of(home.organisation).exclude(approval__report=report).exists()
    assert places(home) == []


def test_another_class_and_a_hold_are_acts(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    keeper = home.actor("registrar")
    forever = next(one for one in retention.classes(home.organisation) if one.years is None)
    act = retention.retain(keeper, report.pk, kept_as=forever.pk, reason="เรื่องสำคัญ")
    assert act.reason == "เก็บตลอดไป\nเก็บตลอดไป\nเรื่องสำคัญ"
    assert row_of(home, report).until is None
    retention.hold(home.actor("org_admin"), report.pk, reason="คดีปกครอง")
    with pytest.raises(Conflict):
        retention.hold(keeper, report.pk, reason="อีกครั้ง")
    assert row_of(home, report).is_held
    retention.release(keeper, report.pk, reason="คดีถึงที่สุด")
    with pytest.raises(Conflict):
        retention.release(keeper, report.pk, reason="อีกครั้ง")
    kinds = list(report.approval.acts.order_by("sequence").values_list("kind", flat=True))[-3:]
    assert kinds == [Act.Kind.RETAIN, Act.Kind.HOLD, Act.Kind.RELEASE]
    assert places(home) == []
    with pytest.raises(BadInput):
        retention.hold(keeper, report.pk, reason=" ")
    with pytest.raises(BadInput):
        retention.retain(keeper, report.pk, kept_as=0, reason="ไม่มี")


def test_only_signed_reports_by_those_who_keep_them(home: Authority) -> None:
    draft, signed = reports.in_state(home, State.DRAFTED), reports.in_state(home, State.MAYOR_SIGNED)
    with pytest.raises(Conflict):
        retention.hold(home.actor("registrar"), draft.pk, reason="คดี")
    for key in ("mayor", "clerk", "legal_officer", "reader"):
        with pytest.raises(NotAllowed):
            retention.hold(home.actor(key), signed.pk, reason="คดี")


def test_verify_finds_a_date_or_a_hold_that_no_act_tells_of(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    row = row_of(home, report)
    place = f"{home.organisation.slug}/retention/{row.pk}"
    rows = Retention.objects.of(home.organisation).filter(pk=row.pk)
    disposed.past(home, report)
    assert place in places(home)
    rows.update(until=row.until, is_held=True)
    assert place in places(home)
    rows.update(is_held=False)
    retention.retain(home.actor("registrar"), report.pk, kept_as=row.kept_as_id, reason="ตรวจทาน")
    assert places(home) == []
    rows.update(until=None)
    assert place in places(home)
    rows.update(until=row.until)
    retention.hold(home.actor("registrar"), report.pk, reason="คดี")
    rows.update(is_held=False)
    assert place in places(home)
    rows.delete()
    assert f"{home.organisation.slug}/approval/{report.approval.pk}/retention" in places(home)
