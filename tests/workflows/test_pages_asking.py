"""Pages that ask once more: recall, withdraw, discard, hand over, copy."""

from __future__ import annotations

import pytest

from ita_core.thai import printed
from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows.visiting import Go, state_of, text
from workflows.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_recalled(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    assert go("legal_officer", "recall", report).status_code == 200
    assert go("legal_officer", "recall", report, data={"reason": "แก้ปี"}).status_code == 302
    assert state_of(report) == State.WRITING


def test_withdrawing_wants_a_reason_and_keeps_what_was_typed(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    assert go("legal_officer", "withdraw", report).status_code == 200
    answer = go("legal_officer", "withdraw", report, data={"reason": " "})
    assert (answer.status_code, state_of(report)) == (400, State.DRAFTED)
    assert "โปรดระบุเหตุผลที่ถอนเรื่อง" in text(answer)
    go("legal_officer", "withdraw", report, data={"reason": "จัดทำ\r\nใหม่"})
    assert state_of(report) == State.WITHDRAWN


def test_a_refusal_keeps_the_reason_typed(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    answer = go("legal_officer", "withdraw", report, data={"reason": "เหตุผลที่พิมพ์ไว้"})
    assert answer.status_code == 409
    assert "เหตุผลที่พิมพ์ไว้" in text(answer)


def test_a_draft_never_submitted_is_discarded(go: Go, home: Authority) -> None:
    report = reports.begin(home)
    assert go("legal_officer", "discard", report).status_code == 200
    assert go("legal_officer", "discard", report, data={}).status_code == 302
    assert not Report.objects.of(home.organisation).filter(pk=report.pk).exists()
    submitted = reports.in_state(home, reports.RETURNED)
    assert go("legal_officer", "discard", submitted, data={}).status_code == 409


def test_handed_over_to_somebody_who_drafts(go: Go, home: Authority) -> None:
    report = reports.begin(home)
    receiver = home.people["second_legal_officer"]
    page = text(go("legal_officer", "hand_over", report))
    assert receiver.full_name in page
    assert home.people["mayor"].full_name not in page
    assert "selected" not in page.split('name="to_user"')[1].split("</option>", 2)[1]
    nobody = go("legal_officer", "hand_over", report, data={"to_user": ""})
    assert (nobody.status_code, "โปรดเลือกผู้รับมอบ" in text(nobody)) == (400, True)
    wrong = go("legal_officer", "hand_over", report, data={"to_user": home.people["mayor"].pk})
    assert wrong.status_code == 400
    go("org_admin", "hand_over", report, data={"to_user": receiver.pk})
    report.refresh_from_db()
    assert report.drafter == receiver


def test_copied_as_new(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    year = go("second_legal_officer", "copy", report).context["form"].initial["fiscal_year"]
    assert year == report.fiscal_year + 1
    data = {"fiscal_year": year, "period": report.period, "results": "empty"}
    assert go("second_legal_officer", "copy", report, data=data).status_code == 302
    copy = Report.objects.of(home.organisation).get(copied_from=report)
    assert (copy.drafter, copy.fiscal_year) == (home.people["second_legal_officer"], year)
    again = go("second_legal_officer", "copy", report, data=data)
    assert again.status_code == 409
    assert str(year) in again.context["form"].data["fiscal_year"]


def test_who_drafts_nothing_copies_nothing(go: Go, home: Authority) -> None:
    assert go("mayor", "copy", reports.in_state(home, State.MAYOR_SIGNED)).status_code == 403


@pytest.mark.parametrize(
    ("name", "state"), [("recall", State.DRAFTED), ("copy", State.DRAFTED), ("discard", State.WRITING)]
)
def test_the_way_back_is_the_same_and_the_title_stands_once(
    go: Go, home: Authority, name: str, state: State
) -> None:
    report = reports.in_state(home, state)
    page = go("legal_officer", name, report).content.decode()
    crumbs = page.split('<nav class="crumbs"')[1].split("</nav>")[0]
    org = f"/o/{home.organisation.slug}/"
    assert crumbs.index(f'href="{org}"') < crumbs.index(f'href="{org}reports/{report.pk}/"')
    assert page.count(f">{printed(str(report))}<") == 1
