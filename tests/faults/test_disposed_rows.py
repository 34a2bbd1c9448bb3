"""The guards let exactly the rows go that a signed list names, and verify finds a row that was named by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from ita_core import immutable
from ita_core.immutable import WriteOnce
from memos.models import Report, StoredFile
from tests import reports
from tests.faults import alterations
from tests.faults.alterations import Alteration
from tests.personas import Authority
from tests.workflows import asked, disposed, numbered
from workflows import destroying, verification
from workflows.disposed import Disposal, DisposalList, DisposedRow
from workflows.models import Act, Approval, State

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def places(home: Authority) -> set[str]:
    """Without the dates that ``disposed.past`` moved, which are rightly found."""
    found = verification.faults([home.organisation])
    return {fault.place for fault in found if "/retention/" not in fault.place}


def rows_of(home: Authority) -> Iterator[models.Model]:
    for model in apps.get_models():
        if issubclass(model, WriteOnce):
            yield from model._base_manager.order_by("pk")


@pytest.fixture
def destroyed(home: Authority) -> tuple[Report, Disposal]:
    """One report destroyed by a list, beside one that stays whole."""
    other = reports.in_state(home, State.MAYOR_SIGNED)
    numbered.number(home, other, "11")
    report = reports.in_state(home, State.MAYOR_SIGNED)
    numbered.number(home, report, "12")
    asked.assign(home, report)
    return report, disposed.destroyed(home, disposed.past(home, report))


def _key(row: models.Model) -> str:
    return str(row.pk).replace("-", "")


def _raw(row: models.Model) -> Any:
    column: Any = row._meta.pk
    return column.get_db_prep_value(row.pk, connection)


def test_every_other_row_is_refused(home: Authority, destroyed: tuple[Report, Disposal]) -> None:
    """Deleted, emptied as a list would, or changed: each row of each guarded table, those of the list among them."""
    count = 0
    for row in rows_of(home):
        table = row._meta.db_table
        attempts = [f'DELETE FROM "{table}" WHERE id = %s', f'UPDATE "{table}" SET id = id WHERE id = %s']
        emptied = isinstance(row, Act) and not bytes(row.payload)
        if isinstance(row, Act):
            attempts.append(f"UPDATE \"{table}\" SET printed_name = 'x' WHERE id = %s")
            attempts.append(f"UPDATE \"{table}\" SET payload = %s, opinion = '' WHERE id = %s")
        if isinstance(row, Act) and not emptied:
            attempts.append(
                f"UPDATE \"{table}\" SET payload = %s, opinion = '', reason = '', "
                "document_set_id = NULL, scan_id = NULL WHERE id = %s"
            )
        for attempt in attempts:
            if emptied and "SET id = id" in attempt:
                continue  # It is as a list left it, and stays so.
            values = [b"x" if "opinion = '' WHERE" in attempt else b"", _raw(row)][-attempt.count("%s") :]
            with pytest.raises(DatabaseError, match=immutable.SENTENCE), transaction.atomic():
                sql(attempt, *values)
            count += 1
    assert count > 60


def test_the_rows_that_the_list_names_are_those_that_went(
    home: Authority, destroyed: tuple[Report, Disposal]
) -> None:
    _report, made = destroyed
    named = {(row.table, row.key) for row in DisposedRow.objects.of(home.organisation).filter(disposal=made)}
    there = {(row._meta.db_table, _key(row)) for row in rows_of(home) if not isinstance(row, Act)}
    assert named and not named & there
    acts = {key for table, key in named if table == Act._meta.db_table}
    emptied = {act.pk.hex for act in Act.objects.of(home.organisation) if not bytes(act.payload)}
    assert acts == emptied
    assert places(home) == set()


def test_a_row_named_by_hand_is_let_go_and_found(home: Authority, destroyed: tuple[Report, Disposal]) -> None:
    """The guard cannot know who typed it; verify does, before and after the row went."""
    _report, made = destroyed
    victim = StoredFile.objects.of(home.organisation).order_by("pk")[0]
    approval = Approval.objects.of(home.organisation).order_by("pk")[0]
    named = DisposedRow(disposal=made, approval=approval, table=victim._meta.db_table, key=str(victim.pk))
    named.save()
    assert f"{home.organisation.slug}/disposed_row/{named.pk}" in places(home)
    act = Act.objects.of(home.organisation).order_by("sequence")[0]
    other = DisposedRow(disposal=made, approval=approval, table=Act._meta.db_table, key=act.pk.hex)
    other.save()
    Act.objects.of(home.organisation).filter(pk=act.pk).update(**Act.emptied)
    found = places(home)
    assert f"{home.organisation.slug}/disposed_row/{other.pk}" in found
    assert f"{home.organisation.slug}/act/{act.sequence}" in found


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", 9),
        ("year", 2560),
        ("standing", "open"),
        ("archives_number", "อื่น"),
        ("archives_date", "2020-01-01"),
    ],
)
def test_a_list_that_says_otherwise_is_found(
    column: str, value: Any, home: Authority, destroyed: tuple[Report, Disposal]
) -> None:
    _report, made = destroyed
    sql(f'UPDATE "{DisposalList._meta.db_table}" SET "{column}" = %s', value)
    assert f"{home.organisation.slug}/disposal/{made.pk}" in places(home)


def test_a_list_made_by_hand_is_found(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    listed = DisposalList(
        organisation=home.organisation, year=2569, number=1, drawn_by=home.people["registrar"]
    )
    listed.save()
    made = Disposal(organisation=home.organisation, list=listed, sha256="0" * 64, canonical=b"{}")
    made.save()
    assert f"{home.organisation.slug}/disposal/{made.pk}" in places(home)
    table = Approval._meta.db_table
    sql(f'UPDATE "{table}" SET state = %s, content_id = NULL WHERE report_id = %s', "disposed", report.pk)
    assert f"{home.organisation.slug}/approval/{report.approval.pk}" in places(home)


@pytest.mark.parametrize("model", [Act, Disposal, DisposedRow], ids=lambda model: model.__name__)
def test_what_is_left_of_a_destroyed_report_cannot_be_changed_unseen(
    model: type[models.Model], home: Authority, destroyed: tuple[Report, Disposal]
) -> None:
    """Every column of a stub, of the list and of a named row; the guards are gone, as for whoever owns the database."""
    report, made = destroyed
    alterations.drop_guards()
    chance = random.Random(model.__name__)
    approval = disposed.approval_of(home, report)
    rows: dict[Any, list[Any]] = {
        Act: list(approval.acts.order_by("sequence")[:2]),
        Disposal: [made],
        DisposedRow: list(made.rows.order_by("pk")[:1]),
    }
    untold = {"id", "created_at", "organisation"} if model is not DisposedRow else {"id"}
    for row in rows[model]:
        for field in model._meta.concrete_fields:
            if field.name in untold or (model is Act and field.name == "sequence"):
                continue
            was = getattr(row, field.attname)
            value = b"x" if was == b"" else alterations._other(chance, was, field)
            stored = field.get_db_prep_save(value, connection) if value is not None else None
            if stored is None and not field.null:
                continue
            try:
                with transaction.atomic():
                    Alteration(row, field, stored).apply()
                    assert places(home), f"{model.__name__}.{field.name}"
                    raise _Undo
            except (_Undo, DatabaseError):
                continue


class _Undo(Exception):
    pass


# What points at what goes


def test_whatever_points_at_a_report_goes_or_is_known_to_stay() -> None:
    """A table that is added later must say here, or in destroying.ROWS, what becomes of its rows."""
    stays = {
        "workflows.Act", "workflows.Approval", "workflows.Retention", "workflows.DisposalLine", "workflows.DisposedRow",
        "memos.Report", "memos.RegisterEntry",
    }  # fmt: skip
    below = {"memos.Enclosure", "memos.Measure", "memos.Activity"}  # deleted with what they stand in
    goes = {label for label, _way in destroying.ROWS}
    targets = goes | below | {"workflows.Approval", "workflows.Act", "memos.Report"}
    pointing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model is not None
        and field.related_model._meta.label in targets  # type: ignore[union-attr]
    }
    assert pointing <= goes | below | stays, pointing - goes - below - stays
