"""Codes on paper lead to the act that issued the documents, and to nothing else."""

from __future__ import annotations

import pytest

from tests import reports
from tests.personas import Authority
from workflows import proofs
from workflows.models import State

pytestmark = pytest.mark.django_db


def test_a_code_leads_to_its_act_however_it_is_typed(home: Authority) -> None:
    reports.in_state(home, State.MAYOR_SIGNED)
    for act in home.organisation.acts.all():
        code = proofs.code_of(act)
        found = {proofs.find(typed) for typed in (code, code.lower(), code.replace("-", " "), f" {code}\n")}
        assert found == {act if act.document_set_id else None}


@pytest.mark.parametrize("typed", ["", "0", "F" * 19, "F" * 21, "G" * 20, "%" * 20, "๐" * 20, "0" * 20])
def test_what_is_no_code_finds_nothing(home: Authority, typed: str) -> None:
    reports.in_state(home, State.DRAFTED)
    assert proofs.find(typed) is None
