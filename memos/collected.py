"""What offices are asked to fill in of a draft, and what they filled in: rows of the table, by unit.

A row of the table is named ``activity-12`` or ``measure-12`` as everywhere, not by a foreign key: one that is deleted
and brought back is the same row again, and what was said of it stays with it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.immutable import NeverRewritten
from ita_core.models import Organisation, OrgUnit
from ita_core.tenancy import TenantManager
from memos.kept import StoredFile

LONGEST_LINK = 500
"""Characters: an index of PostgreSQL takes no more, each of them three bytes long."""


class Collection(models.Model):
    """One unit's part of one report: by when, and who asked."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="collections", db_index=False, verbose_name=_("หน่วยงาน")
    )
    report = models.ForeignKey(
        "memos.Report", models.CASCADE, related_name="collections", verbose_name=_("รายงาน")
    )
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="collections", verbose_name=_("กองหรือส่วนราชการ")
    )
    due_on = models.DateField(_("ส่งภายในวันที่"), null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้ขอข้อมูล")
    )
    asked_at = models.DateTimeField(_("ขอเมื่อ"))

    objects = TenantManager()

    class Meta:
        verbose_name = _("การรวบรวมผลจากกอง")
        verbose_name_plural = _("การรวบรวมผลจากกอง")
        constraints = [models.UniqueConstraint(fields=["report", "unit"], name="one_collection_of_a_unit")]
        indexes = [models.Index(fields=["organisation", "unit"], name="collection_of_unit")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.unit_id}"


class CollectedRow(models.Model):
    """A row that a unit fills. ``draft`` is what stands in its boxes now (collecting_words.Words as JSON).

    ``turn`` counts what was written, so that two people of one unit do not write over each other.
    """

    class Standing(models.TextChoices):
        WAITING = "waiting", _("รอกรอก")
        SENT = "sent", _("ส่งแล้ว รอรับ")
        HANDED_BACK = "handed_back", _("ส่งคืนให้แก้ไข")
        ACCEPTED = "accepted", _("รับแล้ว")

    report = models.ForeignKey(
        "memos.Report",
        models.CASCADE,
        related_name="collected_rows",
        db_index=False,
        verbose_name=_("รายงาน"),
    )
    collection = models.ForeignKey(
        Collection, models.CASCADE, related_name="rows", verbose_name=_("การรวบรวมผลจากกอง")
    )
    row = models.CharField(_("แถว"), max_length=40)
    standing = models.CharField(_("สถานะ"), max_length=20, choices=Standing, default=Standing.WAITING)
    draft = models.JSONField(_("ข้อความที่กรอก"), default=dict)
    turn = models.PositiveIntegerField(_("ครั้งที่"), default=0)
    reason = models.TextField(_("เหตุผลที่ส่งคืน"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ผู้กรอกล่าสุด")
    )
    written_at = models.DateTimeField(_("กรอกเมื่อ"), null=True)

    objects = TenantManager()
    organisation_path = "report__organisation"

    class Meta:
        verbose_name = _("แถวที่ขอให้กรอก")
        verbose_name_plural = _("แถวที่ขอให้กรอก")
        constraints = [models.UniqueConstraint(fields=["report", "row"], name="one_unit_fills_a_row")]

    def __str__(self) -> str:
        return f"{self.row} ({self.standing})"

    @property
    def is_the_units(self) -> bool:
        """The unit has to do something, and may write."""
        return self.standing in (self.Standing.WAITING, self.Standing.HANDED_BACK)


class CollectedFile(models.Model):
    """A file that a unit gave as evidence of a row. One that was taken out again stays as long as its report does."""

    report = models.ForeignKey(
        "memos.Report", models.CASCADE, related_name="collected_files", verbose_name=_("รายงาน")
    )
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("กองหรือส่วนราชการ"))
    row = models.CharField(_("แถว"), max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("ไฟล์"))
    name = models.CharField(_("ชื่อไฟล์"), max_length=200)
    ending = models.CharField(_("ชนิด"), max_length=10)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้แนบ")
    )
    added_at = models.DateTimeField(_("แนบเมื่อ"), auto_now_add=True)
    removed_at = models.DateTimeField(_("นำออกเมื่อ"), null=True)

    objects = TenantManager()
    organisation_path = "report__organisation"

    class Meta:
        verbose_name = _("ไฟล์หลักฐานจากกอง")
        verbose_name_plural = _("ไฟล์หลักฐานจากกอง")

    def __str__(self) -> str:
        return self.name


class CollectedLink(models.Model):
    """An address that a unit gave as evidence, and whether anybody can open it; the worker looks."""

    class Reach(models.TextChoices):
        UNKNOWN = "", _("กำลังตรวจ")
        REACHED = "reached", _("เปิดได้")
        UNREACHED = "unreached", _("เปิดไม่ได้")

    report = models.ForeignKey(
        "memos.Report",
        models.CASCADE,
        related_name="collected_links",
        db_index=False,
        verbose_name=_("รายงาน"),
    )
    url = models.CharField(_("ที่อยู่"), max_length=LONGEST_LINK)
    reach = models.CharField(_("ผลการตรวจ"), max_length=10, choices=Reach, blank=True, default="")
    problem = models.CharField(_("เหตุขัดข้อง"), max_length=300, blank=True)
    checked_at = models.DateTimeField(_("ตรวจเมื่อ"), null=True)

    objects = TenantManager()
    organisation_path = "report__organisation"

    class Meta:
        verbose_name = _("ลิงก์หลักฐานจากกอง")
        verbose_name_plural = _("ลิงก์หลักฐานจากกอง")
        constraints = [models.UniqueConstraint(fields=["report", "url"], name="collected_link_once")]

    def __str__(self) -> str:
        return self.url


class CollectedEntry(NeverRewritten):
    """Who did what with a row, in order: every version of its words with its writer. Goes with its report alone."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _("มอบให้กรอก")
        SAVED = "saved", _("บันทึกร่าง")
        SENT = "sent", _("ส่งผล")
        HANDED_BACK = "handed_back", _("ส่งคืนให้แก้ไข")
        ACCEPTED = "accepted", _("รับผลลงตาราง")
        TAKEN = "taken", _("นำแถวกลับ")

    report = models.ForeignKey(
        "memos.Report", models.CASCADE, related_name="collected_entries", verbose_name=_("รายงาน")
    )
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("กองหรือส่วนราชการ"))
    row = models.CharField(_("แถว"), max_length=40)
    kind = models.CharField(_("การกระทำ"), max_length=20, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้กระทำ")
    )
    at = models.DateTimeField(_("เมื่อ"))
    content = models.JSONField(_("ข้อความ"), default=dict)
    reason = models.TextField(_("เหตุผล"), blank=True)

    objects = TenantManager()
    organisation_path = "report__organisation"

    class Meta:
        verbose_name = _("บันทึกการรวบรวมผล")
        verbose_name_plural = _("บันทึกการรวบรวมผล")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.row}: {self.kind}"


class MainWebsite(models.Model):
    """The host of the authority's main website, where assessors look; evidence elsewhere is pointed out."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="main_website", verbose_name=_("หน่วยงาน")
    )
    host = models.CharField(_("เว็บไซต์หลัก"), max_length=253)

    objects = TenantManager()

    class Meta:
        verbose_name = _("เว็บไซต์หลักของหน่วยงาน")
        verbose_name_plural = _("เว็บไซต์หลักของหน่วยงาน")

    def __str__(self) -> str:
        return self.host
