"""Carry an example's report through every step and keep the documents of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows import examples
from workflows.examples import walking
from workflows.models import Act
from workflows.refusals import Refused


class Command(BaseCommand):
    help = "Carries a fresh trial copy of an example's report from draft to signature and writes each step's documents."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("example", metavar="EXAMPLE")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="print the written paths as JSON")
        parser.add_argument("--on-a-live-site", action="store_true", help="even where DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["on_a_live_site"]:
            raise CommandError(
                "The acts of a trial stay in the chain for ever. With DEBUG=0 say --on-a-live-site if you mean it."
            )
        try:
            paths = walking.walk(examples.read(options["example"], "report"), options["out"], self._tell)
        except (LookupError, Refused, walking.NothingToWalk) as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"เขียนไฟล์ไม่ได้: {problem}") from problem
        if options["json"]:
            self.stdout.write(json.dumps([str(path) for path in paths], ensure_ascii=False, indent=2))
        elif options["verbosity"]:
            self.stdout.write("\n".join(str(path) for path in paths))

    def _tell(self, act: Act, paths: list[Path]) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{act.printed_name}: {act.get_kind_display()} ({len(paths)})")
