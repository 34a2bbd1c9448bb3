"""Frozen content: the same words give the same bytes; what the form hides is not carried onto paper."""

from __future__ import annotations

import json

import pytest

from ita_core import thai
from memos import content
from memos.models import ContentVersion, Measure, Report
from tests import reports
from tests.personas import Authority

pytestmark = pytest.mark.django_db


def fresh(report: Report) -> Report:
    return Report.objects.of(report.organisation).get(pk=report.pk)


def test_the_same_words_give_the_same_version(home: Authority) -> None:
    report = reports.begin(home)
    first, again = content.freeze(fresh(report)), content.freeze(fresh(report))
    assert first == again
    assert ContentVersion.objects.of(home.organisation).count() == 1


def test_other_words_give_another_version(home: Authority) -> None:
    report = reports.begin(home)
    first = content.freeze(fresh(report))
    memo = report.memo
    memo.subject += " (แก้ไข)"
    memo.save()
    assert content.freeze(fresh(report)).sha256 != first.sha256


def test_what_is_stored_reads_back(home: Authority) -> None:
    report = reports.begin(home)
    version = content.freeze(fresh(report))
    assert content.load(version) == content.snapshot(fresh(report))
    assert json.loads(bytes(version.canonical))["report"]["fiscal_year"] == report.fiscal_year


def test_a_memo_without_a_date_takes_the_day_it_is_submitted(home: Authority) -> None:
    report = reports.begin(home)
    assert report.memo.date is None
    assert content.load(content.freeze(fresh(report))).memo.date == thai.today()


def test_cells_that_the_form_does_not_show_stay_behind(home: Authority) -> None:
    report = reports.begin(home)
    measure = Measure.objects.of(home.organisation).filter(section__report=report).earliest("pk")
    measure.cells = {**measure.cells, "budget": "10,000 บาท"}
    measure.save()
    assert "10,000" not in bytes(content.freeze(fresh(report)).canonical).decode()


@pytest.mark.parametrize("bad", ["ก\x00ข", "ก\u202eข", "ก\ufffeข", "ก\x1bข"])
def test_text_that_cannot_stand_on_paper_is_refused_in_words(home: Authority, bad: str) -> None:
    """Whatever door it came through: the words are put behind the editor's back."""
    report = fresh(reports.begin(home))
    report.title = f"รายงาน\n{bad}"
    with pytest.raises(content.UnprintableText, match="ข้อความ"):
        content.snapshot(report)
