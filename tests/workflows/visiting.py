"""What tests of pages ask of an answer and of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from memos.models import Report
from workflows.models import Approval

Go = Callable[..., Any]


def text(response: Any) -> str:
    return str(response.content.decode())


def state_of(report: Report) -> str:
    return str(Approval.objects.of(report.organisation).get(report=report).state)
