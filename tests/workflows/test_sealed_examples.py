"""The five examples, signed and sealed with LibreOffice: what their final files hold, and that every page is read."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from ita_core.outbox import Job
from memos import archive
from memos.models import FinalFile, Report
from memos.rendering import office, pdf_copy
from memos.sealing import looking
from tests import pdf_a
from tests.volumes import SOAK
from workflows import examples, proofs, sealed, verification
from workflows.examples import loading, reports, walking
from workflows.models import Act

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    office.of_this_process().close()


def _signed(name: str) -> tuple[Report, Act]:
    loading.load(name)
    report = reports.find(examples.read(name, "report"))
    assert report is not None
    *_before, last = walking._acts(walking._actor(report.drafter, report.organisation), report)
    assert last.kind == Act.Kind.SIGN
    return report, last


def _said(*command: object) -> str:
    return subprocess.run(
        [str(word) for word in command], check=True, capture_output=True, timeout=60
    ).stdout.decode()


def _count(pdf: bytes) -> int:
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


@pytest.mark.sampled
@pytest.mark.parametrize("name", examples.names() if SOAK else examples.names()[1::3])
def test_an_example_is_sealed(name: str, tmp_path: Path) -> None:
    report, act = _signed(name)
    sealed.make(Job.objects.get(kind=sealed.KIND).payload)
    final = FinalFile.objects.of(report.organisation).get()
    pdf = archive.read(final.pdf)
    path = tmp_path / "final.pdf"
    path.write_bytes(pdf)

    assert pdf_a.faults(pdf) == []
    assert looking.look(pdf).fault == ""
    assert "Signature is Valid" in _said("pdfsig", "-nocert", path)
    assert "Total document signed" in _said("pdfsig", "-nocert", path)
    fonts = _said("pdffonts", path).splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes (yes|no) +(yes|no) +\d+ +\d+$", line) for line in fonts), fonts

    assert act.document_set is not None
    office_here = office.of_this_process()
    papers = [archive.read(stored) for stored in act.document_set.files().values()]
    own = [_count(office_here.pdf(pdf_copy.of(paper))) for paper in papers]
    assert 1 <= _count(pdf) - sum(own) <= 3, "the page of evidence and what flows over"
    _reads_its_code(path, sum(own) + 1, f"{final.evidence['url']}{proofs.code_of(act)}")
    _tells_what_was_done(_said("pdftotext", "-f", sum(own) + 1, path, "-"), report)
    assert list(verification.faults([report.organisation])) == []


def _reads_its_code(path: Path, page: int, wanted: str) -> None:
    _said("pdftoppm", "-png", "-r", 100, "-f", page, "-l", page, "-singlefile", path, path.with_suffix(""))
    with Image.open(path.with_suffix(".png")) as picture:
        (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert found.text == wanted


def _tells_what_was_done(text: str, report: Report) -> None:
    shown = re.sub(r"\s", "", text)
    for act in report.approval.acts.filter(kind__in=[Act.Kind.SUBMIT, Act.Kind.ENDORSE, Act.Kind.SIGN]):
        assert re.sub(r"\s", "", act.printed_name) in shown
        assert act.hash in shown
        assert act.content_sha256 in shown
    assert "DEMOSEAL" in shown
