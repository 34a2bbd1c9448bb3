"""Words that no copy was made of and that anybody may read: titles on the page of proof, reasons of a withdrawal."""

from __future__ import annotations

import io

import pytest
from django.test import Client

from memos import archive
from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows import made_public
from tests.workflows.test_gate import NATIONAL_ID
from tests.workflows.visiting import text
from workflows import proofs, public_cache, public_places
from workflows.models import Act, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.once]
THAI = "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑"


@pytest.fixture
def published(home: Authority, monkeypatch: pytest.MonkeyPatch) -> Publication:
    """With a national ID in its title."""
    monkeypatch.setattr(public_cache, "LOOK", 0)
    report = reports.begin(home)
    report.title += f"\nกรณี {NATIONAL_ID}"
    report.save(update_fields=["title"])
    reports.submit(home, report)
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, by)
    rows = Report.objects.of(home.organisation).select_related("approval")
    return made_public.published(home, rows.get(pk=report.pk))


def _dropped(client: Client, data: bytes) -> str:
    file = io.BytesIO(data)
    file.name = "x.pdf"
    return text(client.post("/v/", {"file": file}))


def _withdraw(home: Authority, publication: Publication, reason: str = "พบข้อมูลส่วนบุคคล") -> None:
    made_public.withdrawn(home, publication.act.approval.report, reason)


def test_the_page_of_proof_tells_nothing_that_copies_mask(published: Publication, client: Client) -> None:
    act = published.act.approval.acts.get(kind=Act.Kind.SIGN)
    for page in (
        text(client.get(f"/v/{proofs.code_of(act)}")),
        _dropped(client, archive.read(published.pdf)),
    ):
        assert "กรณี" in page
        assert THAI not in page
        assert NATIONAL_ID not in page


def test_a_reason_for_everybody_names_nobodys_number(
    home: Authority, published: Publication, client: Client
) -> None:
    _withdraw(home, published, f"พบเลข {NATIONAL_ID} โทร 081 234 5678 ในหน้า 3")
    answer = client.get(public_places.path_of(published))
    assert answer.status_code == 410
    assert "ในหน้า\u00a0๓" in text(answer) or "ในหน้า ๓" in text(answer)
    for number in (NATIONAL_ID, THAI, "๐๘๑", "081"):
        assert number not in text(answer)


@pytest.mark.parametrize("name", ["pdf", "data"])
def test_a_dropped_file_says_that_it_was_withdrawn_until_it_stands_again(
    home: Authority, published: Publication, client: Client, name: str
) -> None:
    data = archive.read(getattr(published, name))
    assert "เอกสารแท้" in _dropped(client, data)
    assert "ถอนการเผยแพร่สำเนานี้แล้ว" not in _dropped(client, data)
    _withdraw(home, published)
    assert "ถอนการเผยแพร่สำเนานี้แล้ว" in _dropped(client, data)
    made_public.published(home, published.act.approval.report, pdf=archive.read(published.pdf))
    assert ("ถอนการเผยแพร่สำเนานี้แล้ว" in _dropped(client, data)) is (name == "data")
