"""The page on which an authority's administrator switches advice off."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from memos import checks
from memos.models import Report, SilencedCheck
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority

pytestmark = pytest.mark.django_db
ADVICE = {rule.slug for rule in checks.RULES if not rule.always_on}


@pytest.fixture
def report(home: Authority) -> Report:
    begun = reports.begin(home, fiscal_year=2565)
    return (
        Report.objects.of(home.organisation).select_related("memo", "organisation", "item").get(pk=begun.pk)
    )


def address(home: Authority) -> str:
    return reverse("memos:checks_settings", args=[home.organisation.slug])


def client_of(home: Authority, key: str = "org_admin") -> Client:
    client = Client()
    log_in(client, home.people[key])
    return client


def test_every_rule_has_a_name_of_its_own_a_title_and_a_reason() -> None:
    slugs = [rule.slug for rule in checks.RULES]
    assert len(slugs) == len(set(slugs)) and all(len(slug) <= 60 for slug in slugs)
    assert all(str(rule.title) and str(rule.explanation) for rule in checks.RULES)
    assert {rule.severity for rule in checks.RULES} == set(checks.SEVERITIES)


def test_the_page_shows_every_rule_and_what_blocks_cannot_be_switched(home: Authority) -> None:
    page = client_of(home).get(address(home)).content.decode()
    for rule in checks.RULES:
        (box,) = (part for part in page.split("<input")[1:] if f'value="{rule.slug}"' in part)
        box = box.partition(">")[0]
        assert " checked" in box
        assert (" disabled" in box) is rule.always_on


def test_a_silenced_rule_says_nothing_until_it_is_wanted_again(home: Authority, report: Report) -> None:
    before = {finding.rule for finding in checks.findings(report)}
    assert "no-evidence" in before
    client = client_of(home)
    client.post(address(home), {"on": sorted(ADVICE - {"no-evidence"})})
    assert {finding.rule for finding in checks.findings(report)} == before - {"no-evidence"}
    assert " checked" not in _box(client.get(address(home)).content.decode(), "no-evidence")
    client.post(address(home), {"on": sorted(ADVICE)})
    assert {finding.rule for finding in checks.findings(report)} == before
    assert not SilencedCheck.objects.of(home.organisation).exists()


def _box(page: str, slug: str) -> str:
    (box,) = (part for part in page.split("<input")[1:] if f'value="{slug}"' in part)
    return box.partition(">")[0]


def test_what_blocks_is_asked_whatever_is_posted_or_stored(home: Authority, report: Report) -> None:
    client_of(home).post(address(home), {"on": ["made-up", "x" * 500]})
    stored = set(SilencedCheck.objects.of(home.organisation).values_list("rule", flat=True))
    assert stored == ADVICE
    SilencedCheck.objects.of(home.organisation).bulk_create(
        [SilencedCheck(organisation=home.organisation, rule="no-subject")]
    )
    report.memo.subject = " "
    assert [finding.rule for finding in checks.findings(report)] == ["no-subject"]
    assert [finding.rule for finding in checks.blocking(report)] == ["no-subject"]


def test_another_authority_hears_what_this_one_silenced(home: Authority, stranger: Authority) -> None:
    client_of(home).post(address(home), {"on": []})
    begun = reports.begin(stranger, fiscal_year=2565)
    assert checks.findings(begun)
    assert not SilencedCheck.objects.of(stranger.organisation).exists()


def test_only_the_administrator_decides(home: Authority) -> None:
    for key in ("legal_officer", "mayor", "reader"):
        assert client_of(home, key).get(address(home)).status_code == 403
        assert client_of(home, key).post(address(home), {"on": []}).status_code == 403
    assert not SilencedCheck.objects.of(home.organisation).exists()
