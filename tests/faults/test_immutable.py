"""Contents, acts, sets, files, templates and forms are written once: neither the ORM nor SQL changes them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError

from ita_core import immutable
from ita_core.immutable import ImmutableRow, WriteOnce
from ita_core.models import User
from memos.models import (
    ContentVersion,
    DocumentSet,
    FinalFile,
    FormVersion,
    Report,
    StoredFile,
    TemplateVersion,
)
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.personas import Authority
from workflows.disposed import Disposal, DisposalList, DisposedRow
from workflows.models import Act, PostedAddress, Publication, PublishedHead

# A column of each that holds text or a number, and what somebody might like it to hold.
KEPT: dict[type[WriteOnce], tuple[str, Any]] = {
    Act: ("opinion", "อนุมัติ"),
    ContentVersion: ("sha256", "0" * 64),
    DocumentSet: ("memo_id", 1),
    StoredFile: ("size", 1),
    FormVersion: ("title", "แบบอื่น"),
    TemplateVersion: ("number", 99),
    PublishedHead: ("sequence", 99),
    FinalFile: ("certificate_sha256", "1" * 64),
    Publication: ("slug", "other"),
    Disposal: ("sha256", "1" * 64),
    DisposedRow: ("key", "99"),
    PostedAddress: ("url", "https://elsewhere.example/"),
}
MODELS = pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)


@pytest.fixture
def signed(home: Authority) -> Report:
    day = datetime.date(2026, 10, 1)
    PublishedHead(organisation=home.organisation, day=day, sequence=1, hash="0" * 64).save()
    report = reports.in_state(home, "mayor_signed")
    issued = report.approval.document_set
    assert issued is not None
    FinalFile(
        organisation=home.organisation, document_set=issued, pdf=issued.memo, evidence={},
        certificate_sha256="0" * 64, sealed_at=issued.created_at,
    ).save()  # fmt: skip
    published = Publication(
        organisation=home.organisation, act=report.approval.acts.latest("sequence"), slug="report", version=1,
        fiscal_year=report.fiscal_year, data=issued.memo, pdf=issued.memo, published_at=issued.created_at,
    )  # fmt: skip
    published.save()
    PostedAddress(
        organisation=home.organisation, publication=published, url="https://www.example.go.th/o43.pdf", sequence=1,
        posted_by=home.people["registrar"], posted_at=issued.created_at,
    ).save()  # fmt: skip
    _name_a_row(home, report)
    return report


def _name_a_row(home: Authority, report: Report) -> None:
    """A list that let a row go which is gone."""
    listed = DisposalList(
        organisation=home.organisation, year=2569, number=1, drawn_by=home.people["registrar"]
    )
    listed.save()
    made = Disposal(organisation=home.organisation, list=listed, sha256="0" * 64, canonical=b"{}")
    made.save()
    DisposedRow(disposal=made, approval=report.approval, table="memos_storedfile", key="0").save()


def _all(model: type[WriteOnce]) -> Any:
    rows = model._default_manager
    return rows.across_organisations() if hasattr(rows, "across_organisations") else rows.all()


def _rows(model: type[WriteOnce]) -> list[dict[str, Any]]:
    return [
        {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
        for row in _all(model).order_by("pk").values()
    ]


def _assert_refused(model: type[WriteOnce], attempt: Callable[[], Any]) -> None:
    before = _rows(model)
    assert before
    with pytest.raises((ImmutableRow, DatabaseError), match=immutable.SENTENCE), transaction.atomic():
        attempt()
    assert _rows(model) == before


def _sql(statement: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_guarded_models_are_these() -> None:
    assert set(immutable.guarded_tables()) == {model._meta.db_table for model in KEPT}


@MODELS
def test_the_orm_changes_nothing(signed: Report, model: type[WriteOnce]) -> None:
    name, value = KEPT[model]
    row = _all(model).order_by("pk")[0]
    setattr(row, name, value)
    _assert_refused(model, row.save)
    _assert_refused(model, lambda: row.save(update_fields=[name]))
    _assert_refused(model, lambda: row.save(force_update=True))
    _assert_refused(model, lambda: _all(model).update(**{name: value}))
    _assert_refused(model, lambda: _all(model).filter(pk=row.pk).update(**{name: value}))
    _assert_refused(model, lambda: _all(model).bulk_update([row], [name.removesuffix("_id")]))
    _assert_refused(model, lambda: models.Model.save(row))
    _assert_refused(
        model,
        lambda: _all(model).bulk_create(
            [row], update_conflicts=True, update_fields=[name.removesuffix("_id")], unique_fields=["pk"]
        ),
    )


@MODELS
def test_the_orm_deletes_nothing(signed: Report, model: type[WriteOnce]) -> None:
    row = _all(model).order_by("pk")[0]
    _assert_refused(model, row.delete)
    before = _rows(model)
    for attempt in (
        _all(model).delete,
        _all(model).filter(pk=row.pk).delete,
        lambda: models.Model.delete(row),
    ):
        with pytest.raises((ImmutableRow, DatabaseError, ProtectedError)), transaction.atomic():
            attempt()
    _assert_refused(model, lambda: _all(model).filter(pk=row.pk)._raw_delete(using="default"))
    assert _rows(model) == before


@MODELS
def test_sql_changes_and_deletes_nothing(signed: Report, model: type[WriteOnce]) -> None:
    table, (column, value) = model._meta.db_table, KEPT[model]
    _assert_refused(model, lambda: _sql(f'UPDATE "{table}" SET "{column}" = %s', [value]))
    _assert_refused(model, lambda: _sql(f'UPDATE "{table}" SET "{column}" = "{column}"'))
    _assert_refused(model, lambda: _sql(f'DELETE FROM "{table}"'))


@MODELS
def test_replacing_a_row_is_refused(signed: Report, model: type[WriteOnce]) -> None:
    """REPLACE INTO deletes and inserts; SQLite runs the guards for it only with recursive_triggers."""
    table, (column, value) = model._meta.db_table, KEPT[model]
    names = [field.column for field in model._meta.concrete_fields]
    listed = ", ".join(f'"{name}"' for name in names)
    chosen = ", ".join("%s" if name == column else f'"{name}"' for name in names)
    if connection.vendor == "sqlite":
        statement = f'REPLACE INTO "{table}" ({listed}) SELECT {chosen} FROM "{table}"'
        _assert_refused(model, lambda: _sql(statement, [value]))
    source = f'SELECT {listed} FROM "{table}" WHERE true'
    upsert = f'INSERT INTO "{table}" ({listed}) {source} ON CONFLICT ("id") DO UPDATE SET "{column}" = %s'
    _assert_refused(model, lambda: _sql(upsert, [value]))


@pytest.mark.postgres
@MODELS
def test_emptying_a_table_is_refused(signed: Report, model: type[WriteOnce]) -> None:
    _sql("SET CONSTRAINTS ALL IMMEDIATE")  # Else PostgreSQL refuses for another reason.
    _assert_refused(model, lambda: _sql(f'TRUNCATE "{model._meta.db_table}" CASCADE'))


# The guards themselves


def _check() -> str:
    """What ``check --database default`` complains of, as an error."""
    try:
        call_command("check", databases=["default"], stdout=StringIO(), stderr=StringIO())
    except SystemCheckError as error:
        return str(error)
    return ""


def _drop(name: str) -> None:
    table = next(table for table in immutable.guarded_tables() if name.startswith(f"{table}_no_"))
    _sql(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else ""))


def test_a_missing_guard_is_reported_and_migrate_puts_it_back(committed_db: CommittedDatabase) -> None:
    assert _check() == ""
    for table in immutable.guarded_tables():
        for name in immutable._trigger_names(table, connection.vendor):
            _drop(name)
            assert name in _check()
            assert immutable.missing(connection) == [name]
            immutable.install(connection)
            assert immutable.missing(connection) == []
    _drop(name)
    call_command("migrate", verbosity=0)
    assert _check() == ""


@pytest.mark.postgres
def test_a_guard_that_is_switched_off_is_reported(committed_db: CommittedDatabase) -> None:
    _sql(f'ALTER TABLE "{Act._meta.db_table}" DISABLE TRIGGER ALL')
    assert all(name in _check() for name in immutable._trigger_names(Act._meta.db_table, "postgresql"))


def test_a_rebuilt_table_gets_its_guards_back(committed_db: CommittedDatabase) -> None:
    """Altering a field on SQLite builds the table anew and drops its triggers without a word."""
    old = Act._meta.get_field("opinion")
    new: models.TextField[str, str] = models.TextField(blank=True, default="–")
    new.set_attributes_from_name("opinion")
    new.model = Act
    with connection.schema_editor() as editor:
        editor.alter_field(Act, old, new)
        editor.alter_field(Act, new, old)
    assert (connection.vendor == "sqlite") == (_check() != "")
    call_command("migrate", verbosity=0)
    assert _check() == ""


# People


@pytest.mark.parametrize("key", ["legal_officer", "section_head", "mayor", "expired_acting"])
def test_a_person_with_history_stays(signed: Report, home: Authority, key: str) -> None:
    person = home.people[key]
    with pytest.raises(ValidationError):
        person.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        User.objects.filter(pk=person.pk).delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        User.objects.all().delete()
    assert User.objects.filter(pk=person.pk).exists()


def test_a_person_with_history_stays_though_his_appointments_go(signed: Report, home: Authority) -> None:
    """The act itself protects him."""
    mayor = home.people["mayor"]
    with pytest.raises(ProtectedError), transaction.atomic():
        mayor.appointments.all().delete()
    assert Act.objects.of(home.organisation).filter(user=mayor).exists()
    mayor.is_active = False
    mayor.save()
    assert not home.membership("mayor").appointments
