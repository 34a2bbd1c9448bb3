"""The file archive: every file under its organisation and SHA-256, written whole before its row exists.

A file is written to a temporary name, synced and renamed, before the transaction that names it commits. A roll-back
can leave an orphan: ``sweep`` takes one only after a day and only if no row names it. Files are not shared between
organisations, because their existence would tell one authority what another holds.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from django.core.files.storage import FileSystemStorage, storages

from ita_core.models import Organisation
from memos.models import StoredFile

ORPHAN_AGE_SECONDS = 24 * 60 * 60
_ASIDE = ".sweep-"


class FileFault(Exception):
    """A stored file is missing or is not what its row says; the message names the file."""


class ArchiveStorage(FileSystemStorage):
    """A folder whose files appear whole or not at all."""

    def put(self, name: str, data: bytes) -> None:
        """Write ``data`` under ``name`` durably. A file already there is touched, so that no sweep takes it.

        It is compared whole, not by its size: one that was damaged since, or cannot be read, is written anew.
        """
        path = Path(self.path(name))
        with contextlib.suppress(OSError):
            if path.read_bytes() == data:
                os.utime(path)
                return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def storage() -> ArchiveStorage:
    return cast(ArchiveStorage, storages["archive"])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def store_all(organisation: Organisation, contents: Sequence[bytes]) -> list[StoredFile]:
    """Files first, then their rows; two queries for any number of files. OSError when the disk refuses."""
    hashes = [sha256(data) for data in contents]
    rows = [
        StoredFile(organisation=organisation, sha256=name, size=len(data))
        for name, data in zip(hashes, contents, strict=True)
    ]
    for row, data in zip(rows, contents, strict=True):
        storage().put(row.path, data)
    StoredFile.objects.bulk_create(rows, ignore_conflicts=True)
    found = {row.sha256: row for row in StoredFile.objects.of(organisation).filter(sha256__in=hashes)}
    return [found[name] for name in hashes]


def store(organisation: Organisation, data: bytes) -> StoredFile:
    return store_all(organisation, [data])[0]


def read(stored: StoredFile) -> bytes:
    """The file's bytes, checked against the row. FileFault if it is missing or altered."""
    try:
        data = Path(storage().path(stored.path)).read_bytes()
    except OSError as error:
        raise FileFault(f"{stored.path}: {error.strerror}") from error
    if len(data) != stored.size or sha256(data) != stored.sha256:
        raise FileFault(f"{stored.path}: the bytes are not those that were stored")
    return data


def orphans(older_than: float = ORPHAN_AGE_SECONDS) -> Iterator[Path]:
    """Files that no row names and nobody touched for ``older_than`` seconds, and abandoned temporary files.

    Only in the organisations' own folders: what else lies in the archive's root (lost+found) is not ours.
    """
    deadline = time.time() - older_than
    for folder in _folders():
        named = set(StoredFile.objects.of(int(folder.name)).values_list("sha256", flat=True))
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            if path.name not in named and path.stat().st_mtime < deadline:
                yield path


def sweep(older_than: float = ORPHAN_AGE_SECONDS) -> list[Path]:
    """Remove orphans and return them. What another sweep took meanwhile is passed over."""
    _put_back_what_a_killed_sweep_left()
    removed = []
    for path in list(orphans(older_than)):
        with contextlib.suppress(FileNotFoundError):
            if _take(path, older_than):
                removed.append(path)
    return removed


def _take(path: Path, older_than: float) -> bool:
    """Set aside under another name, look again, and put back what somebody touched or named in between.

    Whoever stores the same bytes meanwhile finds the name free and writes them anew.
    """
    aside = path.with_name(f"{_ASIDE}{path.name}")
    os.replace(path, aside)
    touched = aside.stat().st_mtime >= time.time() - older_than
    if touched or StoredFile.objects.of(int(path.parent.name)).filter(sha256=path.name).exists():
        os.replace(aside, path)
        return False
    aside.unlink()
    return True


def _put_back_what_a_killed_sweep_left() -> None:
    """It may have been named after it was set aside."""
    for folder in _folders():
        for aside in folder.glob(f"{_ASIDE}*"):
            path = aside.with_name(aside.name.removeprefix(_ASIDE))
            if path.exists():
                aside.unlink(missing_ok=True)
                continue
            with contextlib.suppress(FileNotFoundError):
                os.replace(aside, path)


def _folders() -> list[Path]:
    root = Path(storage().location)
    return sorted(path for path in root.glob("*") if path.is_dir() and path.name.isdigit())
