"""Last year's report as a draft: a Word, Excel or CSV file is read, recognised and stored, or only shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.membership import Membership, memberships
from ita_core.models import Organisation, Role, User
from memos import editing, shipped
from memos.archives_in import PACKED
from memos.fields import be_year
from memos.importing import headings, reading, recognising, storing
from memos.importing.foreign import ForeignFile
from memos.importing.found import Found
from memos.models import FormVersion, Report
from workflows import drafts, starting
from workflows.permissions import Actor
from workflows.refusals import Refused


class Command(BaseCommand):
    help = "Reads a report's tables from a .docx, .xlsx or .csv and makes a draft of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--fiscal-year", required=True, metavar="N", help="พ.ศ., such as 2566")
        parser.add_argument("--form", metavar="F", help="slug of the form for every table; else the best fit")
        parser.add_argument(
            "--drafter", metavar="USERNAME", help="else the legal officer, of several the latest drafter"
        )
        parser.add_argument("--dry-run", action="store_true", help="show what was found, store nothing")
        parser.add_argument(
            "--json", action="store_true", help="print the counts and findings as one JSON object"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organisation = _organisation(options["organisation"])
            year = be_year(thai.normalise(options["fiscal_year"]))
            found = _found(options["file"], _forms(organisation, options["form"]))
            stored = None
            if not options["dry_run"]:
                stored = _store(_drafter(organisation, options["drafter"]), year, found)
        except (ForeignFile, Refused, editing.NotSaved) as refusal:
            raise CommandError(refusal.sentence) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (PermissionDenied, OSError) as error:
            raise CommandError(str(error)) from error
        self._tell(found, stored, as_json=options["json"])

    def _tell(self, found: Found, stored: Report | None, as_json: bool) -> None:
        if as_json:
            whole = found.to_json() | ({"report": stored.pk} if stored else {})
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=2))
            return
        for finding in found.findings:
            self.stdout.write(f"{finding.place}: {finding.sentence}")
        counts = (
            _("%(sections)s ส่วน %(groups)s กลุ่ม %(measures)s มาตรการ %(activities)s กิจกรรม") % found.counts
        )
        self.stdout.write(counts)


def _organisation(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(_("ไม่พบหน่วยงาน “%(slug)s”") % {"slug": slug})
    return found


def _forms(organisation: Organisation, slug: str | None) -> list[FormVersion]:
    forms = shipped.available_forms(organisation)
    chosen = [form for form in forms if slug in (None, form.slug)]
    if not chosen:
        raise CommandError(
            _("ไม่พบแบบตาราง “%(slug)s” แบบที่มี: %(known)s")
            % {"slug": slug, "known": ", ".join(form.slug for form in forms)}
        )
    return chosen


def _found(path: Path, forms: Sequence[FormVersion]) -> Found:
    if not path.is_file():
        raise CommandError(_("ไม่พบไฟล์ %(path)s") % {"path": path})
    with path.open("rb") as file:
        source = reading.read_file(path.name, file.read(PACKED + 1))
    found = recognising.recognise(source, headings.match(source, forms), forms)
    if not found.sections:
        raise CommandError(_("ไม่พบตารางที่นำเข้าได้ โปรดตรวจว่าตารางมีหัวคอลัมน์"))
    return found


def _drafter(organisation: Organisation, username: str | None) -> Membership:
    """The one that was named; else the only legal officer of today, or the one of them who drafted the latest report."""
    users = User.objects.filter(is_active=True, appointments__post__organisation=organisation).distinct()
    serving = [m for user in users for m in memberships(user) if m.organisation == organisation]
    if username is not None:
        serving = [m for m in serving if m.user.username == username]
        if not serving:
            raise CommandError(_("ไม่พบผู้ใช้ “%(name)s” ในหน่วยงานนี้") % {"name": username})
        return serving[0]
    legal = [m for m in serving if Role.LEGAL_OFFICER in m.roles]
    if len(legal) > 1:
        reports = Report.objects.of(organisation).filter(drafter__in=[m.user for m in legal])
        latest = reports.order_by("-pk").values_list("drafter", flat=True).first()
        legal = [m for m in legal if m.user.pk == latest]
    if len(legal) != 1:
        raise CommandError(_("ระบบไม่ทราบว่าผู้ใดเป็นผู้จัดทำ โปรดระบุด้วย --drafter ชื่อผู้ใช้"))
    return legal[0]


@transaction.atomic
def _store(drafter: Membership, year: int, found: Found) -> Report:
    """A new draft with the usual memo, its sections those of the file."""
    item = starting.item_of(year)
    if item is None:
        raise CommandError(_("ยังไม่มีข้อการประเมินในระบบ โปรดสั่ง manage.py load_facts"))
    period = Report.Period.TWELVE_MONTHS
    report = drafts.begin(
        Actor.of(drafter),
        assessed_year=year - 1,
        fiscal_year=year,
        item=item,
        period=period,
        title=starting.title(drafter.organisation, year, period),
        subject=starting.subject(year, period),
    )
    storing.write(drafter, report.pk, report.revision, found, replace=True)
    return report
