"""What is kept and never changes: forms and Word templates by version, and what was issued from a report."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_core.immutable import WriteOnce
from ita_core.models import Organisation
from ita_core.tenancy import TenantManager
from memos.forms_data import validate_columns


class FormVersion(WriteOnce):
    """A table form: its columns in order. Without an organisation it ships with the system."""

    class Orientation(models.TextChoices):
        LANDSCAPE = "landscape", _("แนวนอน")
        PORTRAIT = "portrait", _("แนวตั้ง")

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="form_versions",
        verbose_name=_("หน่วยงาน"),
    )
    slug = models.SlugField(_("รหัสแบบ"), max_length=60)
    number = models.PositiveIntegerField(_("รุ่นที่"))
    title = models.CharField(_("ชื่อแบบ"), max_length=200)
    orientation = models.CharField(
        _("แนวกระดาษ"), max_length=10, choices=Orientation, default=Orientation.LANDSCAPE
    )
    columns = models.JSONField(_("คอลัมน์"), validators=[validate_columns])
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    class Meta:
        verbose_name = _("แบบตาราง")
        verbose_name_plural = _("แบบตาราง")
        ordering = ["slug", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug", "number"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["slug", "number"], condition=Q(organisation=None), name="shipped_form_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.slug}/{self.number})"


class TemplateVersion(WriteOnce):
    """A Word template as it was uploaded or shipped. Without an organisation it ships with the system."""

    class Kind(models.TextChoices):
        MEMO = "memo", _("บันทึกข้อความ")
        MEASURES = "measures", _("ตารางมาตรการ")
        SUMMARY = "summary", _("สรุปหนึ่งหน้า")

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="template_versions",
        verbose_name=_("หน่วยงาน"),
    )
    kind = models.CharField(_("ชนิด"), max_length=10, choices=Kind)
    number = models.PositiveIntegerField(_("รุ่นที่"))
    sha256 = models.CharField(_("แฮช SHA-256"), max_length=64)
    docx = models.BinaryField(_("ไฟล์ Word"))
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    class Meta:
        verbose_name = _("แม่แบบ Word")
        verbose_name_plural = _("แม่แบบ Word")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "number"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=Q(organisation=None),
                name="shipped_template_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class ContentVersion(WriteOnce):
    """A report's content as it was submitted: canonical JSON (UTF-8) and its SHA-256. See content.py."""

    removable = True

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="content_versions", verbose_name=_("หน่วยงาน")
    )
    report = models.ForeignKey(
        "memos.Report", models.PROTECT, related_name="content_versions", verbose_name=_("รายงาน")
    )
    sha256 = models.CharField(_("แฮช SHA-256"), max_length=64)
    canonical = models.BinaryField(_("เนื้อหาที่คำนวณแฮช"))
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("เนื้อหาที่เสนอ")
        verbose_name_plural = _("เนื้อหาที่เสนอ")
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="content_once")]

    def __str__(self) -> str:
        return self.sha256[:12]


class StoredFile(WriteOnce):
    """A file of the archive, kept under its organisation and hash; see archive.py."""

    removable = True

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="stored_files", verbose_name=_("หน่วยงาน")
    )
    sha256 = models.CharField(_("แฮช SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("ขนาด (ไบต์)"))
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ไฟล์ในคลัง")
        verbose_name_plural = _("ไฟล์ในคลัง")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="file_once_per_organisation")
        ]
        # Whoever drops a file asks for it without knowing the authority.
        indexes = [models.Index(fields=["sha256"], name="file_by_hash")]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        return f"{self.organisation_id}/{self.sha256}"


class DocumentSet(WriteOnce):
    """The pair that one act produced: the memo with the blocks given so far, and the measure table."""

    removable = True

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="document_sets", verbose_name=_("หน่วยงาน")
    )
    content = models.ForeignKey(
        ContentVersion, models.PROTECT, related_name="document_sets", verbose_name=_("เนื้อหาที่เสนอ")
    )
    memo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("บันทึกข้อความ"))
    measures = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("ตารางมาตรการ"))
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ชุดเอกสาร")
        verbose_name_plural = _("ชุดเอกสาร")

    def __str__(self) -> str:
        return f"{self.pk}"

    def files(self) -> dict[str, StoredFile]:
        return {"memo": self.memo, "measures": self.measures}


class FinalFile(WriteOnce):
    """The sealed PDF of a signed report's set; see sealing/. A set has one; a later set of the report has its own.

    ``evidence`` is what the evidence page and the sealed file say (sealing/evidence.py), ``certificate_sha256`` the
    hash of the certificate (DER) whose key sealed it.
    """

    removable = True

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="final_files", verbose_name=_("หน่วยงาน")
    )
    document_set = models.OneToOneField(
        DocumentSet, models.PROTECT, related_name="final_file", verbose_name=_("ชุดเอกสาร")
    )
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("ไฟล์ PDF"))
    evidence = models.JSONField(_("หลักฐาน"))
    certificate_sha256 = models.CharField(_("แฮชของใบรับรอง"), max_length=64)
    sealed_at = models.DateTimeField(_("ประทับตราเมื่อ"))

    objects = TenantManager()

    class Meta:
        verbose_name = _("ไฟล์ฉบับสมบูรณ์")
        verbose_name_plural = _("ไฟล์ฉบับสมบูรณ์")

    def __str__(self) -> str:
        return f"{self.pk}"
