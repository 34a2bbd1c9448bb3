"""Changes behind the archive's back: one value of one row, or one byte of one file; always another value than before."""

from __future__ import annotations

import datetime
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, models

from ita_core import immutable
from memos import archive
from memos.models import ContentVersion, DocumentSet, FinalFile, StoredFile
from workflows.models import (
    Act,
    Approval,
    ChainHead,
    Comment,
    Errand,
    Preparation,
    Publication,
    PublishedHead,
    View,
)

# When a row was written is told by its act, which is hashed; these columns are for whoever browses the database.
UNTOLD = {"created_at", "published_at"}
APPROVAL_COLUMNS = {"state", "round", "is_returned", "content", "document_set"}
KINDS: dict[type[models.Model], str] = {
    Act: "act",
    ContentVersion: "content",
    DocumentSet: "document_set",
    StoredFile: "file",
    ChainHead: "chain_head",
    Approval: "approval",
    PublishedHead: "published_head",
    FinalFile: "final_file",
    Publication: "publication",
}

# What stands beside the decisions, and the columns of it that no act tells of.
BESIDE: dict[type[models.Model], str] = {
    Comment: "comment",
    View: "view",
    Preparation: "preparation",
    Errand: "errand",
}
# Nothing here tells of a published head that is gone, or moved to no authority: whoever kept it does.
# A final file's own number stands nowhere else, nor a publication's.
OUTSIDE: dict[type[models.Model], set[str]] = {
    PublishedHead: {"id", "organisation"},
    FinalFile: {"id"},
    Publication: {"id"},
}
UNCARRIED = {"id", "row_level", "row_id", "answer", "resolved_at", "resolved_by"}


@dataclass(frozen=True)
class Alteration:
    """A column of a row and the value, as the database takes it, that it will have."""

    row: models.Model
    field: models.Field[Any, Any]
    value: Any

    def __str__(self) -> str:
        was = getattr(self.row, self.field.attname)
        return f"{self.row._meta.label} {self.row.pk}.{self.field.attname}: {was!r:.80} → {self.value!r:.80}"

    def apply(self) -> int:
        table, key = self.row._meta.db_table, self.row._meta.pk
        assert key is not None
        old = key.get_db_prep_value(self.row.pk, connection)
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{table}" SET "{self.field.column}" = %s WHERE "{key.column}" = %s',
                [self.value, old],
            )
            return int(cursor.rowcount)


def drop_guards() -> None:
    """As whoever owns the database can. Their absence is what a system check reports; see test_immutable."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # Else the tables cannot be altered in this transaction.
        for table, names in immutable.guards(connection.vendor):
            for name in names:
                on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER "{name}"{on_table}')
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def columns(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    for field in model._meta.concrete_fields:
        if (model in BESIDE and field.name in UNCARRIED) or field.name in OUTSIDE.get(model, set()):
            continue
        if field.name not in UNTOLD and (model is not Approval or field.name in APPROVAL_COLUMNS):
            yield field


def draw(chance: random.Random, rows: dict[type[models.Model], list[models.Model]]) -> Alteration:
    """Half of them hit acts, which have most columns."""
    model = Act if chance.random() < 0.5 else chance.choice(list(rows))
    row, field = chance.choice(rows[model]), chance.choice(list(columns(model)))
    if connection.vendor == "sqlite" and chance.random() < 0.3:
        return Alteration(row, field, _one_character(chance, row, field))
    value = _other(chance, getattr(row, field.attname), field)
    return Alteration(row, field, field.get_db_prep_save(value, connection) if value is not None else None)


def _one_character(chance: random.Random, row: models.Model, field: models.Field[Any, Any]) -> Any:
    """SQLite keeps dates, identifiers and JSON as text and takes any other text for them."""
    stored = field.get_db_prep_save(getattr(row, field.attname), connection)
    if not isinstance(stored, str) or not stored:
        value = _other(chance, getattr(row, field.attname), field)
        return field.get_db_prep_save(value, connection) if value is not None else None
    # Whatever letter stands between day and time is read as a space: it changes nothing.
    separator = 10 if isinstance(field, models.DateTimeField) else None
    place = chance.choice([place for place in range(len(stored)) if place != separator])
    return stored[:place] + chance.choice([c for c in 'x7ก"' if c != stored[place]]) + stored[place + 1 :]


def _other(chance: random.Random, value: Any, field: models.Field[Any, Any]) -> Any:
    """A value of the field's own kind; None where that is another value and the column takes it."""
    if field.null and value is not None and chance.random() < 0.2:
        return None
    if isinstance(field, models.ForeignKey | models.IntegerField):
        return (
            _new_id(chance) if isinstance(value, uuid.UUID) else (value or 0) + chance.choice([1, 2, 1_000])
        )
    if isinstance(field, models.UUIDField):
        return _new_id(chance)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return (value or datetime.date(2026, 1, 1)) + datetime.timedelta(days=chance.choice([1, 400]))
    if isinstance(field, models.DateTimeField):
        value = value or datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        return value + datetime.timedelta(microseconds=chance.choice([1, 10**6, 10**11]))
    if isinstance(field, models.JSONField) and isinstance(value, dict):
        return {**value, "code": f"{value.get('code')} "}
    if isinstance(field, models.JSONField):
        return [*value, "ผู้อำนวยการ"] if chance.random() < 0.5 else [f"{line} " for line in value]
    if isinstance(field, models.BinaryField):
        return flipped(chance, bytes(value))
    choices = [key for key, _label in field.flatchoices if key not in (value, "")]
    if choices:
        return chance.choice(choices)
    place = chance.randrange(max(len(value), 1))
    letter = chance.choice([c for c in "ก0 x" if value[place : place + 1] != c])
    return (value[:place] + letter + value[place + 1 :])[: field.max_length]


def _new_id(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def flipped(chance: random.Random, data: bytes) -> bytes:
    """One byte is another one."""
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ chance.randint(1, 255)]) + data[place + 1 :]


def path_of(stored: StoredFile) -> Path:
    return Path(archive.storage().path(stored.path))
