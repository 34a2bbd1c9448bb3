"""What the gate finds in a report before it is published, and what is left of it in the public copy."""

from __future__ import annotations

import pytest

from memos import personal
from memos.models import Memo, Report
from tests import reports
from tests.personas import Authority
from tests.workflows import made_public
from workflows import gate
from workflows.gate import Source
from workflows.models import Approval
from workflows.refusals import BadInput

# No real person's: the first twelve digits are in order, the last one is the check digit.
NATIONAL_ID = "1-2345-67890-12-1"


def _found(text: str, **where: bool) -> list[tuple[str, str]]:
    return [(span.what, text[span.start : span.end]) for span in personal.found(text, **where)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"เลขที่ {NATIONAL_ID} ครับ", [(personal.NATIONAL_ID, NATIONAL_ID)]),
        ("เลข ๑๒๓๔๕๖๗๘๙๐๑๒๑", [(personal.NATIONAL_ID, "๑๒๓๔๕๖๗๘๙๐๑๒๑")]),
        ("1‑2345‑67890‑12‑1", [(personal.NATIONAL_ID, "1‑2345‑67890‑12‑1")]),
        ("1 2345 67890 12 1", [(personal.NATIONAL_ID, "1 2345 67890 12 1")]),
        ("เลข 1-2345-67890-12-2 ผิด", []),
        ("เลขผู้เสียภาษี 0994000123456", []),
        ("โทร ๐๘๑-๒๓๔-๕๖๗๘", [(personal.PHONE, "๐๘๑-๒๓๔-๕๖๗๘")]),
        ("โทร. 0 7744 1234", [(personal.PHONE, "0 7744 1234")]),
        ("a.b@gmail.com, saraban@bo.go.th", [(personal.EMAIL, "a.b@gmail.com")]),
        ("บัญชี 123-4-56789-0", [(personal.ACCOUNT, "123-4-56789-0")]),
        ("เลขที่บัญชี ธกส. 020001234567", [(personal.ACCOUNT, "020001234567")]),
        ("งบประมาณ 1234567890 บาท พ.ศ. 2565", []),
        (
            f"{NATIONAL_ID} โทร 0812345678",
            [(personal.NATIONAL_ID, NATIONAL_ID), (personal.PHONE, "0812345678")],
        ),
    ],
)
def test_what_is_found_however_it_was_typed(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


def test_an_office_tells_everybody_its_landline_but_nobodys_mobile() -> None:
    text = "สำนักปลัด โทร. 0 7744 1234 หรือ 081 234 5678"
    assert _found(text, of_office=True) == [(personal.PHONE, "081 234 5678")]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"เลข {NATIONAL_ID}", "เลข █-████-█████-██-█"),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘ นะ", "โทร ███ ███ ████ นะ"),
        ("ที่ a.b@gmail.com", "ที่ █.█@█████.███"),
    ],
)
def test_what_is_masked_keeps_its_length(text: str, masked: str) -> None:
    assert personal.masked(text, personal.found(text)) == masked
    assert len(text) == len(masked)


# In a report


def _signed(home: Authority) -> Report:
    """With a number in the memo, again in a cell, and one in the head's opinion."""
    report = reports.begin(home)
    memo = Memo.objects.of(home.organisation).get(report=report)
    memo.body += f"\nผู้ร้อง {NATIONAL_ID} โทร 081 234 5678"
    memo.save(update_fields=["body"])
    section = report.sections.earliest("position")
    row = section.measures.earliest("position")
    key = next(iter(row.cells))
    row.cells = {**row.cells, key: f"{row.cells[key]} ๑๒๓๔๕๖๗๘๙๐๑๒๑"}
    row.save(update_fields=["cells"])
    reports.submit(home, report)
    reports.forward(home, report, "section_head", "ติดต่อ someone@gmail.com")
    for by in ("clerk", "mayor"):
        reports.forward(home, report, by)
    return report


def _source(home: Authority, report: Report) -> Source:
    approval = (
        Approval.objects.of(home.organisation).select_related("content", "report__item").get(report=report)
    )
    approval.organisation = home.organisation
    return gate.source_of(gate.newest_set(approval))


def _everything(source: Source) -> str:
    return "\n".join(
        [source.content.canonical_text(), *(block.opinion + block.note for block in source.blocks)]
    )


@pytest.mark.django_db
def test_equal_words_are_one_finding_wherever_they_stand(home: Authority) -> None:
    found = gate.findings(_source(home, _signed(home)))
    assert [(one.what, one.words) for one in found] == [
        (personal.NATIONAL_ID, NATIONAL_ID),
        (personal.PHONE, "081 234 5678"),
        (personal.EMAIL, "someone@gmail.com"),
    ]
    first, second = found[0].places
    assert first == "memo.body"
    assert second.startswith("sections.0.measures.0.cells.")
    assert found[2].places == ("blocks.1.opinion",)


@pytest.mark.django_db
def test_everything_is_masked_unless_somebody_says_why_not(home: Authority) -> None:
    source = _source(home, _signed(home))
    found = gate.findings(source)
    chosen = gate.choices(found, {found[1].key: "หมายเลขของสายด่วน"})
    masked = gate.masked(source, chosen)
    words = _everything(masked)
    assert NATIONAL_ID not in words
    assert "๑๒๓๔๕๖๗๘๙๐๑๒๑" not in words
    assert "someone" not in words
    assert "081 234 5678" in words
    assert gate.counts(chosen) == [(personal.EMAIL, 1), (personal.NATIONAL_ID, 2)]
    assert [one.what for one in gate.findings(masked)] == [personal.PHONE]
    # The signed words themselves are as they were.
    assert NATIONAL_ID in _everything(source)


@pytest.mark.django_db
def test_nothing_stays_without_a_reason_that_shows(home: Authority) -> None:
    found = gate.findings(_source(home, _signed(home)))
    for reason in ("", "  ", "\u200b"):
        with pytest.raises(BadInput, match="โปรดระบุเหตุผล"):
            gate.choices(found, {found[0].key: reason})


@pytest.mark.django_db
def test_what_is_published_says_what_was_masked_and_what_stayed_and_why(home: Authority) -> None:
    report = _signed(home)
    phone = gate.findings(_source(home, report))[1]
    row = made_public.published(home, report, kept={phone.key: "หมายเลขของสายด่วน"})
    assert "ปิดบัง อีเมล 1 แห่ง เลขประจำตัวประชาชน 2 แห่ง" in row.act.reason
    assert "คงไว้ หมายเลขโทรศัพท์ 1 แห่ง เพราะ หมายเลขของสายด่วน" in row.act.reason
    assert NATIONAL_ID not in row.act.reason
