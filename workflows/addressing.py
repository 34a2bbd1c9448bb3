"""An address on the main website is pasted back, and the worker looks whether our file is there, now and later.

Looked at are the newest standing versions alone, on the main website and here. Each one every day while the assessment
in which it was filed collects data, because then an assessor may come any hour; once a week otherwise, because a later
clarification looks at the same address; and what did not answer the last time, the next day again, so that a night's
repair does not stand as a week's failure.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Max, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core import outbox, thai
from ita_core.models import AssessmentYear, Organisation
from ita_core.outbox import Job
from workflows import explaining, fetching, looking_up, public_permissions, public_places
from workflows.addresses import FIRST, LONGEST_ADDRESS, AddressCheck, PostedAddress
from workflows.models import ChainHead, Publication
from workflows.officers import Actor
from workflows.refusals import BadInput, Conflict

KIND: Final = "address"
DAILY: Final = "addresses"
SECONDS: Final = looking_up.SECONDS + 2 * fetching.SECONDS
DAILY_SECONDS: Final = 600.0
WEEK: Final = 7  # days
# Spread over the small hours (Asia/Bangkok): no signature's file waits behind them, no website gets them in one burst.
_FROM: Final = datetime.timedelta(minutes=30)
_SPREAD: Final = 5 * 60 * 60  # seconds


@dataclass(frozen=True)
class Place:
    """An address to be looked at: a posted one, or the publication's own page here."""

    publication: Publication
    posted: PostedAddress | None

    @property
    def url(self) -> str:
        """Here it is the file: the page around it may change its words."""
        return self.posted.url if self.posted else explaining.own_address(self.publication) + "report.pdf"

    @property
    def key(self) -> str:
        return str(self.posted.pk) if self.posted else f"own-{self.publication.pk}"

    @property
    def payload(self) -> dict[str, Any]:
        return {
            "organisation": self.publication.organisation_id,
            "publication": self.publication.pk,
            "address": str(self.posted.pk) if self.posted else None,
        }


# --- pasting it back


@transaction.atomic
def post(actor: Actor, publication_id: int, url: str) -> PostedAddress:
    """The address with its hash in the authority's row of them, and an order to look. The same one twice is one."""
    _check(url)
    # Numbers follow each other: whoever posts waits for the one before, as acts of the authority do; looked up then,
    # because that act may have withdrawn or destroyed the publication.
    ChainHead.objects.of(actor.organisation).select_for_update().first()
    publication = _standing(actor.organisation, publication_id)
    public_permissions.check_may_handle(actor, publication.act.approval)
    rows = PostedAddress.objects.of(actor.organisation).order_by("-sequence")
    there = rows.filter(publication=publication).first()
    if there is None or there.url != url:
        last = rows.first()
        there = PostedAddress(
            organisation=actor.organisation, publication=publication, url=url, posted_by=actor.user,
            posted_at=timezone.now(), sequence=last.sequence + 1 if last else 1,
            previous=last.hash if last else FIRST,
        )  # fmt: skip
        there.hash = there.digest()
        there.save()
    want(Place(publication, there))
    return there


def _standing(organisation: Organisation, publication_id: int) -> Publication:
    """Conflict for one that was withdrawn, or has a newer version: nobody should upload that."""
    found = next((row for row in public_places.current(organisation.pk) if row.pk == publication_id), None)
    if found is None:
        raise Conflict(_("ฉบับนี้ถอนการเผยแพร่หรือมีฉบับใหม่กว่าแล้ว โปรดใช้ฉบับที่เผยแพร่อยู่"))
    return found


def _check(url: str) -> None:
    try:
        fetching.check_shape(url)
    except fetching.Unreached as fault:
        if fault.problem == AddressCheck.Problem.PRIVATE:
            raise BadInput(_("ที่อยู่นี้อยู่ในเครือข่ายภายใน ผู้ประเมินและประชาชนเปิดไม่ได้")) from fault
        raise BadInput(_("โปรดวางที่อยู่เต็มที่ขึ้นต้นด้วย https:// หรือ http:// ตามที่เห็นในเบราว์เซอร์")) from fault
    if len(url) > LONGEST_ADDRESS:
        raise BadInput(_("ที่อยู่ยาวเกินไป โปรดใช้ที่อยู่ที่สั้นกว่านี้"))


def other_host(place: Place) -> str:
    """The host of the authority's address before this one, where it was another: one of them is not the main website."""
    if place.posted is None:
        return ""
    rows = PostedAddress.objects.of(place.posted.organisation_id).filter(sequence__lt=place.posted.sequence)
    before = rows.order_by("-sequence").values_list("url", flat=True).first()
    host = urlsplit(before).hostname or "" if before else ""
    return "" if host == urlsplit(place.posted.url).hostname else host


# --- looking


def want(place: Place) -> None:
    """Somebody asks: at once, whatever the night has planned."""
    outbox.want(KIND, place.key, place.payload, again=True)


def waits(places: list[Place]) -> set[str]:
    """The keys of those that somebody asked for and nobody has looked at yet. One query."""
    rows = Job.objects.still_open().filter(kind=KIND, key__in=[place.key for place in places])
    return set(rows.values_list("key", flat=True))


def look(payload: dict[str, Any]) -> None:
    """The worker's handler. That nothing answers is a finding, not a failure; twice is two rows."""
    rows = Publication.objects.of(payload["organisation"]).select_related("organisation", "pdf")
    publication = rows.filter(pk=payload["publication"]).first()
    if publication is None:
        return  # It was disposed of meanwhile.
    posted = None
    if payload["address"]:
        posted = PostedAddress.objects.of(payload["organisation"]).filter(pk=payload["address"]).first()
        if posted is None:
            return
    look_at(Place(publication, posted))


def look_at(place: Place) -> AddressCheck:
    """Our own site is let through wherever it runs; nobody else's is."""
    trusted = frozenset() if place.posted else frozenset({fetching.place_of(settings.SITE_URL)})
    found = looking_up.look(place.url, place.publication.pdf.sha256, trusted)
    check = AddressCheck(
        organisation_id=place.publication.organisation_id, publication=place.publication, address=place.posted,
        checked_at=timezone.now(), reached=found.reached, status=found.status, sha256=found.sha256,
        same=found.same, problem=found.problem, seen_url=found.seen_url[: 2 * LONGEST_ADDRESS],
    )  # fmt: skip
    check.save()
    return check


# --- later


def daily(payload: dict[str, Any]) -> None:
    """The worker's piece at the beginning of a day: orders what is due, each at its own minute of the night."""
    now = timezone.now()
    midnight = datetime.datetime.combine(thai.today(), datetime.time(), thai.BANGKOK)
    begin = max(now, midnight + _FROM)
    for place in due():
        second = int(hashlib.sha256(place.key.encode()).hexdigest()[:8], 16) % _SPREAD
        when = begin + datetime.timedelta(seconds=second)
        outbox.want(KIND, f"{place.key}/night", place.payload, not_before=when, again=True)


def due() -> Iterator[Place]:
    """What has to be looked at today."""
    today = thai.today()
    open_years = collecting(today)
    for organisation in Organisation.objects.filter(publications__isnull=False).distinct():
        places = places_of(organisation)
        last = newest_checks(organisation, places)
        for place in places:
            check = last.get(place.key)
            if check is None or _days_since(check, today) >= interval(place, check, open_years):
                yield place


def collecting(today: datetime.date) -> set[int]:
    """The assessments that collect data today."""
    rows = AssessmentYear.objects.filter(window_start__lte=today, window_end__gte=today)
    return set(rows.values_list("year", flat=True))


def interval(place: Place, check: AddressCheck, open_years: set[int]) -> int:
    """Days until it is looked at again."""
    if not check.same or place.publication.act.approval.report.filed_year in open_years:
        return 1
    return WEEK


def _days_since(check: AddressCheck, today: datetime.date) -> int:
    return (today - thai.bangkok_date(check.checked_at)).days


def places_of(organisation: Organisation) -> list[Place]:
    """Of each standing publication its own page and the newest address that was posted for it. Six queries."""
    standing = public_places.current(organisation.pk)
    prefetch_related_objects(standing, "act__approval__report__item")
    newest = newest_posted(organisation, standing)
    found = []
    for publication in standing:
        found.append(Place(publication, None))
        if publication.pk in newest:
            found.append(Place(publication, newest[publication.pk]))
    return found


def newest_posted(organisation: Organisation, publications: list[Publication]) -> dict[int, PostedAddress]:
    """By publication. One query."""
    rows = PostedAddress.objects.of(organisation).filter(publication__in=[row.pk for row in publications])
    return {row.publication_id: row for row in rows.select_related("posted_by").order_by("sequence")}


def newest_checks(organisation: Organisation, places: list[Place]) -> dict[str, AddressCheck]:
    """By the place's key, what was found there last. Three queries."""
    checks = AddressCheck.objects.of(organisation)
    own = [place.publication.pk for place in places if place.posted is None]
    posted = [place.posted.pk for place in places if place.posted is not None]
    of_own = checks.filter(address=None, publication__in=own).values("publication")
    of_posted = checks.filter(address__in=posted).values("address")
    newest = [row["last"] for rows in (of_own, of_posted) for row in rows.annotate(last=Max("pk")).order_by()]
    found = checks.filter(pk__in=newest)
    return {str(row.address_id) if row.address_id else f"own-{row.publication_id}": row for row in found}
