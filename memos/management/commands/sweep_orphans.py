"""Remove files of the archive that no row names, older than a day (a roll-back can leave one)."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from memos import archive


class Command(BaseCommand):
    help = "Remove archive files that no row names and nobody touched for a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="say what would be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            names = [found.name for found in archive.orphans()] if options["dry_run"] else archive.sweep()
        except OSError as problem:
            raise CommandError(f"{problem.filename or 'archive'}: {problem.strerror}") from problem
        if options["json"]:
            self.stdout.write(json.dumps({"removed": [] if options["dry_run"] else names, "found": names}))
            return
        for name in names:
            self.stdout.write(name)
        self.stdout.write(f"{len(names)} files " + ("would be removed" if options["dry_run"] else "removed"))
