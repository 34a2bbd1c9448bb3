"""``manage.py reindex``: what reports are found by, made again from contents and acts; ``--check`` only compares."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from ita_core import trigrams
from ita_core.models import Organisation
from workflows import indexing


class Command(BaseCommand):
    help = "Make the archive's index of words again, or compare it with what it would be."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="SLUG", help="default: every authority")
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where it differs")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = _chosen(options["organisation"])
        if options["check"]:
            self._check(organisations, as_json=options["json"])
            return
        trigrams.install(connection)
        reports = 0
        for organisation in organisations:
            with transaction.atomic():
                reports += indexing.rebuild(organisation)
        missing = trigrams.missing(connection)
        if not missing:
            trigrams.rebuild(connection)
        if options["json"]:
            self.stdout.write(json.dumps({"reports": reports, "missing": missing}))
            return
        self.stdout.write(f"{reports} reports are indexed")
        for name in missing:
            self.stdout.write(f"{name} is missing: searches read every row")

    def _check(self, organisations: list[Organisation], *, as_json: bool) -> None:
        found = list(_differences(organisations))
        if as_json:
            faults = [{"place": place, "what": what} for place, what in found]
            self.stdout.write(json.dumps({"ok": not found, "faults": faults}))
        else:
            for place, what in found:
                self.stdout.write(f"{place}: {what}")
        if found:
            raise CommandError("The index differs: run `manage.py reindex`.", returncode=1)


def _chosen(slug: str | None) -> list[Organisation]:
    rows = Organisation.objects.filter(is_filler=False).order_by("pk")
    chosen = list(rows.filter(slug=slug) if slug else rows)
    if slug and not chosen:
        raise CommandError(f"There is no authority {slug}.")
    return chosen


def _differences(organisations: list[Organisation]) -> Iterator[tuple[str, str]]:
    for name in trigrams.missing(connection):
        yield name, "it is missing"
    for fault in trigrams.faults(connection) if not trigrams.missing(connection) else []:
        yield "trigrams", fault
    for organisation in organisations:
        yield from indexing.differences(organisation)
