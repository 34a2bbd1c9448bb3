"""Recompute everything that was hashed and say what is wrong and where; exits 1 when something is."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ita_core.models import Organisation
from workflows.models import Act
from workflows.verification import faults


class Command(BaseCommand):
    help = "Check the chain of acts, the contents and every stored file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--organisation", metavar="SLUG", help="check one authority only")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = Organisation.objects.all()
        if options["organisation"]:
            organisations = organisations.filter(slug=options["organisation"])
            if not organisations:
                raise CommandError(f"There is no organisation {options['organisation']!r}.")
        proven = [organisation for organisation in organisations if not organisation.is_filler]
        filled = [organisation.slug for organisation in organisations if organisation.is_filler]
        found = list(faults(proven))
        acts = Act.objects.filter(organisation__in=proven).count()
        if options["json"]:
            rows = [{"place": fault.place, "what": fault.what} for fault in found]
            self.stdout.write(
                json.dumps({"ok": not found, "acts": acts, "faults": rows, "filled_without_acts": filled})
            )
        else:
            for fault in found:
                self.stdout.write(f"{fault.place}: {fault.what}")
            for slug in filled:
                self.stdout.write(f"{slug}: filled by the benchmark without acts; there is nothing to prove")
            self.stdout.write(f"{acts} acts of {len(proven)} organisations checked, {len(found)} faults")
        if found:
            raise SystemExit(1)
