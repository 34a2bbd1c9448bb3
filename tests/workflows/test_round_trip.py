"""Exported, read back, exported again: every example's tables are the same, in every format."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ita_core.membership import memberships
from memos import content, exporting, shipped
from memos.frozen import FrozenContent
from memos.importing import headings, reading, recognising, storing
from memos.importing.found import Found
from memos.models import Report
from tests.memos.editor_forms import fresh
from workflows import examples
from workflows.examples import loading, reports

pytestmark = pytest.mark.django_db
WAYS: dict[str, Callable[[FrozenContent], bytes]] = {
    "xlsx": exporting.as_xlsx,
    "csv": exporting.as_csv,
    "json": exporting.as_json,
}
COUNTS = {
    "khuan-krot": (1, 0, 15, 15),
    "kaeng-sanam-nang": (1, 3, 6, 6),
    "phuang-phrom-khon": (2, 0, 4, 12),
    "bo-phloi": (1, 0, 7, 7),
    "na-kratam": (1, 0, 11, 12),
}


@pytest.mark.parametrize("name", COUNTS)
def test_an_example_comes_back_the_same(name: str) -> None:
    loading.load(name)
    report = reports.find(examples.read(name, "report"))
    assert report is not None
    before = content.snapshot(report)
    forms = shipped.available_forms(report.organisation)
    for ending, write in WAYS.items():
        source = reading.read_file(f"ตาราง.{ending}", write(before))
        found = recognising.recognise(source, headings.match(source, forms), forms)
        assert tuple(found.counts.values()) == COUNTS[name], ending
        assert found.findings == [], ending
        _store(report, found)
        after = content.snapshot(fresh(report))
        assert after.sections == before.sections, ending
        assert exporting.as_json(after) == exporting.as_json(before)
        assert exporting.as_csv(after) == exporting.as_csv(before)


def _store(report: Report, found: Found) -> None:
    membership = memberships(report.drafter)[0]
    storing.write(membership, report.pk, fresh(report).revision, found, replace=True)
