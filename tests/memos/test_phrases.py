"""The usual sentences of a memo: they can be printed, carry the report's facts, and stand on the page without scripts."""

from __future__ import annotations

import pytest

from ita_core import thai
from memos import phrases
from tests import reports
from tests.memos.editor_forms import as_person, memo_url
from tests.personas import Authority

pytestmark = pytest.mark.django_db


def test_they_follow_the_grammar_of_a_memo(home: Authority) -> None:
    report = reports.begin(home, fiscal_year=2565)
    groups = phrases.for_report(report)
    assert [len(group.phrases) > 2 for group in groups] == [True] * 4
    texts = [phrase.text for group in groups for phrase in group.phrases]
    assert len(set(texts)) == len(texts)
    assert not [
        text for text in texts if "{" in text or thai.problem_in(text) or thai.normalise(text) != text
    ]
    assert texts[0].startswith(f"ตามที่{home.organisation.full_name}") and texts[0].endswith("พ.ศ. 2565 นั้น")
    assert {"รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย", "จึงเรียนมาเพื่อโปรดทราบและพิจารณา"} <= set(texts)


def test_they_are_a_list_on_the_memo_s_page(home: Authority) -> None:
    report = reports.begin(home, fiscal_year=2565)
    page = as_person(home).get(memo_url(report)).content.decode()
    assert 'data-phrase="จึงเรียนมาเพื่อโปรดทราบและพิจารณา"' in page
    assert "พ.ศ.\u00a0๒๕๖๕ นั้น" in page, "shown as it will stand on paper"
