"""Print the code by which the first administrator is made in the browser."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from ita_core import setup_codes


class Command(BaseCommand):
    help = (
        "Prints a new setup code, good once within 24 hours, for the page that makes the first administrator."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print code and address as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = setup_codes.make()
        except setup_codes.NoCode as problem:
            raise CommandError(problem.sentence) from problem
        address = f"{settings.SITE_URL}{reverse('first:start')}"
        if options["json"]:
            self.stdout.write(json.dumps({"code": code, "address": address}))
        else:
            self.stdout.write(f"{code}\n{address}")
