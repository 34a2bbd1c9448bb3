"""A real worker with a real LibreOffice that hangs, crashes, is killed and forks: each final file once, within a minute."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ita_core.outbox import Job
from memos.models import FinalFile, Report
from memos.rendering import office
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.memos.rendering.forking import FORKED, put_forking_office
from tests.personas import Authority
from workflows import verification

pytestmark = [pytest.mark.soak, pytest.mark.rendering]
A_MINUTE = 60.0


def _of(marker: str, word: str) -> list[int]:
    """Processes whose command line has both; the marker is this test's own folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if marker in command and word in command:
            found.append(int(path.parent.name))
    return found


def _until(condition: Callable[[], object], seconds: float) -> float:
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "not in time"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture
def working_in(
    committed_db: CommittedDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A worker whose office works below the folder that is the value."""
    folder = tmp_path / "offices"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    put_forking_office(tmp_path, monkeypatch)
    with subprocess.Popen([sys.executable, "manage.py", "worker"]) as worker:
        yield str(folder)
        worker.terminate()
    if office.isolation():
        _until(lambda: not _of(str(folder), FORKED), 10)
        assert not _of(str(folder), "soffice"), "nothing is left behind"


def _has_file(report: Report) -> bool:
    return (
        FinalFile.objects.of(report.organisation_id)
        .filter(document_set__acts__approval__report=report)
        .exists()
    )


def _harm(folder: str, trouble: str) -> None:
    """The office stands still already; now work has begun that needs it: pictures of the papers, or the file itself."""
    held = Job.objects.still_open().filter(leased_until__isnull=False)
    _until(held.exists, 20)
    time.sleep(0.5)
    if trouble == "crash":
        for process in _of(folder, "soffice.bin"):
            os.kill(process, signal.SIGKILL)
    elif trouble == "killed":
        os.kill(int(held[0].leased_by.split("-")[-2]), signal.SIGKILL)


def test_each_final_file_is_there_within_a_minute(working_in: str, home: Authority) -> None:
    first = reports.in_state(home, "mayor_signed")
    _until(lambda: _has_file(first), A_MINUTE)
    for trouble in ("hang", "crash", "killed"):
        _until(lambda: not Job.objects.still_open().exists(), A_MINUTE)
        for process in _of(working_in, "soffice.bin"):
            os.kill(process, signal.SIGSTOP)
        before = set(Job.objects.values_list("pk", flat=True))
        report = reports.in_state(home, "mayor_signed")
        began = time.monotonic()
        _harm(working_in, trouble)
        _until(lambda report=report: _has_file(report), A_MINUTE)  # type: ignore[misc]
        took = time.monotonic() - began
        print(f"{trouble}: {took:.0f} s")
        assert took < A_MINUTE
        _until(lambda: not Job.objects.still_open().exists(), A_MINUTE)
        assert 2 in Job.objects.exclude(pk__in=before).values_list("attempts", flat=True), trouble
    assert FinalFile.objects.across_organisations().count() == 4
    assert not Job.objects.filter(given_up_at__isnull=False).exists()
    assert list(verification.faults()) == []
