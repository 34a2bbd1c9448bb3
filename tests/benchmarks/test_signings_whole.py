"""Every signing of the benchmark, to the last one: each has one final file that holds. SIGNINGS=N makes another number."""

from __future__ import annotations

import os
import time

import pytest

from ita_core.outbox import Job
from memos.models import FinalFile
from tests.benchmarks import approving, signings
from tests.databases.committed import CommittedDatabase
from workflows import sealed, verification

NUMBER = int(os.environ.get("SIGNINGS", str(signings.SIGNINGS)))


@pytest.mark.soak
@pytest.mark.rendering
@pytest.mark.once
def test_every_signing_comes_to_one_final_file(committed_db: CommittedDatabase) -> None:
    sets = signings.signed(approving.sample(), NUMBER)
    assert len(sets) == NUMBER
    Job.objects.all().delete()
    signings.order(sets, NUMBER)
    began = time.monotonic()
    with signings.at_work(signings.CORES):
        while Job.objects.still_open().filter(kind=sealed.KIND).exists():
            time.sleep(1)
    print(f"{NUMBER:,} final files in {(time.monotonic() - began) / 60:.0f} min")
    made = FinalFile.objects.across_organisations().values_list("document_set", flat=True)
    assert sorted(made) == sorted(sets)
    assert not Job.objects.filter(kind=sealed.KIND, done_at=None).exists()
    assert list(verification.faults()) == []
