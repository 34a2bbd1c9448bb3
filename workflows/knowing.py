"""What an authority's reports of a fiscal year come to: where they stand, how long steps take, why they come back.

Figures alone, of this year and the one before it; tables of them stand in knowing_tables.py. Trial reports are left out.
Each figure costs one query, whatever the number of reports; days are working days of the authority's calendar.
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from ita_core import thai, workdays
from ita_core.membership import Membership
from ita_core.models import Organisation, User
from memos import collecting
from memos.models import Report
from workflows.inbox import with_turn
from workflows.models import FORWARD_ACTS, UNDER_WAY, Act, Approval, State
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

    def _filed(self, *years: int) -> QuerySet[Report]:
        """What counts of these years, or of both. Every figure starts here: a year's reports are few, an authority's

        acts and steps are not, and a database that knows no statistics would rather go through those.
        """
        rows = Report.objects.of(self.organisation).filter(
            fiscal_year__in=years or (self.year, self.year - 1), is_trial=False
        )
        if self.drafter is not None:
            rows = rows.filter(drafter=self.drafter)
        return rows.order_by()

    @functools.cached_property
    def days(self) -> workdays.Calendar:
        return workdays.calendar(self.organisation)

    @functools.cached_property
    def counts(self) -> dict[int, Counter[str]]:
        """By year: reports by state; ``returned`` are those in writing that somebody sent back."""
        found: dict[int, Counter[str]] = {self.year: Counter(), self.year - 1: Counter()}
        rows = self._filed().filter(approval__isnull=False)
        facts = {"state": F("approval__state"), "back": F("approval__is_returned")}
        for row in rows.values("fiscal_year", **facts).annotate(n=Count("pk")):
            back = row["state"] == State.WRITING and row["back"]
            found[row["fiscal_year"]]["returned" if back else row["state"]] += row["n"]
        return found

    @functools.cached_property
    def waiting(self) -> list[tuple[str, int]]:
        """This year's reports under way, by the heading of the step that waits, in the route's order."""
        rows = self._filed(self.year).filter(
            approval__state__in=UNDER_WAY,
            approval__steps__opened_at__isnull=False,
            approval__steps__closed_at__isnull=True,
        )
        steps = rows.values(heading=F("approval__steps__heading"))
        grouped = steps.annotate(n=Count("pk"), place=Min("approval__steps__position"))
        return [(row["heading"], row["n"]) for row in sorted(grouped, key=lambda row: row["place"])]

    @functools.cached_property
    def turns(self) -> dict[int, list[Turns]]:
        """By year: decided turns by heading, in the route's order."""
        rows = self._filed().filter(
            approval__steps__act__kind__in=[*FORWARD_ACTS, Act.Kind.SEND_BACK, Act.Kind.REFUSE],
            approval__steps__opened_at__isnull=False,
        )
        facts = {
            name: F(f"approval__steps__{path}")
            for name, path in (("position", "position"), ("heading", "heading"), ("due", "due_on"))
        }
        grouped = rows.values(
            "fiscal_year",
            **facts,
            first=TruncDate("approval__steps__opened_at", tzinfo=thai.BANGKOK),
            last=TruncDate("approval__steps__closed_at", tzinfo=thai.BANGKOK),
        ).annotate(n=Count("pk"))
        made: dict[tuple[int, str], dict[str, Any]] = {}
        for row in grouped:
            key = row["fiscal_year"], row["heading"]
            one = made.setdefault(key, {"place": row["position"], "days": Counter(), "late": 0, "timed": 0})
            one["place"] = min(one["place"], row["position"])
            one["days"][self.days.between(row["first"], row["last"])] += row["n"]
            if row["due"] is not None:
                one["timed"] += row["n"]
                one["late"] += row["n"] if row["last"] > row["due"] else 0
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
        rows = self._filed().filter(approval__acts__kind=Act.Kind.SEND_BACK)
        for row in rows.values("fiscal_year", reason=F("approval__acts__reason")).annotate(n=Count("pk")):
            named = [reason for reason in RETURN_REASONS if reason in row["reason"]] or [OTHER]
            for reason in named:
                found[row["fiscal_year"]][reason] += row["n"]
            found[row["fiscal_year"]]["all"] += row["n"]
        return found

    @functools.cached_property
    def spans(self) -> dict[int, Counter[int]]:
        """By year: working days from the first submission of a report to its signature."""
        found: dict[int, Counter[int]] = {self.year: Counter(), self.year - 1: Counter()}
        rows = (
            self._filed()
            .filter(
                approval__state=State.MAYOR_SIGNED,
                approval__acts__kind__in=(Act.Kind.SUBMIT, Act.Kind.SIGN),
            )
            .values("pk", "fiscal_year")
            .annotate(
                first=Min("approval__acts__acted_at", filter=Q(approval__acts__kind=Act.Kind.SUBMIT)),
                last=Max("approval__acts__acted_at", filter=Q(approval__acts__kind=Act.Kind.SIGN)),
            )
        )
        for row in rows:
            if row["first"] is not None and row["last"] is not None:
                first, last = thai.bangkok_date(row["first"]), thai.bangkok_date(row["last"])
                found[row["fiscal_year"]][self.days.between(first, last)] += 1
        return found

    @functools.cached_property
    def published(self) -> Counter[int]:
        """By year: reports that were made public, those withdrawn later included."""
        rows = self._filed().filter(approval__acts__kind=Act.Kind.PUBLISH)
        found = rows.values("fiscal_year").annotate(n=Count("pk", distinct=True))
        return Counter({row["fiscal_year"]: row["n"] for row in found})

    @functools.cached_property
    def units(self) -> list[collecting.UnitProgress]:
        return collecting.progress(self.organisation, self.year)

    @functools.cached_property
    def reports(self) -> list[Approval]:
        """This year's, the newest first, with whose turn it is."""
        newest = self._filed(self.year).filter(approval__isnull=False).order_by("-approval__pk")
        shown = Approval.objects.of(self.organisation).filter(
            pk__in=list(newest.values_list("approval__pk", flat=True)[:LISTED])
        )
        return list(with_turn(shown).order_by("-pk"))

    @functools.cached_property
    def years(self) -> list[int]:
        """Fiscal years of which there are reports, and this one; the latest first."""
        rows = Report.objects.of(self.organisation).filter(is_trial=False)
        found = rows.order_by().values_list("fiscal_year", flat=True).distinct()[:100]
        return sorted({*found, self.year}, reverse=True)
