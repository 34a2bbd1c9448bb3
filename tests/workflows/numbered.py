"""Reports with numbers, for the tests of the register."""

from __future__ import annotations

from typing import Any

from ita_core import thai
from memos import archive, register
from memos.docx.saying import words_of
from memos.models import DocumentSet, Register, RegisterEntry, Report
from memos.register import Line
from tests.personas import Authority
from workflows import actions
from workflows.models import Act

PAPER = Line(dated=thai.today(), sender="กองคลัง", recipient="นายก", subject="ขออนุมัติจัดซื้อ")
"""No report of ours: the same book numbers it too."""


def book(home: Authority, **settings: Any) -> Register:
    """The authority's memo register, with these settings."""
    found = register.of(home.organisation)[0]
    Register.objects.of(home.organisation).filter(pk=found.pk).update(**settings)
    found.refresh_from_db(from_queryset=Register.objects.of(home.organisation))
    found.organisation = home.organisation
    return found


def here(home: Authority, **settings: Any) -> Register:
    """The same, giving numbers itself."""
    return book(home, numbering=Register.Numbering.HERE, **settings)


def number(home: Authority, report: Report, typed: str = "", *, by: str = "registrar", **more: Any) -> Act:
    found = register.of(home.organisation)[0]
    return actions.number(home.actor(by), report.pk, book=found.pk, typed=typed, **more)


def lines(home: Authority) -> list[RegisterEntry]:
    return list(RegisterEntry.objects.of(home.organisation).order_by("year", "number"))


def memo_of(act: Act) -> str:
    """The words of the memo that the act made."""
    assert act.document_set_id is not None
    issued = (
        DocumentSet.objects.of(act.organisation)
        .select_related("memo__organisation")
        .get(pk=act.document_set_id)
    )
    return words_of(archive.read(issued.memo))


def says(act: Act, number: str) -> bool:
    return thai.printed(number) in memo_of(act)
