"""Visiting the pages of the process as one of the personas."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from memos.models import Report
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows.visiting import Go


@pytest.fixture
def go(client: Client, home: Authority) -> Go:
    """``go("clerk", "report", report)``: the page as that person, ``data=…`` posts."""

    def visit(
        key: str, name: str, report: Report | None = None, data: dict[str, Any] | None = None, **query: Any
    ) -> Any:
        log_in(client, home.people[key])
        kwargs = {"org": home.organisation.slug} | ({"pk": report.pk} if report else {})
        address = reverse(f"workflows:{name}", kwargs=kwargs)
        return client.get(address, query) if data is None else client.post(address, data)

    return visit
