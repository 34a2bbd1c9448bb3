"""An installation of an earlier version is updated by ``migrate``: its checks ask for nothing that is not there yet."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

FIRST = {"ita_core": "0001", "memos": "0001", "workflows": "0001"}


def _manage(place: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{place / 'old.sqlite3'}", "ARCHIVE_ROOT": str(place)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_an_authority_of_the_first_version_is_still_there(tmp_path: Path) -> None:
    for app, name in FIRST.items():
        _manage(tmp_path, "migrate", app, name, "--verbosity", "0", "--skip-checks")
    with sqlite3.connect(tmp_path / "old.sqlite3") as database:
        columns = [row[1:4] for row in database.execute("PRAGMA table_info(ita_core_organisation)")]
        facts = {"slug": "ban-kao", "kind": "sao", "name": "บ้านเก่า", "province": "สมมติ"}
        needed = {name: "" if "char" in kind or kind == "text" else 0 for name, kind, must in columns if must}
        row = {**needed, **facts, "id": 1}
        marks = ", ".join("?" * len(row))
        database.execute(
            f"INSERT INTO ita_core_organisation ({', '.join(row)}) VALUES ({marks})", list(row.values())
        )
    _manage(tmp_path, "migrate", "--verbosity", "0")
    told = _manage(tmp_path, "check", "--database", "default")
    assert "ban-kao" in told, "the check of routes speaks of it again, now that there is all it asks for"
