"""Fill a database with the examples and print their logins."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows import examples
from workflows.examples import loading
from workflows.examples.people import Login
from workflows.refusals import Refused

_HEADINGS = Login("บทบาท", "ชื่อผู้ใช้", "รหัสผ่าน", "PIN", "ที่อยู่")
_CHANGED = "(เปลี่ยนแล้ว)"


class Command(BaseCommand):
    help = "Loads examples: an authority, invented people with public passwords, a report. Idempotent; changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="*", metavar="NAME", help="default: all of them")
        parser.add_argument("--json", action="store_true", help="print the logins as JSON")
        parser.add_argument("--on-a-live-site", action="store_true", help="even where DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["on_a_live_site"]:
            raise CommandError(
                "The examples' passwords are public. With DEBUG=0 say --on-a-live-site if you mean it."
            )
        logins: dict[str, Login] = {}
        for name in options["name"] or examples.names():
            try:
                logins.update({login.username: login for login in loading.load(name)})
            except (LookupError, Refused) as problem:
                raise CommandError(str(problem)) from problem
        if options["json"]:
            rows = [dataclasses.asdict(login) for login in logins.values()]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        elif options["verbosity"]:
            self._print_table(list(logins.values()))

    def _print_table(self, logins: list[Login]) -> None:
        shown = [
            dataclasses.replace(login, password=login.password or _CHANGED, pin=login.pin or _CHANGED)
            for login in logins
        ]
        for login in [_HEADINGS, *shown]:
            self.stdout.write(
                "  ".join(
                    [
                        login.username.ljust(18),
                        login.password.ljust(14),
                        login.pin.ljust(8),
                        login.address.ljust(24),
                        login.role,
                    ]
                )
            )
