"""The bundle of a report: its verifier runs on any Python, is green as given, and red after any change, naming the place."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ita_core.outbox import Job
from memos.models import Report
from tests import reports
from tests.faults import alterations
from tests.memos.sealing import instant
from tests.personas import Authority
from tests.volumes import volume
from tests.workflows import numbered
from tests.workflows.visiting import Go
from workflows import actions, bundling, proofs, sealed
from workflows.models import Approval, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SHIPPED = Path(bundling.__file__).parent / "bundled/verify.py"


def approval_of(report: Report) -> Approval:
    return (
        Approval.objects.of(report.organisation).select_related("organisation", "report").get(report=report)
    )


def unpacked(report: Report, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(bundling.of_report(approval_of(report)))) as bundle:
        bundle.extractall(folder)
    return folder


def verify(folder: Path, program: Path | None = None) -> tuple[int, str]:
    """As an auditor runs it: no packages, no settings, elsewhere."""
    command = [sys.executable, "-I", "-S", str(program or folder / "verify.py")]
    ran = subprocess.run(
        [*command, *([str(folder)] if program else [])],
        cwd=folder.parent,
        capture_output=True,
        timeout=60,
        check=False,
        env={},
    )
    assert ran.stderr == b"", ran.stderr.decode()
    return ran.returncode, ran.stdout.decode()


@pytest.fixture
def long_story(home: Authority) -> Report:
    """Two rounds with five sets; between its acts are those of another report."""
    report = reports.in_state(home, reports.RETURNED)
    reports.in_state(home, State.DRAFTED)
    report.memo.subject += " (แก้ไข)"
    report.memo.save()
    reports.submit(home, report)
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, by)
    return report


@pytest.mark.parametrize("state", [state for state in reports.EVERY_STATE if state != State.WRITING])
def test_it_is_green_in_every_state(home: Authority, state: str, tmp_path: Path) -> None:
    report = reports.in_state(home, state)
    code, said = verify(unpacked(report, tmp_path / "b"))
    assert code == 0, said
    acts = report.approval.acts.filter(document_set__isnull=False)
    assert all(proofs.code_of(act) in said for act in acts)
    assert home.organisation.full_name in said


def test_the_same_report_gives_the_same_bytes(home: Authority) -> None:
    approval = approval_of(reports.in_state(home, State.MAYOR_SIGNED))
    assert bundling.of_report(approval) == bundling.of_report(approval)


def test_it_holds_what_was_issued_and_nothing_of_other_reports(home: Authority, tmp_path: Path) -> None:
    other = reports.in_state(home, State.MAYOR_SIGNED)
    report = reports.in_state(home, State.MAYOR_SIGNED)
    folder = unpacked(report, tmp_path / "b")
    sequences = {json.loads(line)["sequence"] for line in (folder / "acts.jsonl").read_text().splitlines()}
    assert sequences == set(report.approval.acts.values_list("sequence", flat=True))
    assert not sequences & set(other.approval.acts.values_list("sequence", flat=True))
    assert len(list((folder / "documents").iterdir())) == 8
    assert [path.name for path in (folder / "content").iterdir()] == ["1.json"]


def test_numbers_and_final_files_are_in_it(
    home: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instant.put_in_place(monkeypatch)
    report = reports.in_state(home, State.MAYOR_SIGNED)
    numbered.number(home, report, "7")
    for job in Job.objects.filter(kind=sealed.KIND):
        sealed.make(job.payload)
    folder = unpacked(report, tmp_path / "b")
    assert sorted(path.name for path in (folder / "final").iterdir()) == ["4.pdf", "5.pdf"]
    code, said = verify(folder)
    assert (code, "ออกเลข" in said) == (0, True), said
    (folder / "final" / "5.pdf").rename(folder / "final" / "6.pdf")
    reseal(folder)
    assert "final/6.pdf" in verify(folder)[1]
    actions.void_number(home.actor("registrar"), report.pk, reason="ออกเลขผิดเล่ม")
    assert verify(unpacked(report, tmp_path / "c"))[0] == 0


# What somebody may do to it


Harm = Callable[[random.Random, Path], str]


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def name_of(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def flip(chance: random.Random, folder: Path) -> str:
    path = chance.choice(files_of(folder))
    path.write_bytes(alterations.flipped(chance, path.read_bytes()))
    return name_of(folder, path)


def remove(chance: random.Random, folder: Path) -> str:
    path = chance.choice(files_of(folder))
    path.unlink()
    return name_of(folder, path)


def cut(chance: random.Random, folder: Path) -> str:
    path = chance.choice(files_of(folder))
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])
    return name_of(folder, path)


def append(chance: random.Random, folder: Path) -> str:
    path = chance.choice(files_of(folder))
    path.write_bytes(path.read_bytes() + bytes([chance.randrange(256)]))
    return name_of(folder, path)


def add(chance: random.Random, folder: Path) -> str:
    path = folder / chance.choice(["extra.txt", "documents/9-memo.docx", "content/x.json", "final/1.pdf"])
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"?")
    return name_of(folder, path)


def swap(chance: random.Random, folder: Path) -> str:
    one, two = chance.sample(sorted((folder / "documents").glob("*-memo.docx")), 2)
    first = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(first)
    return name_of(folder, one)


def reseal(folder: Path) -> None:
    """The manifest is written anew over what is there: whoever made a change can do that too."""
    manifest = json.loads((folder / "manifest.json").read_text())
    names = [name_of(folder, path) for path in files_of(folder)]
    manifest["files"] = [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name in names
        if not name.startswith("manifest.")
        for data in [(folder / name).read_bytes()]
    ]
    text = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(text)
    (folder / "manifest.sha256").write_text(f"{hashlib.sha256(text).hexdigest()}  manifest.json\n")


def resealed_paper(chance: random.Random, folder: Path) -> str:
    path = chance.choice(sorted([*(folder / "documents").iterdir(), *(folder / "content").iterdir()]))
    path.write_bytes(alterations.flipped(chance, path.read_bytes()))
    reseal(folder)
    return name_of(folder, path).split("/")[0]


def _lines(folder: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    path = folder / "acts.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    change(lines)
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    reseal(folder)


def resealed_payload(chance: random.Random, folder: Path) -> str:
    """An act's bytes changed, with or without a hash made to fit."""

    def change(lines: list[dict[str, Any]]) -> None:
        line = chance.choice(
            [line for line in lines if json.loads(base64.b64decode(line["payload"]))["memo_sha256"]]
        )
        act = json.loads(base64.b64decode(line["payload"]))
        name = chance.choice(["opinion", "printed_name", "memo_sha256", "state_after"])
        act[name] = f"{act[name]}x"
        payload = json.dumps(act, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        line["payload"] = base64.b64encode(payload).decode()
        if chance.random() < 0.5:
            line["hash"] = hashlib.sha256(payload).hexdigest()

    _lines(folder, change)
    return ""


def resealed_order(chance: random.Random, folder: Path) -> str:
    """A line gone (not the last), twice, or in another place."""

    def change(lines: list[dict[str, Any]]) -> None:
        place = chance.randrange(len(lines) - 1)
        what = chance.choice(["gone", "twice", "elsewhere"])
        line = lines.pop(place)
        if what == "twice":
            lines[place:place] = [line, line]
        elif what == "elsewhere":
            lines.append(line)

    _lines(folder, change)
    return ""


HARMS: list[Harm] = [flip, remove, cut, append, add, swap, resealed_paper, resealed_payload, resealed_order]


def changed_copies(folder: Path, chance: random.Random) -> Iterator[tuple[str, str, Path]]:
    for number in range(volume(60, 200)):
        copy = folder.parent / f"copy-{number}"
        shutil.copytree(folder, copy)
        harm = HARMS[number % len(HARMS)]
        yield harm.__name__, harm(chance, copy), copy
        shutil.rmtree(copy)


@pytest.mark.sampled
def test_every_change_is_found_and_its_place_is_named(long_story: Report, tmp_path: Path) -> None:
    folder = unpacked(long_story, tmp_path / "b")
    assert verify(folder, SHIPPED)[0] == 0
    missed = []
    for harm, place, copy in changed_copies(folder, random.Random(2569)):
        code, said = verify(copy, SHIPPED)
        named = (
            place in said if place else "การกระทำ" in said or "acts.jsonl" in said or "manifest.json" in said
        )
        if place == "manifest.sha256":
            named = "manifest" in said
        if code != 1 or not named:
            missed.append(f"{harm} {place}: {code} {said}")
    assert not missed, "\n".join(missed)


# Page and command


def test_those_who_may_read_the_report_may_have_it(home: Authority, go: Go) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    page = go("reader", "report", report).content.decode()
    assert f"/reports/{report.pk}/bundle.zip" in page
    answer = go("reader", "bundle", report)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert answer.content == bundling.of_report(approval_of(report))


def test_a_damaged_archive_gives_no_bundle(home: Authority, go: Go) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    issued = approval_of(report).document_set
    assert issued is not None
    alterations.path_of(issued.memo).unlink()
    assert go("reader", "bundle", report).status_code == 503


def test_the_command_writes_it(home: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, file = reports.in_state(home, State.MAYOR_SIGNED), tmp_path / "b.zip"
    call_command("bundle", str(report.pk), "--out", str(file), "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    with pytest.raises(CommandError, match="no report"):
        call_command("bundle", "999999", "--out", str(file))
    with pytest.raises(CommandError):
        call_command("bundle", str(report.pk), "--out", str(tmp_path / "none" / "b.zip"))
    with pytest.raises(CommandError):
        call_command("bundle", str(reports.begin(home).pk), "--out", str(file))
