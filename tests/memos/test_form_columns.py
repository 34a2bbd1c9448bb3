"""The columns of a form come from a person as JSON: odd ones are refused in words, accepted ones can be printed."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from ita_core.models import Organisation
from memos import content, documents, frozen
from memos.docx import CompiledTemplate, compile_template
from memos.forms_data import LEVELS, validate_columns
from memos.models import FormVersion
from tests.administering import organisation, page, superuser
from tests.memos import sample

__all__ = ["organisation", "superuser"]  # Fixtures, found by their names here.

COLUMN: dict[str, Any] = {
    "key": "measure", "heading": "มาตรการ", "fields": ["measure"], "width": 10, "level": "measure", "required": True,
}  # fmt: skip

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=12)
ANY_JSON = st.recursive(
    LEAVES | st.sampled_from(["measure", "activity", "budget"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["topic", "measure", "method", "budget", "x_1"])
RIGHT = st.fixed_dictionaries(
    {
        "key": NAMES,
        "heading": st.text(min_size=1, max_size=30),
        "fields": st.lists(NAMES, min_size=1, max_size=2),
        "width": st.integers(1, 100),
        "level": st.sampled_from(LEVELS),
        "required": st.booleans(),
    }
)
ALTERED = st.builds(
    lambda column, key, value: {**column, key: value}, RIGHT, st.sampled_from(sorted(COLUMN)), ANY_JSON
)


@given(ANY_JSON | st.lists(RIGHT | ALTERED | ANY_JSON, min_size=1, max_size=4))
@effort(suppress_health_check=[HealthCheck.too_slow])
def test_any_json_is_refused_in_words_or_prints(columns: Any) -> None:
    refusal = _refusal(columns)
    if refusal is None:
        _print_empty_table(columns)
    else:
        assert any("ก" <= letter <= "๛" for letter in refusal)


@given(st.text(st.characters(), min_size=1, max_size=200), NAMES)
def test_an_accepted_heading_prints(heading: str, name: str) -> None:
    columns = [{**COLUMN, "heading": heading, "key": name, "fields": [name]}]
    if _refusal(columns) is None:
        _print_empty_table(columns)


def _refusal(columns: Any) -> str | None:
    try:
        validate_columns(columns)
    except ValidationError as refused:
        return str(refused.messages[0])
    return None


def _print_empty_table(columns: list[dict[str, Any]]) -> None:
    form = content.form_values(FormVersion(slug="x", number=1, title="แบบ", columns=columns))
    empty = dataclasses.replace(sample.CONTENT, sections=(frozen.Section("", "", "", form),))
    again = frozen.FrozenContent.from_dict(json.loads(frozen.canonical_json(empty.to_dict())))
    assert again.sections[0].form == form
    assert documents.render_measures(_template(), again).startswith(b"PK")


@functools.cache
def _template() -> CompiledTemplate:
    path = Path(settings.DOCX_TEMPLATES_DIR) / "measures.docx"
    return compile_template(path.read_bytes(), "measures")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key": ["measure"]}, "a–z"),
        ({"key": ""}, "a–z"),
        ({"key": "Measure"}, "a–z"),
        ({"key": "k" * 41}, "a–z"),
        ({"key": "measure\n"}, "a–z"),
        ({"fields": ["measure", 1]}, "a–z"),
        ({"fields": [{}]}, "a–z"),
        ({"fields": "measure"}, "ช่องข้อมูล"),
        ({"heading": 7}, "หัวคอลัมน์"),
        ({"heading": " "}, "หัวคอลัมน์"),
        ({"heading": "ก" * 201}, "ยาว"),
        ({"heading": "ก\x00"}, "U+0000"),
        ({"heading": "ก\ud800"}, "U+D800"),
        ({"width": True}, "ความกว้าง"),
        ({"width": 1e9}, "ความกว้าง"),
        ({"level": []}, "ระดับ"),
        ({"level": None}, "ระดับ"),
        ({"required": 1}, "ระดับ"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(changes: dict[str, Any], said: str) -> None:
    validate_columns([COLUMN])
    with pytest.raises(ValidationError, match=re.escape(said)):
        validate_columns([{**COLUMN, **changes}])


@pytest.mark.parametrize(
    "typed",
    [
        "[" * 100_000,
        "1" * 5_000,
        "NaN",
        "null",
        "{",
        '"\\ud800"',
        json.dumps([{**COLUMN, "key": [1]}]),
        json.dumps([{**COLUMN, "fields": [[]]}]),
        json.dumps([{**COLUMN, "heading": "ก\ud800"}]),
        json.dumps([{**COLUMN, "heading": "ก\x00"}]),
    ],
    ids=lambda typed: typed[:12],
)
def test_the_administration_refuses_it_beside_the_field(
    superuser: Client, organisation: Organisation, typed: str
) -> None:
    facts = {"organisation": organisation.pk, "slug": "own", "title": "แบบ", "orientation": "landscape"}
    before = FormVersion.objects.count()
    answer = superuser.post(page(FormVersion, "add"), {**facts, "columns": typed})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors.keys() == {"columns"}
    assert FormVersion.objects.count() == before
