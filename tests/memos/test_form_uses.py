"""In how many reports a form is used: the same by either way, of this authority alone, and no further than is said."""

from __future__ import annotations

import pytest
from django.test import Client

from ita_core.templatetags.printing import counted
from memos import form_uses
from memos.models import FormVersion, Section
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority, Personas

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[form_uses.FEW, -1], ids=["by its sections", "by the reports"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_uses, "FEW", request.param)


@pytest.mark.usefixtures("_way")
def test_a_report_counts_once_and_only_where_it_is(personas: Personas) -> None:
    home, stranger = personas.home, personas.stranger
    report, _other = reports.begin(home), reports.begin(home)
    form = report.sections.earliest("pk").form
    Section(report=report, form=form, position=9, heading="ซ้ำ").save()
    theirs = reports.begin(stranger)
    assert theirs.sections.filter(form=form).exists()
    shipped = FormVersion.objects.filter(organisation=None)
    assert form_uses.of_forms(home.organisation, None)[form.slug] == 2
    assert form_uses.of_forms(stranger.organisation, None)[form.slug] == 1
    assert form_uses.of_versions(home.organisation, shipped)[form.pk] == 2
    unused = shipped.exclude(pk__in=report.sections.values("form")).earliest("pk")
    assert form_uses.of_forms(home.organisation, None)[unused.slug] == 0


@pytest.mark.usefixtures("_way")
def test_versions_count_alone_and_the_form_counts_the_report_once(home: Authority) -> None:
    first, second = (
        FormVersion(organisation=home.organisation, slug="own-1", number=number, title="แบบ", columns=[])
        for number in (1, 2)
    )
    for version in (first, second):
        version.save()
    report = reports.begin(home)
    for version in (first, second):
        Section(report=report, form=version, position=9).save()
    assert form_uses.of_forms(home.organisation, home.organisation) == {"own-1": 1}
    versions = home.organisation.form_versions.all()
    assert form_uses.of_versions(home.organisation, versions) == {first.pk: 1, second.pk: 1}


@pytest.mark.usefixtures("_way")
def test_it_is_not_counted_to_the_end(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_uses, "COUNT_LIMIT", 1)
    for _number in range(3):
        form = reports.begin(home).sections.earliest("pk").form
    assert form_uses.of_forms(home.organisation, None)[form.slug] == 2


def test_the_pages_say_that_there_are_more(
    home: Authority, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_uses, "COUNT_LIMIT", 1)
    monkeypatch.setattr("ita_core.counting.COUNT_LIMIT", 1)
    for _number in range(2):
        form = reports.begin(home).sections.earliest("pk").form
    log_in(client, home.people["org_admin"])
    base = f"/o/{home.organisation.slug}/settings/forms/"
    for address in (base, f"{base}{form.pk}/"):
        assert "ใช้ในรายงาน ๑+ ฉบับ" in client.get(address).content.decode()


def test_more_than_is_counted_is_said_with_a_plus() -> None:
    assert [counted(number) for number in (0, 200, 201)] == ["๐", "๒๐๐", "๒๐๐+"]
