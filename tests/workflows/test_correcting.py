"""A signed report is corrected by another one: the old one stands until the signature, and gives way with it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from memos.models import Report
from tests import reports
from tests.faults import alterations
from tests.faults.test_verify import sql
from tests.personas import Authority
from tests.workflows import numbered
from tests.workflows.visiting import Go, text
from workflows import actions, correcting, drafts, proofs, proving, verification
from workflows.models import Act, State
from workflows.refusals import Conflict, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(home: Authority) -> Report:
    return reports.in_state(home, State.MAYOR_SIGNED)


def again(home: Authority, report: Report) -> Report:
    return Report.objects.of(home.organisation).select_related("approval", "item").get(pk=report.pk)


def correct(home: Authority, report: Report, by: str = "legal_officer") -> Report:
    return actions.correct(home.actor(by), report.pk, reason="ผลของข้อ 3 คลาดเคลื่อน")


def sign(home: Authority, report: Report) -> Act:
    """All the way up, to the mayor's signature."""
    reports.submit(home, report)
    for key in ("section_head", "clerk", "mayor"):
        act = reports.forward(home, report, key)
    return act


def code_of(report: Report) -> str:
    act = report.approval.acts.filter(document_set__isnull=False).order_by("sequence").last()
    assert act is not None
    return proofs.code_of(act)


def faults(home: Authority) -> list[str]:
    return [fault.place for fault in verification.faults([home.organisation])]


def test_the_old_one_stands_until_the_signature_and_gives_way_with_it(
    home: Authority, signed: Report
) -> None:
    numbered.number(home, signed, "12")
    draft = correct(home, signed)
    assert (draft.corrects_id, draft.is_current) == (signed.pk, False)
    assert "ที่ สม 71001/12 ลงนามวันที่" in draft.memo.references[-1]
    reports.submit(home, draft)
    reports.forward(home, draft, "section_head")
    reports.forward(home, draft, "clerk")
    assert again(home, signed).is_current
    assert proving.of_code(code_of(signed)).verdict == proving.GENUINE
    reports.forward(home, draft, "mayor")
    old, new = again(home, signed), again(home, draft)
    assert (old.is_current, new.is_current) == (False, True)
    found = proving.of_code(code_of(old))
    assert (found.verdict, found.is_corrected, found.newer_code) == (proving.SUPERSEDED, True, code_of(new))
    assert proving.of_code(code_of(new)).verdict == proving.GENUINE
    assert faults(home) == []


def test_a_line_of_corrections_leads_to_the_newest(home: Authority, signed: Report) -> None:
    second = correct(home, signed)
    sign(home, second)
    third = correct(home, second)
    assert correcting.line_of(again(home, signed).approval).under_way == third
    sign(home, third)
    line = correcting.line_of(again(home, signed).approval)
    assert (line.newest, line.under_way) == (third, None)
    assert proving.of_code(code_of(signed)).newer_code == code_of(again(home, third))
    assert faults(home) == []


def test_one_correction_at_a_time(home: Authority, signed: Report) -> None:
    draft = correct(home, signed)
    with pytest.raises(Conflict, match="กำลังจัดทำฉบับแก้ไข"):
        correct(home, signed, by="second_legal_officer")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.of(home.organisation).create(
            organisation=home.organisation, drafter=draft.drafter, assessed_year=2564, fiscal_year=2565,
            item=draft.item, period=draft.period, title="x", is_current=False, corrects=signed,
        )  # fmt: skip
    drafts.discard(home.actor("legal_officer"), draft.pk)
    other = correct(home, signed, by="second_legal_officer")
    reports.submit(home, other, by="second_legal_officer")
    actions.withdraw(home.actor("second_legal_officer"), other.pk, reason="ไม่จำเป็นแล้ว")
    third = correct(home, signed)
    reports.submit(home, third)
    reports.forward(home, third, "section_head")
    reports.forward(home, third, "clerk")
    reports.refuse(home, third)
    assert again(home, signed).is_current
    sign(home, correct(home, signed))
    assert not again(home, signed).is_current
    with pytest.raises(Conflict, match="มีฉบับแก้ไขแทนแล้ว"):
        correct(home, signed)
    assert faults(home) == []


def test_nobody_begins_another_report_of_the_year_meanwhile(home: Authority, signed: Report) -> None:
    sign(home, correct(home, signed))
    with pytest.raises(Refused):
        reports.begin(home, fiscal_year=signed.fiscal_year)


@pytest.mark.parametrize("field", ["fiscal_year", "period"])
def test_a_correction_stays_in_its_year_and_round(
    field: str, home: Authority, signed: Report, go: Go
) -> None:
    draft = correct(home, signed)
    typed = {"fiscal_year": 2555, "period": "six_months"}[field]
    Report.objects.of(home.organisation).filter(pk=draft.pk).update(**{field: typed})
    with pytest.raises(Conflict, match="ไม่ใช่ฉบับที่ใช้อยู่"):
        sign(home, draft)


def test_pages_lead_both_ways(home: Authority, signed: Report, go: Go) -> None:
    page = go("legal_officer", "correct", signed)
    assert page.status_code == 200
    assert go("legal_officer", "correct", signed, {"reason": " "}).status_code == 400
    answer = go("legal_officer", "correct", signed, {"reason": "ผลคลาดเคลื่อน"})
    assert answer.status_code == 302
    draft = Report.objects.of(home.organisation).get(corrects=signed)
    assert "กำลังจัดทำฉบับแก้ไข" in text(go("reader", "report", signed))
    sign(home, draft)
    old, new = text(go("reader", "report", signed)), text(go("reader", "report", draft))
    assert f"/reports/{draft.pk}/" in old
    assert f"/reports/{signed.pk}/" in new
    assert "มีฉบับแก้ไขแทนแล้ว" in text(go("reader", "archive"))
    verdict = text(Client().get(f"/v/{code_of(signed)}"))
    assert code_of(again(home, draft)) in verdict


def test_verify_finds_what_was_changed_behind_the_back(home: Authority, signed: Report) -> None:
    draft = correct(home, signed)
    sign(home, draft)
    alterations.drop_guards()
    table = Report._meta.db_table
    for pk, column, value in (
        (signed.pk, "is_current", True),
        (draft.pk, "is_current", False),
        (draft.pk, "corrects_id", None),
        (draft.pk, "is_given_up", True),
    ):
        was = Report.objects.of(home.organisation).values_list(column, flat=True).get(pk=pk)
        Report.objects.of(home.organisation).filter(pk=signed.pk if value is True else -1).update(
            fiscal_year=2500
        )  # Else the database itself refuses a second report of the year.
        sql(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', value, pk)
        assert any(f"/report/{pk}" in place or place.endswith("/report") for place in faults(home)), column
        sql(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', was, pk)
    assert faults(home) == []
