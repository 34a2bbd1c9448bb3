"""sweep_orphans takes what nobody names and nobody touched for a day, and nothing else."""

from __future__ import annotations

import json
import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from memos import archive
from memos.models import StoredFile
from memos.storing import Listed
from tests import reports
from tests.faults.soundness import assert_green
from tests.personas import Authority

HOUR = 60 * 60
DAY = 24 * HOUR


def _put(home: Authority, data: bytes, hours: float) -> Path:
    """A file that no row names, last touched so many hours ago."""
    name = f"{home.organisation.pk}/{archive.sha256(data)}"
    archive.storage().put(name, data)
    path = Path(archive.storage().path(name))
    _age(path, hours)
    return path


def _age(path: Path, hours: float) -> None:
    then = time.time() - hours * HOUR
    os.utime(path, (then, then))


def _sweep(*options: str) -> list[str]:
    out = StringIO()
    call_command("sweep_orphans", "--json", *options, stdout=out)
    return [str(name) for name in json.loads(out.getvalue())["removed"]]


def test_an_orphan_younger_than_a_day_stays_and_an_older_goes(home: Authority) -> None:
    young, old = _put(home, b"young", 23.9), _put(home, b"old", 24.1)
    assert _sweep("--dry-run") == []
    assert old.exists()
    assert _sweep() == [f"{home.organisation.pk}/{old.name}"]
    assert (young.exists(), old.exists()) == (True, False)
    assert _sweep() == []


def test_a_named_file_stays_whatever_its_age(home: Authority) -> None:
    reports.in_state(home, "mayor_signed")
    for stored in StoredFile.objects.of(home.organisation):
        _age(Path(archive.storage().path(stored.path)), 24 * 365)
    assert _sweep() == []
    assert_green()


def test_a_file_of_another_authority_is_not_protected_by_ours(home: Authority, stranger: Authority) -> None:
    archive.store(home.organisation, b"ours")
    same = _put(stranger, b"ours", 25)
    assert _sweep() == [f"{stranger.organisation.pk}/{same.name}"]
    assert_green()


def test_an_orphan_that_is_used_again_stays(home: Authority) -> None:
    """Storing the same bytes touches the file before its row is there."""
    old = _put(home, b"used again", 48)
    archive.storage().put(f"{home.organisation.pk}/{old.name}", b"used again")
    assert _sweep() == []
    archive.store(home.organisation, b"used again")
    _age(old, 48)
    assert _sweep() == []
    assert_green()


@pytest.mark.parametrize("happens", ["touched", "named"])
def test_what_happens_while_it_sweeps_is_seen(
    home: Authority, monkeypatch: pytest.MonkeyPatch, happens: str
) -> None:
    """Between finding an orphan and taking it somebody may store the same bytes."""
    old = _put(home, b"just now", 48)
    real = archive.orphans

    def slow(older_than: float = DAY) -> list[Listed]:
        found = list(real(older_than))
        if happens == "touched":
            os.utime(old)
        else:
            StoredFile(organisation=home.organisation, sha256=old.name, size=8).save()
        return found

    monkeypatch.setattr(archive, "orphans", slow)
    assert archive.sweep() == []
    assert old.read_bytes() == b"just now"
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_a_file_that_another_sweep_took_is_no_failure(
    home: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = _put(home, b"taken", 48)
    found = list(archive.orphans())
    monkeypatch.setattr(archive, "orphans", lambda older_than=DAY: [*found, *found])
    assert archive.sweep() == [f"{home.organisation.pk}/{old.name}"]


def test_what_a_killed_sweep_set_aside_comes_back(home: Authority) -> None:
    """It was killed between setting a file aside and looking whether somebody had named it."""
    stored = archive.store(home.organisation, b"named at last")
    path = Path(archive.storage().path(stored.path))
    _age(path, 48)
    path.rename(path.with_name(f".sweep-{path.name}"))
    assert _sweep() == []
    assert_green()


def test_abandoned_temporary_files_go_too(home: Authority) -> None:
    folder = _put(home, b"any", 0).parent
    for name, hours in ((".new-young", 1), (".new-old", 25)):
        (folder / name).write_bytes(b"half a fi")
        _age(folder / name, hours)
    assert _sweep() == [f"{home.organisation.pk}/.new-old"]


def test_what_is_not_the_archives_is_left_alone(home: Authority, own_folders: Path) -> None:
    """A disk of its own brings lost+found along; an administrator may leave a note or a folder."""
    folder = _put(home, b"any", 0).parent
    (own_folders / "lost+found").mkdir()
    for place in (own_folders / "lost+found" / "1", own_folders / "note.txt"):
        place.write_bytes(b"not ours")
        _age(place, 48)
    (folder / "a folder").mkdir()
    _age(folder / "a folder", 48)
    assert _sweep() == []
    assert (own_folders / "note.txt").exists()


def test_a_roll_back_leaves_at_most_orphans(home: Authority) -> None:
    report = reports.begin(home)

    def submit_and_fail() -> None:
        with transaction.atomic():
            reports.submit(home, report)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        submit_and_fail()
    assert not StoredFile.objects.of(home.organisation).exists()
    left = list(archive.orphans(older_than=-1))
    assert len(left) == 2, "the memo and the table"
    assert _sweep() == []
    assert_green()
    for found in left:
        _age(Path(archive.storage().path(found.name)), 25)
    assert sorted(_sweep()) == sorted(found.name for found in left)
    reports.submit(home, report)
    assert_green()
