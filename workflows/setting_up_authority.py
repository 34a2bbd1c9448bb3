"""Setting up, first step: the authority itself, its address on the web, and the titles that follow from its name."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ita_core import thai
from ita_core.models import FirstHour, Organisation

FACTS = ("kind", "name", "district", "province", "number_prefix")


@dataclass(frozen=True)
class Title:
    """A line of paper, and what it is."""

    what: object
    words: str


def titles(organisation: Organisation) -> list[Title]:
    """As they will stand on paper. Nothing is read from the database."""
    place = [
        f"อำเภอ{organisation.district}" if organisation.district else "",
        f"จังหวัด{organisation.province}",
    ]
    return [
        Title(_("ชื่อเต็ม"), organisation.full_name),
        Title(_("ชื่อย่อ"), organisation.short_name),
        Title(_("ผู้ลงนาม"), organisation.mayor_title),
        Title(_("ปลัด"), organisation.clerk_title),
        Title(
            _("ส่วนราชการบนบันทึกข้อความ"), " ".join(["สำนักปลัด" + organisation.full_name, *filter(None, place)])
        ),
        Title(_("เลขที่หนังสือ"), f"{organisation.number_prefix}/…" if organisation.number_prefix else "…"),
    ]


def proposed_slug(kind: str, number_prefix: str) -> str:
    """``sao-72701`` from อบต. and สฎ 72701: Thai names have no one spelling in Latin letters, their numbers have.

    Without a number, or when another authority has the same, a running number follows.
    """
    digits = "".join(filter(str.isascii, filter(str.isdigit, thai.normalise(number_prefix))))
    base = kind.replace("_", "-") + (f"-{digits[:20]}" if digits else "")
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if digits and base not in taken:
        return base
    number = 2 if digits else 1
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


@transaction.atomic
def save(facts: dict[str, str], organisation: Organisation | None = None) -> Organisation:
    """A new authority, or the facts of one anew. Its address never changes. ValidationError by field."""
    if organisation is None:
        slug = facts.get("slug") or proposed_slug(facts["kind"], facts["number_prefix"])
        organisation = Organisation(slug=slug)
    for fact in FACTS:
        setattr(organisation, fact, facts[fact])
    organisation.full_clean(exclude=["garuda"])
    organisation.save()
    begun(organisation)
    return organisation


def begun(organisation: Organisation) -> FirstHour:
    """The authority's note of what was settled; made when it is first asked for."""
    found, _new = FirstHour.objects.of(organisation).get_or_create(organisation=organisation)
    return found


def settle(organisation: Organisation, step: str) -> None:
    note = begun(organisation)
    if step not in note.settled:
        note.settled = [*note.settled, step]
        note.save(update_fields=["settled"])
