"""The office's books of numbers: registers, and what stands under each number of a year.

A number is never given twice and its line never removed: a void one keeps its place and says why. The line is a fact
beside the report's state; that a report has it is told by an act (workflows/numbering.py).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ita_core.immutable import NeverRemoved
from ita_core.models import Organisation, OrgUnit
from ita_core.tenancy import TenantManager

TEXT_LIMIT = 120
"""Characters of a number as printed, its prefix included; an act's column holds as many."""
PREFIX_LIMIT = 60
LARGEST = 9_999_999
"""No book of a year comes near it; it keeps a typed number within the database's integers."""


class Register(models.Model):
    """A book of numbers: of one office, or of the whole authority when it names none."""

    class Kind(models.TextChoices):
        MEMO = "memo", _("ทะเบียนคุมบันทึกข้อความ")
        OUTGOING = "outgoing", _("ทะเบียนหนังสือส่ง")

    class Numbering(models.TextChoices):
        BOOK = "book", _("พิมพ์เลขที่ได้จากสมุดทะเบียนของสำนักงาน")
        HERE = "here", _("ระบบออกเลขให้ตามลำดับ")

    class Year(models.TextChoices):
        CALENDAR = "calendar", _("ปีปฏิทิน (เริ่ม ๑ มกราคม)")
        FISCAL = "fiscal", _("ปีงบประมาณ (เริ่ม ๑ ตุลาคม)")

    class Moment(models.TextChoices):
        BEFORE = "before", _("ก่อนลงนาม")
        AFTER = "after", _("หลังลงนาม")
        EITHER = "either", _("ก่อนหรือหลังลงนามก็ได้")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="registers", verbose_name=_("หน่วยงาน")
    )
    kind = models.CharField(_("ชนิดทะเบียน"), max_length=10, choices=Kind, default=Kind.MEMO)
    office = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่วนราชการ")
    )
    prefix = models.CharField(_("เลขประจำส่วนราชการที่พิมพ์หน้าเลข"), max_length=PREFIX_LIMIT, blank=True)
    numbering = models.CharField(_("วิธีออกเลข"), max_length=10, choices=Numbering, default=Numbering.BOOK)
    year = models.CharField(_("เริ่มเลข ๑ ใหม่ทุก"), max_length=10, choices=Year, default=Year.CALENDAR)
    moment = models.CharField(_("ออกเลขรายงานเมื่อใด"), max_length=10, choices=Moment, default=Moment.EITHER)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ทะเบียน")
        verbose_name_plural = _("ทะเบียน")
        ordering = ["organisation", "kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "office"],
                name="one_register_per_office",
                violation_error_message=_("ส่วนราชการนี้มีทะเบียนชนิดนี้แล้ว"),
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(office=None),
                name="one_register_of_the_authority",
                violation_error_message=_("หน่วยงานมีทะเบียนกลางชนิดนี้แล้ว"),
            ),
        ]

    def __str__(self) -> str:
        name = str(self.get_kind_display())
        return f"{name} {self.office.name}" if self.office is not None else name

    @property
    def allocates(self) -> bool:
        return self.numbering == self.Numbering.HERE


class RegisterEntry(NeverRemoved):
    """One line: a number of a register's year (BE), and what stands under it.

    ``text`` is the number as printed, ``dated`` the day of the paper (the reservation's while nothing has the number);
    ``is_allocated``: the number was given here and not read from a book, so that the one below it must be there.
    """

    class Standing(models.TextChoices):
        RESERVED = "reserved", pgettext_lazy("number", "จองไว้")
        USED = "used", pgettext_lazy("number", "ใช้แล้ว")
        VOID = "void", pgettext_lazy("number", "ยกเลิก")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="register_entries", verbose_name=_("หน่วยงาน")
    )
    register = models.ForeignKey(
        Register, models.PROTECT, related_name="entries", db_index=False, verbose_name=_("ทะเบียน")
    )
    year = models.PositiveSmallIntegerField(_("ปี (พ.ศ.)"))
    number = models.PositiveIntegerField(_("เลขทะเบียน"))
    text = models.CharField(_("ที่"), max_length=TEXT_LIMIT)
    standing = models.CharField(_("สถานะของเลข"), max_length=10, choices=Standing)
    is_allocated = models.BooleanField(_("ระบบออกเลขให้"), default=False)
    report = models.ForeignKey(
        "memos.Report",
        models.PROTECT,
        null=True,
        related_name="register_entries",
        verbose_name=_("รายงาน"),
    )
    dated = models.DateField(_("ลงวันที่"))
    sender = models.CharField(_("จาก"), max_length=300, blank=True)
    recipient = models.TextField(_("ถึง"), blank=True)
    subject = models.TextField(_("เรื่อง"), blank=True)
    action = models.TextField(_("การปฏิบัติ"), blank=True)
    note = models.TextField(_("หมายเหตุ"), blank=True)
    reason = models.TextField(_("เหตุผล"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้บันทึก")
    )
    created_at = models.DateTimeField(_("บันทึกเมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("เลขในทะเบียน")
        verbose_name_plural = _("เลขในทะเบียน")
        ordering = ["register", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["register", "year", "number"], name="number_once"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(standing="used"), name="one_number_in_use_per_report"
            ),
            models.CheckConstraint(
                name="entry_reserved_or_void_says_why", condition=Q(standing="used") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.text
