"""The checks on the five samples as recognised, and on the examples made of them: counts as README.md has them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from ita_core import thai
from memos import checks
from memos.models import Activity, Measure, Report
from tests.memos.checks import recognised

pytestmark = [pytest.mark.django_db, pytest.mark.once]
README = Path(__file__).with_name("README.md")
EXAMPLES = {
    "khuan-krot": "000",
    "kaeng-sanam-nang": "001",
    "phuang-phrom-khon": "002",
    "bo-phloi": "003",
    "na-kratam": "004",
}


def table(heading: str) -> dict[str, Counter[str]]:
    """Sample → findings by rule, from the table under the heading; an empty cell is none."""
    part = README.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    head, _line, *rows = (
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line.startswith("|")
    )
    return {
        sample: Counter(
            {row[0].strip("`"): int(row[place]) for row in rows if row[0][0] == "`" and row[place]}
        )
        for place, sample in enumerate(head)
        if re.fullmatch(r"00\d", sample)
    }


@pytest.mark.parametrize("number", recognised.SAMPLES)
def test_as_recognised(number: str) -> None:
    found = checks.findings(recognised.save(number))
    assert Counter(finding.rule for finding in found) == table("As recognised")[number]


def anchors(report: Report, rule: str) -> list[str]:
    return [finding.anchor for finding in checks.findings(report) if finding.rule == rule]


def rows_of(report: Report) -> list[Activity]:
    return [
        activity
        for section in report.sections.all()
        for measure in section.measures.all()
        for activity in measure.activities.all()
    ]


def test_counts_of_parts_are_those_of_the_paper() -> None:
    counts = {}
    for number in recognised.SAMPLES:
        report = recognised.save(number)
        measures = Measure.objects.of(report.organisation)
        counts[number] = (
            report.sections.filter(is_group=True).count(),
            measures.count(),
            len(rows_of(report)),
        )
    assert counts == {
        "000": (0, 15, 15),
        "001": (3, 6, 6),
        "002": (0, 4, 12),
        "003": (0, 7, 7),
        "004": (0, 11, 12),
    }


def test_000_repeats_eight_outcomes_of_fifteen_and_leaves_its_year_four_times() -> None:
    report = recognised.save("000")
    rows = rows_of(report)
    repeated = [4, 5, 6, 7, 10, 13, 14, 15]
    assert anchors(report, "outcome-repeats-result") == [
        f"activity-{rows[n - 1].pk}-outcome" for n in repeated
    ]
    outside = [1, 13, 14, 15]
    assert anchors(report, "period-outside") == [f"activity-{rows[n - 1].pk}-period" for n in outside]


def test_002_answers_another_assessment_in_its_second_part_and_spells_its_name_two_ways() -> None:
    report = recognised.save("002")
    (years,) = (f for f in checks.findings(report) if f.rule == "years-disagree")
    second = report.sections.all()[1]
    assert years.url.endswith(f"/sections/{second.pk}/#id_preamble")
    assert "๒๕๖๕" in years.sentence and "๒๕๖๔" in years.sentence
    names = [f.sentence for f in checks.findings(report) if f.rule == "name-spelled-differently"]
    assert sum("พ่วงพรมนคร" in sentence for sentence in names) == 2
    rows = rows_of(report)
    assert anchors(report, "not-done") == [f"activity-{rows[7].pk}-result"]
    assert anchors(report, "item-numbers") == [f"activity-{rows[3].pk}-method"]


def test_003_lost_letters_of_its_codes() -> None:
    report = recognised.save("003")
    measures = list(report.sections.get().measures.all())
    said = {f.anchor: f.beside for f in checks.findings(report) if f.rule == "question-code"}
    assert list(said) == [
        f"measure-{measures[place].pk}-{key}"
        for place, key in ((0, "topic"), (4, "topic"), (4, "issue"), (5, "topic"), (6, "topic"), (6, "issue"))
    ]
    assert [re.findall(r"O\d+", sentence) for sentence in list(said.values())[1:]] == [
        ["O19"], ["O18"], ["O23"], ["O26"], ["O25"],
    ]  # fmt: skip


def test_004_has_one_result_that_is_only_a_status() -> None:
    report = recognised.save("004")
    assert anchors(report, "status-only") == [f"activity-{rows_of(report)[5].pk}-result"]
    names = [f.beside for f in checks.findings(report) if f.rule == "name-spelled-differently"]
    assert len(names) == 4 and all("นาคะตาม" in sentence for sentence in names)


@pytest.mark.parametrize("number", recognised.SAMPLES)
def test_digits_as_they_are_stored_change_nothing(number: str) -> None:
    """Import stores Arabic digits; the scans have Thai ones. Rules see through both."""
    report = recognised.save(number)
    before = [(finding.rule, finding.url) for finding in checks.findings(report)]
    for model in (Measure, Activity):
        for row in model.objects.of(report.organisation):
            row.cells = {key: thai.normalise(text) for key, text in row.cells.items()}
            row.save()
    assert [(finding.rule, finding.url) for finding in checks.findings(report)] == before


def test_examples(settings: Any) -> None:
    settings.DEBUG = True
    call_command("load_examples", verbosity=0)
    expected = table("The examples")
    for report in Report.objects.across_organisations().select_related("item", "organisation", "memo"):
        found = Counter(finding.rule for finding in checks.findings(report))
        assert found == expected[EXAMPLES[report.organisation.slug]], report.organisation.slug
