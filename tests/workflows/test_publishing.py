"""Making a signed report public: the gate, the copy, the acts, the addresses."""

from __future__ import annotations

import json

import pytest

from ita_core.outbox import Job
from memos import archive
from memos.models import Report
from tests import reports
from tests.memos.sealing import instant
from tests.personas import Authority
from tests.workflows import made_public
from workflows import actions, public_making, publishing, verification
from workflows.models import Act, Publication, PublicDraft
from workflows.refusals import BadInput, Conflict, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(home: Authority) -> Report:
    return reports.in_state(home, "mayor_signed")


def _at(home: Authority, report: Report, version: int | None = None) -> publishing.Found:
    found = publishing.at(home.organisation, report.fiscal_year, publishing.slug_of(report), version)
    assert found is not None
    return found


def test_what_is_published_stands_at_its_address_as_the_act_says(home: Authority, signed: Report) -> None:
    row = made_public.published(home, signed)
    assert row.version == 1
    assert publishing.path_of(row) == (
        f"/p/{home.organisation.slug}/{signed.fiscal_year}/{signed.item.key}/1/"
    )
    assert _at(home, signed) == publishing.Found(row, None, True)
    assert publishing.current(home.organisation.pk) == [row]
    assert row.act.reason == publishing.sentence(row)
    for told in (publishing.path_of(row), row.data.sha256, row.pdf.sha256):
        assert told in row.act.reason
    data = json.loads(archive.read(row.data))
    assert data["version"] == 1
    assert data["pdf"] == {"sha256": row.pdf.sha256, "size": row.pdf.size}
    assert list(verification.faults([home.organisation])) == []
