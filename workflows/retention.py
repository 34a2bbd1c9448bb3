"""How long a signed report is kept, and what keeps it longer: its class, its date, and a legal hold.

A report gets the authority's default class at its signature: kept to the end of the calendar year of the signature and
as many whole years after. Another class and a hold are acts in the report's history, so that whoever shortened a date or
lifted a hold shows. Nothing is destroyed by a date: that takes a list (disposing.py).
"""

from __future__ import annotations

import datetime
import functools
import json
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import ita_core
from ita_core import language, thai
from ita_core.models import Organisation
from workflows import acting
from workflows import retention_permissions as permissions
from workflows.models import Act, Approval, Retention, RetentionClass, State
from workflows.officers import Actor
from workflows.refusals import BadInput

LEAST_YEARS = 10
_DATA = Path(ita_core.__file__).parent / "data" / "retention.json"


@functools.cache
def shipped() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_DATA.read_text(encoding="utf-8"))["classes"]
    return found


def classes(organisation: Organisation) -> list[RetentionClass]:
    """The authority's, the shipped ones until it has its own."""
    rows = RetentionClass.objects.of(organisation).order_by("pk")
    found = list(rows)
    if found:
        return found
    ours = [
        RetentionClass(
            organisation=organisation,
            key=one["key"],
            title=one["title"],
            years=one["years"],
            source=one["source"],
            is_default=one["default"],
        )
        for one in shipped()
    ]
    try:
        with transaction.atomic():
            return RetentionClass.objects.bulk_create(ours)
    except IntegrityError:  # Somebody was faster.
        return list(rows.all())


@transaction.atomic
def save_class(
    organisation: Organisation,
    row: RetentionClass | None,
    *,
    title: str,
    years: int | None,
    source: str,
    is_default: bool,
) -> RetentionClass:
    """A class as its administrator has it, from now on; one of them is always the default."""
    rows = RetentionClass.objects.of(organisation).select_for_update()
    taken = [one.key for one in rows]
    made = row or RetentionClass(organisation=organisation, key=f"own-{len(taken) + 1}")
    made.title, made.years, made.source = title, years, source
    if is_default:
        rows.exclude(pk=made.pk).update(is_default=False)
        made.is_default = True
    made.save()
    return made


def last_day(signed_on: datetime.date, years: int | None) -> datetime.date | None:
    """The end of the year that is ``years`` after that of the signature; None for ever."""
    return None if years is None else datetime.date(signed_on.year + years, 12, 31)


def begin(approval: Approval, signature: Act) -> None:
    """In the signature's transaction: the default class. Trial reports are nobody's records."""
    if approval.report.is_trial:
        return
    usual = next(one for one in classes(approval.organisation) if one.is_default)
    until = last_day(_signed_on(signature), usual.years)
    row = Retention(organisation=approval.organisation, approval=approval, kept_as=usual, until=until)
    Retention.objects.bulk_create([row], ignore_conflicts=True)


def begin_missing(organisation: Organisation) -> None:
    """Reports that were signed before there were dates get the same. One query when there are none."""
    signed = Approval.objects.of(organisation).filter(state=State.MAYOR_SIGNED, report__is_trial=False)
    signed = signed.order_by(
        "-changed_at"
    )  # As an index has the signed ones; else SQLite reads every report.
    for approval in signed.filter(retention=None).select_related("report", "organisation"):
        signature = approval.acts.filter(kind=Act.Kind.SIGN).order_by("-sequence").first()
        if signature is not None:
            begin(approval, signature)


def _signed_on(signature: Act) -> datetime.date:
    return signature.decided_on or thai.bangkok_date(signature.acted_at)


def of(approval: Approval) -> Retention | None:
    """None for a report that is not signed, or on trial."""
    return (
        Retention.objects.of(approval.organisation_id)
        .filter(approval=approval)
        .select_related("kept_as")
        .first()
    )


def due(organisation: Organisation, day: datetime.date | None = None) -> QuerySet[Retention]:
    """Of signed reports whose last day is past and which nobody holds."""
    rows: QuerySet[Retention] = Retention.objects.of(organisation).filter(
        until__lt=day or thai.today(), is_held=False, approval__state=State.MAYOR_SIGNED
    )
    return rows


# --- acts


@transaction.atomic
def retain(actor: Actor, report_id: int, *, kept_as: int, reason: str) -> Act:
    """Give the report another class: its date is counted anew from its signature."""
    approval, row, appointment = _locked(actor, report_id)
    chosen = next((one for one in classes(actor.organisation) if one.pk == kept_as), None)
    if chosen is None:
        raise BadInput(_("โปรดเลือกอายุการเก็บ"))
    why = acting.text(reason, _("โปรดระบุเหตุผล"))
    signature = approval.acts.filter(kind=Act.Kind.SIGN).order_by("-sequence").get()
    row.kept_as, row.until = chosen, last_day(_signed_on(signature), chosen.years)
    row.save(update_fields=["kept_as", "until"])
    said = f"{told(row.until)}\n{chosen.title}\n{why}"
    return acting.aside(actor, approval, appointment, Act.Kind.RETAIN, reason=said)


@transaction.atomic
def hold(actor: Actor, report_id: int, *, reason: str) -> Act:
    """Nothing of the report may be destroyed until the hold is lifted, whatever its date."""
    approval, row, appointment = _locked(actor, report_id)
    permissions.check_not_held(row)
    return _set_held(
        actor, approval, row, appointment, True, acting.text(reason, _("โปรดระบุเหตุผลที่ระงับการทำลาย"))
    )


@transaction.atomic
def release(actor: Actor, report_id: int, *, reason: str) -> Act:
    approval, row, appointment = _locked(actor, report_id)
    permissions.check_held(row)
    why = acting.text(reason, _("โปรดระบุเหตุผลที่ยกเลิกการระงับ"))
    return _set_held(actor, approval, row, appointment, False, why)


def _locked(actor: Actor, report_id: int) -> tuple[Approval, Retention, Any]:
    approval = acting.locked(actor, report_id)
    appointment = permissions.check_may_keep(actor, approval)
    row = of(approval)
    if row is None:
        begin_missing(approval.organisation)
        row = of(approval)
    assert row is not None
    return approval, row, appointment


def _set_held(
    actor: Actor, approval: Approval, row: Retention, appointment: Any, held: bool, why: str
) -> Act:
    row.is_held = held
    row.save(update_fields=["is_held"])
    kind = Act.Kind.HOLD if held else Act.Kind.RELEASE
    return acting.aside(actor, approval, appointment, kind, reason=why)


def told(until: datetime.date | None) -> str:
    """The date as an act carries it: data, so Thai whatever the officer's language."""
    return f"เก็บถึงวันที่ {thai.ThaiDate(until).long_data}" if until else "เก็บตลอดไป"


def shown(until: datetime.date | None) -> str:
    """The same for a page, in the reader's language."""
    return _("เก็บถึงวันที่ %(day)s") % {"day": language.day(until)} if until else _("เก็บตลอดไป")
