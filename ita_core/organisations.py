"""The local authorities: their five kinds, their names and the titles that follow from them; the roles of posts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.pictures import validate_picture


class Organisation(models.Model):
    """A local authority (องค์กรปกครองส่วนท้องถิ่น)."""

    class Kind(models.TextChoices):
        SAO = "sao", _("องค์การบริหารส่วนตำบล")
        TAMBON_MUNI = "tambon_muni", _("เทศบาลตำบล")
        TOWN_MUNI = "town_muni", _("เทศบาลเมือง")
        CITY_MUNI = "city_muni", _("เทศบาลนคร")
        PAO = "pao", _("องค์การบริหารส่วนจังหวัด")

    slug = models.SlugField(_("รหัสในที่อยู่เว็บ"), unique=True, max_length=60)
    kind = models.CharField(_("ประเภท"), max_length=20, choices=Kind)
    name = models.CharField(_("ชื่อ (ไม่รวมประเภท)"), max_length=120, help_text=_("เช่น พ่วงพรมคร"))
    district = models.CharField(_("อำเภอ"), max_length=120, blank=True)
    province = models.CharField(_("จังหวัด"), max_length=120)
    number_prefix = models.CharField(
        _("เลขประจำส่วนราชการ"), max_length=40, blank=True, help_text=_("เช่น สฎ 72701")
    )
    garuda = models.BinaryField(
        _("ภาพครุฑ"), null=True, blank=True, editable=True, validators=[validate_picture]
    )
    # Slugs of the forms that a new report begins with, in order; empty: the two of the usual report.
    usual_forms = models.JSONField(_("แบบตารางที่รายงานใหม่เริ่มด้วย"), default=list, blank=True, editable=False)
    escalate_after = models.PositiveSmallIntegerField(
        _("แจ้งผู้ดูแลระบบเมื่อช้ากว่ากำหนด (วันทำการ)"),
        default=3,
        help_text=_("จำนวนวันทำการหลังครบกำหนดของขั้นตอน"),
    )
    # Set by the benchmark's bulk filler alone: its approvals have no acts, and ``verify`` says so.
    is_filler = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("องค์กรปกครองส่วนท้องถิ่น")
        verbose_name_plural = _("องค์กรปกครองส่วนท้องถิ่น")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.full_name

    # Paper carries Thai names whatever the reader's language, so these are not translated.
    FULL = {
        Kind.SAO: "องค์การบริหารส่วนตำบล",
        Kind.TAMBON_MUNI: "เทศบาลตำบล",
        Kind.TOWN_MUNI: "เทศบาลเมือง",
        Kind.CITY_MUNI: "เทศบาลนคร",
        Kind.PAO: "องค์การบริหารส่วนจังหวัด",
    }
    SHORT = {
        Kind.SAO: "อบต.",
        Kind.TAMBON_MUNI: "ทต.",
        Kind.TOWN_MUNI: "ทม.",
        Kind.CITY_MUNI: "ทน.",
        Kind.PAO: "อบจ.",
    }

    @property
    def is_municipality(self) -> bool:
        return self.kind in {self.Kind.TAMBON_MUNI, self.Kind.TOWN_MUNI, self.Kind.CITY_MUNI}

    @property
    def full_name(self) -> str:
        return f"{self.FULL[self.Kind(self.kind)]}{self.name}"

    @property
    def short_name(self) -> str:
        return f"{self.SHORT[self.Kind(self.kind)]}{self.name}"

    @property
    def mayor_title(self) -> str:
        """อบต. and อบจ. say นายก + full name; a municipality drops เทศบาล: นายกเทศมนตรีตำบลX (domain rule)."""
        if self.is_municipality:
            return "นายกเทศมนตรี" + self.full_name.removeprefix("เทศบาล")
        return f"นายก{self.full_name}"

    @property
    def clerk_title(self) -> str:
        return f"ปลัด{self.full_name}"

    @property
    def clerk_office_name(self) -> str:
        return f"สำนักปลัด{'เทศบาล' if self.is_municipality else self.FULL[self.Kind(self.kind)]}"

    def title_for(self, role: str) -> str:
        """The usual title of a role's post here, offered when a post is created."""
        titles = {
            Role.SECTION_HEAD: "หัวหน้าสำนักปลัด",
            Role.CLERK: self.clerk_title,
            Role.DEPUTY_CLERK: f"รอง{self.clerk_title}",
            Role.DEPUTY_MAYOR: f"รอง{self.mayor_title}",
            Role.MAYOR: self.mayor_title,
        }
        return titles.get(Role(role), str(Role(role).label))


class Role(models.TextChoices):
    LEGAL_OFFICER = "legal_officer", _("นิติกร")
    SECTION_HEAD = "section_head", _("หัวหน้าสำนักปลัด")
    CLERK = "clerk", _("ปลัด")
    DEPUTY_CLERK = "deputy_clerk", _("รองปลัด")
    DEPUTY_MAYOR = "deputy_mayor", _("รองนายก")
    MAYOR = "mayor", _("นายก")
    REGISTRAR = "registrar", _("ธุรการ/สารบรรณ")
    OFFICER = "officer", _("เจ้าหน้าที่")
    ORG_ADMIN = "org_admin", _("ผู้ดูแลระบบของหน่วยงาน")
    READER = "reader", _("ผู้อ่าน")


# Posts of which an authority has as many people as it likes; every other post has one holder at a time.
SHARED_ROLES = frozenset({Role.ORG_ADMIN, Role.READER, Role.REGISTRAR, Role.OFFICER})
