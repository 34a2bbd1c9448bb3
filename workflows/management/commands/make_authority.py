"""Make an authority from a file: what the pages of the first hour do, in one go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ita_core.models import Organisation
from memos.importing import reading
from memos.importing.foreign import ForeignFile
from workflows import first_links, people_rows, setting_up, setting_up_file
from workflows.setting_up_rows import Made, NotEntered


class Command(BaseCommand):
    help = "Makes an authority of FILE.json or FILE.xlsx: offices, posts, people, route. Run again it adds what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--empty", action="store_true", help="write an empty FILE.xlsx to fill in instead"
        )
        parser.add_argument("--links", action="store_true", help="print a link for each first password")
        parser.add_argument(
            "--json", action="store_true", help="print what was made and what is left as JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if options["empty"]:
            self._write_empty(file)
            return
        organisation, made = self._make(file)
        links = self._links(organisation) if options["links"] else []
        left = {step.key: step.lacks for step in setting_up.steps(organisation) if not step.is_done}
        if options["json"]:
            said = {"slug": organisation.slug, "made": made.counts, "left": left, "links": links}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{organisation.slug} {organisation.full_name}: {made.counts or '-'}")
        for key, lacks in left.items():
            self.stdout.write(f"  {setting_up.TITLES[key]}: {' · '.join(lacks)}")
        for link in links:
            self.stdout.write(f"{link['login']}  {link['link']}")

    def _make(self, file: Path) -> tuple[Organisation, Made]:
        sheets: list[tuple[str, list[list[str]]]] = []
        try:
            data = file.read_bytes()
            if file.suffix.lower() == ".json":
                return setting_up_file.make(setting_up_file.from_json(data))
            sheets = reading.read_sheets(file.name, data)
            return setting_up_file.make(setting_up_file.from_sheets(sheets))
        except OSError as problem:
            raise CommandError(f"อ่านไฟล์ไม่ได้: {problem}") from problem
        except ForeignFile as problem:
            raise CommandError(problem.sentence) from problem
        except NotEntered as problem:
            faults = people_rows.with_cells(problem, sheets)
            raise CommandError(
                "\n".join(f"{cell or fault.place or ''} {fault.sentence}".strip() for cell, fault in faults)
            ) from problem

    def _links(self, organisation: Organisation) -> list[dict[str, str]]:
        waiting = list(first_links.waiting(organisation, None).values_list("pk", flat=True))
        links = first_links.make(organisation, waiting, None)
        return [
            {"login": link.user.username, "name": link.user.full_name, "link": link.address} for link in links
        ]

    def _write_empty(self, file: Path) -> None:
        try:
            with file.open("xb") as out:  # Never over one that somebody filled in.
                out.write(setting_up_file.workbook())
        except OSError as problem:
            raise CommandError(f"เขียนไฟล์ไม่ได้: {problem}") from problem
        self.stdout.write(str(file))
