"""The file archive: every file under its organisation and SHA-256, written whole before its row exists.

A file is durable in its place (storing.py: a folder or a bucket) before the transaction that names it commits. A
roll-back can leave an orphan: ``sweep`` takes one only after a day and only if no row names it. Files are not shared
between organisations, because their existence would tell one authority what another holds.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import time
from collections.abc import Iterator, Sequence
from typing import cast

from django.core.files.storage import storages

from ita_core.models import Organisation
from memos.models import StoredFile
from memos.storing import Listed, Store

ORPHAN_AGE_SECONDS = 24 * 60 * 60


class FileFault(Exception):
    """A stored file is missing or is not what its row says; the message names the file."""


def storage() -> Store:
    return cast(Store, storages["archive"])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def store_all(organisation: Organisation, contents: Sequence[bytes]) -> list[StoredFile]:
    """Files first, then their rows; two queries for any number of files. OSError when the place refuses."""
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
        data = storage().read(stored.path)
    except OSError as error:
        raise FileFault(f"{stored.path}: {error.strerror or error}") from error
    if len(data) != stored.size or sha256(data) != stored.sha256:
        raise FileFault(f"{stored.path}: the bytes are not those that were stored")
    return data


def orphans(older_than: float = ORPHAN_AGE_SECONDS) -> Iterator[Listed]:
    """Files that no row names and nobody touched for ``older_than`` seconds, and abandoned temporary files."""
    deadline = time.time() - older_than
    organisation, named = 0, set[str]()
    for found in storage().listed():
        if found.organisation != organisation:
            organisation = found.organisation
            named = set(StoredFile.objects.of(organisation).values_list("sha256", flat=True))
        if found.file not in named and found.modified < deadline:
            yield found


def sweep(older_than: float = ORPHAN_AGE_SECONDS) -> list[str]:
    """Remove orphans and return their names. What another sweep took meanwhile is passed over."""
    storage().recover()
    removed = []
    for found in list(orphans(older_than)):
        with contextlib.suppress(FileNotFoundError):
            if storage().remove(found, functools.partial(_is_named, found)):
                removed.append(found.name)
    return removed


def drop(organisation: Organisation, hashes: Sequence[str]) -> None:
    """Files whose rows a signed disposal removed: at once, and not after a day. One that a row names again stays.

    A bucket that was sent the same bytes again on another day keeps them twice: all of them go. OSError when the place
    refuses: a lock of its own may hold a file longer than we do.
    """
    for name in hashes:
        while (found := storage().found(f"{organisation.pk}/{name}")) is not None and not _is_named(found):
            with contextlib.suppress(FileNotFoundError):
                if not storage().remove(found, functools.partial(_is_named, found)) and not _is_named(found):
                    raise PermissionError(errno.EPERM, "the place of the archive still holds it", found.name)


def _is_named(found: Listed) -> bool:
    return StoredFile.objects.of(found.organisation).filter(sha256=found.file).exists()
