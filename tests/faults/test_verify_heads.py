"""Published heads show what verify alone cannot see: a chain that was cut, rolled back, or forged whole."""

from __future__ import annotations

import datetime
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from ita_core import outbox, thai, working
from ita_core.outbox import Job
from memos.models import FinalFile, Report
from tests import reports
from tests.faults import alterations
from tests.faults.harms import undone
from tests.faults.test_verify import UndoneAtTheEnd, places_named, sql
from tests.personas import Authority
from workflows import chain, publishing_heads
from workflows.models import Act, ChainHead, Publication, PublishedHead


def verify(*options: str) -> tuple[int, dict[str, Any]]:
    out = StringIO()
    try:
        call_command("verify", "--json", *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def places(found: dict[str, Any]) -> list[str]:
    return [fault["place"] for fault in found["faults"]]


def kept(folder: Path) -> str:
    """Today's file, as somebody outside downloads it."""
    file = folder / "heads.json"
    call_command("publish_heads", "--out", str(file), stdout=StringIO())
    return str(file)


def test_a_day_has_one_head_of_every_authority_with_acts(home: Authority, stranger: Authority) -> None:
    assert publishing_heads.publish() == 0, "nobody has acts"
    reports.in_state(home, "drafted")
    assert publishing_heads.publish() == 1
    head = PublishedHead.objects.of(home.organisation).get()
    reports.in_state(home, "drafted")
    reports.in_state(stranger, "drafted")
    assert publishing_heads.publish() == 1
    assert PublishedHead.objects.of(home.organisation).get().sequence == head.sequence == 1
    assert publishing_heads.publish() == 0
    said = publishing_heads.of_day(thai.today())
    assert said is not None
    slugs = sorted(place.organisation.slug for place in (home, stranger))
    assert [one["organisation"] for one in said["heads"]] == slugs


def test_kept_heads_of_an_honest_chain_are_green(walked: Report, home: Authority, tmp_path: Path) -> None:
    file = kept(tmp_path)
    reports.in_state(home, "drafted")
    code, found = verify("--heads", file)
    assert (code, found["faults"], found["heads"]) == (0, [], 2)
    code, found = verify("--heads", file, "--organisation", home.organisation.slug)
    assert (code, found["heads"]) == (0, 1)


def test_a_database_rolled_back_shows(walked: Report, home: Authority, tmp_path: Path) -> None:
    """An older backup is consistent in itself: only who kept a later head can tell."""
    file = ""
    try:
        with transaction.atomic():
            reports.in_state(home, "drafted")
            file = kept(tmp_path)
            raise UndoneAtTheEnd
    except UndoneAtTheEnd:
        pass
    assert places_named() == []
    code, found = verify("--heads", file)
    assert (code, places(found)) == (1, [f"{home.organisation.slug}/kept_head/{thai.today()}"])
    last = ChainHead.objects.of(home.organisation).get().sequence
    assert f"ends at act {last} and had {last + 1}" in found["faults"][0]["what"]


def _forge(home: Authority, sequence: int) -> None:
    """Another opinion, and every hash from there on made to fit: as whoever owns database and code can."""
    previous = None
    for act in Act.objects.of(home.organisation).filter(sequence__gte=sequence).order_by("sequence"):
        if previous is None:
            act.opinion = "เห็นต่าง"
        else:
            act.previous_hash = previous
        act.payload = chain.payload_of(act)
        act.hash = previous = chain.digest(act.payload)
        sql(
            f'UPDATE "{Act._meta.db_table}" SET opinion = %s, previous_hash = %s, payload = %s, hash = %s '
            "WHERE organisation_id = %s AND sequence = %s",
            *(act.opinion, act.previous_hash, act.payload, act.hash, act.organisation_id, act.sequence),
        )
    assert previous is not None
    ChainHead.objects.of(home.organisation).update(hash=previous)


def test_a_chain_forged_whole_shows(altered: Report, home: Authority, tmp_path: Path) -> None:
    file = kept(tmp_path)
    act = altered.approval.acts.order_by("sequence")[1]
    with undone():
        _forge(home, act.sequence)
        found = set(places_named())
    row = PublishedHead.objects.of(home.organisation).get()
    final = FinalFile.objects.of(home.organisation).get()
    public = Publication.objects.of(home.organisation).get()
    slug = home.organisation.slug
    head = f"{slug}/published_head/{row.pk}"
    assert found == {head, f"{slug}/final_file/{final.pk}", f"{slug}/publication/{public.pk}"}
    # Of an act after the signature of what was sealed and made public, the head alone tells.
    signature = altered.approval.acts.get(kind=Act.Kind.SIGN)
    _forge(home, signature.sequence + 1)
    assert places_named() == [head]
    for model in (PublishedHead, Job):
        sql(f'DELETE FROM "{model._meta.db_table}"')
    assert places_named() == [], "who owns the database removes that too"
    code, said = verify("--heads", file)
    assert (code, places(said)) == (1, [f"{home.organisation.slug}/kept_head/{thai.today()}"])
    assert "written anew" in said["faults"][0]["what"]


def test_another_head_said_to_have_been_published(altered: Report, home: Authority, tmp_path: Path) -> None:
    file = kept(tmp_path)
    first = Act.objects.of(home.organisation).order_by("sequence")[0]
    PublishedHead.objects.of(home.organisation).update(sequence=1, hash=first.hash)
    assert places_named() == []
    assert places(verify("--heads", file)[1]) == [f"{home.organisation.slug}/kept_head/{thai.today()}"]


@pytest.fixture
def days_later(
    altered: Report, home: Authority, stranger: Authority, monkeypatch: pytest.MonkeyPatch
) -> list[PublishedHead]:
    """The heads of ``home`` on three days, the worker's orders done; on the second one more act was there."""
    for days in (1, 2):
        now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        monkeypatch.setattr(thai, "today", lambda now=now: thai.bangkok_date(now))
        publishing_heads.publish()
        outbox.want_daily(thai.today())
        Job.objects.filter(kind=publishing_heads.KIND, done_at=None).update(done_at=now)
        reports.in_state(home, "drafted")
    assert places_named() == []
    return list(PublishedHead.objects.of(home.organisation).order_by("day"))


@pytest.mark.parametrize("everybodys", [False, True])
def test_a_head_that_is_gone_is_missed(
    days_later: list[PublishedHead], home: Authority, stranger: Authority, everybodys: bool
) -> None:
    """Another authority's head of that day tells of it, and when all of them are gone, the worker's order."""
    first, second, third = days_later
    table, slug = PublishedHead._meta.db_table, home.organisation.slug
    for gone in (second, third):
        rows = f'DELETE FROM "{table}" WHERE day = %s'
        if everybodys:
            sql(rows, gone.day)
        else:
            sql(f"{rows} AND organisation_id = %s", gone.day, home.organisation.pk)
        found = places_named()
        assert f"{slug}/published_head/{gone.day}" in found
        assert (f"{stranger.organisation.slug}/published_head/{gone.day}" in found) == everybodys
    assert first.day < second.day < third.day


def test_a_head_of_another_day_s_act_is_named(days_later: list[PublishedHead], home: Authority) -> None:
    first, second, _third = days_later
    assert first.sequence == second.sequence
    place = f"{home.organisation.slug}/published_head"
    last = Act.objects.of(home.organisation).order_by("-sequence")[0]
    earlier = Act.objects.of(home.organisation).get(sequence=second.sequence - 1)
    for act, row in ((last, first), (earlier, second)):
        table = PublishedHead._meta.db_table
        sql(f'UPDATE "{table}" SET sequence = %s, hash = %s WHERE id = %s', act.sequence, act.hash, row.pk)
        assert f"{place}/{row.pk}" in places_named()


def test_an_authority_that_is_gone(walked: Report, home: Authority, tmp_path: Path) -> None:
    file = kept(tmp_path)
    home.organisation.slug = "renamed"
    home.organisation.save()
    assert places(verify("--heads", file)[1]) == ["nong-tua-yang/kept_head"]


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["heads"][0].update(sequence=9),
        lambda said: said["heads"][0].update(hash="0" * 64),
        lambda said: said["heads"].pop(),
        lambda said: said.update(sha256="0" * 64),
        lambda said: said.update(format=2),
        lambda said: said.pop("heads"),
        lambda said: said["heads"][0].update(sequence=2**70),
        lambda said: said["heads"][0].update(sequence="ๆ"),
    ],
)
def test_a_kept_file_that_was_changed_is_no_evidence(walked: Report, tmp_path: Path, change: Any) -> None:
    file = Path(kept(tmp_path))
    said = json.loads(file.read_text())
    change(said)
    file.write_text(json.dumps(said))
    with pytest.raises(CommandError, match=r"heads\.json"):
        call_command("verify", "--heads", str(file))
    for other in ("[]", "", "{", "7"):
        file.write_text(other)
        with pytest.raises(CommandError, match="no file of published heads"):
            call_command("verify", "--heads", str(file))
    with pytest.raises(CommandError):
        call_command("verify", "--heads", str(tmp_path / "none.json"))


def test_an_act_of_the_first_format_has_no_later_columns(altered: Report, home: Authority) -> None:
    """Format 1 did not hash them: the payload says nothing about what stands there."""
    act = altered.approval.acts.order_by("sequence")[0]
    act.format = 1
    act.payload = chain.payload_of(act)
    facts = json.loads(act.payload)
    assert "number" not in facts
    table, slug = Act._meta.db_table, home.organisation.slug
    sql(f'UPDATE "{table}" SET format = 1, payload = %s WHERE id = %s', act.payload, _id(act))
    assert f"{slug}/act/{act.sequence}/number" not in places_named()
    sql(f'UPDATE "{table}" SET number = %s, decided_on = %s WHERE id = %s', "9", "2026-01-01", _id(act))
    found = places_named()
    assert {f"{slug}/act/{act.sequence}/{name}" for name in ("number", "decided_on")} <= set(found)


def _id(act: Act) -> Any:
    return Act._meta.pk.get_db_prep_value(act.pk, connection)


# By the worker


def test_a_worker_wants_the_heads_when_its_day_begins(
    home: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports.in_state(home, "drafted")
    day = thai.today()
    lane = working.Lane(lambda *said: None)
    for today in (day, day, day + datetime.timedelta(days=1)):
        monkeypatch.setattr(thai, "today", lambda today=today: today)
        lane._begin_the_day()
    wanted = Job.objects.filter(kind=publishing_heads.KIND)
    assert list(wanted.order_by("key").values_list("key", flat=True)) == [
        day.isoformat(),
        (day + datetime.timedelta(days=1)).isoformat(),
    ]
    monkeypatch.undo()
    for job in wanted:
        outbox.handlers[publishing_heads.KIND].do(job.payload)
    assert PublishedHead.objects.of(home.organisation).count() == 1


def test_every_column_of_a_published_head_counts(
    altered: Report, home: Authority, stranger: Authority
) -> None:
    table = PublishedHead._meta.db_table
    row = PublishedHead.objects.of(home.organisation).get()
    sql(f'DELETE FROM "{table}" WHERE organisation_id = %s', stranger.organisation.pk)
    sql(f'UPDATE "{table}" SET organisation_id = %s WHERE id = %s', stranger.organisation.pk, row.pk)
    assert places_named() == [f"{stranger.organisation.slug}/published_head/{row.pk}"]
    assert {field.name for field in alterations.columns(PublishedHead)} == {
        "day",
        "sequence",
        "hash",
    }
