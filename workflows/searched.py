"""What the archive is searched by: one row for each report that was submitted. It can always be made again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.models import Organisation
from ita_core.tenancy import TenantManager
from ita_core.trigrams import Folded
from workflows.states import State


class SearchText(Folded):
    """The words of a report as submitted last, those of its acts, and its number; written in the act's transaction.

    ``text`` has a line for each line of the report and ``folded`` is the same folded, both with Arabic digits.
    ``running`` is the number without its prefix. Trial reports have no row: they are nobody's records.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("หน่วยงาน")
    )
    approval = models.OneToOneField(
        "workflows.Approval", models.CASCADE, related_name="+", verbose_name=_("การพิจารณา")
    )
    state = models.CharField(_("สถานะ"), max_length=30, choices=State)
    fiscal_year = models.PositiveSmallIntegerField(_("ปีงบประมาณ"))
    number = models.CharField(_("เลขทะเบียน"), max_length=120, blank=True)
    running = models.PositiveIntegerField(_("เลขลำดับ"), null=True)
    text = models.TextField(_("ข้อความ"))

    objects = TenantManager()

    class Meta:
        verbose_name = _("ข้อความสำหรับค้นของรายงาน")
        verbose_name_plural = _("ข้อความสำหรับค้นของรายงาน")
        indexes = [
            models.Index(fields=["organisation", "-fiscal_year", "-approval"], name="searched_in_order"),
            models.Index(
                fields=["organisation", "state", "-fiscal_year", "-approval"], name="searched_by_state"
            ),
            models.Index(fields=["organisation", "running"], name="searched_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.approval_id}: {self.text[:60]}"
