"""The English catalogue: complete, compiled, and holding the texts that the source has now."""

from __future__ import annotations

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("ita_core", "locale", "en", "LC_MESSAGES", "django.po")
THAI = re.compile("[\u0e00-\u0e7f]")

pytestmark = pytest.mark.gettext


def compiled(po: Path, folder: Path) -> dict[str, str]:
    """What gettext reads out of a catalogue, fuzzy entries left out: message → translation."""
    mo = folder / f"{po.stem}-{abs(hash(po))}.mo"
    subprocess.run(["msgfmt", "--output-file", mo, po], check=True, capture_output=True)
    return read(mo)


def read(mo: Path) -> dict[str, str]:
    with mo.open("rb") as file:
        catalogue = vars(gettext.GNUTranslations(file))["_catalog"]
    return {str(key): str(text) for key, text in catalogue.items() if key}


def messages(po: Path, folder: Path) -> set[str]:
    """Every message of a catalogue, translated or not."""
    filled = folder / f"every-{abs(hash(po))}.po"
    subprocess.run(["msgen", "--output-file", filled, po], check=True, capture_output=True)
    return set(compiled(filled, folder))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The messages of the code and templates as they are now, collected from a copy of the tree."""
    copy = tmp_path_factory.mktemp("tree")
    for room in ("ita_core", "memos", "workflows"):
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    (copy / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "en", "--no-obsolete", "--no-wrap"]
    environment = {key: text for key, text in os.environ.items() if key != "DATABASE_URL"}
    result = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return copy / CATALOGUE


def test_the_catalogue_holds_the_texts_of_the_source(source: Path, tmp_path: Path) -> None:
    now, kept = messages(source, tmp_path), messages(ROOT / CATALOGUE, tmp_path)
    assert not now ^ kept, "run `make messages`"


def test_every_text_has_its_english(tmp_path: Path) -> None:
    missing = messages(ROOT / CATALOGUE, tmp_path) - set(compiled(ROOT / CATALOGUE, tmp_path))
    assert not missing


def test_the_english_is_english(tmp_path: Path) -> None:
    """Some Thai words stay inside a translation (names of offices on paper), but none stands for a sentence."""
    untouched = [
        message
        for message, text in compiled(ROOT / CATALOGUE, tmp_path).items()
        if text == message and THAI.search(message)
    ]
    assert not untouched


def test_what_is_compiled_is_what_is_written(tmp_path: Path) -> None:
    mo = ROOT / CATALOGUE.with_suffix(".mo")
    assert read(mo) == compiled(ROOT / CATALOGUE, tmp_path), "run `make compile-messages`"
