"""The pages of signing by hand: the print, the record, and the scan in the report's history."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ita_core import outbox, thai
from ita_core.outbox import Job
from memos import scans
from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows import inked
from tests.workflows.visiting import Go
from workflows import printing, proofs
from workflows.models import Act, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = thai.today()


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.in_state(home, State.DRAFTED)


def _typed(home: Authority, report: Report, **changes: Any) -> dict[str, Any]:
    step, content = reports.shown(home, report)
    return {
        "step": step,
        "content": content,
        "officer": inked.hat(home, "section_head"),
        "decided_on_day": TODAY.day,
        "decided_on_month": TODAY.month,
        "decided_on_year": TODAY.year + thai.BE_OFFSET,
        "decision": "agrees",
        "words": "เห็นควรเสนอ",
        "scan": SimpleUploadedFile("scan.pdf", inked.PDF),
        **changes,
    }


@pytest.fixture
def read(home: Authority, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are read as the print of the report's set."""
    monkeypatch.setattr(scans, "read", lambda files: inked.scan_of(home, report, data=files[0]))


def _text(answer: Any) -> str:
    return str(answer.content.decode())


class TestPrint:
    def test_looking_at_the_page_has_it_made_once(self, report: Report, home: Authority, go: Go) -> None:
        for _visit in range(2):
            assert "กำลังเตรียมไฟล์สำหรับพิมพ์" in _text(go("registrar", "ink_print", report))
        assert Job.objects.filter(kind=printing.KIND).count() == 1
        assert go("registrar", "ink_file", report).status_code == 404

    def test_when_it_is_there_it_is_given_with_its_code(
        self, report: Report, home: Authority, go: Go
    ) -> None:
        act = inked.issuing(home, report)
        printing._write(printing._folder(act) / f"{proofs.code_of(act)}.7.pdf", b"%PDF-1.7")
        page = _text(go("registrar", "ink_print", report))
        assert proofs.code_of(act) in page
        assert "๗" in page
        answer = go("registrar", "ink_file", report)
        assert b"".join(answer.streaming_content) == b"%PDF-1.7"
        assert answer["Content-Type"] == "application/pdf"

    @pytest.mark.parametrize(
        ("problem", "sentence"), [("OfficeAbsent: x", "ไม่มี LibreOffice"), ("OfficeHung: x", "ไม่สำเร็จ")]
    )
    def test_what_came_to_nothing_is_said_and_asked_for_again(
        self, problem: str, sentence: str, report: Report, go: Go
    ) -> None:
        go("registrar", "ink_print", report)
        for _attempt in range(printing.ATTEMPTS):
            Job.objects.update(not_before="2020-01-01T00:00Z")
            held = outbox.claim("w", [printing.KIND])
            assert held is not None
            outbox.failed(held, problem)
        assert sentence in _text(go("registrar", "ink_print", report))
        assert go("registrar", "ink_print", report, {}).status_code == 302
        assert "กำลังเตรียม" in _text(go("registrar", "ink_print", report))

    def test_a_print_that_was_swept_away_is_made_again(self, report: Report, home: Authority, go: Go) -> None:
        go("registrar", "ink_print", report)
        held = outbox.claim("w", [printing.KIND])
        assert held is not None
        outbox.done(held)
        assert "กำลังเตรียม" in _text(go("registrar", "ink_print", report))
        assert outbox.claim("w", [printing.KIND]) is not None


class TestRecord:
    def test_it_is_recorded_and_stands_in_the_history(
        self, report: Report, home: Authority, go: Go, client: Client, read: None
    ) -> None:
        answer = go("registrar", "ink", report, _typed(home, report))
        assert answer.status_code == 302
        act = Act.objects.of(home.organisation).get(medium="ink")
        assert (act.opinion.endswith("เห็นควรเสนอ"), act.stance) == (True, "agrees")
        page = _text(go("reader", "report", report))
        assert "ลงนามบนกระดาษเมื่อ" in page
        assert "บันทึกโดย นางสาวมาลี เก็บครบ" in page
        scan = reverse(
            "workflows:scan", kwargs={"org": home.organisation.slug, "pk": report.pk, "act": act.pk}
        )
        assert scan in page
        assert client.get(scan).content == inked.PDF

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"scan": ""}, "โปรดเลือกไฟล์สแกน"),
            ({"officer": ""}, "โปรดเลือกผู้ลงนาม"),
            ({"officer": "999999"}, "โปรดเลือกผู้ลงนาม"),
            ({"decision": ""}, "โปรดเลือกผลการพิจารณา"),
            ({"decision": "refuse"}, "โปรดเลือกผลการพิจารณา"),
            ({"words": " "}, "โปรดพิมพ์ความเห็น"),
            ({"decided_on_day": ""}, "โปรดใส่ให้ครบ"),
            ({"decided_on_day": "", "decided_on_month": "", "decided_on_year": ""}, "โปรดใส่วันที่"),
            ({"decided_on_year": TODAY.year + thai.BE_OFFSET + 1}, "อนาคต"),
            ({"step": "x"}, "โปรดเปิดใหม่"),
        ],
    )
    def test_bad_input_is_told_and_nothing_typed_is_lost(
        self, changes: dict[str, Any], sentence: str, report: Report, home: Authority, go: Go, read: None
    ) -> None:
        typed = _typed(home, report, code_reason="มุมกระดาษถูกเจาะ") | changes
        answer = go("registrar", "ink", report, typed)
        assert answer.status_code == 400
        page = _text(answer)
        assert sentence in page
        assert "มุมกระดาษถูกเจาะ" in page
        assert "โปรดเลือกไฟล์สแกนอีกครั้ง" in page
        assert not Act.objects.of(home.organisation).filter(medium="ink").exists()

    def test_what_is_no_scan_is_a_sentence(self, report: Report, home: Authority, go: Go) -> None:
        scan = SimpleUploadedFile("scan.pdf", b"hello")
        answer = go("registrar", "ink", report, _typed(home, report, scan=scan))
        assert answer.status_code == 400
        assert "ไฟล์สแกนต้องเป็น PDF" in _text(answer)

    def test_another_content_is_a_conflict(self, report: Report, home: Authority, go: Go, read: None) -> None:
        answer = go("registrar", "ink", report, _typed(home, report, content="0" * 64))
        assert answer.status_code == 409
        assert "เห็นควรเสนอ" in _text(answer)

    def test_several_pictures_are_read_together(
        self, report: Report, home: Authority, go: Go, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[list[bytes]] = []

        def read(files: list[bytes]) -> scans.Scan:
            seen.append(files)
            return inked.scan_of(home, report)

        monkeypatch.setattr(scans, "read", read)
        pictures = [SimpleUploadedFile(f"{page}.jpg", f"page {page}".encode()) for page in (1, 2)]
        assert go("registrar", "ink", report, _typed(home, report, scan=pictures)).status_code == 302
        assert seen == [[b"page 1", b"page 2"]]

    def test_at_the_last_step_it_is_signed_or_refused_never_forwarded(self, home: Authority, go: Go) -> None:
        page = _text(go("registrar", "ink", reports.in_state(home, State.DEPUTY_APPROVED)))
        assert "เห็นชอบและลงนาม" in page
        assert 'value="refuse"' in page
        assert 'value="differs"' not in page


def test_the_registrar_is_offered_both_and_nobody_else_is(report: Report, home: Authority, go: Go) -> None:
    for who in ("registrar", "section_head", "legal_officer"):
        page = _text(go(who, "report", report))
        assert ("พิมพ์เพื่อลงนามบนกระดาษ" in page) == (who == "registrar")
        assert ("บันทึกการลงนามบนกระดาษ" in page) == (who == "registrar")
