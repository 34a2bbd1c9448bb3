"""The draft as rules see it: every text with its place, the tables row by row. Made once from a Tree; asks no database.

Only what the forms show is here, as on paper. What a rule wants to know of the authority's offices, or of what they gave
beside the paper, is read when it is first asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ita_core import thai
from ita_core.models import Organisation, OrgUnit, Post
from ita_core.unprintable import is_blank
from memos.collecting_words import Words
from memos.models import CollectedRow

Where = Literal["office", "head", "body", "title", "words", "cell"]
"""office: the memo's ส่วนราชการ; head: the rest of its head; title: the report's own and its cover; words: around a table."""


@dataclass(frozen=True, slots=True)
class Place:
    """``words`` name it in a sentence, ``url`` leads to its very box, ``order`` is its turn on paper."""

    words: str
    url: str
    order: int


@dataclass(frozen=True)
class Text:
    where: Where
    key: str
    text: str
    place: Place

    @functools.cached_property
    def plain(self) -> str:
        """For comparing: Arabic digits and plain spaces. Stored text is normalised, but may be older than that rule."""
        return thai.to_arabic_digits(self.text).replace(thai.NBSP, " ")

    @functools.cached_property
    def bare(self) -> str:
        """``plain`` without any spaces and line breaks."""
        return "".join(self.plain.split())

    @property
    def blank(self) -> bool:
        return is_blank(self.text)


@dataclass(frozen=True)
class Row:
    """A measure with its activities, or an activity with none. ``cells`` holds every field of its level, also empty ones."""

    place: Place
    cells: Mapping[str, Text]
    activities: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Part:
    """A section or a group of the report."""

    place: Place
    columns: tuple[Mapping[str, Any], ...]
    measures: tuple[Row, ...]
    has_groups: bool = False

    @functools.cached_property
    def fields(self) -> frozenset[str]:
        return frozenset(key for column in self.columns for key in column["fields"])

    def rows(self) -> Iterator[Row]:
        for measure in self.measures:
            yield measure
            yield from measure.activities

    def lines(self) -> Iterator[tuple[Row, Mapping[str, Text]]]:
        """Each activity with the cells of its measure beside its own."""
        for measure in self.measures:
            for activity in measure.activities:
                yield activity, {**measure.cells, **activity.cells}

    def cells(self, key: str) -> Iterator[Text]:
        return (row.cells[key] for row in self.rows() if key in row.cells)


@dataclass(frozen=True)
class Years:
    """The three years of a report: three facts (assessed, reported, filed), Buddhist Era."""

    assessed: int
    reported: int
    filed: int


@dataclass(frozen=True)
class View:
    organisation: Organisation
    years: Years
    item_key: str
    memo: Mapping[str, Text]
    memo_page: str
    sections_page: str
    texts: tuple[Text, ...]
    parts: tuple[Part, ...]
    report: int | None = None

    def places_of(self, *wheres: Where) -> Iterator[Text]:
        return (text for text in self.texts if text.where in wheres)

    @functools.cached_property
    def offices_and_posts(self) -> tuple[str, ...]:
        """Names of the authority's units and titles of its posts, without spaces. Two queries, once."""
        units = OrgUnit.objects.of(self.organisation).values_list("name", flat=True)
        posts = Post.objects.of(self.organisation).values_list("title", flat=True)
        return tuple("".join(name.split()) for name in (*units, *posts))

    @functools.cached_property
    def rows_with_evidence(self) -> frozenset[str]:
        """Names of the rows of which evidence that a unit gave was taken: a file stands in no cell. One query, once."""
        if self.report is None:
            return frozenset()
        here = {row.place.url.partition("#")[2] for part in self.parts for row in part.rows()}
        rows = CollectedRow.objects.of(self.organisation).filter(
            report=self.report, row__in=here, standing=CollectedRow.Standing.ACCEPTED
        )
        given = ((row, Words.of(draft)) for row, draft in rows.values_list("row", "draft"))
        return frozenset(row for row, words in given if words.gives_evidence)
