"""verify misses what is gone or was exchanged: acts, approvals, sets, contents, files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, models, transaction

from memos.models import ContentVersion, DocumentSet, Report, StoredFile
from tests.faults.alterations import Alteration
from tests.faults.test_verify import UndoneAtTheEnd, is_named, places_named, sql
from tests.personas import Authority
from workflows.models import Act, ChainHead, Publication


def _delete(row: models.Model) -> None:
    """Without a thought for the rows that name it, as a hand in the database would."""
    key = row._meta.pk
    assert key is not None
    pk = key.get_db_prep_value(row.pk, connection)
    sql(f'DELETE FROM "{row._meta.db_table}" WHERE "{key.column}" = %s', pk)


def _undone(harm: Callable[[], None]) -> list[str]:
    places: list[str] = []

    def run() -> None:
        with transaction.atomic():
            harm()
            places.extend(places_named())
            raise UndoneAtTheEnd

    with pytest.raises(UndoneAtTheEnd):
        run()
    return places


def test_every_act_that_is_gone_leaves_a_gap(altered: Report, home: Authority) -> None:
    acts = list(home.organisation.acts.order_by("sequence"))
    for act, after in zip(acts, [*acts[1:], None], strict=True):
        place = f"act/{after.sequence}" if after else "chain_head"
        assert f"{home.organisation.slug}/{place}" in _undone(partial(_delete, act))


@pytest.mark.parametrize("number", [1, 2, 5])
def test_the_last_acts_cannot_be_cut_off(altered: Report, home: Authority, number: int) -> None:
    """Not even with the head turned back to the act that is then the last: the reports stand elsewhere."""
    acts = list(home.organisation.acts.order_by("-sequence")[: number + 1])

    def cut(turn_back: bool) -> None:
        for act in acts[:number]:
            _delete(act)
        if turn_back:
            last, head = acts[number], ChainHead._meta.db_table
            sql(
                f'UPDATE "{head}" SET sequence = %s, hash = %s WHERE sequence > %s',
                last.sequence,
                last.hash,
                last.sequence,
            )

    slug = home.organisation.slug
    assert f"{slug}/chain_head" in _undone(lambda: cut(turn_back=False))
    elsewhere = {f"{slug}/approval/{act.approval_id}" for act in acts[:number]}
    # The last one published, which leaves the approval where it stands: the publication tells.
    elsewhere |= {f"{slug}/publication/{row.pk}" for row in Publication.objects.of(home.organisation)}
    assert elsewhere & set(_undone(lambda: cut(turn_back=True)))


def test_a_removed_approval_is_missed(altered: Report, home: Authority) -> None:
    """Alone, or together with its acts, its sets and its content."""
    approval = altered.approval
    numbers = list(approval.acts.values_list("sequence", flat=True))
    slug = home.organisation.slug
    places = _undone(lambda: _delete(approval))
    assert {f"{slug}/act/{number}/approval" for number in numbers} <= set(places)

    def remove_all() -> None:
        for rows in (approval.acts.all(), DocumentSet.objects.of(home.organisation).filter(content__report=altered),
                     altered.content_versions.all(), approval.steps.all(), [approval]):  # fmt: skip
            for row in list(rows):
                _delete(row)

    places = _undone(remove_all)
    # Its last act is the chain's: what is cut off there, the head tells.
    assert f"{slug}/chain_head" in places


def test_rows_that_acts_name_are_missed(altered: Report) -> None:
    """Sets, contents and files, each under the place of an act that names it or its own."""
    kinds: list[type[models.Model]] = [DocumentSet, ContentVersion, StoredFile]
    for model in kinds:
        for row in model._base_manager.all():
            change = Alteration(row, row._meta.get_field("id"), None)  # type: ignore[arg-type]
            assert is_named(change, _undone(partial(_delete, row))), row


def test_sets_that_two_acts_exchanged_are_named(altered: Report) -> None:
    one, two = altered.approval.acts.filter(kind=Act.Kind.ENDORSE).order_by("-sequence")[:2]
    table = Act._meta.db_table

    def exchange() -> None:
        for act, other in ((one, two), (two, one)):
            pk = Act._meta.pk.get_db_prep_value(act.pk, connection)
            sql(f'UPDATE "{table}" SET document_set_id = %s WHERE id = %s', other.document_set_id, pk)

    places = _undone(exchange)
    slug = one.organisation.slug
    assert {f"{slug}/act/{act.sequence}/document_set_id" for act in (one, two)} <= set(places)
