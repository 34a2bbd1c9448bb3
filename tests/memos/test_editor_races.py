"""Two windows save at once: one is saved whole, the other is told and shown what it typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults.racing import STARTS, Racers, Start, racers
from tests.memos.editor_forms import as_person, cells, form_of, fresh, section_url
from tests.personas import Authority


@pytest.fixture
def pair(committed_db: CommittedDatabase) -> Iterator[Racers]:
    with racers() as two:
        yield two


@pytest.mark.parametrize("start", STARTS)
def test_one_window_wins_and_the_other_keeps_its_text(
    committed_db: CommittedDatabase, home: Authority, pair: Racers, start: Start
) -> None:
    report = reports.begin(home, fiscal_year=2565)
    url, client = section_url(report), as_person(home)
    shown = form_of(client, url)
    texts = ["หน้าต่างแรก", "หน้าต่างที่สอง"]

    def save(text: str) -> Any:
        return as_person(home).post(url, shown | {"m0.a0.c.method": text, "do": "activity-add-0"})

    outcomes = pair.run(lambda: save(texts[0]), lambda: save(texts[1]), start)
    answers = [outcome.value for outcome in outcomes]
    assert sorted(answer.status_code for answer in answers) == [302, 409], outcomes
    winner = next(place for place, answer in enumerate(answers) if answer.status_code == 302)
    assert texts[1 - winner] in answers[1 - winner].content.decode()
    assert cells(report)[0][1][0]["method"] == texts[winner]
    assert len(cells(report)[0][1]) == 3
    assert fresh(report).revision == report.revision + 1
