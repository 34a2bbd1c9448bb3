"""The archive in a bucket: the same promises as in a folder, tested against moto, which plays the store in this process."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from django.core.management import CommandError, call_command
from django.utils import timezone
from moto import mock_aws

from memos import archive, storing
from memos.models import StoredFile
from memos.storing_s3 import ArchiveBucket
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults.soundness import assert_green
from tests.personas import Authority

BUCKET = "documents"
NOBODY_ELSES = "1/" + "a" * 64


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The store from outside, with two buckets: one with object lock (and so with versions), one with nothing."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket=BUCKET, ObjectLockEnabledForBucket=True)
        client.create_bucket(Bucket="bare")
        yield client
        client.close()


@pytest.fixture
def bucket(s3: Any, settings: Any) -> ArchiveBucket:
    return _use(settings)


def _use(settings: Any, **options: Any) -> ArchiveBucket:
    """The archive's place from now on."""
    options = {"bucket_name": BUCKET, "location": "memos", **options}
    chosen = {"BACKEND": "memos.storing_s3.ArchiveBucket", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "archive": chosen}
    found = archive.storage()
    assert isinstance(found, ArchiveBucket)
    return found


def _versions(s3: Any) -> list[Any]:
    return list(s3.list_object_versions(Bucket=BUCKET).get("Versions", []))


def test_what_is_put_is_read_and_listed(bucket: ArchiveBucket, s3: Any) -> None:
    bucket.put(NOBODY_ELSES, b"bytes")
    assert bucket.read(NOBODY_ELSES) == b"bytes"
    (found,) = bucket.listed()
    assert (found.name, found.organisation) == (NOBODY_ELSES, 1)
    assert abs(found.modified - timezone.now().timestamp()) < 60
    head = s3.head_object(Bucket=BUCKET, Key=f"memos/{NOBODY_ELSES}", ChecksumMode="ENABLED")
    assert base64.b64decode(head["ChecksumSHA256"]).hex() == archive.sha256(b"bytes")


def test_what_is_not_ours_is_not_listed(bucket: ArchiveBucket, s3: Any) -> None:
    for key in ("1/elsewhere", "memos/notes/x", "memos/1/deeper/x", "memos/readme"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"x")
    assert list(bucket.listed()) == []


def test_the_same_bytes_are_sent_again_only_when_they_grow_old(
    bucket: ArchiveBucket, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _time in range(3):
        bucket.put(NOBODY_ELSES, b"a signature")
    assert len(_versions(s3)) == 1
    bucket.put(NOBODY_ELSES, b"other bytes")
    assert bucket.read(NOBODY_ELSES) == b"other bytes"
    monkeypatch.setattr("memos.storing_s3._FRESH_SECONDS", -1)
    bucket.put(NOBODY_ELSES, b"other bytes")
    assert len(_versions(s3)) == 3


def test_a_lock_is_asked_for_and_holds(s3: Any, settings: Any) -> None:
    bucket = _use(settings, object_lock_days=3650, object_lock_mode="COMPLIANCE")
    bucket.put(NOBODY_ELSES, b"for ten years")
    head = s3.head_object(Bucket=BUCKET, Key=f"memos/{NOBODY_ELSES}")
    assert head["ObjectLockMode"] == "COMPLIANCE"
    years = (head["ObjectLockRetainUntilDate"] - timezone.now()) / datetime.timedelta(days=365)
    assert 9.9 < years < 10.1
    (found,) = bucket.listed()
    assert bucket.remove(found, lambda: False) is False
    with pytest.raises(ClientError):
        s3.delete_object(Bucket=BUCKET, Key=f"memos/{NOBODY_ELSES}", VersionId=head["VersionId"])
    assert bucket.read(NOBODY_ELSES) == b"for ten years"


def test_only_the_version_that_was_seen_is_removed(bucket: ArchiveBucket, s3: Any) -> None:
    """Somebody stores the same bytes between the last look and the removal."""
    bucket.put(NOBODY_ELSES, b"bytes")
    (found,) = bucket.listed()

    def stored_meanwhile() -> bool:
        s3.put_object(Bucket=BUCKET, Key=f"memos/{NOBODY_ELSES}", Body=b"bytes")
        return False

    assert bucket.remove(found, stored_meanwhile) is True
    assert bucket.read(NOBODY_ELSES) == b"bytes"
    assert len(_versions(s3)) == 1
    assert bucket.remove(found, lambda: True) is False


def test_what_a_list_destroyed_goes_with_every_version(
    bucket: ArchiveBucket, s3: Any, home: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memos.storing_s3._FRESH_SECONDS", -1)
    for _day in range(2):
        bucket.put(f"{home.organisation.pk}/{'a' * 64}", b"the same table, issued on another day")
    assert len(_versions(s3)) == 2
    archive.drop(home.organisation, ["a" * 64])
    assert _versions(s3) == []


def test_without_versions_nothing_is_removed(s3: Any, settings: Any) -> None:
    bucket = _use(settings, bucket_name="bare")
    bucket.put(NOBODY_ELSES, b"bytes")
    (found,) = bucket.listed()
    with pytest.raises(PermissionError, match="no versions"):
        bucket.remove(found, lambda: False)
    assert bucket.read(NOBODY_ELSES) == b"bytes"


def test_what_is_gone_is_not_found(bucket: ArchiveBucket) -> None:
    with pytest.raises(FileNotFoundError):
        bucket.read(NOBODY_ELSES)
    with pytest.raises(FileNotFoundError):
        bucket.remove(storing.Listed(NOBODY_ELSES, 0.0), lambda: False)


def test_a_store_that_refuses_or_is_silent_is_a_disk_that_fails(
    s3: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = _use(settings, bucket_name="nowhere")
    with pytest.raises(OSError, match="refuses"):
        nowhere.put(NOBODY_ELSES, b"bytes")

    def silent(*args: Any, **kwargs: Any) -> Any:
        raise EndpointConnectionError(endpoint_url="https://store.example.org")

    monkeypatch.setattr("botocore.httpsession.URLLib3Session.send", silent)
    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", silent)
    for attempt in (lambda: nowhere.put(NOBODY_ELSES, b""), lambda: list(nowhere.listed())):
        with pytest.raises(OSError, match="does not answer"):
            attempt()


def test_check_says_what_a_bucket_lacks(bucket: ArchiveBucket, settings: Any) -> None:
    assert storing.is_fit() == []
    _use(settings, bucket_name="bare", object_lock_days=1)
    said = " ".join(message.msg for message in storing.is_fit())
    assert "keeps no versions" in said
    assert "no object lock" in said
    _use(settings, bucket_name="nowhere")
    assert [message.id for message in storing.is_fit()] == ["memos.E010"]


def test_a_report_is_signed_and_verified_in_a_bucket(bucket: ArchiveBucket, s3: Any, home: Authority) -> None:
    reports.in_state(home, "mayor_signed")
    rows = {row.path for row in StoredFile.objects.of(home.organisation)}
    assert {found.name for found in bucket.listed()} == rows
    assert_green()
    victim = StoredFile.objects.of(home.organisation).latest("pk")
    s3.delete_object(Bucket=BUCKET, Key=f"memos/{victim.path}")
    with pytest.raises(archive.FileFault, match="not in the bucket"):
        archive.read(victim)
    s3.put_object(Bucket=BUCKET, Key=f"memos/{victim.path}", Body=b"x" * victim.size)
    with pytest.raises(archive.FileFault, match="not those that were stored"):
        archive.read(victim)


def test_orphans_are_swept_there_too(bucket: ArchiveBucket, home: Authority) -> None:
    named = archive.store(home.organisation, b"named")
    orphan = f"{home.organisation.pk}/{archive.sha256(b'orphan')}"
    bucket.put(orphan, b"orphan")
    assert archive.sweep() == [], "it is young"
    assert archive.sweep(older_than=-1) == [orphan]
    assert [found.name for found in bucket.listed()] == [named.path]


def test_a_sweep_that_may_remove_nothing_says_why(
    s3: Any, settings: Any, home: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = _use(settings, bucket_name="bare")
    bucket.put(f"{home.organisation.pk}/{'a' * 64}", b"orphan")
    monkeypatch.setattr("memos.archive.orphans", lambda older_than: bucket.listed())
    with pytest.raises(CommandError, match="no versions"):
        call_command("sweep_orphans")
    assert len(list(bucket.listed())) == 1


def test_a_backup_is_of_the_bucket_and_goes_back_to_it(
    committed_db: CommittedDatabase,
    bucket: ArchiveBucket,
    s3: Any,
    settings: Any,
    home: Authority,
    tmp_path: Path,
) -> None:
    reports.in_state(home, "mayor_signed")
    call_command("backup", tmp_path / "backup", "--json")
    s3.create_bucket(Bucket="new")
    _use(settings, bucket_name="new")
    with pytest.raises(CommandError, match="the database holds"):
        call_command("restore", tmp_path / "backup")
    _restore_over(tmp_path / "backup")
    assert {found.name for found in archive.storage().listed()} == {
        row.path for row in StoredFile.objects.of(home.organisation)
    }
    assert_green()


def _restore_over(backup: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.input", lambda: "replace")
        call_command("restore", backup, "--force")
