"""Decisions with ink: the verdict says so and when, the bundle carries the scan and misses it when it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests import reports
from tests.personas import Authority
from tests.workflows import inked
from tests.workflows.test_bundle import reseal, unpacked, verify
from tests.workflows.visiting import text
from workflows import proofs, proving
from workflows.models import Act, State

pytestmark = pytest.mark.django_db


def test_a_signature_with_ink(home: Authority, tmp_path: Path) -> None:
    report = reports.in_state(home, State.DEPUTY_APPROVED)
    inked.record(home, report, "mayor")
    act = report.approval.acts.select_related("approval__report", "document_set").get(medium=Act.Medium.INK)
    assert proving.of_act(act).signers[-1] == act
    page = text(Client().get(f"/v/{proofs.code_of(act)}"))
    assert "ลงนามบนกระดาษเมื่อ" in page
    assert home.people["mayor"].full_name in page
    assert home.people["registrar"].full_name not in page

    folder = unpacked(report, tmp_path / "b")
    (scan,) = (folder / "scans").iterdir()
    assert scan.name == f"{act.sequence}.pdf"
    code, said = verify(folder)
    assert code == 0, said
    scan.write_bytes(scan.read_bytes() + b"?")
    reseal(folder)
    code, said = verify(folder)
    assert (code, f"การกระทำที่ {act.sequence}" in said, scan.name in said) == (1, True, True)
