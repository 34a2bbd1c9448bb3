"""Harm of every kind that an archive can come to, drawn at random, and whether verify names the place of it.

A harm to rows is undone by rolling it back, one to files by writing back what was there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from ita_core.models import Organisation
from memos.models import ContentVersion, DocumentSet, FinalFile, StoredFile
from tests import reports
from tests.faults import alterations
from tests.faults.alterations import Alteration
from tests.faults.test_verify import (
    Rows,
    UndoneAtTheEnd,
    _every_row,
    _seen_with,
    is_named,
    places_named,
    sql,
)
from tests.faults.test_verify_gone import _delete
from tests.personas import Authority
from workflows import publishing_heads, verification
from workflows.models import Act, Approval, ChainHead


@dataclass(frozen=True)
class Outcome:
    """``what`` tells the harm, ``named`` whether its place was among those that verify named."""

    what: str
    named: bool
    places: list[str]


@contextmanager
def undone() -> Iterator[None]:
    """What happens in the block to rows never happened."""
    try:
        with transaction.atomic():
            yield
            raise UndoneAtTheEnd
    except UndoneAtTheEnd:
        pass


class Archive:
    """An archive without guards, and what is in it when nobody has touched it."""

    def __init__(self, chance: random.Random, home: Authority) -> None:
        self.chance, self.home = chance, home
        self.rows: Rows = _every_row()
        self.files: list[Any] = list(StoredFile.objects.across_organisations())
        self.organisations = [
            place for place in Organisation.objects.order_by("pk") if place.acts.count() > 1
        ]

    def harm(self, kind: str) -> Outcome:
        return KINDS[kind](self)

    def acts(self) -> tuple[Organisation, list[Act]]:
        organisation = self.chance.choice(self.organisations)
        return organisation, list(organisation.acts.order_by("sequence"))


def a_value(archive: Archive) -> Outcome:
    """Of a row; what the database itself refuses is no harm, and another is drawn."""
    while True:
        change = alterations.draw(archive.chance, archive.rows)
        places = _seen_with(change)
        if places is not None:
            return Outcome(str(change), is_named(change, places), places)


def a_byte(archive: Archive) -> Outcome:
    return _file(archive, "a byte", lambda data: alterations.flipped(archive.chance, data))


def a_files_tail(archive: Archive) -> Outcome:
    return _file(archive, "a tail", lambda data: data[: archive.chance.randrange(len(data))])


def _file(archive: Archive, what: str, change: Callable[[bytes], bytes]) -> Outcome:
    stored = archive.chance.choice(archive.files)
    path = alterations.path_of(stored)
    whole = path.read_bytes()
    path.write_bytes(change(whole))
    places = places_named()
    path.write_bytes(whole)
    wanted = f"{stored.organisation.slug}/file/{stored.pk}"
    return Outcome(f"{what} of file {stored.pk}", places == [wanted], places)


def swapped_files(archive: Archive) -> Outcome:
    one, two = archive.chance.sample(archive.files, 2)
    first, second = alterations.path_of(one), alterations.path_of(two)
    bytes_of = first.read_bytes(), second.read_bytes()
    first.write_bytes(bytes_of[1])
    second.write_bytes(bytes_of[0])
    places = places_named()
    first.write_bytes(bytes_of[0])
    second.write_bytes(bytes_of[1])
    wanted = {f"{row.organisation.slug}/file/{row.pk}" for row in (one, two)}
    return Outcome(f"files {one.pk} and {two.pk} swapped", set(places) == wanted, places)


def a_row_gone(archive: Archive) -> Outcome:
    kinds: list[type[models.Model]] = [DocumentSet, ContentVersion, StoredFile, FinalFile, ChainHead]
    row = archive.chance.choice(archive.rows[archive.chance.choice(kinds)])
    with undone():
        _delete(row)
        places = places_named()
    if isinstance(row, FinalFile):
        named = any(place.endswith("/final_file") for place in places)
    else:
        change = Alteration(row, row._meta.pk, None)
        named = is_named(change, places)
    return Outcome(f"{row._meta.label} {row.pk} removed", named, places)


def an_act_gone(archive: Archive) -> Outcome:
    organisation, acts = archive.acts()
    at = archive.chance.randrange(len(acts))
    with undone():
        _delete(acts[at])
        places = places_named()
    after = f"act/{acts[at + 1].sequence}" if at + 1 < len(acts) else "chain_head"
    wanted = f"{organisation.slug}/{after}"
    return Outcome(f"act {acts[at].sequence} removed", wanted in places, places)


def a_chains_tail(archive: Archive) -> Outcome:
    """With the head turned back to what is then the last act."""
    organisation, acts = archive.acts()
    cut = archive.chance.randrange(1, len(acts))
    last, gone = acts[cut - 1], acts[cut:]
    with undone():
        for act in gone:
            _delete(act)
        sql(
            f'UPDATE "{ChainHead._meta.db_table}" SET sequence = %s, hash = %s WHERE organisation_id = %s',
            *(last.sequence, last.hash, organisation.pk),
        )
        places = places_named()
    wanted = {f"{organisation.slug}/approval/{act.approval_id}" for act in gone}
    # An act that left its report where it was is told of by the head that was published after it.
    wanted |= {f"{organisation.slug}/published_head/{head.pk}" for head in organisation.published_heads.all()}
    return Outcome(f"acts from {gone[0].sequence} cut off", bool(wanted & set(places)), places)


def an_approval_gone(archive: Archive) -> Outcome:
    """Alone, or with all that hangs on it."""
    organisation = archive.chance.choice(archive.organisations)
    acted = Approval.objects.of(organisation).filter(acts__isnull=False).distinct().order_by("pk")
    approval = archive.chance.choice(list(acted))
    acts = list(approval.acts.order_by("sequence"))
    alone = archive.chance.random() < 0.5
    with undone():
        if not alone:
            sets = DocumentSet.objects.of(organisation).filter(content__report=approval.report)
            contents = ContentVersion.objects.of(organisation).filter(report=approval.report)
            for row in [*acts, *sets, *contents, *approval.steps.all()]:
                _delete(row)
        _delete(approval)
        places = places_named()
    slug = organisation.slug
    after = {f"{slug}/act/{acts[-1].sequence + 1}", f"{slug}/chain_head"}
    wanted = {f"{slug}/act/{act.sequence}/approval" for act in acts} if alone else after
    named = wanted <= set(places) if alone else bool(wanted & set(places))
    return Outcome(f"approval {approval.pk} removed{' alone' * alone}", named, places)


def swapped_acts(archive: Archive) -> Outcome:
    """Two acts of one chain change places, or their documents."""
    organisation, acts = archive.acts()
    one, two = archive.chance.sample([act for act in acts if act.document_set_id], 2)
    column = archive.chance.choice(["document_set_id", "sequence"])
    values = getattr(one, column), getattr(two, column)
    key = Act._meta.pk
    with undone():
        statement = f'UPDATE "{Act._meta.db_table}" SET {column} = %s WHERE id = %s'
        pks = [key.get_db_prep_value(act.pk, connection) for act in (one, two)]
        for value, pk in ((-1, pks[0]), (values[0], pks[1]), (values[1], pks[0])):
            if value != -1 or column == "sequence":
                sql(statement, 10**9 if value == -1 else value, pk)
        places = places_named()
    wanted = {f"{organisation.slug}/act/{act.sequence}" for act in (one, two)}
    named = all(any(place.startswith(one) for place in places) for one in wanted)
    return Outcome(f"{column} of acts {one.sequence} and {two.sequence} swapped", named, places)


def rolled_back(archive: Archive) -> Outcome:
    """An older copy of the database, consistent in itself: whoever kept a later head can tell."""
    state = archive.chance.choice(["drafted", "withdrawn", "returned", "section_head_reviewed"])
    kept: list[publishing_heads.KeptHead] = []
    before = archive.home.organisation.chain_head.sequence
    with undone():
        reports.in_state(archive.home, state)
        head = ChainHead.objects.of(archive.home.organisation).get()
        kept = [
            publishing_heads.KeptHead(archive.home.organisation.slug, "2026-01-01", head.sequence, head.hash)
        ]
    assert kept[0].sequence > before
    places = [*places_named(), *(fault.place for fault in verification.against(kept))]
    wanted = [f"{archive.home.organisation.slug}/kept_head/2026-01-01"]
    return Outcome(f"turned back to act {before} from {kept[0].sequence}", places == wanted, places)


# How many of a hundred changes are of which kind.
SHARES: dict[str, int] = {
    "a value": 55,
    "a byte": 15,
    "a file's tail": 5,
    "swapped files": 4,
    "a row gone": 5,
    "an act gone": 4,
    "a chain's tail": 4,
    "an approval gone": 3,
    "swapped acts": 3,
    "rolled back": 2,
}
KINDS: dict[str, Callable[[Archive], Outcome]] = {
    "a value": a_value,
    "a byte": a_byte,
    "a file's tail": a_files_tail,
    "swapped files": swapped_files,
    "a row gone": a_row_gone,
    "an act gone": an_act_gone,
    "a chain's tail": a_chains_tail,
    "an approval gone": an_approval_gone,
    "swapped acts": swapped_acts,
    "rolled back": rolled_back,
}
