"""The paper: a report's working copy, from Report to Activity. What never changes stands in kept.py."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_core.models import AssessmentItem, Organisation
from ita_core.tenancy import TenantManager
from memos.collected import (
    CollectedEntry,
    CollectedFile,
    CollectedLink,
    CollectedRow,
    Collection,
    MainWebsite,
)
from memos.kept import ContentVersion, DocumentSet, FinalFile, FormVersion, StoredFile, TemplateVersion
from memos.passing import (
    CoDrafter,
    ImportDraft,
    Presence,
    RemovedRow,
    Rendering,
    SilencedCheck,
    TemplateDraft,
)
from memos.registers import Register, RegisterEntry

__all__ = [
    "Activity",
    "CoDrafter",
    "CollectedEntry",
    "CollectedFile",
    "CollectedLink",
    "CollectedRow",
    "Collection",
    "ContentVersion",
    "DocumentSet",
    "Enclosure",
    "FinalFile",
    "FormVersion",
    "ImportDraft",
    "MainWebsite",
    "Measure",
    "Memo",
    "Presence",
    "Register",
    "RegisterEntry",
    "RemovedRow",
    "Rendering",
    "Report",
    "Section",
    "SilencedCheck",
    "StoredFile",
    "TemplateDraft",
    "TemplateVersion",
]


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
    cover = models.TextField(
        _("หน้าปก"),
        blank=True,
        help_text=_("หนึ่งบรรทัดต่อหนึ่งบรรทัดบนปก บรรทัดว่างคั่นหัวเรื่องกับชื่อหน่วยงาน เว้นว่างไว้เมื่อไม่มีปก"),
    )
    # Paper's own facts. Closed while it is under consideration; superseded when it no longer stands for its year.
    is_open = models.BooleanField(_("ยังแก้ไขได้"), default=True, editable=False)
    is_current = models.BooleanField(_("ใช้เป็นรายงานของปี"), default=True, editable=False)
    is_trial = models.BooleanField(_("รายงานทดลอง"), default=False, editable=False)
    revision = models.PositiveIntegerField(_("แก้ไขครั้งที่"), default=0, editable=False)
    copied_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        editable=False,
        verbose_name=_("คัดลอกจาก"),
    )
    # A signed report that this one corrects: it stands until this one is signed. Its year, item and period are this one's.
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        editable=False,
        verbose_name=_("แก้ไขจากฉบับ"),
    )
    # Withdrawn or refused: what it corrected may be corrected by another one.
    is_given_up = models.BooleanField(_("เลิกจัดทำแล้ว"), default=False, editable=False)
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)
    updated_at = models.DateTimeField(_("แก้ไขล่าสุดเมื่อ"), auto_now=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("รายงาน")
        verbose_name_plural = _("รายงาน")
        ordering = ["-fiscal_year", "-id"]
        indexes = [
            models.Index(fields=["organisation", "drafter", "-id"], name="report_of_drafter"),
            models.Index(
                fields=["organisation", "fiscal_year", "drafter"],
                condition=Q(is_trial=False),
                name="report_real",
            ),
            models.Index(
                fields=["organisation", "drafter"], condition=Q(is_open=True), name="report_being_written"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year", "item", "period"],
                condition=Q(is_current=True, is_trial=False),
                name="one_report_per_year_item_period",
                violation_error_message=_("มีรายงานของปีงบประมาณ ข้อ และรอบนี้อยู่แล้ว"),
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(is_given_up=False, corrects__isnull=False),
                name="one_correction_of_a_report",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(self.title.split())

    @property
    def filed_year(self) -> int:
        return self.item.assessment_year_id


class Written(models.Model):
    """What other editors ask about: the report's revision that wrote it last, and by whose hand."""

    revision = models.PositiveIntegerField(_("แก้ไขครั้งที่"), default=0, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("ผู้แก้ไขล่าสุด"),
    )

    class Meta:
        abstract = True


class Memo(Written):
    """The head and body of a report's บันทึกข้อความ. Lists are kept as JSON lists of strings, in order."""

    class Speed(models.TextChoices):
        NORMAL = "", _("ปกติ")
        URGENT = "ด่วน", _("ด่วน")
        VERY_URGENT = "ด่วนมาก", _("ด่วนมาก")
        MOST_URGENT = "ด่วนที่สุด", _("ด่วนที่สุด")

    class Secrecy(models.TextChoices):
        NONE = "", _("ไม่กำหนด")
        SECRET = "ลับ", _("ลับ")
        VERY_SECRET = "ลับมาก", _("ลับมาก")
        TOP_SECRET = "ลับที่สุด", _("ลับที่สุด")

    report = models.OneToOneField(Report, models.CASCADE, related_name="memo", verbose_name=_("รายงาน"))
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

    class Meta:
        verbose_name = _("บันทึกข้อความ")
        verbose_name_plural = _("บันทึกข้อความ")

    def __str__(self) -> str:
        return self.subject


class Ordered(Written):
    """A row with a place among its siblings; places are 0, 1, 2, … and need not be without gaps."""

    position = models.PositiveIntegerField(_("ลำดับ"), default=0)

    class Meta(Written.Meta):
        abstract = True
        ordering = ["position", "id"]


class Enclosure(Ordered):
    """One สิ่งที่ส่งมาด้วย of the memo."""

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="enclosures", verbose_name=_("บันทึกข้อความ"))
    title = models.CharField(_("สิ่งที่ส่งมาด้วย"), max_length=500)
    quantity = models.CharField(_("จำนวน"), max_length=60, blank=True, help_text=_("เช่น 1 ชุด"))
    pages = models.PositiveIntegerField(_("จำนวนหน้า"), null=True, blank=True)

    objects = TenantManager()
    organisation_path = "memo__report__organisation"

    class Meta(Ordered.Meta):
        verbose_name = _("สิ่งที่ส่งมาด้วย")
        verbose_name_plural = _("สิ่งที่ส่งมาด้วย")

    def __str__(self) -> str:
        return self.title


class Section(Ordered):
    """A headed part of the report with one table in one form.

    A group (``6.1 ด้าน IIT`` of sample 001) is a part under the last one before it that is none: headed, with a table
    of its own, on the same page. What has groups may have an empty table, which paper then leaves out.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections", verbose_name=_("รายงาน"))
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+", verbose_name=_("แบบตาราง"))
    is_group = models.BooleanField(_("เป็นกลุ่มย่อยของส่วนก่อนหน้า"), default=False)
    heading = models.TextField(_("หัวข้อ"), blank=True)
    preamble = models.TextField(_("ข้อความนำ"), blank=True)
    closing = models.TextField(_("ข้อความท้าย"), blank=True)

    objects = TenantManager()
    organisation_path = "report__organisation"

    class Meta(Ordered.Meta):
        verbose_name = _("ส่วนของรายงาน")
        verbose_name_plural = _("ส่วนของรายงาน")

    def __str__(self) -> str:
        return self.heading or f"{self.position + 1}"


class Measure(Ordered):
    """A มาตรการ: its measure-level cells span its activities. ``cells`` maps field key to text in lines."""

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="measures", verbose_name=_("ส่วนของรายงาน")
    )
    cells = models.JSONField(_("ข้อความในช่อง"), default=dict)

    objects = TenantManager()
    organisation_path = "section__report__organisation"

    class Meta(Ordered.Meta):
        verbose_name = _("มาตรการ")
        verbose_name_plural = _("มาตรการ")

    def __str__(self) -> str:
        return str(self.cells.get("measure", ""))[:60]


class Activity(Ordered):
    """A กิจกรรม: one row under its measure. ``cells`` maps field key to text in lines."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="activities", verbose_name=_("มาตรการ"))
    cells = models.JSONField(_("ข้อความในช่อง"), default=dict)

    objects = TenantManager()
    organisation_path = "measure__section__report__organisation"

    class Meta(Ordered.Meta):
        verbose_name = _("กิจกรรม")
        verbose_name_plural = _("กิจกรรม")

    def __str__(self) -> str:
        return str(next(iter(self.cells.values()), ""))[:60]
