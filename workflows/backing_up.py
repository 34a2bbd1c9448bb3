"""A backup while everybody works: the database as of one moment, then every file that this copy names.

Files are durable before the row that names them, and a sweep takes none that is named; so what the copy names is
there, whatever is signed meanwhile. In the folder lie ``database.*``, ``files/<organisation>/<sha256>``, ``uploads/``
and, written last, ``manifest.json``: a folder without it is no backup. Keys that seal and logins are not in it, pictures of pages
neither (they can be made again).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import Storage, storages
from django.db import connection
from django.utils import timezone

from ita_core import dumps
from ita_core.models import Organisation
from memos import archive
from memos.models import StoredFile
from workflows.models import ChainHead

FORMAT = 1
MANIFEST = "manifest.json"
_HEADS = (
    f"SELECT o.slug, h.sequence, h.hash FROM {ChainHead._meta.db_table} h "  # noqa: S608 (names of tables)
    f"JOIN {Organisation._meta.db_table} o ON o.id = h.organisation_id ORDER BY o.slug"
)
_FILES = f"SELECT organisation_id, sha256, size FROM {StoredFile._meta.db_table} ORDER BY 1, 2"  # noqa: S608
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY 1, 2"


class BackupProblem(Exception):
    """No backup was made, or what is there is none; the message is for the administrator."""


@dataclass(frozen=True)
class Part:
    """A file of the backup; ``name`` is relative to its folder. ``size`` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Head:
    organisation: str
    sequence: int
    hash: str


@dataclass
class Manifest:
    """What the backup holds. ``faults`` names files that were missing or damaged when it was made."""

    made_at: str
    site: str
    engine: str
    database: Part
    migrations: list[str]
    heads: list[Head]
    files: list[Part] = field(default_factory=list)
    uploads: list[Part] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    format: int = FORMAT

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """BackupProblem where the folder is no backup or one that this version does not know."""
        try:
            said: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
            if said["format"] != FORMAT:
                raise BackupProblem(f"{folder}: backups of format {said['format']!r} are not known here")
            read: dict[str, Any] = {
                name: [Part(**one) for one in said[name]] for name in ("files", "uploads")
            }
            read["heads"] = [Head(**one) for one in said["heads"]]
            read["database"] = Part(**said["database"])
            return cls(**{**said, **read})
        except FileNotFoundError as problem:
            raise BackupProblem(f"{folder}: no {MANIFEST}: this is no backup, or one cut short") from problem
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
            raise BackupProblem(f"{folder / MANIFEST} cannot be read: {problem}") from problem

    def write(self, folder: Path) -> str:
        """Returns its SHA-256, which stands for the whole backup."""
        data = json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()
        (folder / MANIFEST).write_bytes(data)
        return archive.sha256(data)


def back_up(folder: Path, previous: Path | None = None) -> tuple[Manifest, str]:
    """Make a backup; returns what it holds and the SHA-256 of its manifest.

    It appears under its name when it is whole. Files that ``previous`` (an older backup) holds intact are linked, not
    copied again. BackupProblem, DumpProblem or OSError; then nothing is left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupProblem(f"{folder} is there already and not empty")
    if previous is not None:
        Manifest.read(previous)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Readable for its owner alone: it holds the hashes of passwords.
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        manifest = _made(aside, previous)
        digest = manifest.write(aside)
        os.sync()
        os.replace(aside, folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return manifest, digest


def _made(folder: Path, previous: Path | None) -> Manifest:
    made_at = timezone.now().isoformat(timespec="seconds")
    # Who was logged in then may have been shut out since.
    with dumps.copied(folder, without=[Session._meta.db_table]) as ask:
        heads = [Head(*row) for row in ask(_HEADS)]
        rows = ask(_FILES)
        migrations = [f"{app}.{name}" for app, name in ask(_MIGRATIONS)]
    name = dumps.NAMES[connection.vendor]
    database = part_of(folder, name)
    manifest = Manifest(made_at, settings.SITE_URL, connection.vendor, database, migrations, heads)
    for organisation, sha256, size in rows:
        _keep(StoredFile(organisation_id=organisation, sha256=sha256, size=size), folder, previous, manifest)
    manifest.uploads = list(_uploads(folder))
    return manifest


def _keep(stored: StoredFile, folder: Path, previous: Path | None, manifest: Manifest) -> None:
    name = f"files/{stored.path}"
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if previous is None or not _linked(previous / name, target, stored):
        try:
            target.write_bytes(archive.read(stored))
        except archive.FileFault as fault:
            manifest.faults.append(str(fault))
            return
    manifest.files.append(Part(name, stored.size, stored.sha256))


def _linked(older: Path, target: Path, stored: StoredFile) -> bool:
    """False where the older backup has no such file, a damaged one, or lies on another disk."""
    with contextlib.suppress(OSError):
        if archive.sha256(older.read_bytes()) == stored.sha256:
            os.link(older, target)
            return True
    return False


def _uploads(folder: Path) -> Iterator[Part]:
    store = storages["default"]
    for name in sorted(_names(store)):
        target = folder / "uploads" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with store.open(name) as file:
            target.write_bytes(file.read())
        yield part_of(folder, f"uploads/{name}")


def _names(store: Storage, under: str = "") -> Iterator[str]:
    try:
        folders, files = store.listdir(under)
    except FileNotFoundError:
        return
    yield from (f"{under}{name}" for name in files)
    for name in folders:
        yield from _names(store, f"{under}{name}/")


def part_of(folder: Path, name: str) -> Part:
    """The file as it is; OSError where there is none."""
    path = folder / name
    with path.open("rb") as file:
        return Part(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
