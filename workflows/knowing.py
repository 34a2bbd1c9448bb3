"""What an authority's reports of a fiscal year come to: where they stand, how long steps take, why they come back.

Figures alone, of this year and the one before it; tables of them stand in knowing_tables.py. Trial reports are left out.
Each figure costs one query, whatever the number of reports; days are working days of the authority's calendar.
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from ita_core import thai, workdays
from ita_core.membership import Membership
from ita_core.models import Organisation, User
from memos import collecting
from memos.models import Report
from workflows.inbox import with_turn
from workflows.models import FORWARD_ACTS, UNDER_WAY, Act, Approval, ApprovalStep, State
from workflows.opinions import RETURN_REASONS
from workflows.refusals import NotAllowed

LISTED: Final = 30  # reports told one by one
OTHER: Final = "other"


@dataclass(frozen=True)
class Turns:
    """How long one step of the route took. ``days`` counts decided turns by working days."""

    position: int
    heading: str
    days: Counter[int]
    late: int = 0
    timed: int = 0

    @property
    def count(self) -> int:
        return self.days.total()

    @property
    def in_time(self) -> int | None:
        """Per cent of the turns that had a deadline; None when none had."""
        return round(100 * (self.timed - self.late) / self.timed) if self.timed else None


def check_may_know(membership: Membership) -> None:
    if not (membership.oversees or membership.may_draft):
        raise NotAllowed(_("หน้านี้สำหรับผู้จัดทำรายงาน ผู้พิจารณา และผู้ดูแลระบบของหน่วยงาน"))


def drafter_of(membership: Membership) -> User | None:
    """Whose reports a person sees: None for the whole authority's."""
    return None if membership.oversees else membership.user


def median(counted: Counter[int]) -> float | None:
    """The middle one; between two the half of both. None of nothing."""
    total = counted.total()
    if not total:
        return None
    found = []
    for place in {(total - 1) // 2, total // 2}:
        passed = 0
        for value in sorted(counted):
            passed += counted[value]
            if passed > place:
                found.append(value)
                break
    return sum(found) / len(found)


@dataclass(frozen=True)
class Facts:
    """Of one authority and fiscal year (BE), with the year before; ``drafter``: of his reports alone."""

    organisation: Organisation
    year: int
    drafter: User | None = None

    def _of_reports(self, path: str) -> Q:
        """Both years' reports, seen from a row that leads to them by ``path``."""
        facts: dict[str, Any] = {
            "fiscal_year__in": (self.year, self.year - 1),
            "is_trial": False,
            "organisation": self.organisation,
        }
        if self.drafter is not None:
            facts["drafter"] = self.drafter
        return Q(**{f"{path}__{name}" if path else name: value for name, value in facts.items()})

    @functools.cached_property
    def days(self) -> workdays.Calendar:
        return workdays.calendar(self.organisation)

    @functools.cached_property
    def counts(self) -> dict[int, Counter[str]]:
        """By year: reports by state; ``returned`` are those in writing that somebody sent back."""
        found: dict[int, Counter[str]] = {self.year: Counter(), self.year - 1: Counter()}
        rows = Approval.objects.of(self.organisation).filter(self._of_reports("report"))
        grouped = (
            rows.order_by().values("report__fiscal_year", "state", "is_returned").annotate(n=Count("pk"))
        )
        for row in grouped:
            back = row["state"] == State.WRITING and row["is_returned"]
            found[row["report__fiscal_year"]]["returned" if back else row["state"]] += row["n"]
        return found

    @functools.cached_property
    def waiting(self) -> list[tuple[str, int]]:
        """This year's reports under way, by the heading of the step that waits, in the route's order."""
        rows = ApprovalStep.objects.of(self.organisation).filter(
            self._of_reports("approval__report"),
            approval__report__fiscal_year=self.year,
            approval__state__in=UNDER_WAY,
            opened_at__isnull=False,
            closed_at__isnull=True,
        )
        grouped = rows.order_by().values("heading").annotate(n=Count("pk"), place=Min("position"))
        return [(row["heading"], row["n"]) for row in sorted(grouped, key=lambda row: row["place"])]

    @functools.cached_property
    def turns(self) -> dict[int, list[Turns]]:
        """By year: decided turns by heading, in the route's order."""
        rows = ApprovalStep.objects.of(self.organisation).filter(
            self._of_reports("approval__report"),
            act__kind__in=[*FORWARD_ACTS, Act.Kind.SEND_BACK, Act.Kind.REFUSE],
            opened_at__isnull=False,
        )
        grouped = (
            rows.order_by()
            .annotate(
                first=TruncDate("opened_at", tzinfo=thai.BANGKOK),
                last=TruncDate("closed_at", tzinfo=thai.BANGKOK),
            )
            .values("approval__report__fiscal_year", "position", "heading", "due_on", "first", "last")
            .annotate(n=Count("pk"))
        )
        made: dict[tuple[int, str], dict[str, Any]] = {}
        for row in grouped:
            key = row["approval__report__fiscal_year"], row["heading"]
            one = made.setdefault(key, {"place": row["position"], "days": Counter(), "late": 0, "timed": 0})
            one["place"] = min(one["place"], row["position"])
            one["days"][self.days.between(row["first"], row["last"])] += row["n"]
            if row["due_on"] is not None:
                one["timed"] += row["n"]
                one["late"] += row["n"] if row["last"] > row["due_on"] else 0
        found: dict[int, list[Turns]] = {self.year: [], self.year - 1: []}
        for (year, heading), one in made.items():
            found[year].append(Turns(one["place"], heading, one["days"], one["late"], one["timed"]))
        return {
            year: sorted(turns, key=lambda one: (one.position, one.heading)) for year, turns in found.items()
        }

    @functools.cached_property
    def returns(self) -> dict[int, Counter[str]]:
        """By year: how often reports were sent back for each usual reason; one return may name several."""
        found: dict[int, Counter[str]] = {self.year: Counter(), self.year - 1: Counter()}
        acts = self._acts(Act.Kind.SEND_BACK).values("approval__report__fiscal_year", "reason")
        for row in acts.annotate(n=Count("pk")):
            named = [reason for reason in RETURN_REASONS if reason in row["reason"]] or [OTHER]
            for reason in named:
                found[row["approval__report__fiscal_year"]][reason] += row["n"]
            found[row["approval__report__fiscal_year"]]["all"] += row["n"]
        return found

    @functools.cached_property
    def spans(self) -> dict[int, Counter[int]]:
        """By year: working days from the first submission of a report to its signature."""
        found: dict[int, Counter[int]] = {self.year: Counter(), self.year - 1: Counter()}
        acts = self._acts(Act.Kind.SUBMIT, Act.Kind.SIGN).filter(approval__state=State.MAYOR_SIGNED)
        rows = acts.values("approval", "approval__report__fiscal_year").annotate(
            first=Min("acted_at", filter=Q(kind=Act.Kind.SUBMIT)),
            last=Max("acted_at", filter=Q(kind=Act.Kind.SIGN)),
        )
        for row in rows:
            if row["first"] is not None and row["last"] is not None:
                first, last = thai.bangkok_date(row["first"]), thai.bangkok_date(row["last"])
                found[row["approval__report__fiscal_year"]][self.days.between(first, last)] += 1
        return found

    @functools.cached_property
    def published(self) -> Counter[int]:
        """By year: reports that were made public, those withdrawn later included."""
        rows = self._acts(Act.Kind.PUBLISH).values("approval__report__fiscal_year")
        found = rows.annotate(n=Count("approval", distinct=True))
        return Counter({row["approval__report__fiscal_year"]: row["n"] for row in found})

    @functools.cached_property
    def units(self) -> list[collecting.UnitProgress]:
        return collecting.progress(self.organisation, self.year)

    @functools.cached_property
    def reports(self) -> list[Approval]:
        """This year's, the newest first, with whose turn it is."""
        rows = Approval.objects.of(self.organisation).filter(
            self._of_reports("report"), report__fiscal_year=self.year
        )
        return list(with_turn(rows).order_by("-pk")[:LISTED])

    @functools.cached_property
    def years(self) -> list[int]:
        """Fiscal years of which there are reports, and this one; the latest first."""
        rows = Report.objects.of(self.organisation).order_by().values_list("fiscal_year", flat=True)
        return sorted({*rows.distinct()[:100], self.year}, reverse=True)

    def _acts(self, *kinds: str) -> QuerySet[Act]:
        rows = Act.objects.of(self.organisation).filter(self._of_reports("approval__report"), kind__in=kinds)
        return rows.order_by()
