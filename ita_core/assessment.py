"""Assessment years, their items and indicators: rows loaded from data/, since codes change every year.

Source: ita_core/data/assessment.json; a fact not confirmed from a primary source carries ``confirmed=False`` and may
be edited by an administrator.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "data" / "assessment.json"


class AssessmentYear(models.Model):
    year = models.PositiveSmallIntegerField(_("ปีการประเมิน (พ.ศ.)"), primary_key=True)
    window_start = models.DateField(_("เริ่มเก็บข้อมูล"), null=True, blank=True)
    window_end = models.DateField(_("สิ้นสุดเก็บข้อมูล"), null=True, blank=True)
    confirmed = models.BooleanField(_("ยืนยันแล้ว"), default=False)

    class Meta:
        verbose_name = _("ปีการประเมิน")
        verbose_name_plural = _("ปีการประเมิน")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class AssessmentItem(models.Model):
    """An item authorities answer; its code changes with the year, its key does not."""

    assessment_year = models.ForeignKey(
        AssessmentYear, models.PROTECT, related_name="items", verbose_name=_("ปีการประเมิน")
    )
    key = models.SlugField(_("คีย์"), max_length=30)
    code = models.CharField(_("รหัส"), max_length=10)
    title = models.CharField(_("ชื่อข้อ"), max_length=300)
    confirmed = models.BooleanField(_("ยืนยันแล้ว"), default=False)

    class Meta:
        verbose_name = _("ข้อการประเมิน")
        verbose_name_plural = _("ข้อการประเมิน")
        ordering = [
            "-assessment_year_id",
            "code",
        ]  # the number itself: the year's own order would turn it round
        constraints = [
            models.UniqueConstraint(fields=["assessment_year", "key"], name="item_key_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title} ({self.assessment_year_id})"


class Indicator(models.Model):
    number = models.PositiveSmallIntegerField(_("ตัวชี้วัดที่"), primary_key=True)
    instrument = models.CharField(
        _("แบบวัด"), max_length=3, choices=[(name, name) for name in ("IIT", "EIT", "OIT")]
    )
    title = models.CharField(_("ชื่อ"), max_length=200)

    class Meta:
        verbose_name = _("ตัวชี้วัด")
        verbose_name_plural = _("ตัวชี้วัด")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@transaction.atomic
def load() -> int:
    """Insert what data/ knows and the database does not; rows an administrator edited stay. Returns rows added."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    added = 0
    for row in data["indicators"]:
        defaults = {"instrument": row["instrument"], "title": row["title"]}
        added += Indicator.objects.get_or_create(number=row["number"], defaults=defaults)[1]
    for row in data["years"]:
        window = row["window"]
        year, new = AssessmentYear.objects.get_or_create(
            year=row["year"],
            defaults={
                "window_start": window["start"],
                "window_end": window["end"],
                "confirmed": window["confirmed"],
            },
        )
        added += new
        for item in row["items"]:
            facts = {name: item[name] for name in ("code", "title", "confirmed")}
            added += year.items.get_or_create(key=item["key"], defaults=facts)[1]
    return added
