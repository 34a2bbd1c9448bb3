"""The scan must be of the very set that waits, with all its pages; and verify looks at it afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from ita_core import thai
from memos import archive
from memos.models import StoredFile
from memos.scans import Scan
from memos.sealing.marks import Mark
from tests import reports
from tests.faults import alterations
from tests.personas import Authority, Personas
from tests.workflows import inked, numbered
from tests.workflows.inked import issuing, record, scan_of, scan_with
from workflows import printing, proofs, verification
from workflows.models import Act, State
from workflows.refusals import Conflict, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestWhichPaper:
    def test_another_reports_scan_is_refused_and_named(self, home: Authority) -> None:
        report, other = (reports.in_state(home, State.DRAFTED) for _ in range(2))
        with pytest.raises(Conflict) as refusal:
            record(home, report, scan=scan_of(home, other))
        assert thai.printed(str(other.fiscal_year)) in thai.printed(refusal.value.sentence)
        assert StoredFile.objects.of(home.organisation).filter(sha256=archive.sha256(inked.PDF)).count() == 0

    def test_an_earlier_sets_scan_is_refused(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        earlier = scan_of(home, report)
        reports.forward(home, report, "section_head")
        with pytest.raises(Conflict, match="ชุดปัจจุบัน"):
            record(home, report, "clerk", scan=earlier)

    def test_after_numbering_the_older_print_no_longer_counts(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        earlier = scan_of(home, report)
        numbered.number(home, report, "12")
        with pytest.raises(Conflict, match="ชุดปัจจุบัน"):
            record(home, report, scan=earlier)
        assert record(home, report).kind == "endorse"

    def test_of_another_authority_nothing_is_told(self, personas: Personas) -> None:
        home, stranger = personas.home, personas.stranger
        other = reports.in_state(stranger, State.DRAFTED)
        with pytest.raises(Conflict) as refusal:
            record(home, reports.in_state(home, State.DRAFTED), scan=scan_of(stranger, other))
        assert "หน่วยงานอื่น" in refusal.value.sentence
        assert "พิมพ์ใจ" not in refusal.value.sentence

    def test_a_code_that_nobody_gave(self, home: Authority) -> None:
        with pytest.raises(Conflict, match="ไม่พบรหัสนี้"):
            record(
                home,
                reports.in_state(home, State.DRAFTED),
                scan=scan_with("0000-0000-0000-0000-0000", 1, 2, 3),
            )

    def test_one_page_of_another_paper_is_enough_to_refuse(self, home: Authority) -> None:
        report, other = (reports.in_state(home, State.DRAFTED) for _ in range(2))
        mixed = Scan(inked.PDF, (*scan_of(home, report, 1, 2).pages, *scan_of(home, other, 3).pages))
        with pytest.raises(Conflict, match="ไม่ใช่ชุดที่รอพิจารณา"):
            record(home, report, scan=mixed)

    @pytest.mark.parametrize(
        ("pages", "sentence"),
        [((1, 2), "๒ หน้า"), ((1, 2, 3, 3), "๔ หน้า"), ((1, 2, 2), "หน้า ๒ ถูกสแกนซ้ำ"), ((0, 1, 1), "ซ้ำ")],
    )
    def test_a_page_missing_or_twice(self, pages: tuple[int, ...], sentence: str, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        with pytest.raises(Conflict, match=sentence):
            record(home, report, scan=scan_of(home, report, *pages))

    @pytest.mark.parametrize("pages", [(1, 2, 3), (3, 1, 2), (0, 0, 3), (1, 0, 3)])
    def test_any_order_and_a_mark_written_over(self, pages: tuple[int, ...], home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        assert record(home, report, scan=scan_of(home, report, *pages)).reason == ""

    def test_the_page_of_evidence_is_not_the_print(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        code = proofs.code_of(issuing(home, report))
        with pytest.raises(Conflict, match="พิมพ์เพื่อลงนาม"):
            record(home, report, scan=Scan(inked.PDF, ((Mark(code, 0, 0),),)))


class TestNoCodeCouldBeRead:
    def _printed(self, home: Authority, report: Any, pages: int = 3) -> str:
        act = issuing(home, report)
        code = proofs.code_of(act)
        printing._write(printing._folder(act) / f"{code}.{pages}.pdf", b"%PDF-")
        return code

    def test_the_typed_code_and_its_reason_are_kept(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        code = self._printed(home, report)
        unread = scan_of(home, report, 0, 0, 0)
        act = record(home, report, scan=unread, code=f" {code.lower()} ", code_reason="มุมกระดาษถูกเจาะ")
        assert act.reason.endswith("มุมกระดาษถูกเจาะ")

    @pytest.mark.parametrize(
        ("code", "why", "pages", "sentence"),
        [
            ("", "เจาะ", 3, "โปรดพิมพ์รหัส"),
            ("right", " ", 3, "โปรดระบุเหตุผล"),
            ("0000-0000-0000-0000-0000", "เจาะ", 3, "ไม่พบรหัส"),
            ("right", "เจาะ", 4, "๔ หน้า"),
        ],
    )
    def test_without_code_reason_or_all_pages_it_is_refused(
        self, code: str, why: str, pages: int, sentence: str, home: Authority
    ) -> None:
        report = reports.in_state(home, State.DRAFTED)
        right = self._printed(home, report, pages)
        typed = right if code == "right" else code
        with pytest.raises(Refused, match=sentence):
            record(home, report, scan=scan_of(home, report, 0, 0, 0), code=typed, code_reason=why)

    def test_what_was_never_printed_cannot_have_been_signed(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        code = proofs.code_of(issuing(home, report))
        with pytest.raises(Conflict, match="ยังไม่เคยพิมพ์"):
            record(home, report, scan=scan_of(home, report, 0, 0, 0), code=code, code_reason="เจาะ")


class TestVerify:
    @pytest.fixture
    def act(self, home: Authority) -> Act:
        made = record(home, reports.in_state(home, State.DRAFTED))
        assert list(verification.faults([home.organisation])) == []
        alterations.drop_guards()
        return made

    def _places(self, home: Authority) -> list[str]:
        return [fault.place for fault in verification.faults([home.organisation])]

    def test_another_scan(self, act: Act, home: Authority) -> None:
        other = archive.store(home.organisation, b"%PDF-1.4 another scan")
        Act.objects.of(home.organisation).filter(pk=act.pk).update(scan=other)
        assert f"{home.organisation.slug}/act/{act.sequence}/scan" in self._places(home)

    def test_its_bytes(self, act: Act, home: Authority) -> None:
        assert act.scan is not None
        alterations.path_of(act.scan).write_bytes(b"%PDF-1.4 b scan")
        assert f"{home.organisation.slug}/file/{act.scan_id}" in self._places(home)

    @pytest.mark.parametrize("column", ["scan", "scan_sha256", "decided_on", "recorded_by", "medium"])
    def test_each_column(self, column: str, act: Act, home: Authority) -> None:
        values: dict[str, Any] = {"scan_sha256": "0" * 64, "medium": "screen"}
        Act.objects.of(home.organisation).filter(pk=act.pk).update(**{column: values.get(column)})
        assert f"{home.organisation.slug}/act/{act.sequence}/scan" in self._places(home)
