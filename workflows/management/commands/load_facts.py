"""Load what ships with the system: assessment years and items, public holidays, indicators, table forms, Word templates."""

from typing import Any

from django.core.management.base import BaseCommand

from ita_core import assessment, holidays
from memos import shipped


class Command(BaseCommand):
    help = "Loads assessment years, items, public holidays, forms and Word templates. Idempotent; edited rows stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        added = assessment.load() + holidays.load() + shipped.load()
        if options["verbosity"]:
            self.stdout.write(f"load_facts: {added} rows added")
