"""A stored table that was damaged or lost: no act takes it over, and storing the right bytes again mends it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from memos import archive
from memos.models import DocumentSet, StoredFile
from tests import reports
from tests.faults.soundness import assert_green, assert_sound
from tests.personas import Authority
from workflows.refusals import NoPaper

Harm = Callable[[pytest.MonkeyPatch, Authority], None]


def table_of(home: Authority) -> tuple[StoredFile, Path]:
    """The measure table of the set that the next forward act takes over."""
    stored = DocumentSet.objects.of(home.organisation).latest("pk").measures
    return stored, Path(archive.storage().path(stored.path))


def damage_table(patch: pytest.MonkeyPatch, home: Authority) -> None:
    """Of the right size: one byte is another."""
    path = table_of(home)[1]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def lose_table(patch: pytest.MonkeyPatch, home: Authority) -> None:
    table_of(home)[1].unlink()


@pytest.mark.parametrize("harm", [damage_table, lose_table])
def test_a_table_stored_again_is_whole_again(
    home: Authority, monkeypatch: pytest.MonkeyPatch, harm: Harm
) -> None:
    report = reports.in_state(home, "drafted")
    stored, path = table_of(home)
    whole = path.read_bytes()
    harm(monkeypatch, home)
    with pytest.raises(NoPaper):
        reports.forward(home, report, "section_head")
    assert archive.store(home.organisation, whole) == stored
    assert path.read_bytes() == whole
    reports.forward(home, report, "section_head")
    assert_sound(home, report)
    assert_green()


def test_a_whole_file_is_touched_and_not_written_again(
    home: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = archive.store(home.organisation, b"whole")
    path = Path(archive.storage().path(stored.path))
    os.utime(path, (0, 0))
    monkeypatch.setattr(tempfile, "mkstemp", None)  # Writing would begin with it.
    archive.store(home.organisation, b"whole")
    assert path.stat().st_mtime > 0
