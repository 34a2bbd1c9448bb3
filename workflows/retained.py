"""How long an authority keeps its signed reports: its classes, and what holds of each report."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_core.models import Organisation
from ita_core.tenancy import TenantManager


class RetentionClass(models.Model):
    """A class of ita_core/data/retention.json, or as the authority changed it. ``years`` is null for ever."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="retention_classes", verbose_name=_("หน่วยงาน")
    )
    key = models.SlugField(_("รหัส"), max_length=30)
    title = models.CharField(_("ชื่อ"), max_length=120)
    years = models.PositiveSmallIntegerField(_("จำนวนปี"), null=True)
    source = models.CharField(_("ที่มา"), max_length=300)
    is_default = models.BooleanField(_("ใช้กับเรื่องที่ลงนามใหม่"), default=False)

    objects = TenantManager()

    class Meta:
        verbose_name = _("อายุการเก็บ")
        verbose_name_plural = _("อายุการเก็บ")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="retention_class_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_default=True), name="one_default_retention"
            ),
            models.CheckConstraint(name="kept_ten_years", condition=Q(years__isnull=True) | Q(years__gte=10)),
        ]

    def __str__(self) -> str:
        return self.title


class Retention(models.Model):
    """Of a signed report: its class and the last day on which it must be kept (null for ever), and whether it is held.

    Changed by acts alone (retention.py), which say the same.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("หน่วยงาน")
    )
    approval = models.OneToOneField(
        "workflows.Approval", models.PROTECT, related_name="retention", verbose_name=_("การพิจารณา")
    )
    kept_as = models.ForeignKey(RetentionClass, models.PROTECT, related_name="+", verbose_name=_("อายุการเก็บ"))
    until = models.DateField(_("เก็บถึงวันที่"), null=True)
    is_held = models.BooleanField(_("ระงับการทำลาย"), default=False)

    objects = TenantManager()

    class Meta:
        verbose_name = _("อายุการเก็บของเรื่อง")
        verbose_name_plural = _("อายุการเก็บของเรื่อง")
        indexes = [models.Index(fields=["organisation", "until"], name="kept_until")]

    def __str__(self) -> str:
        return f"{self.approval_id}: {self.until or '–'}"
