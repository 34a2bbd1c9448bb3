"""The database of a test's own: real commits, seen by threads and by processes, gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from ita_core import immutable
from ita_core.models import Organisation
from tests.databases.committed import CommittedDatabase
from tests.personas import Authority

COUNT = (
    "import django; django.setup(); from ita_core.models import Organisation as O; print(O.objects.count())"
)


def _add(slug: str) -> None:
    Organisation(slug=slug, kind="sao", name=slug, province="สมมติ").save()


def test_threads_see_what_was_committed(committed_db: CommittedDatabase) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(Organisation.objects.count())
        _add("from-a-thread")
        connection.close()

    _add("committed")
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]
    assert Organisation.objects.count() == 2


def test_processes_find_it_by_its_address(committed_db: CommittedDatabase) -> None:
    _add("committed")
    result = subprocess.run(
        [sys.executable, "-W", "error", "-W", "ignore::UserWarning", "-c", COUNT],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "ita_core.settings"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.stdout, result.stderr) == ("1\n", "")


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_has_its_own(committed_db: CommittedDatabase, time: str) -> None:
    assert Organisation.objects.count() == 0
    _add("only-here")


def test_roll_back_is_real(committed_db: CommittedDatabase) -> None:
    def begin_and_fail() -> None:
        with transaction.atomic():
            _add("gone")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begin_and_fail()
    assert Organisation.objects.count() == 0


def test_the_copy_keeps_its_guards(committed_db: CommittedDatabase) -> None:
    assert immutable.missing(connection) == []


def test_the_usual_database_is_there_afterwards(db: None) -> None:
    _add("in-a-transaction")
    assert Organisation.objects.count() == 1


def test_people_are_made_in_it(committed_db: CommittedDatabase, home: Authority) -> None:
    assert connection.settings_dict["NAME"] in committed_db.url
    assert home.membership("mayor").appointments


def test_every_test_has_an_archive_of_its_own(own_folders: Path, tmp_path: Path, settings: object) -> None:
    from django.core.files.storage import storages

    assert own_folders.is_relative_to(tmp_path)
    assert Path(storages["archive"].path("x")).is_relative_to(own_folders)


@pytest.mark.postgres
def test_a_guard_refuses_to_empty_a_table(committed_db: CommittedDatabase) -> None:
    table = next(immutable.guarded_tables())
    with pytest.raises(DatabaseError, match=immutable.SENTENCE), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")
