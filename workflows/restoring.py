"""A backup put back into an empty installation, and looked at from end to end.

Everything is read and compared with the manifest before anything is written. Files go first and the database last, in
one transaction: broken off before that, the same can be done again, and after it nothing but checks is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from ita_core import dumps
from ita_core.models import Organisation
from memos import archive
from memos.rendering import lost
from workflows.backing_up import BackupProblem, Manifest, Part, part_of
from workflows.publishing_heads import KeptHead


def opened(folder: Path) -> Manifest:
    """BackupProblem when this installation can never take it: another engine, a newer program, a damaged database."""
    manifest = Manifest.read(folder)
    if manifest.engine != connection.vendor:
        raise BackupProblem(f"the backup is of {manifest.engine} and DATABASE_URL names {connection.vendor}")
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    ours = {app for app, _dot, _name in (one.partition(".") for one in known)}
    newer = [one for one in manifest.migrations if one.partition(".")[0] in ours and one not in known]
    if newer:
        raise BackupProblem(f"the backup was made by a newer version of the program ({', '.join(newer)})")
    if wrong := _compared(folder, manifest.database):
        raise BackupProblem(wrong)
    return manifest


def damage(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What of the backup itself is missing or altered, and what already was when it was made."""
    for part in (*manifest.files, *manifest.uploads):
        if wrong := _compared(folder, part):
            yield wrong
    yield from (f"missing since before the backup: {fault}" for fault in manifest.faults)


def _compared(folder: Path, part: Part) -> str:
    """What is wrong with a file of the backup; "" when nothing is."""
    if not (folder / part.name).resolve().is_relative_to(folder.resolve()):
        return f"{part.name}: it lies outside the backup"
    try:
        return "" if part_of(folder, part.name) == part else f"{part.name}: not the bytes that were backed up"
    except OSError as problem:
        return f"{part.name}: {problem.strerror}"


def occupied(manifest: Manifest) -> Iterator[str]:
    """Why this installation is not empty. The backup's own files may be there: an earlier try left them."""
    if Organisation._meta.db_table in connection.introspection.table_names():
        count = Organisation.objects.count()
        if count:
            yield f"the database holds {count} authorities"
    own = {part.name for part in manifest.files}
    others = sum(f"files/{found.name}" not in own for found in archive.storage().listed())
    if others:
        yield f"the archive holds {others} files that are not of this backup"


def older_than(manifest: Manifest, kept: Iterable[KeptHead]) -> Iterator[str]:
    """Where the backup ends before what was published: those acts are lost unless a later backup is found."""
    ends = {head.organisation: head.sequence for head in manifest.heads}
    latest: dict[str, KeptHead] = {}
    for head in kept:
        if head.organisation not in latest or latest[head.organisation].sequence < head.sequence:
            latest[head.organisation] = head
    for slug, head in sorted(latest.items()):
        end = ends.get(slug, 0)
        if end < head.sequence:
            yield (
                f"{slug}: this backup ends at act {end}; act {head.sequence} was published on {head.day}: "
                f"{head.sequence - end} acts or more are not in it"
            )


def restore(folder: Path, manifest: Manifest) -> int:
    """Put everything back; returns how many files were left out because the backup's copy is missing or damaged."""
    left_out = 0
    for part in manifest.files:
        if _compared(folder, part):
            left_out += 1
            continue
        archive.storage().put(part.name.removeprefix("files/"), (folder / part.name).read_bytes())
    for part in manifest.uploads:
        if _compared(folder, part):
            left_out += 1
            continue
        store, name = storages["default"], part.name.removeprefix("uploads/")
        store.delete(name)
        store.save(name, ContentFile((folder / part.name).read_bytes()))
    dumps.put_back(folder)
    # Guards included, and what this version has beyond the one that made the backup.
    call_command("migrate", verbosity=0, interactive=False)
    lost.note_all()
    return left_out
