"""The drill: back up while reports are signed, lose everything, restore, verify, sign one more; on both databases."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from django.db import connection

from ita_core import immutable, thai
from memos import archive
from memos.models import StoredFile
from tests.faults.keeping import manage, signing, wipe
from tests.faults.scenes import Scene
from tests.faults.soundness import assert_green, assert_sound
from workflows import publishing_heads
from workflows.models import Act, ChainHead


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "first"


def _ends(scene: Scene) -> tuple[int, str]:
    head = ChainHead.objects.of(scene.home.organisation).get()
    return head.sequence, head.hash


def test_everything_is_lost_and_comes_back(scene: Scene, backup: Path, own_folders: Path) -> None:
    scene.signed()
    with signing(scene) as next_one:
        next_one()
        before = Act.objects.of(scene.home.organisation).count()
        connection.close()
        made = manage("backup", backup, "--json")
        next_one()
    assert made.status == 0, made.complaint
    (head,) = made.json["heads"]
    assert before <= head["sequence"] < _ends(scene)[0], "reports were signed meanwhile"
    wipe()
    restored = manage("restore", backup, "--json")
    assert restored.status == 0, restored.complaint + restored.out
    assert restored.json["heads"] == [head]
    assert _ends(scene) == (head["sequence"], head["hash"])
    assert immutable.missing(connection) == []
    one_more = scene.signed()
    assert_sound(scene.home, one_more)
    assert _ends(scene)[0] == head["sequence"] + 4
    connection.close()
    verified = manage("verify", "--json")
    assert (verified.status, verified.json["faults"]) == (0, []), verified.complaint


def test_every_file_of_the_copy_is_there_and_nothing_else(scene: Scene, backup: Path) -> None:
    scene.signed()
    rows = {f"files/{row.path}" for row in StoredFile.objects.of(scene.home.organisation)}
    assert manage("backup", backup).status == 0
    scene.signed()
    found = {str(path.relative_to(backup)) for path in backup.rglob("*") if path.is_file()}
    database = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}[connection.vendor]
    assert found == rows | {"manifest.json", database}
    assert [path.name for path in backup.parent.iterdir()] == ["first"], "nothing half-made lies beside it"
    assert backup.stat().st_mode & 0o077 == 0, "hashes of passwords are in it"


@pytest.mark.once
def test_an_older_backup_is_told_by_the_published_heads(
    scene: Scene, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.signed()
    assert manage("publish_heads", "--out", tmp_path / "then.json").status == 0
    assert manage("backup", backup).status == 0
    scene.signed()
    later, day = tmp_path / "later.json", datetime.date(2999, 1, 1)
    monkeypatch.setattr(thai, "today", lambda: day)
    publishing_heads.publish()
    later.write_text(json.dumps(publishing_heads.of_day(day)))
    wipe()
    fits = manage("restore", backup, "--dry-run", "--heads", tmp_path / "then.json")
    assert (fits.status, "0 faults" in fits.out) == (0, True)
    restored = manage("restore", backup, "--json", "--heads", later)
    assert restored.status == 1
    assert "this backup ends at act 4; act 8 was published" in restored.complaint
    assert [fault.split(":")[0] for fault in restored.json["faults"]] == [
        f"{scene.home.organisation.slug}/kept_head/2999-01-01"
    ]
    assert manage("verify", "--heads", tmp_path / "then.json").status == 0
    told = manage("verify", "--heads", later)
    assert (told.status, "or this is an older backup" in told.out) == (1, True)


@pytest.mark.once
def test_it_goes_into_an_empty_installation_only(scene: Scene, backup: Path) -> None:
    scene.signed()
    assert manage("backup", backup).status == 0
    later = scene.signed()
    ends = _ends(scene)
    connection.close()
    refused = manage("restore", backup)
    assert refused.status == 1
    assert "the database holds 2 authorities" in refused.complaint
    assert "files that are not of this backup" in refused.complaint
    for typed in ("", "no\n"):
        asked = manage("restore", backup, "--force", typed=typed)
        assert (asked.status, "Nothing was changed." in asked.complaint) == (1, True)
    assert _ends(scene) == ends
    connection.close()
    replaced = manage("restore", backup, "--force", typed="replace\n")
    assert replaced.status == 0, replaced.complaint + replaced.out
    assert _ends(scene)[0] == 4
    assert not type(later).objects.of(scene.home.organisation).filter(pk=later.pk).exists()
    assert_green()


def test_what_was_broken_off_is_done_again(scene: Scene, backup: Path) -> None:
    """Files first, the database last: files of the backup that are there already do not make it occupied."""
    scene.signed()
    assert manage("backup", backup).status == 0
    wipe()
    for row in json.loads((backup / "manifest.json").read_text())["files"][:2]:
        archive.storage().put(row["name"].removeprefix("files/"), (backup / row["name"]).read_bytes())
    assert manage("restore", backup).status == 0
    assert_green()
