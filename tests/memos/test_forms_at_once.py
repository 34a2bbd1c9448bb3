"""Forms under stress: two administrators at once, and whatever a browser or a script may post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos import form_faults, forms_page
from memos.form_draft import FormDraft
from memos.forms_data import FIELDS, validate_columns
from memos.models import FormVersion
from tests.databases.committed import CommittedDatabase
from tests.faults.racing import STARTS, Racers, Start, racers
from tests.memos.editor_forms import as_person
from tests.memos.test_forms_page import BUDGET, NEW, RESULT, edit, own, typed
from tests.personas import Authority


@pytest.fixture
def pair(committed_db: CommittedDatabase) -> Iterator[Racers]:
    with racers() as two:
        yield two


@pytest.mark.parametrize("start", STARTS)
def test_two_save_the_next_version_at_once(
    committed_db: CommittedDatabase, home: Authority, pair: Racers, start: Start
) -> None:
    as_person(home, "org_admin").post(NEW, typed({}, RESULT))
    form = own(home)[0]

    def save(heading: str) -> Any:
        columns = [{}, {**RESULT, "heading": heading}]
        return as_person(home, "org_admin").post(edit(form), typed(*columns, base="1"))

    outcomes = pair.run(lambda: save("ผลแรก"), lambda: save("ผลที่สอง"), start)
    answers = [outcome.value for outcome in outcomes]
    assert sorted(answer.status_code for answer in answers) == [302, 409], outcomes
    winner = next(place for place, answer in enumerate(answers) if answer.status_code == 302)
    assert ["ผลแรก", "ผลที่สอง"][1 - winner] in answers[1 - winner].content.decode()
    assert [version.number for version in own(home)] == [1, 2]


@pytest.mark.parametrize("start", STARTS)
def test_two_new_forms_at_once_get_names_and_keys_of_their_own(
    committed_db: CommittedDatabase, home: Authority, pair: Racers, start: Start
) -> None:
    def save(title: str, field: str) -> Any:
        columns = [{}, {**BUDGET, "heading": field, "name1": field}]
        return as_person(home, "org_admin").post(NEW, typed(*columns, title=title))

    outcomes = pair.run(lambda: save("แบบ ก", "ช่อง ก"), lambda: save("แบบ ข", "ช่อง ข"), start)
    assert [outcome.value.status_code for outcome in outcomes] == [302, 302], outcomes
    assert {form.slug for form in own(home)} == {"own-1", "own-2"}
    assert {form.columns[1]["key"] for form in own(home)} == {"own_1", "own_2"}


NAMES = st.builds(
    "c{}.{}".format,
    st.integers(0, 14) | st.sampled_from([999, 1000]),
    st.sampled_from(["heading", "group", "field1", "name1", "field2", "name2", "width", "level", "required"]),
) | st.sampled_from(["title", "orientation", "gone.place", "gone.heading", "gone.width", "do", "base"])
WORDS = st.text(max_size=8) | st.sampled_from(
    [*FIELDS, "+", "measure", "activity", "landscape", "portrait", "10", "๒๐", "-1", "1e9", "²", "ก" * 300]
)
ACTIONS = st.sampled_from(
    ["save", "preview", "undo", "column-add", "column-up-1", "column-down-0", "column-delete-0"]
)


@given(st.dictionaries(NAMES, WORDS, max_size=30), ACTIONS)
def test_whatever_is_posted_is_shown_again_and_kept_only_when_right(
    data: dict[str, str], action: str
) -> None:
    draft = FormDraft.posted(data)
    draft.change(action)
    own_names = {"budget": "งบประมาณ"}
    faults = form_faults.find_faults(draft, own_names)
    preview = forms_page.preview_of_draft(draft, own_names)
    assert len(preview.levels) == len(draft.rows) <= 12
    if faults or draft.is_faulty:
        assert not preview.word
    else:
        columns = form_faults.trial_columns(draft, own_names)
        validate_columns(columns)
        kept = FormVersion(slug="own-1", number=1, title=draft.title, columns=columns)
        assert forms_page.preview_of_version(kept).heads == preview.heads
