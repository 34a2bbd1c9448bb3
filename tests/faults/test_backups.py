"""What a backup does with damage: its own, the archive's, an older one's; and with folders that are none."""

from __future__ import annotations

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from memos import archive
from memos.models import Rendering, StoredFile
from tests.databases.committed import CommittedDatabase
from tests.faults.keeping import wipe
from tests.faults.soundness import assert_green
from tests.personas import Authority


@pytest.fixture
def kept(committed_db: CommittedDatabase, home: Authority) -> StoredFile:
    return archive.store(home.organisation, b"a document")


@pytest.fixture
def backup(kept: StoredFile, tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    _call("backup", folder)
    return folder


def _call(*arguments: str | Path) -> Any:
    out = StringIO()
    call_command(*map(str, arguments), "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def _place(stored: StoredFile) -> Path:
    return Path(archive.storage().path(stored.path))


def test_a_missing_file_is_named_and_the_rest_is_kept(kept: StoredFile, tmp_path: Path) -> None:
    gone = archive.store(kept.organisation, b"lost since")
    _place(gone).unlink()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("backup", tmp_path / "backup", stdout=out)
    assert f"not kept: {gone.path}" in out.getvalue()
    assert (tmp_path / "backup" / "files" / kept.path).read_bytes() == b"a document"
    with pytest.raises(CommandError, match=f"missing since before the backup: {gone.path}"):
        _call("restore", tmp_path / "backup")


def test_an_older_backup_lends_its_files(backup: Path, kept: StoredFile, tmp_path: Path) -> None:
    _place(kept).unlink()
    _call("backup", tmp_path / "next", "--previous", backup)
    older, newer = (folder / "files" / kept.path for folder in (backup, tmp_path / "next"))
    assert older.samefile(newer), "linked, and whole although the archive has lost it"


def test_a_damaged_file_of_an_older_backup_is_not_taken_over(
    backup: Path, kept: StoredFile, tmp_path: Path
) -> None:
    (backup / "files" / kept.path).write_bytes(b"rot")
    _call("backup", tmp_path / "next", "--previous", backup)
    assert (tmp_path / "next" / "files" / kept.path).read_bytes() == b"a document"


@pytest.mark.parametrize("what", ["file", "database", "manifest", "no manifest", "format"])
def test_a_damaged_backup_is_refused_before_anything_is_written(
    backup: Path, kept: StoredFile, what: str
) -> None:
    manifest = backup / "manifest.json"
    said = json.loads(manifest.read_text())
    match what:
        case "file":
            (backup / "files" / kept.path).write_bytes(b"rot")
        case "database":
            os.truncate(backup / said["database"]["name"], 1000)
        case "manifest":
            manifest.write_text(manifest.read_text()[:-20])
        case "no manifest":
            manifest.unlink()
        case "format":
            manifest.write_text(json.dumps({**said, "format": 2}))
    wipe()
    expected = {"no manifest": "this is no backup", "format": "format 2", "manifest": "cannot be read"}
    with pytest.raises(CommandError, match=expected.get(what, "not the bytes that were backed up")):
        _call("restore", backup)
    assert connection.introspection.table_names() == []
    assert list(archive.storage().listed()) == []


def test_a_damaged_backup_goes_as_far_as_it_goes(
    backup: Path, kept: StoredFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    (backup / "files" / kept.path).unlink()
    wipe()
    monkeypatch.setattr("builtins.input", lambda: "replace")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("restore", backup, "--force", stdout=out, stderr=StringIO())
    assert f"{kept.organisation.slug}/file/{kept.pk}" in out.getvalue()
    assert "1 files of the backup were left out" in out.getvalue()


def test_one_of_another_database_or_a_newer_program_is_refused(backup: Path) -> None:
    manifest = backup / "manifest.json"
    said = json.loads(manifest.read_text())
    for change, words in (
        ({"engine": "oracle"}, "the backup is of oracle"),
        ({"migrations": [*said["migrations"], "workflows.9999_later"]}, r"newer version .*9999_later"),
    ):
        manifest.write_text(json.dumps(said | change))
        with pytest.raises(CommandError, match=words):
            _call("restore", backup)


def test_a_name_that_leads_out_of_the_backup_is_not_followed(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"of this machine")
    manifest = backup / "manifest.json"
    said = json.loads(manifest.read_text())
    said["uploads"] = [
        {"name": "uploads/../../secret", "size": 15, "sha256": archive.sha256(b"of this machine")}
    ]
    manifest.write_text(json.dumps(said))
    with pytest.raises(CommandError, match="it lies outside the backup"):
        _call("restore", backup)


def test_a_folder_in_use_is_refused_and_left_as_it_is(kept: StoredFile, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "note.txt").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        _call("backup", tmp_path / "notes")
    with pytest.raises(CommandError, match="this is no backup"):
        _call("backup", tmp_path / "new", "--previous", tmp_path / "notes")
    assert not (tmp_path / "new").exists()
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["note.txt"]


def test_a_full_disk_leaves_nothing_behind(
    kept: StoredFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workflows.backing_up.part_of", full)
    before = set(tmp_path.iterdir())
    with pytest.raises(CommandError, match="No space left on device"):
        _call("backup", tmp_path / "new")
    assert set(tmp_path.iterdir()) == before


def test_uploads_come_back_and_lost_pictures_are_noted(
    committed_db: CommittedDatabase, home: Authority, tmp_path: Path
) -> None:
    storages["default"].save("folder/upload.txt", ContentFile(b"uploaded"))
    Rendering(organisation=home.organisation, sha256="a" * 64, pages=2).save()
    _call("backup", tmp_path / "backup")
    storages["default"].delete("folder/upload.txt")
    wipe()
    _call("restore", tmp_path / "backup")
    with storages["default"].open("folder/upload.txt") as file:
        assert file.read() == b"uploaded"
    rendering = Rendering.objects.of(home.organisation).get()
    assert (rendering.pages, bool(rendering.problem)) == (None, True)
    assert_green()
