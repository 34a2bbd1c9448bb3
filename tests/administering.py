"""What the tests of the administration share: the example after a walk, and pages posted back as a browser does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.db import models
from django.test import Client
from django.urls import reverse

from ita_core.administration import every
from ita_core.models import Organisation, User
from tests.logging_in import log_in
from tests.workflows.test_walk import walk
from workflows.examples import loading

NAME = "phuang-phrom-khon"


@pytest.fixture
def organisation(db: None, tmp_path: Path) -> Organisation:
    loading.load(NAME)
    walk(tmp_path)
    return Organisation.objects.get(slug=NAME)


@pytest.fixture
def superuser(organisation: Organisation, client: Client) -> Client:
    log_in(client, User.objects.get(username="superuser"))
    return client


def page(model: type[models.Model], name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def first_row(model: type[models.Model]) -> Any:
    return every(model).order_by("pk").first()


def post_form(client: Client, address: str, **changes: Any) -> Any:
    """Posts the page's own form back, with changes: what a browser does."""
    form = client.get(address).context["adminform"].form
    formsets = [f.formset for f in client.get(address).context["inline_admin_formsets"]]
    data = {}
    for part in [form, *[f.management_form for f in formsets], *[f for s in formsets for f in s.forms]]:
        for field in part:
            value = field.value()
            if value is None or value is False or isinstance(field.field, forms.FileField):
                continue
            data[field.html_name] = [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
    data.update(changes)
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def problems(response: Any) -> list[str]:
    """The sentences on the page: fields come with a list of them, formsets with the sentence itself."""
    found: list[str] = []
    for entry in response.context["errors"]:
        found += [str(entry)] if isinstance(entry, str) else [str(message) for message in entry]
    return found
