"""A warm LibreOffice: PDF from the right fonts, Thai page numbers, and nothing left when it hangs or we are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from memos.docx import TemplateProblem
from memos.rendering import lane, office, pdf_copy
from memos.rendering.office import Office, OfficeAbsent, OfficeHung, Unreadable
from tests.memos import wordfiles as word
from tests.memos.rendering.forking import FORKED, put_forking_office
from tests.memos.rendering.made import measures, memo

pytestmark = pytest.mark.rendering


@pytest.fixture(scope="module")
def warm() -> Iterator[Office]:
    made = Office()
    yield made
    made.close()


def _said(pdf: bytes, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", *options, "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def _of(marker: str) -> list[int]:
    """The processes whose command line has ``marker``."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if marker in path.read_bytes().decode("utf-8", "replace"):
                found.append(int(path.parent.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _gone(folder: str) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not _of(folder) and not Path(folder).exists():
            return True
        time.sleep(0.05)
    return False


def test_one_office_makes_many(warm: Office) -> None:
    first, second = warm.pdf(pdf_copy.of(memo())), warm.pdf(pdf_copy.of(measures()))
    started = warm._lane
    assert "ความเห็น" in _said(first)
    assert "มาตรการ" in _said(second)
    warm.pdf(pdf_copy.of(memo()))
    assert warm._lane is started


def test_only_the_fonts_of_the_paper_are_used(warm: Office) -> None:
    pdf = warm.pdf(pdf_copy.of(measures()))
    listed = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    fonts = [line.split()[0] for line in listed.splitlines()[2:]]
    assert fonts
    assert all("THSarabunNew" in font for font in fonts), fonts


def test_page_numbers_are_thai_where_the_file_asks_for_it(warm: Office) -> None:
    copy = pdf_copy.of(memo())
    assert copy.thai_page_numbers
    second_page = ("-f", "2", "-l", "2")
    assert "๒" in _said(warm.pdf(copy), *second_page).split("\n")[0]
    plain = pdf_copy.PdfCopy(copy.docx, thai_page_numbers=False)
    assert "2" in _said(warm.pdf(plain), *second_page).split("\n")[0]


def test_the_copy_differs_in_its_alignment_only() -> None:
    before, after = memo(), pdf_copy.of(memo()).docx
    styles = word.part(before, "word/styles.xml"), word.part(after, "word/styles.xml")
    assert 'w:val="thaiDistribute"' in styles[0]
    assert styles[0].replace('w:val="thaiDistribute"', 'w:val="both"') == styles[1]
    assert word.part(before) == word.part(after)
    assert pdf_copy.of(memo()) == pdf_copy.of(memo())


def test_what_is_no_word_file_is_refused_before_an_office_sees_it() -> None:
    with pytest.raises(TemplateProblem):
        pdf_copy.of(b"%PDF-1.7 no Word file")


def test_a_broken_file_is_unreadable_and_the_office_goes_on(warm: Office) -> None:
    with pytest.raises(Unreadable):
        warm.pdf(pdf_copy.PdfCopy(b"no zip at all", thai_page_numbers=False))
    assert warm.pdf(pdf_copy.of(memo())).startswith(b"%PDF")


def test_an_office_that_hangs_is_killed_with_its_children() -> None:
    made = Office()
    made.pdf(pdf_copy.of(memo()))
    folder = str(made._folder)
    stuck = [process for process in _of(folder) if b"soffice.bin" in _command(process)]
    assert stuck, "the office runs in the folder of its lane"
    os.kill(stuck[0], signal.SIGSTOP)
    with pytest.raises(OfficeHung):
        made.pdf(pdf_copy.of(memo()), seconds=0.5)
    assert _gone(folder)
    assert made.pdf(pdf_copy.of(memo())).startswith(b"%PDF"), "a new one is started"
    folder = str(made._folder)
    made.close()
    assert _gone(folder)


def test_what_a_converter_forked_away_ends_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not office.isolation():
        pytest.skip("unshare --pid is not permitted here")
    put_forking_office(tmp_path, monkeypatch)
    made = Office()
    made.pdf(pdf_copy.of(memo()))
    folder = str(made._folder)
    forked = [process for process in _of(folder) if FORKED.encode() in _command(process)]
    assert forked, "it left its session, so no signal to a group reaches it"
    for process in _of(folder):
        if b"soffice.bin" in _command(process):
            os.kill(process, signal.SIGSTOP)
    with pytest.raises(OfficeHung):
        made.pdf(pdf_copy.of(memo()), seconds=0.5)
    assert _gone(folder)


def _command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def test_an_office_that_dies_is_replaced() -> None:
    made = Office()
    made.pdf(pdf_copy.of(memo()))
    for process in _of(str(made._folder)):
        if b"soffice.bin" in _command(process):
            os.kill(process, signal.SIGKILL)
    with pytest.raises(OfficeHung):
        made.pdf(pdf_copy.of(memo()), seconds=20)
    assert made.pdf(pdf_copy.of(memo())).startswith(b"%PDF")
    made.close()


def test_after_many_documents_it_is_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "DOCUMENTS_UNTIL_RESTART", 2)
    made, lanes = Office(), set()
    for _document in range(3):
        made.pdf(pdf_copy.of(memo()))
        lanes.add(made._lane)
    made.close()
    assert len(lanes) == 2


def test_nothing_is_left_when_its_owner_is_killed() -> None:
    code = (
        "import sys, time; from memos.rendering import office, pdf_copy; from tests.memos.rendering.made import memo;"
        "o = office.Office(); o.pdf(pdf_copy.of(memo())); print(o._folder, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", _SETUP + code], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        folder = owner.stdout.readline().strip()
        assert _of(folder)
        owner.kill()
    assert _gone(folder)


def test_nothing_is_left_when_its_owner_is_killed_over_an_office_that_hangs() -> None:
    code = (
        "import sys, time; from memos.rendering import office, pdf_copy; from tests.memos.rendering.made import memo;"
        "o = office.Office(); o.pdf(pdf_copy.of(memo())); print(o._folder, flush=True); sys.stdin.readline();"
        "o.pdf(pdf_copy.of(memo()))"
    )
    command = [sys.executable, "-c", _SETUP + code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdin is not None
        assert owner.stdout is not None
        folder = owner.stdout.readline().strip()
        for process in _of(folder):
            if b"soffice.bin" in _command(process):
                os.kill(process, signal.SIGSTOP)
        owner.stdin.write("\n")
        owner.stdin.flush()
        time.sleep(1)  # until it waits for an answer
        owner.kill()
    assert _gone(folder)


_SETUP = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'ita_core.settings'; import django; django.setup();"
)


def test_the_office_has_no_network_where_the_system_permits() -> None:
    if not office.isolation():
        pytest.skip("unshare --net is not permitted here")
    listed = subprocess.run(
        [*office.isolation(), "cat", "/proc/net/dev"], capture_output=True, check=True
    ).stdout
    assert [line.split(b":")[0].strip() for line in listed.splitlines()[2:]] == [b"lo"]


@pytest.mark.parametrize("missing", ["soffice", "python", "uno"])
def test_what_is_not_installed_is_said(missing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if missing == "soffice":
        monkeypatch.setenv("PATH", str(tmp_path))
    elif missing == "python":
        monkeypatch.setattr(office, "SYSTEM_PYTHON", str(tmp_path / "python3"))
    else:
        monkeypatch.setattr(office, "SYSTEM_PYTHON", sys.executable)  # It has no uno.
    made = Office()
    with pytest.raises(OfficeAbsent):
        made.pdf(pdf_copy.of(memo()))
    assert made._lane is None


def test_the_lane_needs_nothing_of_ours() -> None:
    """The system's Python could not import it."""
    source = Path(lane.__file__).read_text(encoding="utf-8")
    assert "import django" not in source
    assert "from memos" not in source
    assert "from ita_core" not in source
