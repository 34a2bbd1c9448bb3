"""Keep everything in a folder, while everybody works; exits 1 when a file could not be kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ita_core.dumps import DumpProblem
from workflows.backing_up import BackupProblem, back_up


class Command(BaseCommand):
    help = "Copy the database as of one moment and every file that it names into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", metavar="DIR", type=Path, help="a folder that is not there yet, or empty"
        )
        parser.add_argument(
            "--previous",
            metavar="DIR",
            type=Path,
            help="an older backup, whose files are linked and not copied",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"].absolute()
        try:
            manifest, digest = back_up(folder, options["previous"])
        except (BackupProblem, DumpProblem) as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"{problem.filename or folder}: {problem.strerror}") from problem
        size = manifest.database.size + sum(part.size for part in (*manifest.files, *manifest.uploads))
        if options["json"]:
            heads = [vars(head) for head in manifest.heads]
            said = {"ok": not manifest.faults, "folder": str(folder), "sha256": digest, "bytes": size}
            self.stdout.write(
                json.dumps({**said, "files": len(manifest.files), "heads": heads, "faults": manifest.faults})
            )
        else:
            for head in manifest.heads:
                self.stdout.write(f"{head.organisation}: up to act {head.sequence} {head.hash}")
            for fault in manifest.faults:
                self.stdout.write(f"not kept: {fault}")
            self.stdout.write(f"{len(manifest.files)} files, {size / 1e6:.1f} MB in {folder}")
            self.stdout.write(f"SHA-256 of its manifest.json: {digest}")
        if manifest.faults:
            raise SystemExit(1)
