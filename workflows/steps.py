"""The steps: an authority's route as it is now, and each round's snapshot of it with its turn and its deadline."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_core.models import Organisation, Post
from ita_core.tenancy import TenantManager
from workflows.states import REACHABLE, State

LONGEST_TURN = 60  # working days


class StepFields(models.Model):
    """What a step of a route is; the live route and a round's snapshot share it."""

    position = models.PositiveSmallIntegerField(_("ลำดับ"))
    heading = models.CharField(_("หัวข้อบนบันทึก"), max_length=200, help_text=_("เช่น ความเห็นของปลัด"))
    addresses = models.CharField(
        _("คำขึ้นต้นความเห็น"), max_length=200, blank=True, help_text=_("เช่น เรียน ปลัดองค์การบริหารส่วนตำบล")
    )
    reaches = models.CharField(
        _("สถานะที่ไปถึง"),
        max_length=30,
        blank=True,
        choices=[(state.value, state.label) for state in REACHABLE],
        help_text=_("เว้นว่างสำหรับขั้นที่ไม่เปลี่ยนสถานะ เช่น สารบรรณตรวจก่อนเสนอ"),
    )

    working_days = models.PositiveSmallIntegerField(
        _("กำหนดเวลา (วันทำการ)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_TURN)],
        help_text=_("นับจากวันถัดจากวันที่เรื่องมาถึง เว้นว่างไว้เมื่อไม่กำหนด"),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.heading

    @property
    def is_final(self) -> bool:
        return self.reaches == State.MAYOR_SIGNED


class RouteStep(StepFields):
    """One step of an authority's route; the set of them is checked when saved (route.py)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="route", verbose_name=_("หน่วยงาน")
    )
    posts = models.ManyToManyField(Post, related_name="+", verbose_name=_("ตำแหน่งที่พิจารณาได้"))

    objects = TenantManager()

    class Meta:
        verbose_name = _("ขั้นตอนการเสนอ")
        verbose_name_plural = _("ขั้นตอนการเสนอ")
        ordering = ["organisation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "position"], name="route_position_once")
        ]


class ApprovalStep(StepFields):
    """A step of one round, copied from the route at submit; later edits of the route do not touch it.

    Waiting between ``opened_at`` and ``closed_at``. ``act`` is the act that decided or skipped it; a step closed
    without one was ended by a recall, a withdrawal or a return.
    """

    # The approval's own, kept here too: what waits in one authority is then found by one index, in order.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("หน่วยงาน")
    )
    approval = models.ForeignKey(
        "Approval", models.CASCADE, related_name="steps", verbose_name=_("การพิจารณา")
    )
    round = models.PositiveSmallIntegerField(_("รอบที่"))
    posts = models.ManyToManyField(Post, related_name="+", verbose_name=_("ตำแหน่งที่พิจารณาได้"))
    # The last of its working days, set when it opens (deadlines.py); and the day on which reminders last looked at it.
    due_on = models.DateField(_("กำหนดแล้วเสร็จ"), null=True)
    looked_on = models.DateField(null=True, editable=False)
    skip_reason = models.TextField(_("เหตุผลที่ข้าม"), blank=True)
    opened_at = models.DateTimeField(_("เริ่มรอเมื่อ"), null=True)
    closed_at = models.DateTimeField(_("สิ้นสุดเมื่อ"), null=True)
    act = models.OneToOneField("Act", models.PROTECT, null=True, related_name="+", verbose_name=_("การกระทำ"))

    objects = TenantManager()

    class Meta:
        verbose_name = _("ขั้นตอนของเรื่อง")
        verbose_name_plural = _("ขั้นตอนของเรื่อง")
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["approval", "round", "position"], name="step_position_once")
        ]
        indexes = [
            models.Index(
                fields=["organisation", "opened_at"],
                condition=Q(opened_at__isnull=False, closed_at__isnull=True),
                name="step_waiting",
            ),
            models.Index(
                fields=["due_on"],
                condition=Q(closed_at__isnull=True, due_on__isnull=False),
                name="step_due",
            ),
        ]
