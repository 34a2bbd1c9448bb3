"""walk: the example's report goes through every step, again and again, and its papers are written."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ita_core import thai
from ita_core.models import Appointment
from memos.models import Report
from workflows.examples import loading
from workflows.models import Approval, State

NAME = "phuang-phrom-khon"
WRITTEN = [
    f"{number}-{state}-{kind}.docx"
    for number, state in enumerate(
        ["drafted", "section_head_reviewed", "deputy_approved", "mayor_signed"], start=1
    )
    for kind in ("memo", "measures")
]


def walk(folder: Path) -> list[str]:
    output = io.StringIO()
    call_command("walk", NAME, "--out", str(folder), "--json", "--on-a-live-site", stdout=output)
    return [Path(path).name for path in json.loads(output.getvalue())]


@pytest.fixture
def loaded(db: None) -> Report:
    loading.load(NAME)
    return Report.objects.across_organisations().select_related("organisation").get()


def test_it_writes_the_pair_of_every_step(loaded: Report, tmp_path: Path) -> None:
    assert walk(tmp_path / "out") == WRITTEN
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(WRITTEN)
    for path in (tmp_path / "out").iterdir():
        assert zipfile.ZipFile(path).testzip() is None


def test_it_may_be_run_again_and_leaves_the_report_alone(loaded: Report, tmp_path: Path) -> None:
    assert walk(tmp_path) == walk(tmp_path)
    approvals = Approval.objects.of(loaded.organisation)
    assert approvals.get(report=loaded).state == State.WRITING
    trials = approvals.filter(report__is_trial=True)
    assert [approval.state for approval in trials] == [State.MAYOR_SIGNED] * 2


def test_on_a_live_site_it_wants_to_be_asked_twice(loaded: Report, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--on-a-live-site"):
        call_command("walk", NAME, "--out", str(tmp_path / "out"))
    assert not Approval.objects.of(loaded.organisation).filter(report__is_trial=True).exists()
    assert not (tmp_path / "out").exists()


def test_the_signed_memo_names_everyone_who_signed(loaded: Report, tmp_path: Path) -> None:
    walk(tmp_path)
    document = zipfile.ZipFile(tmp_path / "4-mayor_signed-memo.docx").read("word/document.xml").decode()
    for act in Approval.objects.of(loaded.organisation).get(report__is_trial=True).acts.all():
        assert act.printed_name in document


def test_without_the_example_it_fails_with_a_sentence(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="load_examples"):
        walk(tmp_path)


def test_a_vacant_post_fails_with_the_sentence_of_the_page(loaded: Report, tmp_path: Path) -> None:
    mayors = Appointment.objects.of(loaded.organisation).filter(post__role="mayor")
    assert mayors.update(starts=thai.today().replace(year=2000), ends=thai.today().replace(year=2001)) == 1
    with pytest.raises(CommandError, match="ว่าง"):
        walk(tmp_path)


def test_a_folder_that_cannot_be_written_fails_with_a_sentence(loaded: Report, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="เขียนไฟล์ไม่ได้"):
        walk(tmp_path / "file")
