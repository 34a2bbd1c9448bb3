"""Tell who is reminded of a deadline today; the worker does the same every hour."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflows import reminding


class Command(BaseCommand):
    help = "Remind of deadlines, and tell administrators what is late. Twice a day changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print each reminder with whom it told")

    def handle(self, *args: Any, **options: Any) -> None:
        told = reminding.remind()
        if options["json"]:
            self.stdout.write(json.dumps([one.plain() for one in told], ensure_ascii=False, indent=1))
            return
        for one in told:
            self.stdout.write(
                f"{one.organisation} report {one.report}: {one.what}, due {one.due} → {', '.join(one.people)}"
            )
        self.stdout.write(f"remind: {len(told)} told")
