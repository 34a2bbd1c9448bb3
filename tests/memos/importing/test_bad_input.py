"""Every bad file gets its own sentence, soon, and the process that asked goes on as if nothing had been."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ita_core import language
from memos.importing import foreign, reading
from memos.importing.confined import confined
from memos.importing.foreign import SENTENCES, ForeignFile
from tests.memos.importing import files, hostile

SECONDS = 10.0
"""Of the processor's, here and in the child: what a file may take."""
ALL = hostile.HOSTILE | hostile.SLOW


@pytest.mark.parametrize("what", ALL)
def test_a_bad_file_gets_a_sentence_in_time(what: str) -> None:
    name, build, reasons = ALL[what]
    data = build()
    started = _processor_time()
    with pytest.raises(ForeignFile) as refused:
        reading.read_file(name, data)
    taken = _processor_time() - started
    assert refused.value.code in reasons
    assert refused.value.sentence == language.shown(SENTENCES[refused.value.code])
    assert taken < SECONDS, f"{taken:.1f} s"


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def test_the_files_that_are_spoilt_were_good_and_links_of_words_are() -> None:
    """The fixtures fail for their one fault, not for another."""
    for data, name in (
        (hostile.word(), "a.docx"),
        (hostile.excel(), "a.xlsx"),
        (hostile.linked("hyperlink"), "a.docx"),
    ):
        assert files.recognised(files.read(data, name)).counts["sections"] == 1


def test_the_web_process_is_unharmed() -> None:
    """No descriptor is left open, no child is left, and memory did not grow by what a bomb holds."""
    open_before = len(os.listdir("/proc/self/fd"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for what in ("a bomb", "cut in half", "a cell at XFD1048576", "a linked picture"):
        name, build, _reasons = ALL[what]
        with pytest.raises(ForeignFile):
            reading.read_file(name, build())
    assert len(os.listdir("/proc/self/fd")) == open_before
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 200 * 1024
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A shell script in the place of the child."""

    def put(script: str) -> Path:
        path = tmp_path / "child"
        path.write_text(f"#!/bin/sh\n{script.replace('HERE', str(tmp_path))}\n")
        path.chmod(0o755)
        monkeypatch.setattr("memos.importing.foreign.sys.executable", str(path))
        return tmp_path

    return put


def test_a_child_that_hangs_is_killed_with_its_own_children(program: Callable[[str], Path]) -> None:
    folder = program("sleep 60 & echo $! > HERE/grandchild; echo $$ > HERE/child.pid; wait")
    with pytest.raises(ForeignFile) as refused:
        foreign.run("csv", b"x", seconds=1)
    assert refused.value.code == "too-much"
    for name in ("grandchild", "child.pid"):
        assert _is_gone(int((folder / name).read_text()))


def test_a_child_that_talks_without_end_is_cut_off(program: Callable[[str], Path]) -> None:
    program("yes")
    with pytest.raises(ForeignFile) as refused:
        foreign.run("csv", b"x", seconds=10)
    assert refused.value.code == "too-much-text"


@pytest.mark.parametrize(
    "script", ["kill -9 $$", "echo nonsense", "echo '[]'", 'echo \'{"problem": "?"}\'', "true"]
)
def test_a_child_that_dies_or_talks_nonsense_is_a_sentence(
    program: Callable[[str], Path], script: str
) -> None:
    program(script)
    with pytest.raises(ForeignFile) as refused:
        foreign.run("csv", b"x")
    assert refused.value.sentence


def test_the_child_knows_no_secrets(program: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    folder = program("env > HERE/environment")
    with pytest.raises(ForeignFile):
        foreign.run("csv", b"x")
    known = {line.split("=")[0] for line in (folder / "environment").read_text().splitlines()}
    assert known <= {"PYTHONPATH", "PATH", "LANG", "PWD", "OLDPWD", "SHLVL", "_"}


def test_the_child_has_no_network_or_the_check_says_so() -> None:
    found = foreign.run("probe", b"x")
    assert not (found["alone"] and found["reaches"])
    assert bool(confined()) != found["alone"]


def _is_gone(pid: int) -> bool:
    """Killed at once, buried a little later by whoever inherited it."""
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False
