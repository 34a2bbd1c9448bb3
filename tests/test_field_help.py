"""Beside every field that an officer fills stands what belongs into it."""

from __future__ import annotations

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from memos import column_help
from memos.forms import MemoForm, NewSectionForm, SectionForm
from memos.forms_data import FIELDS
from memos.models import FormVersion
from memos.views_import import ImportForm
from memos.views_templates import TemplateForm
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from workflows.forms import CopyForm, HandOverForm, NewReportForm, RecallForm, SubmitForm, WithdrawForm

FORMS: list[type[forms.Form]] = [
    MemoForm, SectionForm, NewSectionForm, ImportForm, TemplateForm, NewReportForm, CopyForm, SubmitForm, RecallForm,
    WithdrawForm, HandOverForm,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_field_says_what_belongs_into_it(form: type[forms.Form]) -> None:
    silent = {
        name for name, field in form.base_fields.items() if not field.help_text and not field.widget.is_hidden
    }
    assert not silent


def test_every_known_field_of_a_table_has_its_help() -> None:
    assert set(FIELDS) <= set(column_help.HELP)


@pytest.mark.django_db
def test_the_help_is_called_as_the_table_calls_the_field(home: Authority) -> None:
    report = reports.begin(home)
    section = report.sections.select_related("form")[0]
    client = Client()
    log_in(client, home.people["legal_officer"])
    place = reverse("memos:edit_section", args=[home.organisation.slug, report.pk, section.pk])
    page = client.get(place).content.decode()
    for column in section.form.columns:
        for key in column["fields"]:
            assert str(column_help.HELP[key]) in page


@pytest.mark.django_db
def test_fields_of_an_authoritys_own_have_no_help_of_ours(home: Authority) -> None:
    columns = FormVersion.objects.filter(organisation=None)[0].columns
    own = {**columns[-1], "key": "own_1", "fields": ["own_1"], "heading": "ของเราเอง"}
    assert len(column_help.of_columns([*columns, own])) == sum(len(column["fields"]) for column in columns)
