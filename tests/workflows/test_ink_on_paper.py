"""From the print to the scan that comes back: real pages, signed, askew and noisy, are known again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from memos import scans
from memos.models import Report
from memos.rendering import office
from memos.scans import Scan, ScanProblem
from tests import reports
from tests.personas import Authority
from tests.workflows import inked, scanning
from tests.workflows.inked import record
from workflows import printing, proofs
from workflows.models import State
from workflows.refusals import Conflict

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]


@pytest.fixture(autouse=True, scope="module")
def _close_the_office() -> Iterator[None]:
    yield
    office.of_this_process().close()


def _printed(home: Authority, report: Report, folder: Path) -> list[Any]:
    """The sheets of the print that the worker makes."""
    act = inked.issuing(home, report)
    printing.make({"organisation": home.organisation.pk, "act": str(act.pk)})
    standing = printing.standing(act)
    assert standing.path is not None
    sheets = scanning.printed(standing.path.read_bytes(), folder)
    assert len(sheets) == standing.pages == printing.pages_of(act)
    return sheets


def test_signed_askew_and_noisy_it_is_known_and_recorded(home: Authority, tmp_path: Path) -> None:
    report = reports.in_state(home, State.DEPUTY_APPROVED)
    sheets = _printed(home, report, tmp_path / "sheets")
    code = proofs.code_of(inked.issuing(home, report))
    for askew in (-2.0, -1.0, 1.0, 2.0):
        back = [scanning.scanned(scanning.signed(sheet), askew=askew) for sheet in sheets]
        found = scans.read([scanning.jpeg(sheet) for sheet in back])
        pages = [(mark.code, mark.page, mark.of) for mark in found.marks]
        assert pages == [(code, page, len(sheets)) for page in range(1, len(sheets) + 1)]
    as_pdf = scans.read([scanning.pdf(back)])
    assert record(home, report, "mayor", scan=as_pdf, opinion="ทราบ").state_after == State.MAYOR_SIGNED


def test_another_sets_scan_and_a_missing_page_are_refused(home: Authority, tmp_path: Path) -> None:
    report = reports.in_state(home, State.DRAFTED)
    earlier = _printed(home, report, tmp_path / "earlier")
    reports.forward(home, report, "section_head")
    with pytest.raises(Conflict, match="ชุดปัจจุบัน"):
        record(home, report, "clerk", scan=_read(earlier))
    sheets = _printed(home, report, tmp_path / "now")
    with pytest.raises(Conflict, match="โปรดสแกนให้ครบทุกหน้า"):
        record(home, report, "clerk", scan=_read(sheets[:-1]))
    with pytest.raises(Conflict, match="ซ้ำ"):
        record(home, report, "clerk", scan=_read([*sheets[:-1], sheets[0]]))
    upside_down = [sheet.rotate(180) for sheet in sheets]
    assert record(home, report, "clerk", scan=_read(upside_down)).medium == "ink"


def _read(sheets: list[Any]) -> Scan:
    return scans.read([scanning.jpeg(scanning.scanned(sheet, askew=1.0)) for sheet in sheets])


def test_of_pictures_one_pdf_is_kept_that_reads_the_same(home: Authority, tmp_path: Path) -> None:
    sheets = _printed(home, reports.in_state(home, State.DRAFTED), tmp_path / "sheets")
    found = _read(sheets)
    assert found.pdf.startswith(b"%PDF-")
    assert scans.read([found.pdf]).pages == found.pages


def test_the_mark_stands_in_the_margin_and_names_the_site(home: Authority, tmp_path: Path) -> None:
    """Nothing but white was there before: dark dots only at the lower right, within the margin of 20 mm."""
    sheets = _printed(home, reports.in_state(home, State.DRAFTED), tmp_path / "sheets")
    margin = round(20 / 25.4 * scanning.DOTS)
    for sheet in sheets:
        corner = sheet.crop((sheet.width - margin, sheet.height - 2 * margin, sheet.width, sheet.height))
        assert corner.getextrema() == (0, 255)
    assert settings.SITE_URL.startswith("http")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([], "empty"),
        ([b""], "empty"),
        ([b"hello"], "not-this-kind"),
        ([b"%PDF-1.4 rubbish"], "broken"),
        ([b"\xff\xd8\xff rubbish"], "broken"),
        ([b"%PDF-1.4", b"\xff\xd8\xff"], "not-this-kind"),
        ([b"\xff\xd8\xff"] * 21, "too-many-pictures"),
        ([b"%PDF-" + bytes(21 * 1024**2)], "too-large"),
    ],
)
def test_what_is_no_scan_is_refused_with_a_sentence(files: list[bytes], code: str) -> None:
    with pytest.raises(ScanProblem) as problem:
        scans.read(files)
    assert problem.value.code == code
    assert "สแกน" in problem.value.sentence or "ภาพ" in problem.value.sentence
