"""``manage.py worker``: does what the system wants done after the fact (ita_core/outbox.py)."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from ita_core import outbox, working


class Command(BaseCommand):
    help = "Does the work that waits in the outbox, until it is told to stop (Ctrl-C, SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is due")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--lanes", type=int, default=1, metavar="N", help="pieces of work at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.basicConfig(format="worker: %(message)s")
        self._as_json = options["json"]
        # The sentences that are kept are those of the source language; pages translate them.
        with translation.override(settings.LANGUAGE_CODE):
            if not options["once"]:
                if not self._as_json:
                    self._write(f"worker: ready for {', '.join(sorted(outbox.handlers)) or 'nothing'}")
                working.in_lanes(max(1, options["lanes"]), self._say)
                return
            lane = working.Lane(self._say)
            lane.work(once=True)
        if self._as_json:
            self._write(json.dumps({"outcomes": dict(lane.outcomes)}))

    def _say(self, outcome: str, held: outbox.Claim, seconds: float) -> None:
        if self._as_json:
            said = {
                "outcome": outcome, "kind": held.kind, "key": held.key,
                "attempt": held.attempt, "seconds": round(seconds, 3),
            }  # fmt: skip
            self._write(json.dumps(said))
        else:
            self._write(f"worker: {held.kind} {held.key[:24]}: {outcome} after {seconds:.1f} s")

    def _write(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
