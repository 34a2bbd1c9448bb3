"""What the public site shows: authorities that published, their reports in the assessment's order, one report.

Only publications are read here, never reports or drafts: what was not published cannot be reached from these pages.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from ita_core.models import Organisation
from memos import archive, personal
from memos.frozen import Section
from memos.models import Report
from workflows import public_places, public_tables
from workflows.models import Act, Publication
from workflows.public_places import Found

MANY = 60
"""Authorities beyond which the first page shows provinces instead."""


@dataclass(frozen=True)
class Item:
    """A publication with its data; FileFault where the file is not what was published."""

    publication: Publication

    @cached_property
    def data(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(archive.read(self.publication.data))
        return told

    @cached_property
    def is_readable(self) -> bool:
        """One damaged file must not take the other reports' list with it."""
        try:
            return bool(self.data)
        except archive.FileFault:
            return False

    @property
    def path(self) -> str:
        """Where the newest version stands, whichever this one is."""
        published = self.publication
        return public_places.path(published.organisation.slug, published.fiscal_year, published.slug)

    @property
    def own_path(self) -> str:
        return public_places.path_of(self.publication)

    @property
    def code(self) -> str:
        return str(self.data["item"]["code"])

    @property
    def is_half_year(self) -> bool:
        return bool(self.data["period"] == Report.Period.SIX_MONTHS)

    @property
    def signed_on(self) -> datetime.date:
        return datetime.date.fromisoformat(self.data["signed_on"])

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return public_tables.sections(self.data)

    @property
    def signers(self) -> list[dict[str, Any]]:
        return [
            {
                **signer,
                "on": datetime.date.fromisoformat(signer["on"]),
                "label": Act.Kind(signer["what"]).label,
            }
            for signer in self.data["signers"]
        ]

    @property
    def masked(self) -> list[dict[str, Any]]:
        return [{**row, "name": personal.NAMES.get(row["what"], row["what"])} for row in self.data["masked"]]


@dataclass(frozen=True)
class Year:
    fiscal_year: int
    items: list[Item]


@dataclass(frozen=True)
class Place:
    """An authority on the first page: how many of its reports are public, and since when the newest is."""

    organisation: Organisation
    reports: int
    latest: datetime.datetime


@dataclass(frozen=True)
class Province:
    name: str
    places: list[Place]

    @property
    def reports(self) -> int:
        return sum(place.reports for place in self.places)


def years(organisation: Organisation) -> list[Year]:
    """What the authority shows now, the latest year first, each year's items as the assessment orders them."""
    items = sorted(map(Item, public_places.current(organisation.pk)), key=_assessed)
    return [
        Year(year, list(rows)) for year, rows in groupby(items, lambda item: item.publication.fiscal_year)
    ]


def year(organisation: Organisation, fiscal_year: int) -> Year | None:
    return next((one for one in years(organisation) if one.fiscal_year == fiscal_year), None)


def _assessed(item: Item) -> tuple[int, str, int, bool, str]:
    """O9 before O10; the report of six months before the whole year's; what cannot be read comes last."""
    if not item.is_readable:
        return -item.publication.fiscal_year, "\U0010ffff", 0, False, item.publication.slug
    letters, number = re.fullmatch(r"(\D*)(\d*).*", item.code, re.DOTALL).groups()  # type: ignore[union-attr]
    published = item.publication
    return -published.fiscal_year, letters, int(number or 0), not item.is_half_year, published.slug


def changed(found: Iterable[Found]) -> datetime.datetime:
    """When somebody last published or withdrew one of these."""
    rows = list(found)
    published = [one.publication.published_at for one in rows]
    return max([*published, *(one.withdrawn.acted_at for one in rows if one.withdrawn is not None)])


def everything(organisation: Organisation) -> list[Found]:
    """Every version at every address, withdrawn ones too."""
    rows = list(Publication.objects.of(organisation).select_related(*public_places.RELATED))
    gone = public_places.withdrawals(organisation.pk, rows)
    return [Found(row, gone.get(row.pk), False) for row in rows]


def is_corrected(found: Found) -> bool:
    """A correction was signed, and nobody has published it yet."""
    return found.newest and not found.publication.act.approval.report.is_current


def provinces() -> list[Province]:
    """Every authority that shows something now, by province, both in the order of a Thai dictionary. Two queries."""
    shown = {row["organisation"]: row for row in _standing()}
    rows = Organisation.objects.filter(pk__in=shown, is_filler=False)
    places = [Place(row, shown[row.pk]["reports"], shown[row.pk]["latest"]) for row in rows]
    places.sort(
        key=lambda place: (_dictionary(place.organisation.province), _dictionary(place.organisation.name))
    )
    return [
        Province(name, list(its)) for name, its in groupby(places, lambda place: place.organisation.province)
    ]


def _standing() -> Iterator[dict[str, Any]]:
    """Of every authority how many addresses show something, which the newest version at each decides."""
    every: QuerySet[Publication] = Publication.objects.across_organisations()
    newer = every.filter(
        organisation=OuterRef("organisation"),
        fiscal_year=OuterRef("fiscal_year"),
        slug=OuterRef("slug"),
        version__gt=OuterRef("version"),
    )
    withdrawn = Act.objects.across_organisations().filter(
        kind=Act.Kind.UNPUBLISH,
        approval=OuterRef("act__approval"),
        sequence__gt=OuterRef("act__sequence"),
    )
    standing = every.filter(~Exists(newer), ~Exists(withdrawn)).order_by()
    counted = standing.values("organisation").annotate(reports=Count("pk"), latest=Max("published_at"))
    return iter(counted)


def _dictionary(name: str) -> str:
    """เชียงใหม่ stands under ช: a vowel written before its consonant counts after it."""
    return re.sub("([เแโใไ])(.)", r"\2\1", name)
