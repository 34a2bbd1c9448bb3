"""An assessment year for an authority: which items are due and until when, what stands for each, and what is missing.

What is missing is told in the order in which it has to be done; each sentence leads to where it is done.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from ita_core import language, thai, workdays
from ita_core.fiscal import FiscalYear
from ita_core.models import AssessmentItem, AssessmentYear, Organisation
from memos import collecting
from memos.models import RegisterEntry, Report
from workflows import permissions, public_places
from workflows.inbox import with_turn
from workflows.models import UNDER_WAY, AddressCheck, Approval, PostedAddress, Publication, State
from workflows.officers import Actor

LISTED: Final = 100  # reports told one by one


@dataclass(frozen=True)
class Lack:
    """Something that is still to do, and where; without an address it is others' turn."""

    sentence: str
    href: str = ""


@dataclass(frozen=True)
class Standing:
    """A report filed for an item: where it is, its number, and its way to the public.

    ``is_seen``: the reader may open it; of another's draft he learns that it is being written, and not what it says.
    """

    approval: Approval
    number: str
    is_public: bool
    lacks: tuple[Lack, ...]
    is_seen: bool


@dataclass(frozen=True)
class Due:
    item: AssessmentItem
    reports: tuple[Standing, ...]

    @property
    def is_done(self) -> bool:
        return bool(self.reports) and not any(report.lacks for report in self.reports)


@dataclass(frozen=True)
class Window:
    """When the assessment collects data; both days included."""

    starts: datetime.date
    ends: datetime.date
    working_days: int

    @property
    def days(self) -> int:
        """Whole days left; negative once it is over."""
        return (self.ends - thai.today()).days

    @property
    def until_start(self) -> int:
        return (self.starts - thai.today()).days


@dataclass(frozen=True)
class Year:
    """``row`` is None of a year that nobody entered. ``others`` are this fiscal year's reports filed in another one."""

    be: int
    row: AssessmentYear | None
    window: Window | None
    items: tuple[Due, ...]
    others: tuple[Standing, ...]
    units: tuple[collecting.UnitProgress, ...]


def year(actor: Actor, be: int) -> Year:
    """Of the actor's authority, as he may see it. Fifteen queries at most."""
    organisation = actor.organisation
    row = AssessmentYear.objects.filter(year=be).prefetch_related("items").first()
    found = _reports(organisation, be)
    standings = dict(zip((one.pk for one in found), _standings(actor, found), strict=True))
    items = list(row.items.all()) if row else []
    by_item = {item.pk: [one for one in found if one.report.item_id == item.pk] for item in items}
    others = [one for one in found if one.report.item_id not in by_item]
    return Year(
        be,
        row,
        _window(organisation, row),
        tuple(Due(item, tuple(standings[one.pk] for one in by_item[item.pk])) for item in items),
        tuple(standings[one.pk] for one in others),
        tuple(collecting.progress(organisation, be)),
    )


def _window(organisation: Organisation, row: AssessmentYear | None) -> Window | None:
    if row is None or row.window_start is None or row.window_end is None:
        return None
    left = workdays.between(thai.today(), row.window_end, organisation)
    return Window(row.window_start, row.window_end, max(left, 0))


def _reports(organisation: Organisation, be: int) -> list[Approval]:
    """Those that stand for the year: filed in its assessment, or of its fiscal year. Replaced and given up ones do not.

    Two queries.
    """
    of_year = Report.objects.of(organisation).filter(
        Q(item__assessment_year=be) | Q(fiscal_year=be),
        fiscal_year__gte=FiscalYear.FIRST,  # All are. It leads SQLite to the index without trial reports.
        is_current=True,
        is_trial=False,
        approval__isnull=False,
    )
    first = of_year.order_by("item__code", "-fiscal_year", "-approval__pk")[:LISTED]
    # By key: an authority's approvals of all years would be gone through otherwise.
    rows = Approval.objects.of(organisation).filter(pk__in=list(first.values_list("approval__pk", flat=True)))
    return list(with_turn(rows).order_by("report__item__code", "-report__fiscal_year", "-pk"))


def _standings(actor: Actor, found: list[Approval]) -> Iterable[Standing]:
    """Five queries for all."""
    organisation, seen = actor.organisation, permissions.viewable(actor, found)
    numbers = dict(
        RegisterEntry.objects.of(organisation)
        .filter(report__in=[one.report_id for one in found], standing=RegisterEntry.Standing.USED)
        .values_list("report", "text")
    )
    public = _public(organisation, found)
    for one in found:
        publication = public.get(one.pk)
        number = numbers.get(one.report_id, "")
        lacks = tuple(_lacks(organisation, one, number, publication))
        if one.pk not in seen:
            lacks = tuple(Lack(lack.sentence) for lack in lacks)
        yield Standing(one, number, publication is not None, lacks, one.pk in seen)


def _public(organisation: Organisation, found: list[Approval]) -> dict[int, Publication]:
    """By approval: what of it stands in public now, with the newest address on the main website."""
    posted = PostedAddress.objects.of(organisation).filter(publication=OuterRef("pk")).order_by("-sequence")
    checks = AddressCheck.objects.of(organisation).filter(publication=OuterRef("pk"), address__isnull=False)
    rows = (
        Publication.objects.of(organisation)
        .filter(act__approval__in=[one.pk for one in found])
        .select_related("act")
        .annotate(
            posted_at_url=Subquery(posted.values("url")[:1]),
            is_there=Subquery(checks.order_by("-pk").values("same")[:1]),
        )
        .order_by("version")
    )
    newest = {row.act.approval_id: row for row in rows}
    gone = public_places.withdrawals(organisation.pk, newest.values())
    return {approval: row for approval, row in newest.items() if row.pk not in gone}


def _lacks(
    organisation: Organisation, approval: Approval, number: str, publication: Publication | None
) -> Iterable[Lack]:
    slug, report = organisation.slug, approval.report_id
    if approval.state == State.WRITING:
        yield Lack(_("ยังไม่ได้เสนอตามลำดับชั้น"), reverse("workflows:report", args=[slug, report]))
    elif approval.state in UNDER_WAY:
        waiting = getattr(approval, "waiting_for", None) or ""
        yield Lack(_("ยังไม่ลงนาม รอ%(post)s") % {"post": waiting} if waiting else _("ยังไม่ลงนาม"))
    if not number:
        yield Lack(_("ยังไม่มีเลขที่หนังสือ"), reverse("workflows:report", args=[slug, report]))
    if publication is None:
        signed = approval.state == State.MAYOR_SIGNED
        yield Lack(_("ยังไม่เผยแพร่"), reverse("workflows:publish", args=[slug, report]) if signed else "")
        return
    href = reverse("workflows:publication", args=[slug, publication.pk])
    if not publication.posted_at_url:  # type: ignore[attr-defined]
        yield Lack(_("ยังไม่ได้แจ้งที่อยู่บนเว็บไซต์หลัก"), href)
    elif publication.is_there is False:  # type: ignore[attr-defined]
        yield Lack(_("ไม่พบไฟล์ที่อยู่บนเว็บไซต์หลัก"), href)


def left_in_words(window: Window) -> str:
    """Until when data is collected, as one sentence."""
    if window.days < 0:
        return _("สิ้นสุดการเก็บข้อมูลแล้ว")
    if window.until_start > 0:
        return language.shown(_("อีก %(days)s วันเริ่มเก็บข้อมูล") % {"days": window.until_start})
    named = {"days": window.days, "working": window.working_days}
    return language.shown(_("เหลือ %(days)s วัน (%(working)s วันทำการ)") % named)
