"""Write the bundle of one report: everything that proves it, and a verifier that needs nothing but Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from memos import archive
from workflows import bundling
from workflows.models import Approval
from workflows.refusals import Refused


class Command(BaseCommand):
    help = "Writes the bundle of a report as one .zip; unpack it and run verify.py."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", type=int, metavar="REPORT", help="the number in the report's address")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        approvals = Approval.objects.across_organisations().select_related("organisation", "report")
        approval = approvals.filter(report=options["report"]).first()
        if approval is None:
            raise CommandError(f"There is no report {options['report']}.")
        try:
            data = bundling.of_report(approval)
            options["out"].write_bytes(data)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        except OSError as problem:
            raise CommandError(f"{options['out']}: {problem.strerror}") from problem
        said = {"file": str(options["out"]), "size": len(data), "sha256": archive.sha256(data)}
        self.stdout.write(json.dumps(said) if options["json"] else f"{said['sha256']}  {said['file']}")
