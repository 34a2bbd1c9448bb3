"""The archive's files in a bucket of an S3-compatible store; see storing.py for what is asked of it.

Objects appear whole by themselves. Each is sent in one PUT with its SHA-256, which the store compares; where the bucket
has object lock and ARCHIVE_OBJECT_LOCK_DAYS is set, nobody can remove or replace it before. An orphan is removed by its
version, because somebody may store the same bytes at that moment: without versions of the bucket, orphans stay.
"""

from __future__ import annotations

import base64
import contextlib
import datetime
import errno
import hashlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.utils import timezone
from storages.backends.s3 import S3Storage

from memos.storing import Listed, Store

# An act waits for the store: soon it is better told that the store does not answer.
_PATIENCE = Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 3, "mode": "standard"})
# Well under the age at which a sweep takes an orphan: an object this young need not be sent again to be safe from it.
_FRESH_SECONDS = 12 * 60 * 60
_GONE = {"404", "NoSuchKey", "NotFound"}


class ArchiveBucket(Store, S3Storage):
    """``object_lock_days`` 0 is without object lock; ``object_lock_mode`` GOVERNANCE or COMPLIANCE."""

    client_config: Any

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = self.client_config.merge(_PATIENCE)

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "object_lock_days": 0, "object_lock_mode": "GOVERNANCE"}

    def put(self, name: str, data: bytes) -> None:
        """One PUT. The same bytes stored within hours (a signature's picture) are not sent again."""
        checksum = base64.b64encode(hashlib.sha256(data).digest()).decode()
        with _as_os_error(name):
            if not self._is_fresh(name, checksum):
                self._client.put_object(
                    **self._at(name),
                    Body=data,
                    ContentType="application/octet-stream",
                    ChecksumAlgorithm="SHA256",
                    ChecksumSHA256=checksum,
                    **self._lock(),
                )

    def read(self, name: str) -> bytes:
        with _as_os_error(name):
            data: bytes = self._client.get_object(**self._at(name))["Body"].read()
            return data

    def listed(self) -> Iterator[Listed]:
        prefix = self._normalize_name("") if self.location else ""
        prefix = f"{prefix.rstrip('/')}/" if prefix else ""
        with _as_os_error(self.bucket_name):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket_name, Prefix=prefix
            )
            for found in (found for page in pages for found in page.get("Contents", [])):
                name = found["Key"].removeprefix(prefix)
                organisation, _slash, file = name.partition("/")
                if organisation.isdigit() and file and "/" not in file:
                    yield Listed(name, found["LastModified"].timestamp())

    def found(self, name: str) -> Listed | None:
        try:
            with _as_os_error(name):
                now = self._client.head_object(**self._at(name))
        except FileNotFoundError:
            return None
        return Listed(name, now["LastModified"].timestamp())

    def remove(self, found: Listed, wanted: Callable[[], bool]) -> bool:
        with _as_os_error(found.name):
            now = self._client.head_object(**self._at(found.name))
            version = now.get("VersionId", "null")
            if version == "null":
                raise PermissionError(errno.EPERM, "the bucket keeps no versions, so no orphan is removed")
            kept_until = now.get("ObjectLockRetainUntilDate")
            if kept_until is not None and kept_until > timezone.now():
                return False
            # Headers tell whole seconds, lists of some stores more.
            if int(now["LastModified"].timestamp()) != int(found.modified) or wanted():
                return False
            self._client.delete_object(**self._at(found.name), VersionId=version)
            return True

    def recover(self) -> None:
        """Removing is one request: there is nothing to put right."""

    def weaknesses(self) -> list[str]:
        """What the bucket lacks, for the administrator. OSError where it cannot be asked."""
        found = []
        with _as_os_error(self.bucket_name):
            if self._client.get_bucket_versioning(Bucket=self.bucket_name).get("Status") != "Enabled":
                found.append("keeps no versions: what is overwritten is lost, and orphans cannot be removed")
        if self.object_lock_days and not self._locks():
            found.append("has no object lock, which ARCHIVE_OBJECT_LOCK_DAYS asks for: nothing can be stored")
        return found

    def _locks(self) -> bool:
        try:
            answer = self._client.get_object_lock_configuration(Bucket=self.bucket_name)
        except ClientError:
            return False
        return bool(answer["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled")

    def _is_fresh(self, name: str, checksum: str) -> bool:
        try:
            now = self._client.head_object(**self._at(name), ChecksumMode="ENABLED")
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return False
            raise
        age = time.time() - now["LastModified"].timestamp()
        return bool(now.get("ChecksumSHA256") == checksum and age < _FRESH_SECONDS)

    def _lock(self) -> dict[str, Any]:
        if not self.object_lock_days:
            return {}
        until = timezone.now() + datetime.timedelta(days=self.object_lock_days)
        return {"ObjectLockMode": self.object_lock_mode, "ObjectLockRetainUntilDate": until}

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}

    @property
    def _client(self) -> Any:
        return self.connection.meta.client


@contextlib.contextmanager
def _as_os_error(name: str) -> Iterator[None]:
    """The store's refusals as those of a disk, which is what everybody above knows."""
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in _GONE:
            raise FileNotFoundError(errno.ENOENT, "not in the bucket", name) from error
        raise OSError(errno.EIO, f"the store of files refuses ({code})", name) from error
    except BotoCoreError as error:
        raise OSError(
            errno.EIO, f"the store of files does not answer ({type(error).__name__})", name
        ) from error
