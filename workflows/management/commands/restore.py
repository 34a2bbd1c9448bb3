"""Put a backup back into an empty installation and check all of it; exits 1 when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ita_core.dumps import DumpProblem
from ita_core.models import Organisation
from workflows import restoring
from workflows.backing_up import BackupProblem, Manifest
from workflows.publishing_heads import KeptHead, read_kept
from workflows.verification import against, faults

WORD = "replace"


class Command(BaseCommand):
    help = "Put a backup back: database, files, uploads. Refuses an installation that is not empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="a folder made by `backup`")
        parser.add_argument(
            "--heads", metavar="FILE", action="append", default=[],
            help="published heads kept elsewhere: says whether this is an older backup",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="read and check the backup, write nothing")
        parser.add_argument(
            "--force", action="store_true",
            help="replace what is here, or take a damaged backup as far as it goes; asks first",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print one JSON object at the end")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, kept = options["folder"].absolute(), [one for file in options["heads"] for one in _kept(file)]
        try:
            manifest = restoring.opened(folder)
            wrong = list(restoring.damage(folder, manifest))
            older = list(restoring.older_than(manifest, kept))
            for line in (f"backup of {manifest.made_at}", *older, *wrong):
                self.stderr.write(line)
            if options["dry_run"]:
                return self._say(options, manifest, [*older, *wrong])
            self._may_go_on([*wrong, *restoring.occupied(manifest)], force=options["force"])
            left_out = restoring.restore(folder, manifest)
        except (BackupProblem, DumpProblem) as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"{problem.filename or folder}: {problem.strerror or problem}") from problem
        proven = Organisation.objects.filter(is_filler=False)
        found = [f"{fault.place}: {fault.what}" for fault in (*faults(proven), *against(kept))]
        if left_out:
            found.append(f"{left_out} files of the backup were left out")
        return self._say(options, manifest, found)

    def _may_go_on(self, reasons: list[str], *, force: bool) -> None:
        """CommandError with every reason against it, unless the administrator typed the word."""
        if not reasons:
            return
        if not force:
            raise CommandError("\n".join([*reasons, "Nothing was changed. --force goes on after asking."]))
        self.stderr.write("\n".join([*reasons, f"Type {WORD} to go on all the same:"]))
        try:
            answer = input()
        except EOFError:
            answer = ""
        if answer.strip() != WORD:
            raise CommandError("Nothing was changed.")

    def _say(self, options: dict[str, Any], manifest: Manifest, found: list[str]) -> None:
        if options["json"]:
            heads = [vars(head) for head in manifest.heads]
            said = {"ok": not found, "made_at": manifest.made_at, "files": len(manifest.files)}
            self.stdout.write(json.dumps({**said, "heads": heads, "faults": found}))
        else:
            for head in manifest.heads:
                self.stdout.write(f"{head.organisation}: up to act {head.sequence} {head.hash}")
            for line in () if options["dry_run"] else found:
                self.stdout.write(line)
            self.stdout.write(f"{len(manifest.files)} files, {len(found)} faults")
        if found:
            raise SystemExit(1)


def _kept(file: str) -> list[KeptHead]:
    try:
        return read_kept(Path(file).read_bytes())
    except (OSError, ValueError) as problem:
        raise CommandError(f"{file}: {problem}") from problem
