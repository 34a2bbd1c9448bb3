"""What a report says at one moment, as plain values: documents are made from these and from nothing else.

Stored as canonical JSON (`canonical_json`), so that equal contents have equal bytes and one hash.
Dates are ISO, years are of the Buddhist Era, digits are Arabic: printing them is the paper's business.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal, Self, Union, get_args, get_origin, get_type_hints

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form; `fields` are the one or two cell keys shown in it, `width` is relative.

    `group` is the heading above this one and its equal neighbours', or "". `labels` names each field where the form
    has words of its own for it; else it is empty.
    """

    key: str
    heading: str
    fields: tuple[str, ...]
    width: int
    level: Literal["measure", "activity"]
    required: bool
    group: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    slug: str
    number: int
    title: str
    columns: tuple[Column, ...]
    orientation: Literal["landscape", "portrait"] = "landscape"


@dataclass(frozen=True, slots=True)
class Activity:
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Measure:
    cells: Mapping[str, str]
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`is_group`: a part under the last section before it that is none, on the same page."""

    heading: str
    preamble: str
    closing: str
    form: Form
    measures: tuple[Measure, ...] = ()
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Enclosure:
    """`quantity` as typed, such as "1 ชุด"; `pages` when somebody counted them."""

    title: str
    quantity: str = ""
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class MemoHead:
    """Head and body of the memo. `body` has one paragraph per line; `__…__` around a whole line is a paragraph heading."""

    office: str
    number_prefix: str
    subject: str
    recipients: tuple[str, ...]
    via: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    body: str = ""
    date: date | None = None
    speed: str = ""
    secrecy: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """`name` in full; `garuda` is the SHA-256 of the authority's picture, or "" for the template's own."""

    name: str
    kind: str
    garuda: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """`title` is the heading of the enclosure, line by line, `cover` its cover page, () for none; an empty line parts the

    heading from the authority's name. The three years are three facts (assessed, reported, filed).
    """

    title: tuple[str, ...]
    fiscal_year: int
    assessed_year: int | None = None
    filed_year: int | None = None
    item: str = ""
    period: str = ""
    cover: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Templates:
    """SHA-256 of the Word templates that the documents of this content are made with; `summary` is "" in old contents."""

    memo: str
    measures: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class FrozenContent:
    organisation: OrganisationFacts
    report: ReportFacts
    memo: MemoHead
    templates: Templates
    sections: tuple[Section, ...] = ()
    format: int = field(default=FORMAT)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The value stored as `data`. ValueError for another format, an unknown key, a missing one, or a wrong type."""
        if data.get("format") != FORMAT:
            raise ValueError(f"content of format {data.get('format')!r}, this code reads {FORMAT}")
        content: Self = _read(cls, data, "content")
        return content

    def to_dict(self) -> dict[str, Any]:
        """Only JSON types: dates as ISO text, tuples as lists."""
        plain: dict[str, Any] = _plain(self)
        return plain

    def canonical_text(self) -> str:
        """``canonical_json(self.to_dict())`` before it is bytes, written without a copy of everything in between."""
        return _WRITER.encode(self)


_CANONICAL: dict[str, Any] = {
    "ensure_ascii": False,
    "sort_keys": True,
    "separators": (",", ":"),
    "allow_nan": False,
    "check_circular": False,  # values that never change cannot hold themselves
}


def canonical_json(data: Mapping[str, Any]) -> bytes:
    """The one spelling of `data` in bytes: sorted keys, UTF-8, no spaces. ValueError for lone surrogates and NaN."""
    return json.dumps(data, **_CANONICAL).encode("utf-8")


def _shallow(value: Any) -> Any:
    """What the JSON writer asks for when it meets a value that is none of JSON's own: one level of `_plain`."""
    if dataclasses.is_dataclass(value):
        plain = {name: getattr(value, name) for name in _hints(value.__class__)}
        return plain | {"measures": _of_measures(value.measures)} if isinstance(value, Section) else plain
    return dict(value) if isinstance(value, Mapping) else value.isoformat()


def _of_measures(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    """All at once: nearly all that the writer would ask for are measures and activities."""
    return [
        {"activities": [{"cells": row.cells} for row in measure.activities], "cells": measure.cells}
        for measure in measures
    ]


_WRITER = json.JSONEncoder(default=_shallow, **_CANONICAL)
_PLAIN_ALREADY = frozenset((str, int, bool, types.NoneType))


def _plain(value: Any) -> Any:
    """A report has thousands of values and most are text, so the kinds are asked for in order of their number."""
    kind = type(value)
    if kind in _PLAIN_ALREADY:
        return value
    if kind is tuple or kind is list:
        return [_plain(item) for item in value]
    if kind is dict or kind is types.MappingProxyType:
        return {key: item if type(item) is str else _plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(kind):
        return {name: _plain(getattr(value, name)) for name in _hints(kind)}
    if isinstance(value, Mapping):
        return _plain(dict(value))
    return value.isoformat() if isinstance(value, date) else value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _read(hint: Any, value: Any, where: str) -> Any:
    """`value` as the type that `hint` names; `where` is the path shown in the ValueError."""
    origin, args = get_origin(hint), get_args(hint)
    if dataclasses.is_dataclass(hint):
        return _read_record(hint, value, where)
    if origin is tuple:
        _expect(isinstance(value, list | tuple), where, value)
        return tuple(_read(args[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if origin is Mapping:
        _expect(isinstance(value, Mapping), where, value)
        return types.MappingProxyType(
            {key: _read(str, item, f"{where}.{key}") for key, item in value.items()}
        )
    if origin is Literal:
        _expect(value in args, where, value)
        return value
    if origin in (Union, types.UnionType):
        return None if value is None else _read(args[0], value, where)
    if hint is date:
        _expect(isinstance(value, str), where, value)
        return date.fromisoformat(value)
    _expect(type(value) is hint, where, value)
    return value


def _read_record(cls: Any, value: Any, where: str) -> Any:
    _expect(isinstance(value, Mapping), where, value)
    hints = _hints(cls)
    unknown = set(value) - set(hints)
    if unknown:
        raise ValueError(f"{where}: unknown {', '.join(sorted(unknown))}")
    try:
        return cls(**{key: _read(hints[key], item, f"{where}.{key}") for key, item in value.items()})
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from error


def _expect(right: bool, where: str, value: Any) -> None:
    if not right:
        raise ValueError(f"{where}: unexpected {type(value).__name__}")
