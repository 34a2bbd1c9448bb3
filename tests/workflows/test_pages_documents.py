"""Downloads: the bytes as stored, under names an officer can read, for his own authority only."""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from memos import archive
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority, Personas
from workflows.models import Act, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def address(act: Act, kind: str = "memo") -> str:
    kwargs = {"org": act.organisation.slug, "pk": act.approval.report_id, "act": act.pk}
    if kind == "zip":
        return reverse("workflows:set_zip", kwargs=kwargs)
    return reverse("workflows:document", kwargs={**kwargs, "kind": kind})


@pytest.fixture
def signed(home: Authority) -> Act:
    reports.in_state(home, State.MAYOR_SIGNED)
    return (
        Act.objects.of(home.organisation).select_related("approval", "organisation").get(kind=Act.Kind.SIGN)
    )


@pytest.fixture
def reader(client: Client, home: Authority) -> Client:
    log_in(client, home.people["reader"])
    return client


@pytest.mark.parametrize(("kind", "name"), [("memo", "บันทึกข้อความ"), ("measures", "ตารางมาตรการ")])
def test_a_document_is_the_stored_bytes(reader: Client, signed: Act, kind: str, name: str) -> None:
    assert signed.document_set is not None
    stored = signed.document_set.files()[kind]
    answer = reader.get(address(signed, kind))
    assert answer.content == archive.read(stored)
    assert answer["ETag"] == f'"{stored.sha256}"'
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    year = signed.approval.report.fiscal_year
    assert unquote(answer["Content-Disposition"]) == f"attachment; filename*=utf-8''{name}-{year}-4.docx"


def test_an_unchanged_document_is_not_sent_again(reader: Client, signed: Act) -> None:
    first = reader.get(address(signed))
    again = reader.get(address(signed), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_every_act_that_made_a_set_keeps_its_own(reader: Client, home: Authority, signed: Act) -> None:
    acts = list(
        Act.objects.of(home.organisation)
        .exclude(document_set=None)
        .select_related("approval", "organisation")
    )
    memos = {hashlib.sha256(reader.get(address(act)).content).hexdigest() for act in acts}
    assert len(memos) == len(acts) == 4


def test_the_bundle_has_both_and_the_same_bytes_each_time(reader: Client, signed: Act) -> None:
    answers = [reader.get(address(signed, "zip")) for _time in range(2)]
    assert answers[0].content == answers[1].content
    assert answers[0]["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answers[0].content)) as bundle:
        year = signed.approval.report.fiscal_year
        assert bundle.namelist() == [f"บันทึกข้อความ-{year}-4.docx", f"ตารางมาตรการ-{year}-4.docx"]
        assert bundle.read(bundle.namelist()[0]) == reader.get(address(signed)).content


def test_strangers_and_unknown_acts_get_404(personas: Personas, client: Client, signed: Act) -> None:
    log_in(client, personas.stranger.people["mayor"])
    elsewhere = address(signed).replace(personas.home.organisation.slug, personas.stranger.organisation.slug)
    for place in (address(signed), address(signed, "zip"), elsewhere):
        assert client.get(place).status_code == 404
    log_in(client, personas.home.people["reader"])
    assert client.get(address(signed).replace(str(signed.pk), str(uuid.uuid4()))).status_code == 404


def test_an_act_of_another_report_is_not_found_under_this_one(
    reader: Client, home: Authority, signed: Act
) -> None:
    other = reports.in_state(home, State.DRAFTED)
    wrong = address(signed).replace(f"/{signed.approval.report_id}/", f"/{other.pk}/")
    assert reader.get(wrong).status_code == 404


def test_an_act_without_documents_has_none(reader: Client, home: Authority) -> None:
    reports.in_state(home, reports.RETURNED)
    back = (
        Act.objects.of(home.organisation)
        .select_related("approval", "organisation")
        .get(kind=Act.Kind.SEND_BACK)
    )
    assert reader.get(address(back)).status_code == 404


def test_a_damaged_file_is_a_sentence(reader: Client, signed: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*args: Any) -> bytes:
        raise archive.FileFault("altered")

    monkeypatch.setattr(archive, "read", fault)
    assert reader.get(address(signed)).status_code == 503


@pytest.mark.parametrize("kind", ["memo", "measures"])
def test_a_preview_is_made_from_the_working_copy(client: Client, home: Authority, kind: str) -> None:
    report = reports.begin(home)
    place = reverse(
        "workflows:preview", kwargs={"org": home.organisation.slug, "pk": report.pk, "kind": kind}
    )
    log_in(client, home.people["legal_officer"])
    answer = client.get(place)
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    assert unquote(answer["Content-Disposition"]).split("''")[1].startswith("ตัวอย่าง-")
    log_in(client, home.people["section_head"])
    assert client.get(place).status_code == 403


def test_a_preview_of_words_that_cannot_be_printed_is_a_sentence(client: Client, home: Authority) -> None:
    report = reports.begin(home)
    report.memo.body = "ก\x07ข"
    report.memo.save()
    log_in(client, home.people["legal_officer"])
    place = reverse(
        "workflows:preview", kwargs={"org": home.organisation.slug, "pk": report.pk, "kind": "memo"}
    )
    answer = client.get(place)
    assert answer.status_code == 503
    assert "อักขระควบคุม" in answer.content.decode()
