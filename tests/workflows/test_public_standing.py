"""What the addresses of the public site say when a report was corrected, published anew, withdrawn or destroyed."""

from __future__ import annotations

import pytest
from django.test import Client

from ita_core import thai
from memos import archive
from memos.models import Report
from tests import reports
from tests.faults import alterations
from tests.memos.sealing import instant
from tests.personas import Authority
from tests.workflows import disposed, made_public
from tests.workflows.test_public_site import root_of, words
from workflows import actions, public_cache
from workflows.models import Publication

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def looked_at_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_cache, "LOOK", 0)


@pytest.fixture
def published(home: Authority) -> Publication:
    return made_public.published(home)


def test_what_was_corrected_says_so(published: Publication, home: Authority, client: Client) -> None:
    """From the correction's signature on, before anybody has published it; and then the newer version is named."""
    draft = actions.correct(
        home.actor("legal_officer"), published.act.approval.report_id, reason="ตัวเลขคลาดเคลื่อน"
    )
    root = root_of(published)
    assert "ฉบับแก้ไขที่ลงนามแล้ว" not in words(client.get(root))
    reports.submit(home, draft)
    for officer in ("section_head", "clerk", "mayor"):
        reports.forward(home, draft, officer)
    assert "ฉบับแก้ไขที่ลงนามแล้ว" in words(client.get(root))
    rows = Report.objects.of(home.organisation).select_related("approval")
    assert root_of(made_public.published(home, rows.get(pk=draft.pk), pdf=instant.page(9))) == root
    assert "มีฉบับใหม่กว่าแล้ว" in words(client.get(f"{root}1/"))
    assert "ฉบับที่ ๒" in words(client.get(root))


def test_a_newer_version_takes_its_place_and_both_stay(
    published: Publication, home: Authority, client: Client
) -> None:
    report = (
        Report.objects.of(home.organisation)
        .select_related("approval")
        .get(pk=published.act.approval.report_id)
    )
    second = made_public.published(home, report, pdf=instant.page(7))
    root = root_of(published)
    assert client.get(f"{root}report.pdf").content == archive.read(second.pdf)
    assert client.get(f"{root}1/report.pdf").content == archive.read(published.pdf)
    assert "มีฉบับใหม่กว่าแล้ว" in words(client.get(f"{root}1/"))
    assert "มีฉบับใหม่กว่าแล้ว" not in words(client.get(f"{root}2/"))


def test_what_was_withdrawn_says_when_and_why(
    published: Publication, home: Authority, client: Client
) -> None:
    report = (
        Report.objects.of(home.organisation)
        .select_related("approval")
        .get(pk=published.act.approval.report_id)
    )
    root = root_of(published)
    assert client.get(f"{root}1/report.pdf").status_code == 200
    made_public.withdrawn(home, report, "พบเลขประจำตัวประชาชน")
    for name in ("", "1/", "report.pdf", "1/report.pdf", "data.json", "data.csv"):
        answer = client.get(f"{root}{name}")
        assert answer.status_code == 410, name
        assert "พบเลขประจำตัวประชาชน" in words(answer)
    assert "ยังไม่มีรายงานที่เผยแพร่" in words(client.get(f"/p/{home.organisation.slug}/"))
    made_public.published(home, report, pdf=instant.page(8))
    assert client.get(root).status_code == 200
    assert client.get(f"{root}1/").status_code == 410


def test_what_was_destroyed_names_its_list(home: Authority, client: Client) -> None:
    report = disposed.past(home)
    root = root_of(made_public.published(home, report))
    assert client.get(root).status_code == 200
    approved = disposed.destroyed(home, report)
    for name in ("", "1/", "report.pdf", "1/data.json"):
        answer = client.get(f"{root}{name}")
        assert answer.status_code == 410, name
        assert thai.printed(str(approved.list)) in words(answer)
    assert client.get(f"{root}2/").status_code == 404


def test_a_damaged_file_is_not_shown(published: Publication, client: Client) -> None:
    root = root_of(published)
    alterations.path_of(published.data).write_bytes(b"{}")
    answer = client.get(root)
    assert answer.status_code == 503
    assert "no-store" in answer["Cache-Control"]
