"""Order the final file of every signed report that has none: signed before there were any, or given up."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ita_core.models import Organisation
from workflows import sealed


class Command(BaseCommand):
    help = "Order the sealed PDF of signed reports that have none; the worker makes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--organisation", metavar="SLUG", help="one authority only")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = Organisation.objects.all()
        if options["organisation"]:
            organisations = organisations.filter(slug=options["organisation"])
            if not organisations:
                raise CommandError(f"There is no organisation {options['organisation']!r}.")
        ordered = sum(sealed.want_missing(one) for one in organisations if not one.is_filler)
        self.stdout.write(
            json.dumps({"ordered": ordered}) if options["json"] else f"{ordered} final files ordered"
        )
