"""The memo's date from round to round: told where somebody wrote it, and then in words."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from ita_core import thai
from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows.visiting import Go, text
from workflows.models import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(home: Authority, go: Go, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Read and sent back by the head; the drafter has it on the following day."""
    report = reports.in_state(home, State.DRAFTED)
    go("section_head", "decide", report)
    reports.send_back(home, report, "section_head")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    monkeypatch.setattr(thai, "today", lambda: thai.bangkok_date(tomorrow))
    return report


def test_a_memo_that_is_dated_when_it_goes_up_has_not_changed_by_that(
    home: Authority, go: Go, returned: Report
) -> None:
    reports.submit(home, returned)
    page = text(go("section_head", "decide", returned))
    assert "ข้อความทุกแห่งเหมือนเดิม" in page
    assert 'class="change-place"' not in page


def test_a_date_that_was_written_is_told_in_words(home: Authority, go: Go, returned: Report) -> None:
    returned.memo.date = datetime.date(2026, 4, 1)
    returned.memo.save()
    reports.submit(home, returned)
    page = text(go("section_head", "decide", returned))
    assert "บันทึกข้อความ – วันที่" in page
    assert "เมษายน" in page.split("บันทึกข้อความ – วันที่")[1][:600]
    assert thai.to_thai_digits("2026-04") not in page
