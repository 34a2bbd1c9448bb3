"""Which column of a foreign table is which field, and which form its rows go into: proposed, then confirmed by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, Self

SURE = 0.85
"""Confidence from which nobody need look; below it the mapping page asks."""


class FormLike(Protocol):
    """A FormVersion, or anything with its columns."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def columns(self) -> list[dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """``heading`` as the file has it (one line). ``fields``: none, one or two keys, in the order of the column's text.

    ``confidence`` is 0–1; ``why`` a whole sentence about how it was recognised.
    """

    heading: str
    fields: tuple[str, ...]
    confidence: float
    why: str

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class TableMatch:
    """Tables with the same headings (pages of one table) share one match.

    ``tables`` are their numbers in Source.grids, from 0; ``form`` is the slug of the form that fits best, ``fit`` how
    well (0–1).
    """

    tables: tuple[int, ...]
    columns: tuple[ColumnMatch, ...]
    form: str
    fit: float


@dataclass(slots=True)
class Mapping:
    """One TableMatch for every set of headings in the source, in order of appearance."""

    tables: list[TableMatch] = field(default_factory=list)

    def chosen(self, number: int, form: str, fields: Sequence[Sequence[str]]) -> None:
        """A person's choice for table match ``number``: the form, and the fields of each column, () for "leave it out"."""
        match = self.tables[number]
        columns = tuple(
            replace(column, fields=tuple(keys), confidence=1.0)
            for column, keys in zip(match.columns, fields, strict=True)
        )
        self.tables[number] = replace(match, form=form, fit=1.0, columns=columns)

    def to_json(self) -> dict[str, Any]:
        """For ImportDraft.mapping."""
        return {
            "tables": [
                {
                    "tables": list(match.tables),
                    "form": match.form,
                    "fit": match.fit,
                    "columns": [
                        [column.heading, list(column.fields), column.confidence, column.why]
                        for column in match.columns
                    ],
                }
                for match in self.tables
            ]
        }

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """What ``to_json`` made; KeyError, TypeError or ValueError for anything else."""
        return cls(
            [
                TableMatch(
                    tuple(match["tables"]),
                    tuple(
                        ColumnMatch(heading, tuple(fields), confidence, why)
                        for heading, fields, confidence, why in match["columns"]
                    ),
                    match["form"],
                    match["fit"],
                )
                for match in data["tables"]
            ]
        )
