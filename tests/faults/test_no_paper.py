"""A document that cannot be made or stored: nothing happened, the officer reads why, and what he typed stays."""

from __future__ import annotations

import errno
import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.test import Client
from django.urls import reverse
from viewflow.workflow.models import Task

from memos import archive, issuing
from memos.models import ContentVersion, DocumentSet, Report, StoredFile, TemplateVersion
from tests import reports
from tests.faults import alterations
from tests.faults import test_healing as healing
from tests.faults.soundness import assert_green, assert_sound
from tests.logging_in import log_in
from tests.personas import Authority
from workflows.examples import signatures
from workflows.models import Act, ApprovalStep
from workflows.refusals import NoPaper

Failure = Callable[[pytest.MonkeyPatch, Authority], None]


@pytest.fixture(autouse=True)
def compiled_anew() -> Iterator[None]:
    """Templates are compiled once per process; here each test has its own."""
    issuing._template.cache_clear()
    yield
    issuing._template.cache_clear()


def _own_template(home: Authority, kind: str, docx: bytes) -> None:
    """As if an upload had passed unchecked, or was damaged since."""
    sha256 = archive.sha256(docx)
    TemplateVersion(organisation=home.organisation, kind=kind, number=1, sha256=sha256, docx=docx).save()


def _shipped(kind: str, old: bytes = b"", new: bytes = b"") -> bytes:
    """The shipped template with some of its XML replaced."""
    source = TemplateVersion.objects.filter(kind=kind, organisation=None).order_by("-number")[0]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes(source.docx))) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            if name == "word/document.xml":
                assert old in data
                data = data.replace(old, new)
            made.writestr(name, data)
    return out.getvalue()


def _refusing(number: int) -> Callable[..., NoReturn]:
    def refuse(*args: Any, **kwargs: Any) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return refuse


def _no_templates(patch: pytest.MonkeyPatch, home: Authority) -> None:
    alterations.drop_guards()
    TemplateVersion.objects.all()._raw_delete(using="default")
    issuing._template.cache_clear()


def _not_a_word_file(patch: pytest.MonkeyPatch, home: Authority) -> None:
    _own_template(home, "memo", b"PK\x03\x04 not a Word file")


def _unknown_placeholder(patch: pytest.MonkeyPatch, home: Authority) -> None:
    _own_template(home, "memo", _shipped("memo", "{{เรื่อง}}".encode(), "{{ชื่อเรื่องที่ไม่มี}}".encode()))


def _broken_xml(patch: pytest.MonkeyPatch, home: Authority) -> None:
    _own_template(home, "measures", _shipped("measures", b"</w:body>", b""))


def _disk_full(patch: pytest.MonkeyPatch, home: Authority) -> None:
    patch.setattr(tempfile, "mkstemp", _refusing(errno.ENOSPC))


def _disk_full_while_writing(patch: pytest.MonkeyPatch, home: Authority) -> None:
    patch.setattr(os, "fsync", _refusing(errno.ENOSPC))


def _disk_gone_at_the_end(patch: pytest.MonkeyPatch, home: Authority) -> None:
    patch.setattr(os, "replace", _refusing(errno.EIO))


def _no_folder(patch: pytest.MonkeyPatch, home: Authority) -> None:
    """A file stands where the authority's folder should be: no permission is needed to fail, so root fails too."""
    folder = Path(archive.storage().path(f"{home.organisation.pk}/x")).parent
    if folder.exists():
        folder.rename(folder.with_name("away"))
    folder.write_bytes(b"")


def _broken_signature(patch: pytest.MonkeyPatch, home: Authority) -> None:
    for key in ("legal_officer", "section_head"):
        home.people[key].signature = b"\x89PNG\r\n\x1a\n cut off"
        home.people[key].save()


AT_SUBMIT: dict[str, Failure] = {
    "no templates": _no_templates,
    "template is not a Word file": _not_a_word_file,
    "template has an unknown placeholder": _unknown_placeholder,
    "template's XML is broken": _broken_xml,
    "disk full": _disk_full,
    "disk full while writing": _disk_full_while_writing,
    "disk gone at the end": _disk_gone_at_the_end,
    "no folder": _no_folder,
    "broken signature picture": _broken_signature,
}


def _damaged_garuda(patch: pytest.MonkeyPatch, home: Authority) -> None:
    sha256 = archive.sha256(bytes(home.organisation.garuda or b""))
    Path(archive.storage().path(f"{home.organisation.pk}/{sha256}")).write_bytes(b"damaged")


def _lost_signature(patch: pytest.MonkeyPatch, home: Authority) -> None:
    """The picture under the drafter's own block, which every later document of the round shows again."""
    signature = StoredFile.objects.of(home.organisation).get(
        sha256=archive.sha256(bytes(home.people["legal_officer"].signature or b""))
    )
    Path(archive.storage().path(signature.path)).unlink()


AT_DECISION: dict[str, Failure] = {
    "no templates": _no_templates,
    "disk full": _disk_full,
    "disk full while writing": _disk_full_while_writing,
    "disk gone at the end": _disk_gone_at_the_end,
    "no folder": _no_folder,
    "broken signature picture": _broken_signature,
    "damaged garuda in the archive": _damaged_garuda,
    "lost signature in the archive": _lost_signature,
    "damaged measure table": healing.damage_table,
    "lost measure table": healing.lose_table,
}


@pytest.fixture
def illustrated(home: Authority) -> Authority:
    """With a garuda of its own and a drafter who has a signature picture: both go into the archive."""
    home.organisation.garuda = signatures.draw(5)
    home.organisation.save()
    home.people["legal_officer"].signature = signatures.draw(1)
    home.people["legal_officer"].save()
    return home


def _everything(home: Authority, report: Report) -> dict[str, Any]:
    approval = assert_sound(home, report)
    organisation = home.organisation
    return {
        "approval": (approval.state, approval.round, approval.content_id, approval.document_set_id),
        "steps": list(
            ApprovalStep.objects.of(organisation)
            .order_by("pk")
            .values_list("pk", "opened_at", "closed_at", "act")
        ),
        "acts": Act.objects.of(organisation).count(),
        "sets": DocumentSet.objects.of(organisation).count(),
        "files": StoredFile.objects.of(organisation).count(),
        "contents": ContentVersion.objects.of(organisation).count(),
        "tasks": Task.objects.count(),
    }


@pytest.mark.parametrize("name", AT_SUBMIT)
def test_a_submit_without_paper_did_not_happen(
    illustrated: Authority, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home = illustrated
    report = reports.begin(home)
    before = _everything(home, report)
    with monkeypatch.context() as patch:
        AT_SUBMIT[name](patch, home)
        with pytest.raises(NoPaper) as refused:
            reports.submit(home, report)
    _assert_a_sentence(refused.value)
    assert _everything(home, report) == before


@pytest.mark.parametrize("name", AT_DECISION)
def test_a_decision_without_paper_did_not_happen(
    illustrated: Authority, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home = illustrated
    report = reports.in_state(home, "drafted")
    before = _everything(home, report)
    with monkeypatch.context() as patch:
        AT_DECISION[name](patch, home)
        with pytest.raises(NoPaper) as refused:
            reports.forward(home, report, "section_head")
    _assert_a_sentence(refused.value)
    assert _everything(home, report) == before


def _assert_a_sentence(refused: NoPaper) -> None:
    assert refused.status == 503
    assert any("ก" <= letter <= "๛" for letter in refused.sentence), refused.sentence
    assert "Errno" not in refused.sentence


def test_it_succeeds_when_the_disk_is_back(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    report = reports.in_state(home, "drafted")
    with monkeypatch.context() as patch:
        _disk_full_while_writing(patch, home)
        with pytest.raises(NoPaper):
            reports.forward(home, report, "section_head")
    assert list(Path(archive.storage().path("")).rglob(".new-*")) == [], "no half-written file stays"
    reports.forward(home, report, "section_head")
    assert_sound(home, report)
    assert_green()


OPINION = "พิจารณาแล้ว เห็นควรเสนอ & ขอให้ตรวจ <ตาราง> อีกครั้ง"
ESCAPED = "พิจารณาแล้ว เห็นควรเสนอ &amp; ขอให้ตรวจ &lt;ตาราง&gt; อีกครั้ง"


def _decide(client: Client, home: Authority, report: Report, step: int, content: str) -> Any:
    log_in(client, home.people["section_head"])
    address = reverse("workflows:decide", kwargs={"org": home.organisation.slug, "pk": report.pk})
    typed = {"decision": "forward", "step": step, "content": content, "opinion": OPINION}
    return client.post(address, typed)


@pytest.mark.parametrize("name", ["disk full while writing", "no templates", "lost signature in the archive"])
def test_the_page_says_why_and_keeps_what_was_typed(
    illustrated: Authority, client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home = illustrated
    report = reports.in_state(home, "drafted")
    shown, before = reports.shown(home, report), _everything(home, report)
    with monkeypatch.context() as patch:
        AT_DECISION[name](patch, home)
        response = _decide(client, home, report, *shown)
    assert response.status_code == 503
    page = response.content.decode()
    assert ESCAPED in page
    assert OPINION not in page
    assert _everything(home, report) == before


def test_who_comes_too_late_reads_who_was_faster_and_keeps_what_he_typed(
    home: Authority, client: Client
) -> None:
    report = reports.in_state(home, "drafted")
    shown = reports.shown(home, report)
    act = reports.forward(home, report, "acting_head")
    response = _decide(client, home, report, *shown)
    page = response.content.decode()
    assert response.status_code == 409
    assert act.printed_name in page
    assert ESCAPED in page
    assert Act.objects.of(home.organisation).count() == 2
