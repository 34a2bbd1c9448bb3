"""A backup or a restore is killed (SIGKILL) at each of its stages: nothing half-made passes for whole, and the same
command does it again."""

from __future__ import annotations

import os
import signal
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests.databases.committed import CommittedDatabase
from tests.faults import victim
from tests.faults.keeping import wipe
from tests.faults.scenes import Scene
from tests.faults.soundness import assert_green

BACKUP = [
    ("ita_core.dumps", "copied", "after", 1),
    ("memos.archive", "read", "before", 1),
    ("memos.archive", "read", "after", 2),
    ("workflows.backing_up:Manifest", "write", "before", 1),
    ("os", "replace", "before", 1),
]
RESTORE = [
    ("memos.storing:ArchiveStorage", "put", "before", 1),
    ("memos.storing:ArchiveStorage", "put", "after", 2),
    ("ita_core.dumps", "put_back", "before", 1),
]


def _killed(stage: tuple[str, str, str, int], *command: str | Path) -> None:
    """The command in a child that dies at the stage."""
    connection.close()
    child = os.fork()
    if child == 0:
        place, name, when, nth = stage
        victim.wrap(victim.owner_of(place), name, when, nth)
        _call(*command)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"{stage} was never reached"
    assert os.WTERMSIG(status) == signal.SIGKILL


def _call(*command: str | Path) -> None:
    call_command(*map(str, command), stdout=StringIO(), stderr=StringIO())


def test_a_killed_backup_is_none(scene: Scene, tmp_path: Path) -> None:
    scene.signed()
    folder = tmp_path / "backups" / "first"
    for stage in BACKUP:
        _killed(stage, "backup", folder)
        assert not folder.exists(), stage
    _call("backup", folder)
    wipe()
    _call("restore", folder)
    assert_green()


def test_a_killed_restore_is_done_again(scene: Scene, tmp_path: Path) -> None:
    scene.signed()
    _call("backup", tmp_path / "backup")
    for stage in RESTORE:
        wipe()
        _killed(stage, "restore", tmp_path / "backup")
        assert connection.introspection.table_names() == [], stage
        _call("restore", tmp_path / "backup")
        assert_green()


def test_killed_after_the_database_stands_nothing_is_missing(scene: Scene, tmp_path: Path) -> None:
    scene.signed()
    _call("backup", tmp_path / "backup")
    wipe()
    _killed(("ita_core.dumps", "put_back", "after", 1), "restore", tmp_path / "backup")
    assert_green()
    with pytest.raises(CommandError, match="the database holds"):
        _call("restore", tmp_path / "backup")


def test_nobody_stays_logged_in(committed_db: CommittedDatabase, tmp_path: Path) -> None:
    Session(session_key="k" * 32, session_data="x", expire_date=timezone.now()).save()
    _call("backup", tmp_path / "backup")
    assert Session.objects.count() == 1
    assert all(b"k" * 32 not in path.read_bytes() for path in (tmp_path / "backup").glob("database.*"))
    wipe()
    _call("restore", tmp_path / "backup")
    assert Session.objects.count() == 0
