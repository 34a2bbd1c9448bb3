"""Lists of reports to be destroyed: drawn up by a committee of three, answered by the National Archives, approved by the head.

What is written until the approval can be changed; the approval freezes the whole list as ``Disposal``, and names each row
that goes in ``DisposedRow``: the triggers of ita_core/immutable.py let exactly these rows go.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.immutable import NamesDisposed, NeverRemoved, WriteOnce
from ita_core.models import Organisation
from ita_core.tenancy import TenantManager
from memos.models import StoredFile


class DisposalList(NeverRemoved):
    """A บัญชีหนังสือขอทำลาย, numbered within its calendar year (BE)."""

    class Standing(models.TextChoices):
        OPEN = "open", _("กำลังพิจารณา")
        APPROVED = "approved", _("อนุมัติและทำลายแล้ว")
        DROPPED = "dropped", _("ยกเลิก")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="disposal_lists", verbose_name=_("หน่วยงาน")
    )
    year = models.PositiveSmallIntegerField(_("ปี (พ.ศ.)"))
    number = models.PositiveIntegerField(_("เลขที่บัญชี"))
    standing = models.CharField(_("สถานะ"), max_length=10, choices=Standing, default=Standing.OPEN)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้จัดทำบัญชี")
    )
    drawn_at = models.DateTimeField(_("จัดทำเมื่อ"), auto_now_add=True)
    # What the National Archives answered; empty until somebody noted it.
    archives_number = models.CharField(_("เลขที่หนังสือของหอจดหมายเหตุแห่งชาติ"), max_length=120, blank=True)
    archives_date = models.DateField(_("ลงวันที่"), null=True)
    archives_scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("ภาพสแกนหนังสือตอบ")
    )
    archives_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ผู้บันทึกคำตอบ")
    )
    dropped_reason = models.TextField(_("เหตุผลที่ยกเลิก"), blank=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("บัญชีหนังสือขอทำลาย")
        verbose_name_plural = _("บัญชีหนังสือขอทำลาย")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="disposal_list_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class DisposalMember(models.Model):
    """One of the committee's three; the first is its chair."""

    list = models.ForeignKey(
        DisposalList, models.CASCADE, related_name="members", verbose_name=_("บัญชีหนังสือขอทำลาย")
    )
    position = models.PositiveSmallIntegerField(_("ลำดับ"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("กรรมการ")
    )
    title = models.CharField(_("ตำแหน่ง"), max_length=300)
    said_at = models.DateTimeField(_("ลงความเห็นเมื่อ"), null=True)

    objects = TenantManager()
    organisation_path = "list__organisation"

    class Meta:
        verbose_name = _("กรรมการทำลายหนังสือ")
        verbose_name_plural = _("กรรมการทำลายหนังสือ")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["list", "position"], name="committee_place_once"),
            models.UniqueConstraint(fields=["list", "user"], name="committee_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.user_id}"


class DisposalLine(models.Model):
    """One report of a list. ``archives_keep``: the National Archives ask to keep it."""

    list = models.ForeignKey(
        DisposalList, models.CASCADE, related_name="lines", verbose_name=_("บัญชีหนังสือขอทำลาย")
    )
    position = models.PositiveIntegerField(_("ลำดับที่"))
    approval = models.ForeignKey(
        "workflows.Approval", models.PROTECT, related_name="disposal_lines", verbose_name=_("การพิจารณา")
    )
    archives_keep = models.BooleanField(_("หอจดหมายเหตุแห่งชาติขอสงวนไว้"), default=False)

    objects = TenantManager()
    organisation_path = "list__organisation"

    class Meta:
        verbose_name = _("รายการขอทำลาย")
        verbose_name_plural = _("รายการขอทำลาย")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["list", "position"], name="disposal_line_place_once"),
            models.UniqueConstraint(fields=["list", "approval"], name="disposal_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.approval_id}"


class DisposalOpinion(models.Model):
    """What a member of the committee says of a line: destroy, or keep and why."""

    line = models.ForeignKey(
        DisposalLine, models.CASCADE, related_name="opinions", verbose_name=_("รายการขอทำลาย")
    )
    member = models.ForeignKey(
        DisposalMember, models.CASCADE, related_name="opinions", verbose_name=_("กรรมการ")
    )
    keep = models.BooleanField(_("เห็นควรเก็บไว้"))
    reason = models.TextField(_("เหตุผล"), blank=True)

    objects = TenantManager()
    organisation_path = "line__list__organisation"

    class Meta:
        verbose_name = _("ความเห็นของกรรมการ")
        verbose_name_plural = _("ความเห็นของกรรมการ")
        constraints = [models.UniqueConstraint(fields=["line", "member"], name="one_opinion_of_a_line")]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.keep}"


class Disposal(WriteOnce):
    """A list as the head approved it: canonical JSON (UTF-8) and its SHA-256, which every act of destruction carries."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="disposals", verbose_name=_("หน่วยงาน")
    )
    list = models.OneToOneField(
        DisposalList, models.PROTECT, related_name="disposal", verbose_name=_("บัญชีหนังสือขอทำลาย")
    )
    sha256 = models.CharField(_("แฮช SHA-256"), max_length=64)
    canonical = models.BinaryField(_("บัญชีที่อนุมัติ"))
    created_at = models.DateTimeField(_("อนุมัติเมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("การทำลายตามบัญชี")
        verbose_name_plural = _("การทำลายตามบัญชี")

    def __str__(self) -> str:
        return self.sha256[:12]


class DisposedRow(NamesDisposed):
    """A row that a signed disposal removed, or emptied; ``sha256`` is that of a file, by which it is still recognised,

    or of a posted address, which the next one names.
    """

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="rows", verbose_name=_("การทำลาย"))
    approval = models.ForeignKey(
        "workflows.Approval", models.PROTECT, related_name="disposed_rows", verbose_name=_("การพิจารณา")
    )
    sha256 = models.CharField(_("แฮช SHA-256"), max_length=64, blank=True, db_index=True)

    objects = TenantManager()
    organisation_path = "disposal__organisation"

    class Meta:
        verbose_name = _("แถวที่ทำลาย")
        verbose_name_plural = _("แถวที่ทำลาย")
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="disposed_row_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
