"""Look at once whether what was published is where it should be; exits 1 when something is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ita_core.models import Organisation
from workflows import addressing, receipts
from workflows.addressing import Place


class Command(BaseCommand):
    help = "Fetch every published report's addresses and compare the files with what was published."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--organisation", metavar="SLUG", help="one authority only")
        parser.add_argument("--due", action="store_true", help="only those that are to be looked at today")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for place in _places(options["organisation"], due=options["due"]):
            check = addressing.look_at(place)
            row = {"organisation": place.publication.organisation.slug, "address": place.url}
            found.append({**row, "reached": check.reached, "same": check.same, "problem": check.problem})
            if not options["json"] and not check.same:
                self.stdout.write(f"{row['organisation']}: {place.url}: {receipts.reason(check)}")
        failed = sum(not row["same"] for row in found)
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not failed, "checked": len(found), "addresses": found}))
        else:
            self.stdout.write(f"{len(found)} addresses checked, {failed} without the published file")
        if failed:
            raise SystemExit(1)


def _places(slug: str | None, *, due: bool) -> Iterator[Place]:
    organisations = Organisation.objects.filter(is_filler=False)
    if slug:
        organisations = organisations.filter(slug=slug)
        if not organisations:
            raise CommandError(f"There is no organisation {slug!r}.")
    if due:
        chosen = set(organisations.values_list("pk", flat=True))
        yield from (place for place in addressing.due() if place.publication.organisation_id in chosen)
        return
    for organisation in organisations.filter(publications__isnull=False).distinct():
        yield from addressing.places_of(organisation)
