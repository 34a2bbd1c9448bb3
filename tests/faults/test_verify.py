"""verify finds every change behind its back and says where: values of rows, bytes of files, what is gone or swapped."""

from __future__ import annotations

import json
import random
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q

from ita_core.models import Organisation
from memos import archive
from memos.models import ContentVersion, DocumentSet, FinalFile, Report, StoredFile
from tests.faults import alterations
from tests.faults.alterations import Alteration
from tests.personas import Authority
from tests.volumes import volume
from workflows import verification
from workflows.models import Act, Approval, ChainHead, Publication

CHANGES = volume(150, 500)  # ten thousand, of every kind, are in test_ten_thousand.py
Rows = dict[type[models.Model], list[models.Model]]


class UndoneAtTheEnd(Exception):
    """Leaves the block of an alteration, so that it is rolled back."""


def places_named() -> list[str]:
    return [fault.place for fault in verification.faults()]


def _every_row() -> Rows:
    """A garuda's row is left out: contents name it by its hash, so its number says nothing (its loss is tested below)."""
    rows = {model: list(model._base_manager.all()) for model in alterations.KINDS}
    garudas = {archive.sha256(bytes(place.garuda or b"")) for place in Organisation.objects.all()}
    rows[StoredFile] = [row for row in rows[StoredFile] if row.sha256 not in garudas]  # type: ignore[attr-defined]
    return rows


def _slug(row: Any) -> str:
    return str(row.organisation.slug)


def is_named(change: Alteration, places: list[str]) -> bool:
    """The place is the row's own, or for what other rows tell of it, the place of the act that tells."""
    row, name = change.row, change.field.name
    if isinstance(row, Act) and name not in ("organisation", "sequence"):
        own = f"{_slug(row)}/act/{row.sequence}"
        return own in places or f"{own}/{change.field.attname}" in places
    if isinstance(row, Act):  # It is gone from its place in the chain.
        return any(p.startswith((f"{_slug(row)}/act/", f"{_slug(row)}/chain_head")) for p in places)
    if isinstance(row, ChainHead):
        return f"{_slug(row)}/chain_head" in places
    if isinstance(row, Approval):
        return f"{_slug(row)}/approval/{row.pk}" in places
    own = f"{alterations.KINDS[type(row)]}/{row.pk}"
    if any(place.split("/", 1)[1] == own for place in places):
        return True
    return any(place.startswith(_what_tells_of(row)) for place in places)


def _what_tells_of(row: Any) -> tuple[str, ...]:
    """The places of the acts that carry the row's hash or number; for a garuda, of the contents that name it."""
    acts = Act.objects.of(row.organisation)
    if isinstance(row, DocumentSet):
        acts = acts.filter(document_set_id=row.pk)
    elif isinstance(row, FinalFile):
        acts = acts.filter(document_set_id=row.document_set_id)
    elif isinstance(row, Publication):
        acts = acts.filter(pk=row.act_id)
    elif isinstance(row, ContentVersion):
        acts = acts.filter(content_sha256=row.sha256)
    else:
        hashes = models.Q(memo_sha256=row.sha256) | models.Q(measures_sha256=row.sha256)
        acts = acts.filter(hashes | models.Q(signature_id=row.pk) | models.Q(scan_id=row.pk))
    telling = [f"{_slug(row)}/act/{act.sequence}/" for act in acts]
    if isinstance(row, StoredFile):
        finals = FinalFile.objects.of(row.organisation).filter(pdf=row.pk)
        telling += [f"{_slug(row)}/final_file/{final.pk}" for final in finals]
        published = Publication.objects.of(row.organisation).filter(Q(data=row.pk) | Q(pdf=row.pk))
        telling += [f"{_slug(row)}/publication/{one.pk}" for one in published]
    return tuple(telling or [f"{_slug(row)}/content/"])


def _seen_with(change: Alteration) -> list[str] | None:
    """The places that verify names while the change stands; None if the database itself refuses it."""
    places: list[str] | None = None
    try:
        with transaction.atomic():
            assert change.apply() == 1
            try:
                places = places_named()
            except DatabaseError as error:
                raise AssertionError(f"verify stumbled over {change}") from error
            raise UndoneAtTheEnd
    except UndoneAtTheEnd:
        return places
    except DatabaseError:
        return None


def test_it_is_green_when_nobody_touched_anything(walked: Report) -> None:
    assert places_named() == []
    assert Act.objects.across_organisations().count() > 15


@pytest.mark.sampled
def test_every_change_of_a_value_is_named(altered: Report) -> None:
    chance, rows, done = random.Random(20250401), _every_row(), 0
    missed = []
    while done < CHANGES:
        change = alterations.draw(chance, rows)
        places = _seen_with(change)
        if places is None:
            continue
        done += 1
        if not is_named(change, places):
            missed.append(f"{change} — {places}")
    assert not missed, "\n".join(missed)
    assert places_named() == [], "every change was undone"


def test_every_column_of_every_row_was_among_them(altered: Report) -> None:
    """The draw above is random; here each column of one row of each kind is altered once."""
    chance = random.Random(7)
    for model, rows in _every_row().items():
        for field in alterations.columns(model):
            row = next(
                row for row in rows if getattr(row, field.attname) not in (None, "", []) or row is rows[-1]
            )
            for _attempt in range(20):
                value = alterations._other(chance, getattr(row, field.attname), field)
                prepared = field.get_db_prep_save(value, connection) if value is not None else None
                change = Alteration(row, field, prepared)
                places = _seen_with(change)
                if places is not None:
                    assert is_named(change, places), f"{change} — {places}"
                    break
            else:
                assert model is ChainHead, f"{model} {field}: every value was refused"


def test_every_byte_of_every_file_counts(walked: Report) -> None:
    chance, files = random.Random(20220401), list(StoredFile.objects.across_organisations())
    assert len(files) > 10
    for _change in range(100):
        stored = chance.choice(files)
        path = alterations.path_of(stored)
        whole = path.read_bytes()
        path.write_bytes(alterations.flipped(chance, whole))
        assert places_named() == [f"{_slug(stored)}/file/{stored.pk}"]
        path.write_bytes(whole)
    assert places_named() == []


@pytest.mark.parametrize("harm", ["gone", "empty", "one byte short", "one byte more", "a folder"])
def test_a_file_that_is_no_longer_whole_is_named(walked: Report, harm: str) -> None:
    stored = Act.objects.across_organisations().filter(document_set__isnull=False)[0].document_set
    assert stored is not None
    path = alterations.path_of(stored.memo)
    whole = path.read_bytes()
    path.unlink()
    if harm == "a folder":
        path.mkdir()
    elif harm != "gone":
        path.write_bytes({"empty": b"", "one byte short": whole[:-1], "one byte more": whole + b"\0"}[harm])
    assert places_named() == [f"{_slug(stored)}/file/{stored.memo_id}"]


def test_two_files_that_changed_places_are_both_named(walked: Report) -> None:
    one, two = list(StoredFile.objects.across_organisations().order_by("pk"))[:2]
    first, second = alterations.path_of(one), alterations.path_of(two)
    first_bytes = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(first_bytes)
    assert sorted(places_named()) == sorted(f"{_slug(row)}/file/{row.pk}" for row in (one, two))


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_moment_that_is_none_is_named_and_ends_nothing(walked: Report) -> None:
    """Dates that are counted from a signature are compared with it: by what is left of it there is no comparing."""
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL takes nothing for a moment that is none")
    signed = Act.objects.across_organisations().filter(kind=Act.Kind.SIGN)[0]
    alterations.drop_guards()
    sql(f"UPDATE {Act._meta.db_table} SET acted_at = '' WHERE sequence = %s", signed.sequence)
    assert f"{_slug(signed)}/act/{signed.sequence}/acted_at" in places_named()


# The command


def _command(*options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify", *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_command_says_what_and_where(altered: Report, home: Authority, stranger: Authority) -> None:
    code, text = _command("--json")
    assert (code, json.loads(text)["faults"]) == (0, [])
    act = altered.approval.acts.order_by("sequence")[0]
    sql(f'UPDATE "{Act._meta.db_table}" SET opinion = %s WHERE sequence = %s', "เติมทีหลัง", act.sequence)
    code, text = _command("--json")
    found = json.loads(text)
    assert (code, found["ok"]) == (1, False)
    slugs = (home.organisation.slug, stranger.organisation.slug)
    assert {fault["place"] for fault in found["faults"]} == {
        f"{slug}/act/{act.sequence}/opinion" for slug in slugs
    }
    code, text = _command("--organisation", slugs[1])
    assert code == 1
    assert slugs[0] not in text
