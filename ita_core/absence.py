"""Who is away, from when to when, and who stands in by a standing, ranked order (คำสั่งรักษาราชการแทนตามลำดับ).

The order and the absence are two records: the order says who may, the absence says that he now does. What follows from
both are appointments with days of their own (``Appointment.absence``), so nothing has to run for them to begin or end.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ita_core.organisations import Organisation
from ita_core.tenancy import TenantManager


class Absence(models.Model):
    """A person who does not act in his authority for some days, both inclusive; ``ends`` may be open.

    ``ended_on`` is the first day on which he is back before that; the same as ``starts`` when it never took effect.
    """

    class Kind(models.TextChoices):
        LEAVE = "leave", _("ลา")
        DUTY = "duty", _("ไปราชการ")
        OTHER = "other", _("อื่น ๆ")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="absences", verbose_name=_("หน่วยงาน")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name=_("ผู้ไม่อยู่")
    )
    kind = models.CharField(_("เหตุที่ไม่อยู่"), max_length=10, choices=Kind)
    note = models.CharField(_("หมายเหตุ"), max_length=200, blank=True)
    starts = models.DateField(_("ตั้งแต่วันที่"))
    ends = models.DateField(_("ถึงวันที่ (รวมวันนั้น)"), null=True, blank=True)
    ended_on = models.DateField(_("กลับมาก่อนกำหนดวันที่"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้บันทึก")
    )
    recorded_at = models.DateTimeField(_("บันทึกเมื่อ"), auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ผู้บันทึกการกลับ")
    )

    objects = TenantManager()

    class Meta:
        verbose_name = _("การไม่อยู่")
        verbose_name_plural = _("การไม่อยู่")
        ordering = ["-starts", "-pk"]
        indexes = [models.Index(fields=["user", "organisation", "starts"])]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_start",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                violation_error_message=_("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"),
            ),
            models.CheckConstraint(
                name="absence_ended_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_kind_display()}"

    @property
    def last(self) -> datetime.date | None:
        """The last day away as it came to be; the day before ``starts`` when it never took effect, None while open."""
        if self.ended_on is None:
            return self.ends
        back = self.ended_on - datetime.timedelta(days=1)
        return back if self.ends is None else min(self.ends, back)


def away_on(day: datetime.date) -> Exists:
    """For a query on appointments: whether its person is recorded absent from the post's authority that day."""
    return Exists(
        Absence.objects.filter(
            Q(ends__isnull=True) | Q(ends__gte=day),
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            user=OuterRef("user"),
            organisation=OuterRef("post__organisation"),
            starts__lte=day,
        )
    )


class StandingOrder(models.Model):
    """Who acts for a post whenever its holder is absent, in order; takes effect by an absence alone."""

    post = models.ForeignKey(
        "ita_core.Post", models.PROTECT, related_name="standing_orders", verbose_name=_("ตำแหน่ง")
    )
    legal_basis = models.CharField(_("คำสั่งหรือฐานอำนาจ"), max_length=300)
    scope = models.CharField(_("ขอบเขตที่มอบหมาย"), max_length=300, blank=True)
    covers_memos = models.BooleanField(_("ขอบเขตรวมการลงความเห็น/ลงนามบันทึกข้อความ"), default=True)
    starts = models.DateField(_("ตั้งแต่วันที่"))
    ends = models.DateField(_("ถึงวันที่ (รวมวันนั้น)"), null=True, blank=True)
    scan_sha256 = models.CharField(_("ไฟล์สแกนคำสั่ง"), max_length=64, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้บันทึก")
    )
    recorded_at = models.DateTimeField(_("บันทึกเมื่อ"), auto_now_add=True)

    objects = TenantManager()
    organisation_path = "post__organisation"

    class Meta:
        verbose_name = _("คำสั่งรักษาราชการแทนตามลำดับ")
        verbose_name_plural = _("คำสั่งรักษาราชการแทนตามลำดับ")
        ordering = ["post", "starts"]
        constraints = [
            models.CheckConstraint(
                name="standing_order_ends_after_start",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                violation_error_message=_("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} – {self.legal_basis}"


class StandingRank(models.Model):
    """One of the order's persons; the first who is not away himself acts."""

    order = models.ForeignKey(
        StandingOrder, models.CASCADE, related_name="ranks", verbose_name=_("คำสั่งรักษาราชการแทนตามลำดับ")
    )
    rank = models.PositiveSmallIntegerField(_("ลำดับที่"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้รักษาราชการแทน")
    )
    own_title = models.CharField(_("ตำแหน่งของผู้ลงนามเอง"), max_length=200)
    # The words are Appointment.Capacity's, which is made after this module.
    capacity = models.CharField(_("ฐานะ"), max_length=20, default="acting_for")

    objects = TenantManager()
    organisation_path = "order__post__organisation"

    class Meta:
        verbose_name = _("ลำดับของผู้รักษาราชการแทน")
        verbose_name_plural = _("ลำดับของผู้รักษาราชการแทน")
        ordering = ["order", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["order", "rank"], name="standing_rank_once"),
            models.UniqueConstraint(fields=["order", "user"], name="standing_rank_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.user}"
