"""Make today's heads of the chains public; the worker does the same at midnight (Asia/Bangkok)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ita_core import thai
from workflows import publishing_heads


class Command(BaseCommand):
    help = "Publish the head of every authority's chain of acts under today's date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what /heads/YYYY-MM-DD.json says")
        parser.add_argument("--out", metavar="FILE", help="write the same to a file to be kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        new = publishing_heads.publish()
        said = publishing_heads.of_day(thai.today()) or publishing_heads.nothing(thai.today())
        text = json.dumps(said, ensure_ascii=False, indent=1)
        if options["out"]:
            try:
                Path(options["out"]).write_text(text, encoding="utf-8")
            except OSError as problem:
                raise CommandError(f"{options['out']}: {problem.strerror}") from problem
        count = len(said["heads"])
        self.stdout.write(text if options["json"] else f"{count} heads of {thai.today()}, {new} of them new")
