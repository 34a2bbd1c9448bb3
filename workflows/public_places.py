"""The addresses of what was made public: which version stands where, and which was withdrawn.

An address is authority, fiscal year and slug. A report has one for good; a correction has that of the report it corrects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ita_core.models import Organisation
from memos.models import Report
from workflows.models import Act, Publication

_SIX_MONTHS = "-6m"
RELATED = ("act", "data", "pdf", "organisation")


@dataclass(frozen=True)
class Found:
    """``withdrawn`` is the act that took it away; ``newest`` the highest version at its address."""

    publication: Publication
    withdrawn: Act | None
    newest: bool


def slug_of(report: Report) -> str:
    return report.item.key + (_SIX_MONTHS if report.period == Report.Period.SIX_MONTHS else "")


def path_of(publication: Publication, organisation: Organisation | None = None) -> str:
    """``/p/<authority>/<year>/<slug>/<version>/``, where this version stands for good."""
    authority = (organisation or publication.organisation).slug
    return f"{path(authority, publication.fiscal_year, publication.slug)}{publication.version}/"


def path(authority: str, fiscal_year: int, slug: str) -> str:
    """Where the newest version stands."""
    return f"/p/{authority}/{fiscal_year}/{slug}/"


def current(organisation_id: int) -> list[Publication]:
    """What the authority shows now: of each address the newest version, unless it was withdrawn. Two queries."""
    newest: dict[tuple[int, str], Publication] = {}
    for row in Publication.objects.of(organisation_id).select_related(*RELATED).order_by("version"):
        newest[row.fiscal_year, row.slug] = row
    withdrawn = withdrawals(organisation_id, newest.values())
    standing = [row for row in newest.values() if row.pk not in withdrawn]
    return sorted(standing, key=lambda row: (-row.fiscal_year, row.slug))


def at(organisation: Organisation, fiscal_year: int, slug: str, version: int | None = None) -> Found | None:
    """What stands at the address, or at that version's; None where nothing ever stood. Two queries."""
    found = versions(organisation, fiscal_year, slug)
    if version is not None:
        return next((one for one in found if one.publication.version == version), None)
    return found[0] if found else None


def versions(organisation: Organisation, fiscal_year: int, slug: str) -> list[Found]:
    """Every version at the address, the newest first."""
    rows = Publication.objects.of(organisation).filter(fiscal_year=fiscal_year, slug=slug)
    found = list(rows.select_related(*RELATED).order_by("-version"))
    withdrawn = withdrawals(organisation.pk, found)
    return [Found(row, withdrawn.get(row.pk), place == 0) for place, row in enumerate(found)]


def withdrawals(organisation_id: int, publications: Iterable[Publication]) -> dict[int, Act]:
    """By publication, the act that withdrew it: the first of its report after it was published. One query."""
    rows = list(publications)
    acts = Act.objects.of(organisation_id).filter(
        kind=Act.Kind.UNPUBLISH, approval__in={row.act.approval_id for row in rows}
    )
    later = list(acts.order_by("-sequence"))
    return {
        row.pk: act
        for act in later
        for row in rows
        if act.approval_id == row.act.approval_id and act.sequence > row.act.sequence
    }
