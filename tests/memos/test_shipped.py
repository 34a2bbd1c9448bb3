"""Forms and templates that ship: loaded once, numbered when they change, the authority's own before them."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from ita_core.models import Organisation
from memos import shipped
from memos.docx import TemplateProblem
from memos.models import FormVersion, TemplateVersion

ROWS: list[dict[str, Any]] = json.loads(shipped.FORMS.read_text(encoding="utf-8"))


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(slug="ban-mai", kind="sao", name="บ้านใหม่", province="สมมติ")


def _own_form(organisation: Organisation, slug: str, number: int) -> FormVersion:
    form = FormVersion(
        organisation=organisation, slug=slug, number=number, title="แบบของเรา", columns=ROWS[0]["columns"]
    )
    form.save()
    return form


def test_the_two_forms_have_the_samples_columns(organisation: Organisation) -> None:
    plan, result = shipped.usual_forms(organisation)
    assert [column["fields"] for column in plan.columns] == [
        ["measure"], ["method"], ["responsible"], ["period"], ["monitoring"]
    ]  # fmt: skip
    assert [column["heading"] for column in result.columns] == [
        "มาตรการ/แนวทาง", "วิธีการดำเนินงาน", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "ผลการดำเนินการ", "ข้อเสนอแนะ"
    ]  # fmt: skip
    assert {form.orientation for form in (plan, result)} == {"landscape"}


def test_loading_again_adds_nothing(db: None) -> None:
    assert shipped.load() == 0


def test_other_columns_become_the_next_number_and_the_old_stay(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = FormVersion.objects.get(slug="plan", organisation=None)
    rows = json.loads(json.dumps(ROWS))
    rows[0]["columns"][4]["required"] = not rows[0]["columns"][4]["required"]
    changed = tmp_path / "forms.json"
    changed.write_text(json.dumps(rows), encoding="utf-8")
    monkeypatch.setattr(shipped, "FORMS", changed)
    assert (shipped.load(), shipped.load()) == (1, 0)
    versions = FormVersion.objects.filter(slug="plan", organisation=None).order_by("number")
    assert [form.number for form in versions] == [before.number, before.number + 1]
    assert versions[0].columns == ROWS[0]["columns"]


def test_wrong_columns_are_not_loaded(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wrong = tmp_path / "forms.json"
    wrong.write_text(json.dumps([{**ROWS[0], "columns": []}]), encoding="utf-8")
    monkeypatch.setattr(shipped, "FORMS", wrong)
    with pytest.raises(ValidationError):
        shipped.load()


def test_the_loaded_templates_are_the_files(organisation: Organisation, settings: Any) -> None:
    for kind in TemplateVersion.Kind:
        template = shipped.current_template(organisation, kind)
        data = (Path(settings.DOCX_TEMPLATES_DIR) / f"{kind.value}.docx").read_bytes()
        assert bytes(template.docx) == data
        assert template.sha256 == hashlib.sha256(data).hexdigest()


def test_other_bytes_of_a_template_become_the_next_number(db: None, settings: Any, tmp_path: Path) -> None:
    original = Path(settings.DOCX_TEMPLATES_DIR)
    settings.DOCX_TEMPLATES_DIR = Path(shutil.copytree(original, tmp_path / "templates"))
    with (tmp_path / "templates" / "memo.docx").open("rb+") as file:  # A zip may be followed by a comment.
        data = file.read()
        file.seek(0)
        file.write(data[:-2] + b"\x01\x00x")
    assert (shipped.load(), shipped.load()) == (1, 0)
    numbers = TemplateVersion.objects.filter(kind="memo", organisation=None).order_by("number")
    assert [template.number for template in numbers] == [1, 2]


def test_a_template_that_cannot_be_filled_is_not_loaded(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DOCX_TEMPLATES_DIR = tmp_path
    for kind in TemplateVersion.Kind:
        (tmp_path / f"{kind.value}.docx").write_bytes(b"not a Word file")
    with pytest.raises(TemplateProblem):
        shipped.load()


def test_a_missing_template_is_said(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DOCX_TEMPLATES_DIR = tmp_path
    with pytest.raises(FileNotFoundError):
        shipped.load()


def test_an_authoritys_own_newest_form_comes_before_the_shipped_one(organisation: Organisation) -> None:
    _own_form(organisation, "plan", 1)
    newest = _own_form(organisation, "plan", 2)
    budget = _own_form(organisation, "budget", 1)
    assert shipped.current_form(organisation, "plan") == newest
    assert shipped.current_form(organisation, "result").organisation is None
    first, second, *others = shipped.available_forms(organisation)
    assert [first, second] == [budget, newest]
    assert others == [form for form in shipped.shipped_forms() if form.slug != "plan"]
    assert newest not in shipped.shipped_forms()
    assert shipped.next_number(organisation, "plan") == 3


def test_another_authoritys_form_is_not_ours(organisation: Organisation) -> None:
    other = Organisation.objects.create(slug="ban-kao", kind="sao", name="บ้านเก่า", province="สมมติ")
    _own_form(other, "plan", 1)
    assert shipped.current_form(organisation, "plan").organisation is None
    assert shipped.next_number(organisation, "plan") == 1


def test_an_unknown_form_or_template_is_said(organisation: Organisation) -> None:
    with pytest.raises(FormVersion.DoesNotExist, match="load_facts"):
        shipped.current_form(organisation, "nothing")
    with pytest.raises(TemplateVersion.DoesNotExist, match="load_facts"):
        shipped.current_template(organisation, "nothing")
