"""What a worker does: claim, do within its time, renew meanwhile, say how it ended, and stop when it is told to."""

from __future__ import annotations

import ctypes
import datetime
import logging
import os
import signal
import socket
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from types import FrameType

from django.db import DatabaseError, close_old_connections, connections
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ita_core import outbox, thai, waking

GRACE = 10.0  # seconds that work under way still has when the worker is told to stop, or is past its time
AFTER_A_FAULT = 5.0  # seconds until the database is asked again
TOOK_TOO_LONG = _("งานใช้เวลานานเกินกำหนด จึงหยุดไว้ก่อน")
# Added to the niceness of a lane and of what it starts: on a machine that also serves pages, pages come first.
POLITENESS = 10
_PR_SET_PDEATHSIG = 1
_STOP = (signal.SIGTERM, signal.SIGINT)
logger = logging.getLogger(__name__)

# What is said of a piece of work: its outcome, the work, seconds.
Say = Callable[[str, outbox.Claim, float], None]


class _TookTooLong(BaseException):
    """Not an Exception: nobody's handling of errors may take it for one of his own."""


class _ToldToStop(BaseException):
    pass


class Lane:
    """One worker that does one thing at a time, in the main thread of its process (alarms reach no other)."""

    def __init__(self, say: Say) -> None:
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.outcomes: Counter[str] = Counter()
        self._say = say
        self._stopping = self._busy = False
        self._day: datetime.date | None = None
        self._hour: tuple[datetime.date, int] | None = None
        self._ear = waking.Ear()
        self._pause = waking.IDLE

    def hear(self) -> None:
        signal.signal(signal.SIGALRM, self._alarm)
        for number in _STOP:
            signal.signal(number, self._stop)

    def work(self, once: bool) -> None:
        """Until told to stop; with ``once`` until nothing is due."""
        self.hear()
        while not self._stopping:
            if self._next(daily=not once):
                continue
            if once:
                return
            self._ear.wait(self._pause, lambda: self._stopping)

    def _next(self, daily: bool) -> bool:
        """Do one piece of work. False if there was none."""
        try:
            close_old_connections()
            # Before the look: what is wanted after it is told, and what was wanted before it is seen.
            self._ear.listen()
            if daily:
                self._begin_the_day()
            held = outbox.claim(self.name, list(outbox.handlers))
            if held is None:
                self._pause = self._until_due() if self._ear.hears else waking.IDLE
                return False
            started = time.monotonic()
            outcome = self._do(held)
        except DatabaseError:
            # What was under way is free again when its lease ends.
            logger.exception("the database does not answer")
            time.sleep(AFTER_A_FAULT)
            return True
        self.outcomes[outcome] += 1
        self._say(outcome, held, time.monotonic() - started)
        return True

    def _until_due(self) -> float:
        """At least a moment: what is due and was not got, another worker is just taking."""
        due = outbox.until_due(list(outbox.handlers))
        return waking.UNTOLD if due is None else min(max(due, waking.SHORTEST), waking.UNTOLD)

    def _begin_the_day(self) -> None:
        if self._day != (today := thai.today()):
            outbox.want_daily(today)
            self._day = today
        now = localtime(None, thai.BANGKOK)
        if self._hour != (hour := (today, now.hour)):
            outbox.want_hourly(now)
            self._hour = hour

    def _do(self, held: outbox.Claim) -> str:
        handler = outbox.handlers[held.kind]
        renewal = _Renewal(held, handler.seconds + GRACE)
        renewal.start()
        try:
            self._busy = True
            signal.setitimer(signal.ITIMER_REAL, GRACE if self._stopping else handler.seconds)
            handler.do(held.payload)
            self._busy = False
        except _ToldToStop:
            kept = outbox.give_back(held)
            outcome = "given back"
        except _TookTooLong:
            kept = outbox.failed(held, str(TOOK_TOO_LONG))
            outcome = "failed"
        except Exception as error:
            logger.exception("%s %s failed", held.kind, held.key)
            kept = outbox.failed(held, f"{type(error).__name__}: {error}")
            outcome = "failed"
        else:
            kept = outbox.done(held)
            outcome = "done"
        finally:
            self._busy = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            renewal.end()
        return outcome if kept else "lost"

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if not self._stopping and self._busy:
            signal.setitimer(signal.ITIMER_REAL, GRACE)
        self._stopping = True

    def _alarm(self, number: int, frame: FrameType | None) -> None:
        if self._busy:
            self._busy = False
            raise _ToldToStop if self._stopping else _TookTooLong


class _Renewal(threading.Thread):
    """Renews a lease; ends the process when the work hangs where no alarm reaches it, as within a C library."""

    def __init__(self, held: outbox.Claim, seconds: float) -> None:
        super().__init__(daemon=True)
        self._held, self._deadline = held, time.monotonic() + seconds
        self._ended = threading.Event()

    def run(self) -> None:
        every = outbox.LEASE.total_seconds() / 3
        try:
            while not self._ended.wait(min(every, max(0.0, self._deadline - time.monotonic()))):
                late = time.monotonic() >= self._deadline
                try:
                    if late:
                        outbox.failed(self._held, str(TOOK_TOO_LONG))
                    else:
                        outbox.renew(self._held)
                except DatabaseError:
                    logger.exception("the lease of %s %s was not renewed", self._held.kind, self._held.key)
                if late:
                    os.kill(os.getpid(), signal.SIGKILL)
        finally:
            connections.close_all()

    def end(self) -> None:
        self._ended.set()
        self.join()


def in_lanes(count: int, say: Say) -> None:
    """That many processes, each a lane; one that dies is replaced. Ends with all of them when told to stop."""
    connections.close_all()
    lanes: set[int] = set()
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for lane in lanes:
            os.kill(lane, signal.SIGTERM)

    for number in _STOP:
        signal.signal(number, stop)
    while not stopping or lanes:
        # A signal between a fork and what follows waits until it would reach the new lane too.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
        while len(lanes) < count and not stopping:
            lanes.add(_forked(say))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)
        time.sleep(waking.IDLE / 2)
        for lane in list(lanes):
            if os.waitpid(lane, os.WNOHANG)[0]:
                lanes.discard(lane)


def _forked(say: Say) -> int:
    """The process id of a new lane, which ends when this process does."""
    parent, child = os.getpid(), os.fork()
    if child:
        return child
    code = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        os.nice(POLITENESS)
        lane = Lane(say)
        lane.hear()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)
        if os.getppid() == parent:
            lane.work(once=False)
        code = 0
    finally:
        sys.stdout.flush()
        os._exit(code)
