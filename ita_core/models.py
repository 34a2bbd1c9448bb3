"""Who is who: people, authorities, offices, posts, and who may act in which post, from when to when."""

from __future__ import annotations

import datetime
from typing import Any, NoReturn

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ita_core import thai
from ita_core.absence import Absence, StandingOrder, StandingRank, away_on
from ita_core.assessment import AssessmentItem, AssessmentYear, Indicator
from ita_core.first_hour import FirstHour, FirstLink, SetupCode
from ita_core.holidays import Holiday
from ita_core.organisations import SHARED_ROLES, Organisation, Role
from ita_core.outbox import Job
from ita_core.pictures import validate_picture
from ita_core.pin import SecondProof
from ita_core.telling_models import Delivery, Notification, TellingPreference
from ita_core.tenancy import TenantManager, TenantQuerySet

__all__ = [
    "Absence",
    "Appointment",
    "AssessmentItem",
    "AssessmentYear",
    "Delivery",
    "FirstHour",
    "FirstLink",
    "Holiday",
    "Indicator",
    "Job",
    "Notification",
    "OrgUnit",
    "Organisation",
    "Post",
    "Role",
    "SecondProof",
    "SetupCode",
    "StandingOrder",
    "StandingRank",
    "TellingPreference",
    "User",
]


class User(AbstractUser):
    """A person. Users with history are deactivated, never deleted: their acts name them."""

    full_name = models.CharField(_("ชื่อ-นามสกุล (พร้อมคำนำหน้า)"), max_length=200)
    signature = models.BinaryField(
        _("ภาพลายมือชื่อ"), null=True, blank=True, editable=True, validators=[validate_picture]
    )

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ผู้ใช้")
        verbose_name_plural = _("ผู้ใช้")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError(_("ลบผู้ใช้ไม่ได้ ให้ปิดการใช้งานแทน เพื่อรักษาประวัติการลงนาม"))


class OrgUnit(models.Model):
    class Kind(models.TextChoices):
        CLERK_OFFICE = "clerk_office", _("สำนักปลัด")
        DIVISION = "division", _("กอง")
        SUBDIVISION = "subdivision", _("ฝ่าย")
        SECTION = "section", _("งาน")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="units", verbose_name=_("หน่วยงาน")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("สังกัด")
    )
    kind = models.CharField(_("ประเภท"), max_length=20, choices=Kind)
    name = models.CharField(_("ชื่อ"), max_length=200)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ส่วนราชการภายใน")
        verbose_name_plural = _("ส่วนราชการภายใน")
        ordering = ["organisation", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "parent", "name"], name="unit_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        _same_organisation(self, "parent")
        ancestor = self.parent
        while ancestor is not None:
            if ancestor.pk == self.pk and self.pk is not None:
                raise ValidationError({"parent": _("ส่วนราชการสังกัดตนเองไม่ได้")})
            ancestor = ancestor.parent


class Post(models.Model):
    """A position (ตำแหน่ง) of an authority; people come and go by appointments."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="posts", verbose_name=_("หน่วยงาน")
    )
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("สังกัด")
    )
    role = models.CharField(_("บทบาท"), max_length=20, choices=Role)
    title = models.CharField(_("ชื่อตำแหน่งที่พิมพ์ใต้ชื่อ"), max_length=200, help_text=_("เช่น นิติกรชำนาญการ"))

    objects = TenantManager()

    class Meta:
        verbose_name = _("ตำแหน่ง")
        verbose_name_plural = _("ตำแหน่ง")
        ordering = ["organisation", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "unit", "title"], name="post_once")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        _same_organisation(self, "unit")


class AppointmentQuerySet(TenantQuerySet["Appointment"]):
    def on(self, day: datetime.date) -> AppointmentQuerySet:
        """Those in force on a day (inclusive, Asia/Bangkok), of people who may still log in.

        Each knows ``is_away``: whether the person is recorded absent that day. He serves the authority, and decides
        nothing. Who was stood down acted that day, and does no longer.
        """
        found: AppointmentQuerySet = self._in_force(day).annotate(absent=away_on(day))
        return found

    def present(self, day: datetime.date) -> AppointmentQuerySet:
        """Those in force whose person is there: who may decide."""
        return self._in_force(day).filter(~away_on(day))

    def _in_force(self, day: datetime.date) -> AppointmentQuerySet:
        rows = self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day, user__is_active=True)
        return rows.filter(stood_down_at__isnull=True) if day >= thai.today() else rows


AppointmentManager = models.Manager.from_queryset(AppointmentQuerySet)


class Appointment(models.Model):
    """Who may act in which post, from when to when (both days inclusive), and by what right."""

    class Capacity(models.TextChoices):
        HOLDER = "holder", _("ดำรงตำแหน่ง")
        ACTING_FOR = "acting_for", _("รักษาราชการแทน")
        DELEGATED = "delegated", _("ปฏิบัติราชการแทน")
        PERFORMING_DUTY_OF = "performing_duty_of", _("ปฏิบัติหน้าที่")
        PROVISIONAL = "provisional", _("รักษาการในตำแหน่ง")

    # The words on paper; the labels above may be translated, these may not.
    PHRASE = {
        Capacity.ACTING_FOR: "รักษาราชการแทน",
        Capacity.DELEGATED: "ปฏิบัติราชการแทน",
        Capacity.PERFORMING_DUTY_OF: "ปฏิบัติหน้าที่",
        Capacity.PROVISIONAL: "รักษาการในตำแหน่ง",
    }

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name=_("ผู้ใช้"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name=_("ตำแหน่ง"))
    capacity = models.CharField(_("ฐานะ"), max_length=20, choices=Capacity, default=Capacity.HOLDER)
    own_title = models.CharField(
        _("ตำแหน่งของผู้ลงนามเอง"), max_length=200, blank=True, help_text=_("จำเป็นเมื่อมิใช่ผู้ดำรงตำแหน่ง เช่น รองปลัด…")
    )
    legal_basis = models.CharField(
        _("คำสั่งหรือฐานอำนาจ"), max_length=300, blank=True, help_text=_("คำสั่งที่…/… ลงวันที่… หรือมาตราของกฎหมาย")
    )
    scope = models.CharField(_("ขอบเขตที่มอบหมาย"), max_length=300, blank=True)
    covers_memos = models.BooleanField(_("ขอบเขตรวมการลงความเห็น/ลงนามบันทึกข้อความ"), default=True)
    starts = models.DateField(_("ตั้งแต่วันที่"))
    ends = models.DateField(_("ถึงวันที่ (รวมวันนั้น)"), null=True, blank=True)
    # Kept from the post's role, because a database constraint cannot look into another table.
    exclusive = models.BooleanField(default=False, editable=False)
    # The scan of the order among the authority's stored files, by its hash: files are the paper's, which is above us.
    scan_sha256 = models.CharField(_("ไฟล์สแกนคำสั่ง"), max_length=64, blank=True, editable=False)
    # Whoever stands in because somebody is away: for which absence, and by which rank of the standing order.
    absence = models.ForeignKey(
        Absence,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="substitutes",
        verbose_name=_("การไม่อยู่"),
    )
    rank = models.ForeignKey(
        StandingRank, models.PROTECT, null=True, editable=False, related_name="appointments",
        verbose_name=_("ลำดับตามคำสั่ง"),
    )  # fmt: skip
    stood_down_at = models.DateTimeField(_("พ้นหน้าที่ระหว่างวันเมื่อ"), null=True, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("ผู้บันทึก")
    )

    objects = AppointmentManager()
    organisation_path = "post__organisation"

    class Meta:
        verbose_name = _("การแต่งตั้ง")
        verbose_name_plural = _("การแต่งตั้ง")
        ordering = ["post", "starts"]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_start",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                violation_error_message=_("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"),
            ),
            models.CheckConstraint(
                name="appointment_acting_states_its_right",
                condition=Q(capacity="holder") | (~Q(own_title="") & ~Q(legal_basis="")),
                violation_error_message=_("ผู้ที่มิใช่ผู้ดำรงตำแหน่งต้องระบุตำแหน่งของตนเองและคำสั่งหรือฐานอำนาจ"),
            ),
            models.CheckConstraint(
                name="appointment_delegation_states_scope",
                condition=~Q(capacity="delegated") | ~Q(scope=""),
                violation_error_message=_("การปฏิบัติราชการแทนต้องระบุขอบเขตที่มอบหมาย"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {' '.join(self.title_lines)}"

    @property
    def is_away(self) -> bool:
        """Of a row that ``on`` found: whether its person is recorded absent that day. Another row says nothing of it."""
        return bool(getattr(self, "absent", False))

    @property
    def title_lines(self) -> tuple[str, ...]:
        """As printed under the name: the post, or own post with the phrase, then the post substituted."""
        if self.capacity == self.Capacity.HOLDER:
            return (self.post.title,)
        return (f"{self.own_title} {self.PHRASE[self.Capacity(self.capacity)]}", self.post.title)

    def in_force(self, day: datetime.date) -> bool:
        return self.user.is_active and self.starts <= day and (self.ends is None or day <= self.ends)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.exclusive = self.capacity == self.Capacity.HOLDER and self.post.role not in SHARED_ROLES
        with transaction.atomic():
            # Serialises two holders being entered at once where the database has no exclusion constraint.
            Post.objects.across_organisations().select_for_update().get(pk=self.post_id)
            self._refuse_second_holder()
            super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.post_id and self.starts is not None:
            self.exclusive = self.capacity == self.Capacity.HOLDER and self.post.role not in SHARED_ROLES
            self._refuse_second_holder()

    def _refuse_second_holder(self) -> None:
        if not self.exclusive:
            return
        others = self.post.appointments.filter(
            Q(ends__isnull=True) | Q(ends__gte=self.starts), exclusive=True
        )
        if self.ends is not None:
            others = others.filter(starts__lte=self.ends)
        other = others.exclude(pk=self.pk).select_related("user").first()
        if other is not None:
            raise ValidationError(
                _("ตำแหน่ง%(post)sมี%(name)sดำรงอยู่แล้วในช่วงวันดังกล่าว") % {"post": self.post, "name": other.user}
            )


def _same_organisation(row: Any, field: str) -> None:
    """A row and what it points to belong to one authority; raises ValidationError on the field."""
    other = getattr(row, field)
    if other is not None and other.organisation_id != row.organisation_id:
        raise ValidationError({field: _("ข้อมูลนี้เป็นของหน่วยงานอื่น")})
