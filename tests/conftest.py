"""What every test gets: a migrated database with the facts, folders of its own, fast passwords."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation
from hypothesis import settings

from tests import personas as people
from tests import requirements
from tests.databases.committed import CommittedDatabase, fresh_database
from tests.databases.memory import memory
from tests.databases.remembered import Remembered

# The machine may be busy: an example that takes long is no fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATABASE_FIXTURES = {"db", "committed_db", "personas", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="leave out the tests that touch no database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that mean nothing on this database, or that this run did not ask for, are left out."""
    only_database = config.getoption("--only-database")
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        wrong_engine = item.get_closest_marker("postgres") and connection.vendor != "postgresql"
        pure = only_database and not _touches_database(item)
        (left_out if wrong_engine or pure else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A tool that is missing is a failure in CI and a skipped test with its reason elsewhere."""
    for marker in item.iter_markers():
        reason = requirements.missing_for(marker.name)
        if reason and os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        if reason:
            pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The migrated database with the facts that every installation has (forms, templates, assessment years)."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        configuration = setup_databases(verbosity=0, interactive=False, aliases={"default": None})
        call_command("load_facts", verbosity=0)
    yield
    with django_db_blocker.unblock():
        teardown_databases(configuration, verbosity=0)


@pytest.fixture(scope="session")
def demo_seal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo key's file, made when something is first sealed: making a key takes half a second."""
    return tmp_path_factory.getbasetemp() / "demo-seal.p12"


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_seal: Path) -> Path:
    """The archive's root: no test sees another's or the demo's; processes that a test starts inherit it."""
    archive = tmp_path / "archive"
    archive.mkdir()
    settings.ARCHIVE_ROOT = archive
    settings.RENDERINGS_ROOT = tmp_path / "renderings"
    storages = {name: {**values} for name, values in settings.STORAGES.items()}
    storages["archive"]["OPTIONS"] = {"location": archive}
    storages["default"]["OPTIONS"] = {"location": tmp_path / "uploads"}
    settings.STORAGES = storages
    settings.SEAL_DEMO_FILE = demo_seal
    monkeypatch.setenv("SEAL_DEMO_FILE", str(demo_seal))
    monkeypatch.setenv("ARCHIVE_ROOT", str(archive))
    monkeypatch.setenv("RENDERINGS_ROOT", str(tmp_path / "renderings"))
    return archive


@pytest.fixture(autouse=True)
def _no_public_pages_kept() -> None:
    """Another test's authority has the same address here."""
    from workflows import public_cache

    public_cache.clear()


@pytest.fixture(autouse=True)
def _in_thai() -> Iterator[None]:
    """A page that was asked for in English leaves its thread in English; the next test begins anew."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def fast_and_quiet(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # Otherwise WhiteNoise warns that nothing was collected, and warnings are errors.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(autouse=True)
def _plain_settings(own_folders: Path, fast_and_quiet: None) -> None:
    memory.plain_settings()


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[CommittedDatabase]:
    """A fresh database of this test's own, where commits are real: for races, servers, and killed processes.

    Threads of the test reach it through Django's ``connections``; processes through ``DATABASE_URL``, which is set.
    It takes the place of pytest-django's ``transactional_db``, whose flush the guards of our tables refuse.
    """
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        pytest.fail("committed_db is a database of its own: use it without `db` and without `django_db`.")
    with django_db_blocker.unblock(), fresh_database(tmp_path) as database:
        monkeypatch.setenv("DATABASE_URL", database.url)
        yield database


@pytest.fixture(scope="session")
def given_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("given")


_people = Remembered(people.build)


@pytest.fixture
def personas(
    request: pytest.FixtureRequest, tmp_path: Path, given_files: Path, monkeypatch: pytest.MonkeyPatch
) -> people.Personas:
    """Two authorities and their people, in ``committed_db`` if the test has one."""
    request.getfixturevalue("committed_db" if "committed_db" in request.fixturenames else "db")
    with transaction.atomic():  # Some hundred rows, one commit.
        built = _people()
    memory.begin(tmp_path, given_files, monkeypatch)
    return built


@pytest.fixture
def home(personas: people.Personas) -> people.Authority:
    return personas.home


@pytest.fixture
def stranger(personas: people.Personas) -> people.Authority:
    return personas.stranger
