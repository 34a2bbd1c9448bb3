"""The heads of the chains of acts: the one being written at, and those that were made public day by day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.immutable import WriteOnce
from ita_core.models import Organisation
from ita_core.tenancy import TenantManager


class ChainHead(models.Model):
    """The last act of an organisation's chain; locked while the next one is written."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="chain_head", verbose_name=_("หน่วยงาน")
    )
    sequence = models.PositiveBigIntegerField(_("ลำดับล่าสุด"), default=0)
    hash = models.CharField(_("แฮชล่าสุด"), max_length=64, default="0" * 64)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ปลายสายโซ่ของการกระทำ")
        verbose_name_plural = _("ปลายสายโซ่ของการกระทำ")

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.sequence}"


class PublishedHead(WriteOnce):
    """The head as it was published on a day (Asia/Bangkok): whoever kept it can tell a chain that lost its end."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="published_heads", verbose_name=_("หน่วยงาน")
    )
    day = models.DateField(_("วันที่เผยแพร่"))
    sequence = models.PositiveBigIntegerField(_("ลำดับ"))
    hash = models.CharField(_("แฮช"), max_length=64)
    published_at = models.DateTimeField(_("เผยแพร่เมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ปลายสายโซ่ที่เผยแพร่")
        verbose_name_plural = _("ปลายสายโซ่ที่เผยแพร่")
        ordering = ["organisation", "day"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "day"], name="one_published_head_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.day}: {self.sequence}"
