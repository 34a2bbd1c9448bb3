"""A measure table that we made comes back to the same rows and words; also after LibreOffice opened and saved it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from memos import content, frozen, issuing, shipped
from memos.importing.found import Found
from memos.models import Report
from tests import rendering
from tests.memos.importing import files
from workflows import examples
from workflows.examples import loading, reports

pytestmark = pytest.mark.django_db


def example(name: str) -> Report:
    loading.load(name)
    report = reports.find(examples.read(name, "report"))
    assert report is not None
    return report


def told(made: frozen.FrozenContent | Found) -> list[Any]:
    """Sections as plain values: words around the table, and every cell."""
    return [
        {
            "form": section.form.slug if isinstance(section, frozen.Section) else section.form,
            "words": (section.heading, section.preamble, section.closing, section.is_group),
            "rows": [
                (dict(measure.cells), [dict(_cells(activity)) for activity in measure.activities])
                for measure in section.measures
            ],
        }
        for section in made.sections
    ]


def _cells(activity: Any) -> Any:
    return activity.cells if isinstance(activity, frozen.Activity) else activity


def returned(report: Report, data: bytes) -> Found:
    return files.recognised(files.read(data), shipped.available_forms(report.organisation))


@pytest.mark.parametrize("name", examples.names())
def test_our_own_word_file_comes_back_as_it_was(name: str) -> None:
    report = example(name)
    wanted = content.snapshot(report)
    found = returned(report, issuing.measures_bytes(wanted, report.organisation_id))
    assert told(found) == told(wanted)
    assert [finding for finding in found.findings if finding.kind != "group"] == []


@pytest.mark.rendering
def test_it_comes_back_after_libreoffice_saved_it(tmp_path: Path) -> None:
    all_of_them = {name: example(name) for name in examples.names()}
    wanted = {name: content.snapshot(report) for name, report in all_of_them.items()}
    made = {
        name: issuing.measures_bytes(wanted[name], report.organisation_id)
        for name, report in all_of_them.items()
    }
    saved = rendering.saved_again(made, tmp_path)
    for name, report in all_of_them.items():
        assert saved[name] != made[name]
        assert told(returned(report, saved[name])) == told(wanted[name]), name
