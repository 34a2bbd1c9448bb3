"""What comes and goes beside the paper: uploads that wait for a decision, pages made of Word files, rules not wanted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.models import Organisation
from ita_core.tenancy import TenantManager
from memos.kept import TemplateVersion


class TemplateDraft(models.Model):
    """A Word template as it was uploaded, checked and waiting to be accepted as the authority's next version."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="template_drafts", verbose_name=_("หน่วยงาน")
    )
    kind = models.CharField(_("ชนิด"), max_length=10, choices=TemplateVersion.Kind)
    file_name = models.CharField(_("ชื่อไฟล์"), max_length=200)
    sha256 = models.CharField(_("แฮช SHA-256"), max_length=64)
    docx = models.BinaryField(_("ไฟล์ Word"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้ส่งไฟล์")
    )
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("แม่แบบที่รอรับ")
        verbose_name_plural = _("แม่แบบที่รอรับ")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_template_draft_of_a_kind")
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportDraft(models.Model):
    """Tables read from a file or pasted, before they are rows: what was found and how its headings are to be taken.

    ``tables`` is what the reader found (memos/importing), ``mapping`` what the officer chose; both are plain JSON.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="import_drafts", verbose_name=_("หน่วยงาน")
    )
    report = models.ForeignKey(
        "memos.Report", models.CASCADE, related_name="import_drafts", verbose_name=_("รายงาน")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้นำเข้า")
    )
    source = models.CharField(_("ที่มา"), max_length=200)
    tables = models.JSONField(_("ตารางที่อ่านได้"))
    mapping = models.JSONField(_("การจับคู่คอลัมน์"), default=dict)
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("การนำเข้าที่ค้างอยู่")
        verbose_name_plural = _("การนำเข้าที่ค้างอยู่")

    def __str__(self) -> str:
        return self.source


class Rendering(models.Model):
    """The pages of one Word file as pictures, made by the worker and kept by the file's hash.

    ``pages`` is None until they are there; ``problem`` says why there will be none. They can always be made again.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="renderings", verbose_name=_("หน่วยงาน")
    )
    sha256 = models.CharField(_("แฮชของไฟล์ Word"), max_length=64)
    pages = models.PositiveSmallIntegerField(_("จำนวนหน้า"), null=True)
    problem = models.CharField(_("เหตุขัดข้อง"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ภาพหน้าเอกสาร")
        verbose_name_plural = _("ภาพหน้าเอกสาร")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="one_rendering_of_a_file")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class SilencedCheck(models.Model):
    """A rule of checks that an authority does not want to hear of; only advice can be silenced."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="silenced_checks", verbose_name=_("หน่วยงาน")
    )
    rule = models.SlugField(_("กฎ"), max_length=60)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ข้อตรวจที่ปิดไว้")
        verbose_name_plural = _("ข้อตรวจที่ปิดไว้")
        constraints = [models.UniqueConstraint(fields=["organisation", "rule"], name="silenced_once")]

    def __str__(self) -> str:
        return self.rule


class CoDrafter(models.Model):
    """Who writes along with the drafter while the report is open; submitting stays the drafter's."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="co_drafters", db_index=False, verbose_name=_("หน่วยงาน")
    )
    report = models.ForeignKey(
        "memos.Report", models.CASCADE, related_name="co_drafters", verbose_name=_("รายงาน")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("ผู้ร่วมจัดทำ")
    )
    added_at = models.DateTimeField(_("เพิ่มเมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ผู้ร่วมจัดทำ")
        verbose_name_plural = _("ผู้ร่วมจัดทำ")
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="co_drafter_once")]
        indexes = [models.Index(fields=["organisation", "user"], name="co_drafter_of")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.user_id}"


class Presence(models.Model):
    """Where somebody has an editor's page open, by window; not shown soon after the window is silent.

    ``turn`` numbers what the window asked to be saved and ``told`` is the answer to that turn: a window that heard no
    answer asks again, and must not add its row twice.
    """

    report = models.ForeignKey(
        "memos.Report", models.CASCADE, related_name="presences", verbose_name=_("รายงาน")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("ผู้แก้ไข")
    )
    window = models.CharField(_("หน้าต่าง"), max_length=40)
    place = models.CharField(_("ตำแหน่ง"), max_length=120, blank=True)
    turn = models.PositiveIntegerField(_("ครั้งที่"), default=0)
    told = models.JSONField(_("คำตอบครั้งล่าสุด"), default=dict)
    seen_at = models.DateTimeField(_("เห็นล่าสุดเมื่อ"))

    objects = TenantManager()
    organisation_path = "report__organisation"

    class Meta:
        verbose_name = _("ผู้ที่เปิดแก้ไขอยู่")
        verbose_name_plural = _("ผู้ที่เปิดแก้ไขอยู่")
        constraints = [models.UniqueConstraint(fields=["report", "window"], name="one_presence_a_window")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.user_id}"


class RemovedRow(models.Model):
    """A row that was deleted while a draft was written, with its number: brought back it is the same row.

    ``content`` is what memos/removed.py makes of it; ``row`` is ``measure-12``, as rows are named everywhere.
    """

    report = models.ForeignKey(
        "memos.Report", models.CASCADE, related_name="removed_rows", verbose_name=_("รายงาน")
    )
    row = models.CharField(_("แถว"), max_length=40)
    content = models.JSONField(_("ข้อความในแถว"))
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้ลบ")
    )
    removed_at = models.DateTimeField(_("ลบเมื่อ"), auto_now_add=True)

    objects = TenantManager()
    organisation_path = "report__organisation"

    class Meta:
        verbose_name = _("แถวที่ลบ")
        verbose_name_plural = _("แถวที่ลบ")
        constraints = [models.UniqueConstraint(fields=["report", "row"], name="one_removed_row")]

    def __str__(self) -> str:
        return self.row
