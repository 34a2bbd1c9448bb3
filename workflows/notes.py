"""What is said beside the decision itself: remarks pinned to words, views of colleagues, decisions prepared, orders.

Written by actions.py only, like the state (a person's last look aside); the acts carry what must not change.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_core.models import Organisation
from ita_core.tenancy import TenantManager
from memos.models import ContentVersion


class Comment(models.Model):
    """A remark of a send-back, pinned to a cell, a heading or a paragraph.

    ``place`` is where the words stood in the content that was sent back (workflows/pinning.py reads and makes it);
    ``row_level`` and ``row_id`` name the row of the working copy, so that the remark goes along when it is moved.
    ``label`` and ``quote`` keep what was meant when the row is gone.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("หน่วยงาน")
    )
    approval = models.ForeignKey(
        "workflows.Approval", models.CASCADE, related_name="comments", verbose_name=_("การพิจารณา")
    )
    act = models.ForeignKey(
        "workflows.Act", models.PROTECT, related_name="comments", verbose_name=_("การส่งคืน")
    )
    place = models.CharField(_("ตำแหน่งในเนื้อหา"), max_length=120)
    row_level = models.CharField(_("ระดับของแถว"), max_length=20, blank=True)
    row_id = models.PositiveBigIntegerField(_("แถว"), null=True)
    label = models.CharField(_("ชื่อตำแหน่ง"), max_length=300)
    quote = models.TextField(_("ข้อความขณะนั้น"), blank=True)
    text = models.TextField(_("ข้อสังเกต"))
    answer = models.TextField(_("คำชี้แจง"), blank=True)
    resolved_at = models.DateTimeField(_("แก้ไขแล้วเมื่อ"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ผู้แก้ไข")
    )

    objects = TenantManager()

    class Meta:
        verbose_name = _("ข้อสังเกต")
        verbose_name_plural = _("ข้อสังเกต")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.label}: {self.text[:60]}"


class View(models.Model):
    """A colleague's view that the officer of a step asked for (ขอความเห็น); the step waits for nobody but its officer.

    Open until it is answered, or until the step is closed without it.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("หน่วยงาน")
    )
    approval = models.ForeignKey(
        "workflows.Approval", models.CASCADE, related_name="views", verbose_name=_("การพิจารณา")
    )
    step = models.ForeignKey(
        "workflows.ApprovalStep", models.CASCADE, related_name="views", verbose_name=_("ขั้นตอน")
    )
    asked = models.OneToOneField(
        "workflows.Act", models.PROTECT, related_name="+", verbose_name=_("การขอความเห็น")
    )
    of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้ถูกขอความเห็น")
    )
    question = models.TextField(_("ประเด็นที่ขอ"))
    given = models.OneToOneField(
        "workflows.Act", models.PROTECT, null=True, related_name="+", verbose_name=_("การให้ความเห็น")
    )
    closed_at = models.DateTimeField(_("สิ้นสุดเมื่อ"), null=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ความเห็นที่ขอ")
        verbose_name_plural = _("ความเห็นที่ขอ")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["organisation", "of"], condition=Q(closed_at__isnull=True), name="view_open")
        ]

    def __str__(self) -> str:
        return self.question[:60]


class Preparation(models.Model):
    """A decision that somebody prepared for the officer of a step (เตรียมเสนอ): his form is filled, he decides himself."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("หน่วยงาน")
    )
    step = models.OneToOneField(
        "workflows.ApprovalStep", models.CASCADE, related_name="preparation", verbose_name=_("ขั้นตอน")
    )
    act = models.OneToOneField(
        "workflows.Act", models.PROTECT, related_name="+", verbose_name=_("การเตรียมเสนอ")
    )
    decision = models.CharField(_("การพิจารณา"), max_length=20)
    stance = models.CharField(_("ความเห็นต่อเรื่อง"), max_length=10, blank=True)
    opinion = models.TextField(_("ความเห็น"), blank=True)
    reason = models.TextField(_("เหตุผล"), blank=True)
    note = models.TextField(_("ข้อความถึงผู้พิจารณา"), blank=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("การเตรียมเสนอ")
        verbose_name_plural = _("การเตรียมเสนอ")

    def __str__(self) -> str:
        return self.opinion[:60]


class Look(models.Model):
    """The content that a person saw last, and the other one before it: what changed is told against that."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("หน่วยงาน")
    )
    approval = models.ForeignKey(
        "workflows.Approval", models.CASCADE, related_name="looks", verbose_name=_("การพิจารณา")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("ผู้อ่าน")
    )
    content = models.ForeignKey(
        ContentVersion, models.PROTECT, related_name="+", verbose_name=_("เนื้อหาที่อ่านล่าสุด")
    )
    before = models.ForeignKey(
        ContentVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("เนื้อหาที่อ่านก่อนหน้า")
    )
    at = models.DateTimeField(_("เมื่อ"), auto_now=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("การอ่านล่าสุด")
        verbose_name_plural = _("การอ่านล่าสุด")
        constraints = [models.UniqueConstraint(fields=["approval", "user"], name="one_last_look")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.approval_id}"


class Errand(models.Model):
    """What follows the signature: a report assigned or circulated to a person, open until he acknowledges it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("หน่วยงาน")
    )
    approval = models.ForeignKey(
        "workflows.Approval", models.CASCADE, related_name="errands", verbose_name=_("การพิจารณา")
    )
    act = models.ForeignKey(
        "workflows.Act", models.PROTECT, related_name="errands", verbose_name=_("การสั่งหรือการเวียน")
    )
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้รับ"))
    # One act each, by a constraint that leaves out what is open: an index of all would lead through every open errand.
    acknowledged = models.ForeignKey(
        "workflows.Act",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("การรับทราบ"),
    )

    objects = TenantManager()

    class Meta:
        verbose_name = _("งานที่มอบหรือเวียน")
        verbose_name_plural = _("งานที่มอบหรือเวียน")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["act", "to"], name="one_errand_each"),
            models.UniqueConstraint(
                fields=["acknowledged"],
                condition=Q(acknowledged__isnull=False),
                name="errand_acknowledged_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "to"], condition=Q(acknowledged__isnull=True), name="errand_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.act_id}: {self.to_id}"
