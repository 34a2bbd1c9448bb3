"""Recompute everything that was hashed and say what is wrong and where; exits 1 when something is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ita_core.models import Organisation
from workflows.models import Act
from workflows.publishing_heads import KeptHead, read_kept
from workflows.verification import against, faults


class Command(BaseCommand):
    help = "Check the chain of acts, the contents and every stored file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--organisation", metavar="SLUG", help="check one authority only")

        parser.add_argument(
            "--heads",
            metavar="FILE",
            action="append",
            default=[],
            help="compare with published heads kept elsewhere",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = Organisation.objects.all()
        if options["organisation"]:
            organisations = organisations.filter(slug=options["organisation"])
            if not organisations:
                raise CommandError(f"There is no organisation {options['organisation']!r}.")
        proven = [organisation for organisation in organisations if not organisation.is_filler]
        filled = [organisation.slug for organisation in organisations if organisation.is_filler]
        slugs = {organisation.slug for organisation in proven}
        kept = [head for file in options["heads"] for head in _kept(file)]
        if options["organisation"]:
            kept = [head for head in kept if head.organisation in slugs]
        found = [*faults(proven), *against(kept)]
        acts = Act.objects.filter(organisation__in=proven).count()
        if options["json"]:
            rows = [{"place": fault.place, "what": fault.what} for fault in found]
            self.stdout.write(
                json.dumps(
                    {
                        "ok": not found,
                        "acts": acts,
                        "heads": len(kept),
                        "faults": rows,
                        "filled_without_acts": filled,
                    }
                )
            )
        else:
            for fault in found:
                self.stdout.write(f"{fault.place}: {fault.what}")
            for slug in filled:
                self.stdout.write(f"{slug}: filled by the benchmark without acts; there is nothing to prove")
            compared = f" and {len(kept)} kept heads" if options["heads"] else ""
            self.stdout.write(
                f"{acts} acts of {len(proven)} organisations{compared} checked, {len(found)} faults"
            )
        if found:
            raise SystemExit(1)


def _kept(file: str) -> list[KeptHead]:
    try:
        return read_kept(Path(file).read_bytes())
    except (OSError, ValueError) as problem:
        raise CommandError(f"{file}: {problem}") from problem
