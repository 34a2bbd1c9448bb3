"""Who may be let in, by whom, and what a co-drafter may and may not do."""

from __future__ import annotations

import pytest
from django.urls import reverse

from memos.models import Report
from tests import reports
from tests.memos.editor_forms import as_person, cells, form_of, section_url
from tests.personas import Authority, Personas
from workflows import actions
from workflows.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


def people_url(report: Report) -> str:
    return reverse("memos:co_drafters", args=[report.organisation.slug, report.pk])


def let_in(home: Authority, report: Report, key: str, by: str = "legal_officer") -> int:
    typed = {"do": "add", "user": home.people[key].pk}
    return as_person(home, by).post(people_url(report), typed).status_code


def test_a_co_drafter_writes_but_does_not_submit(home: Authority, report: Report) -> None:
    other = as_person(home, "second_legal_officer")
    assert other.get(section_url(report)).status_code == 403
    assert let_in(home, report, "second_legal_officer") == 302
    assert let_in(home, report, "second_legal_officer") == 302, "twice is once"
    url = section_url(report)
    typed = form_of(other, url) | {"m0.a0.c.method": "ผู้ร่วมจัดทำ", "do": "save"}
    assert other.post(url, typed).status_code == 302
    assert cells(report)[0][1][0]["method"] == "ผู้ร่วมจัดทำ"
    report.refresh_from_db()
    with pytest.raises(Refused):
        actions.submit(home.actor("second_legal_officer"), report.pk, revision=report.revision)
    as_person(home).post(people_url(report), {"do": f"remove-{home.people['second_legal_officer'].pk}"})
    assert other.get(url).status_code == 403


@pytest.mark.parametrize("key", ["reader", "registrar", "org_admin", "mayor", "former", "legal_officer"])
def test_who_cannot_be_let_in(home: Authority, report: Report, key: str) -> None:
    assert let_in(home, report, key) == 400
    assert not report.co_drafters.exists()


@pytest.mark.parametrize("user", ["", "x", "9" * 30, "0", "-1"])
def test_nobody_of_that_number(home: Authority, report: Report, user: str) -> None:
    client = as_person(home)
    assert client.post(people_url(report), {"do": "add", "user": user}).status_code == 400
    assert client.post(people_url(report), {"do": f"remove-{user}"}).status_code == 302


def test_somebody_of_another_authority(personas: Personas, report: Report) -> None:
    stranger = personas.stranger.people["legal_officer"]
    typed = {"do": "add", "user": stranger.pk}
    assert as_person(personas.home).post(people_url(report), typed).status_code == 400


def test_only_the_drafter_lets_in(home: Authority, report: Report) -> None:
    let_in(home, report, "second_legal_officer")
    assert let_in(home, report, "clerk", by="second_legal_officer") == 403
    assert as_person(home, "second_legal_officer").get(people_url(report)).status_code == 200
    assert report.co_drafters.count() == 1


def test_nobody_is_let_into_a_submitted_report(home: Authority, report: Report) -> None:
    reports.submit(home, report)
    assert let_in(home, report, "second_legal_officer") == 409
