"""Days off that are no weekends: public holidays for everybody, and an authority's own days.

Source: ita_core/data/holidays.json. Cabinet resolutions move, add and substitute days every year, so these are rows; a
day whose resolution is not known for certain has "(?)" as its note, and an authority's own row overrides it.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any, TypeAlias

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_core.organisations import Organisation
from ita_core.tenancy import TenantManager, TenantQuerySet

DATA = Path(__file__).parent / "data" / "holidays.json"

HolidayRows: TypeAlias = "TenantQuerySet[Holiday]"


class Holiday(models.Model):
    """A day on which offices are closed; of all authorities where ``organisation`` is empty.

    With ``is_off`` false it says that one authority works on a day that is a holiday or a weekend elsewhere.
    """

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="own_days",
        verbose_name=_("หน่วยงาน"),
        help_text=_("เว้นว่างไว้สำหรับวันหยุดราชการของทุกหน่วยงาน"),
    )
    day = models.DateField(_("วันที่"))
    name = models.CharField(_("ชื่อวัน"), max_length=200)
    is_off = models.BooleanField(_("เป็นวันหยุด"), default=True)
    source = models.CharField(
        _("ที่มา"), max_length=300, blank=True, help_text=_("เช่น มติคณะรัฐมนตรี หรือคำสั่งของหน่วยงาน")
    )
    note = models.CharField(_("หมายเหตุ"), max_length=200, blank=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("วันหยุด")
        verbose_name_plural = _("วันหยุด")
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "day"],
                name="own_day_once",
                violation_error_message=_("วันนี้มีอยู่ในปฏิทินแล้ว"),
            ),
            models.UniqueConstraint(
                fields=["day"], condition=Q(organisation__isnull=True), name="public_holiday_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


def known_to(organisation: Organisation | int | None) -> HolidayRows:
    """Everybody's days and the authority's own, which come last so that they override."""
    rows = Holiday.objects.across_organisations().filter(
        Q(organisation__isnull=True) | Q(organisation=organisation)
    )
    return rows.order_by("day", models.F("organisation").asc(nulls_first=True))


@functools.cache
def _facts() -> list[dict[str, Any]]:
    days: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))["days"]
    return days


def load() -> int:
    """Insert the days that data/ knows and the database does not; edited rows stay. Returns rows added."""
    everybody = Holiday.objects.across_organisations().filter(organisation__isnull=True)
    there = {day.isoformat() for day in everybody.values_list("day", flat=True)}
    new = [Holiday(**facts) for facts in _facts() if facts["day"] not in there]
    Holiday.objects.bulk_create(new)
    return len(new)
