"""Work that must happen after a transaction: a row written in it, claimed by a worker, done at least once.

The row is the truth and the queue: ``want`` writes it where the work is wanted, so that neither is there without the
other. ``manage.py worker`` claims rows for a time (a lease); what a killed worker leaves behind is claimed again.

What is due and whose lease has ended is told by the database's clock: workers may be on several machines, and no two
clocks agree. SQLite's workers share one machine, so there it is that machine's.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How long a worker is believed to live without a sign of life; it renews while it works.
LEASE = datetime.timedelta(seconds=30)
# Seconds to wait after the first, second … failure; one failure more, and the work is given up.
BACK_OFF = (1, 10, 60, 600)
ATTEMPTS = len(BACK_OFF) + 1
KILLED_TOO_OFTEN = _("งานนี้ทำให้ตัวทำงานเบื้องหลังหยุดกลางคันทุกครั้งที่ทำ จึงเลิกทำ")


# A moment as the database knows it: a value, or what it computes itself.
Moment = datetime.datetime | Combinable


def clock() -> Moment:
    return Now() if connection.vendor == "postgresql" else timezone.now()


class JobQuerySet(models.QuerySet["Job"]):
    def still_open(self) -> Self:
        return self.filter(done_at__isnull=True, given_up_at__isnull=True)

    def free(self, now: Moment, kinds: Collection[str]) -> Self:
        """What may be claimed at ``now``, the longest due first: in the order of the index, so that one row is read."""
        unleased = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.still_open().filter(unleased, not_before__lte=now, kind__in=kinds).order_by("not_before")


class Job(models.Model):
    """One piece of work. ``kind`` names its handler, ``key`` is unique within a kind, ``payload`` is plain JSON."""

    kind = models.SlugField(_("ชนิด"), max_length=40)
    key = models.CharField(_("กุญแจ"), max_length=200)
    payload = models.JSONField(_("ข้อมูล"), default=dict)
    wanted_at = models.DateTimeField(_("สั่งเมื่อ"), auto_now_add=True)
    not_before = models.DateTimeField(_("ไม่ก่อน"))
    leased_until = models.DateTimeField(_("มีผู้ทำอยู่จนถึง"), null=True)
    leased_by = models.CharField(_("ผู้ทำ"), max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(_("จำนวนครั้งที่ทำ"), default=0)
    done_at = models.DateTimeField(_("เสร็จเมื่อ"), null=True)
    given_up_at = models.DateTimeField(_("เลิกทำเมื่อ"), null=True)
    problem = models.CharField(_("เหตุขัดข้องล่าสุด"), max_length=300, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("งานเบื้องหลัง")
        verbose_name_plural = _("งานเบื้องหลัง")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="job_once")]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
                name="job_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


@dataclass(frozen=True, slots=True)
class Handler:
    """``do`` gets the payload; it may run twice, so it must be able to. What it raises is a failure.

    ``seconds`` is what one attempt may take. ``given_up`` gets payload and problem when no attempt is left of
    ``attempts``.
    """

    do: Callable[[dict[str, Any]], None]
    seconds: float = 60
    given_up: Callable[[dict[str, Any], str], None] | None = None
    attempts: int = ATTEMPTS


# Kind → handler; each app enters its own in AppConfig.ready.
handlers: dict[str, Handler] = {}
# Kinds that every day wants once; a worker that runs writes the row when the day begins (Asia/Bangkok).
every_day: list[str] = []
# The same with every hour.
every_hour: list[str] = []


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in a worker's hands. ``worker`` and ``attempt`` together name this one lease."""

    pk: int
    kind: str
    key: str
    payload: dict[str, Any]
    worker: str
    attempt: int


def want(
    kind: str,
    key: str,
    payload: dict[str, Any],
    not_before: datetime.datetime | None = None,
    again: bool = False,
) -> None:
    """Write the work down in the caller's transaction; the same work wanted twice is one row.

    ``again`` opens a row anew that was done or given up; an open one stays as it is.
    """
    due = not_before or clock()
    new = Job(kind=kind, key=key, payload=payload, not_before=due)
    Job.objects.bulk_create([new], ignore_conflicts=True)
    if again:
        Job.objects.filter(kind=kind, key=key).exclude(done_at__isnull=True, given_up_at__isnull=True).update(
            payload=payload, not_before=due, wanted_at=clock(), attempts=0, problem="",
            done_at=None, given_up_at=None, leased_until=None, leased_by="",
        )  # fmt: skip


def want_all(kind: str, payloads: Mapping[str, dict[str, Any]]) -> None:
    """``want`` of many at once, by key, in one query; rows that are there stay as they are, done or not."""
    now = clock()
    rows = [Job(kind=kind, key=key, payload=payload, not_before=now) for key, payload in payloads.items()]
    Job.objects.bulk_create(rows, ignore_conflicts=True)


def want_daily(day: datetime.date) -> None:
    for kind in every_day:
        want_all(kind, {day.isoformat(): {"day": day.isoformat()}})


def want_hourly(moment: datetime.datetime) -> None:
    """``moment`` is in Thailand. A clock that jumps back finds the row that is there, and a gap is not made up for."""
    for kind in every_hour:
        want_all(kind, {f"{moment:%Y-%m-%dT%H}": {}})


def forget(kind: str, age: datetime.timedelta) -> None:
    """Take away what was done longer ago: of work that comes round by itself nobody asks later."""
    Job.objects.filter(kind=kind, done_at__lt=clock() - age).delete()


def claim(worker: str, kinds: Collection[str], lease: datetime.timedelta | None = None) -> Claim | None:
    """The next piece of work for ``worker``, or None. No other worker gets it until the lease ends.

    PostgreSQL passes over rows that another worker is just taking; SQLite has one writer at a time anyway.
    """
    passes_over = connection.features.has_select_for_update_skip_locked
    # An idle worker must not take SQLite's one write lock at every look.
    while passes_over or Job.objects.free(clock(), kinds).exists():
        with transaction.atomic():
            now = clock()
            rows = Job.objects.free(now, kinds)
            if passes_over:
                rows = rows.select_for_update(skip_locked=True)
            job = rows.first()
            if job is None:
                return None
            if job.attempts >= _attempts(job.kind):
                _give_up(Job.objects.filter(pk=job.pk), job, job.problem or str(KILLED_TOO_OFTEN))
                continue
            job.attempts += 1
            job.leased_by, job.leased_until = worker, now + (LEASE if lease is None else lease)
            job.save(update_fields=["attempts", "leased_by", "leased_until"])
        return Claim(job.pk, job.kind, job.key, job.payload, worker, job.attempts)
    return None


def until_due(kinds: Collection[str]) -> float | None:
    """Seconds until the next piece is due or the next lease ends, if nothing happens before; None when none is open."""
    free_at = Greatest("not_before", Coalesce("leased_until", "not_before"))
    rows = Job.objects.still_open().filter(kind__in=kinds).annotate(free_at=free_at, at=clock())
    found = rows.order_by("free_at").values_list("free_at", "at").first()
    return max(0.0, (found[0] - found[1]).total_seconds()) if found else None


def renew(held: Claim, lease: datetime.timedelta | None = None) -> bool:
    """Hold the lease for longer; False if it was lost."""
    return bool(_held(held).update(leased_until=clock() + (LEASE if lease is None else lease)))


def done(held: Claim) -> bool:
    """False if the lease was lost: then another worker's outcome counts."""
    return bool(_held(held).update(done_at=clock(), problem="", leased_until=None))


def give_back(held: Claim) -> bool:
    """The worker has to go: the attempt does not count, and anybody may begin at once."""
    return bool(_held(held).update(leased_until=None, leased_by="", attempts=F("attempts") - 1))


@transaction.atomic
def failed(held: Claim, problem: str) -> bool:
    """Try again later, or give up after the last attempt; the row and its sentence stay. False if the lease was lost."""
    rows = _held(held)
    if held.attempt >= _attempts(held.kind):
        return _give_up(rows, held, problem)
    again_at = clock() + datetime.timedelta(seconds=BACK_OFF[min(held.attempt, len(BACK_OFF)) - 1])
    return bool(rows.update(problem=problem[:300], not_before=again_at, leased_until=None, leased_by=""))


def _give_up(rows: JobQuerySet, job: Job | Claim, problem: str) -> bool:
    """Together with whatever the handler's app has to note of it."""
    gone = bool(rows.update(given_up_at=clock(), problem=problem[:300], leased_until=None))
    handler = handlers.get(job.kind)
    if gone and handler is not None and handler.given_up is not None:
        handler.given_up(job.payload, problem)
    return gone


def _attempts(kind: str) -> int:
    return handlers[kind].attempts if kind in handlers else ATTEMPTS


def _held(held: Claim) -> JobQuerySet:
    return Job.objects.still_open().filter(pk=held.pk, leased_by=held.worker, attempts=held.attempt)


# --- for `manage.py check --database default`

OVERDUE = datetime.timedelta(minutes=15)  # longer than the longest back-off


def overdue() -> int:
    """How many pieces of work nobody has taken up: more than none, and no worker runs."""
    now = clock()
    return Job.objects.free(now, list(handlers)).filter(not_before__lt=now - OVERDUE).count()
