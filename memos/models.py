"""The paper: a report's working copy (Report to Activity), and what was issued from it and never changes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_core.immutable import WriteOnce
from ita_core.models import AssessmentItem, Organisation
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

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="template_versions"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    docx = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

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
        return f"{self.kind} {self.number}"


class Report(models.Model):
    """One report of an authority for a fiscal year: the working copy that its drafter edits."""

    class Period(models.TextChoices):
        SIX_MONTHS = "six_months", _("รอบ 6 เดือน")
        TWELVE_MONTHS = "twelve_months", _("รอบ 12 เดือน")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reports", verbose_name=_("หน่วยงาน")
    )
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafted_reports", verbose_name=_("ผู้จัดทำ")
    )
    assessed_year = models.PositiveSmallIntegerField(_("ปีการประเมินที่วิเคราะห์ (พ.ศ.)"))
    fiscal_year = models.PositiveSmallIntegerField(_("ปีงบประมาณที่รายงาน (พ.ศ.)"))
    item = models.ForeignKey(
        AssessmentItem, models.PROTECT, related_name="+", verbose_name=_("ข้อการประเมินที่ยื่น")
    )
    period = models.CharField(_("รอบ"), max_length=20, choices=Period, default=Period.TWELVE_MONTHS)
    title = models.TextField(_("หัวเรื่องของรายงาน"), help_text=_("หนึ่งบรรทัดต่อหนึ่งบรรทัดบนกระดาษ"))
    # Paper's own facts. Closed while it is under consideration; superseded when it no longer stands for its year.
    is_open = models.BooleanField(default=True, editable=False)
    is_current = models.BooleanField(default=True, editable=False)
    is_trial = models.BooleanField(_("รายงานทดลอง"), default=False, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("รายงาน")
        verbose_name_plural = _("รายงาน")
        ordering = ["-fiscal_year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year", "item", "period"],
                condition=Q(is_current=True, is_trial=False),
                name="one_report_per_year_item_period",
                violation_error_message=_("มีรายงานของปีงบประมาณ ข้อ และรอบนี้อยู่แล้ว"),
            )
        ]

    def __str__(self) -> str:
        return " ".join(self.title.split())

    @property
    def filed_year(self) -> int:
        return self.item.assessment_year_id


class Memo(models.Model):
    """The head and body of a report's บันทึกข้อความ. Lists are kept as JSON lists of strings, in order."""

    class Speed(models.TextChoices):
        NORMAL = "", _("ปกติ")
        URGENT = "ด่วน", "ด่วน"
        VERY_URGENT = "ด่วนมาก", "ด่วนมาก"
        MOST_URGENT = "ด่วนที่สุด", "ด่วนที่สุด"

    class Secrecy(models.TextChoices):
        NONE = "", _("ไม่กำหนด")
        SECRET = "ลับ", "ลับ"
        VERY_SECRET = "ลับมาก", "ลับมาก"
        TOP_SECRET = "ลับที่สุด", "ลับที่สุด"

    report = models.OneToOneField(Report, models.CASCADE, related_name="memo")
    office = models.CharField(_("ส่วนราชการ"), max_length=300)
    date = models.DateField(_("วันที่"), null=True, blank=True, help_text=_("เว้นว่างไว้ ระบบจะใช้วันที่เสนอ"))
    subject = models.TextField(_("เรื่อง"))
    recipients = models.JSONField(_("เรียน"), default=list)
    via = models.JSONField(_("ผ่าน"), default=list, blank=True)
    references = models.JSONField(_("อ้างถึง"), default=list, blank=True)
    body = models.TextField(_("เนื้อความ"), help_text=_("หนึ่งบรรทัดคือหนึ่งย่อหน้า ขีดเส้นใต้หัวข้อด้วย __หัวข้อ__"))
    speed = models.CharField(_("ชั้นความเร็ว"), max_length=20, choices=Speed, blank=True, default="")
    secrecy = models.CharField(_("ชั้นความลับ"), max_length=20, choices=Secrecy, blank=True, default="")

    objects = TenantManager()
    organisation_path = "report__organisation"

    def __str__(self) -> str:
        return self.subject


class Ordered(models.Model):
    """A row with a place among its siblings; places are 0, 1, 2, … and need not be without gaps."""

    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class Enclosure(Ordered):
    """One สิ่งที่ส่งมาด้วย of the memo."""

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="enclosures")
    title = models.CharField(_("สิ่งที่ส่งมาด้วย"), max_length=500)
    quantity = models.CharField(_("จำนวน"), max_length=60, blank=True, help_text=_("เช่น 1 ชุด"))
    pages = models.PositiveIntegerField(_("จำนวนหน้า"), null=True, blank=True)

    objects = TenantManager()
    organisation_path = "memo__report__organisation"

    def __str__(self) -> str:
        return self.title


class Section(Ordered):
    """A headed part of the report with one table in one form."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+", verbose_name=_("แบบตาราง"))
    heading = models.TextField(_("หัวข้อ"), blank=True)
    preamble = models.TextField(_("ข้อความนำ"), blank=True)
    closing = models.TextField(_("ข้อความท้าย"), blank=True)

    objects = TenantManager()
    organisation_path = "report__organisation"

    def __str__(self) -> str:
        return self.heading or f"{self.position + 1}"


class Measure(Ordered):
    """A มาตรการ: its measure-level cells span its activities. ``cells`` maps field key to text in lines."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="measures")
    cells = models.JSONField(default=dict)

    objects = TenantManager()
    organisation_path = "section__report__organisation"

    def __str__(self) -> str:
        return str(self.cells.get("measure", ""))[:60]


class Activity(Ordered):
    """A กิจกรรม: one row under its measure. ``cells`` maps field key to text in lines."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="activities")
    cells = models.JSONField(default=dict)

    objects = TenantManager()
    organisation_path = "measure__section__report__organisation"

    def __str__(self) -> str:
        return str(next(iter(self.cells.values()), ""))[:60]


class ContentVersion(WriteOnce):
    """A report's content as it was submitted: canonical JSON (UTF-8) and its SHA-256. See content.py."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="content_versions")
    report = models.ForeignKey(Report, models.PROTECT, related_name="content_versions")
    sha256 = models.CharField(max_length=64)
    canonical = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("เนื้อหาที่เสนอ")
        verbose_name_plural = _("เนื้อหาที่เสนอ")
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="content_once")]

    def __str__(self) -> str:
        return self.sha256[:12]


class StoredFile(WriteOnce):
    """A file of the archive, kept under its organisation and hash; see archive.py."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="stored_files")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ไฟล์ในคลัง")
        verbose_name_plural = _("ไฟล์ในคลัง")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="file_once_per_organisation")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        return f"{self.organisation_id}/{self.sha256}"


class DocumentSet(WriteOnce):
    """The pair that one act produced: the memo with the blocks given so far, and the measure table."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="document_sets")
    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="document_sets")
    memo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    measures = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ชุดเอกสาร")
        verbose_name_plural = _("ชุดเอกสาร")

    def __str__(self) -> str:
        return f"{self.pk}"

    def files(self) -> dict[str, StoredFile]:
        return {"memo": self.memo, "measures": self.measures}
