"""verify finds a posted address that was changed, is gone, or was put in between."""

from __future__ import annotations

import contextlib
import random
from typing import Any

import pytest
from django.db import connection, transaction

from tests.faults import alterations
from tests.faults.test_verify import UndoneAtTheEnd, _seen_with, places_named, sql
from tests.personas import Authority
from tests.workflows import disposed, made_public
from workflows import addressing
from workflows.addresses import PostedAddress

pytestmark = pytest.mark.django_db
TABLE = PostedAddress._meta.db_table


@pytest.fixture
def posted(home: Authority, stranger: Authority) -> list[PostedAddress]:
    """Three addresses of one authority, and one of another; the guards are gone."""
    publication = made_public.published(home)
    rows = [
        addressing.post(home.actor("registrar"), publication.pk, f"https://www.example.go.th/{number}.pdf")
        for number in range(3)
    ]
    theirs = made_public.published(stranger)
    addressing.post(stranger.actor("registrar"), theirs.pk, "https://www.example.go.th/a.pdf")
    alterations.drop_guards()
    return rows


def _named() -> list[str]:
    """Other kinds say nothing: only an address was touched."""
    places = places_named()
    assert all("/posted_address" in place for place in places)
    return places


def test_it_is_green_when_nobody_touched_anything(posted: list[PostedAddress]) -> None:
    assert _named() == []


def test_every_column_counts(posted: list[PostedAddress], stranger: Authority) -> None:
    row, chance = posted[1], random.Random(7)
    others: dict[str, Any] = {
        "organisation": stranger.organisation.pk,
        "sequence": 9,
        "posted_by": stranger.people["mayor"].pk,
        "publication": PostedAddress.objects.of(stranger.organisation).get().publication_id,
    }
    for field in PostedAddress._meta.concrete_fields:
        value = others.get(field.name) or alterations._other(chance, getattr(row, field.attname), field)
        change = alterations.Alteration(row, field, field.get_db_prep_save(value, connection))
        places = _seen_with(change)
        assert places and all("/posted_address" in place for place in places), change
    assert _named() == []


def test_one_that_is_gone_is_missed(posted: list[PostedAddress]) -> None:
    for row in posted:
        with contextlib.suppress(UndoneAtTheEnd), transaction.atomic():
            sql(f'DELETE FROM "{TABLE}" WHERE sequence = %s AND url = %s', row.sequence, row.url)
            assert f"{row.organisation.slug}/posted_address/{row.pk}" in _named()
            raise UndoneAtTheEnd


def test_one_that_was_written_by_hand_is_named(posted: list[PostedAddress]) -> None:
    first = posted[0]
    forged = PostedAddress(
        organisation=first.organisation, publication=first.publication, url="https://elsewhere.example/",
        posted_by=first.posted_by, posted_at=first.posted_at, sequence=4, previous=posted[2].hash, hash="0" * 64,
    )  # fmt: skip
    forged.save()
    assert _named() == [f"{first.organisation.slug}/posted_address/{forged.pk}"]


def test_a_row_that_cannot_be_read_is_named(posted: list[PostedAddress]) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL takes nothing for a date that is none")
    sql(f'UPDATE "{TABLE}" SET posted_at = %s WHERE sequence = 2 AND url = %s', "once", posted[1].url)
    assert _named()


def test_one_that_a_signed_list_destroyed_leaves_no_gap(home: Authority) -> None:
    """The next one names its hash, which the list keeps; whatever else is missing is still missed."""
    gone, stays = disposed.past(home), made_public.published(home)
    for publication in (stays, made_public.published(home, gone), stays):
        addressing.post(home.actor("registrar"), publication.pk, f"https://a.example.go.th/{publication.pk}")
        addressing.post(home.actor("registrar"), publication.pk, f"https://b.example.go.th/{publication.pk}")
    disposed.destroyed(home, gone)
    left = PostedAddress.objects.of(home.organisation).order_by("sequence")
    assert [row.sequence for row in left] == [1, 2, 5, 6]
    assert _named() == []
    last = addressing.post(home.actor("registrar"), stays.pk, "https://c.example.go.th/")
    assert (last.sequence, _named()) == (7, [])
    alterations.drop_guards()
    sql(f'DELETE FROM "{TABLE}" WHERE sequence = 2')
    assert f"{home.organisation.slug}/posted_address/{left[0].pk}" not in _named()
    assert _named()
