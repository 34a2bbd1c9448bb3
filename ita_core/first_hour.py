"""The first hour of an installation and of an authority: the code that lets in, what was settled, who was handed a link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.organisations import Organisation
from ita_core.tenancy import TenantManager


class SetupCode(models.Model):
    """Lets one person become the first administrator. The code itself is kept nowhere, only its SHA-256."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("รหัสติดตั้ง")
        verbose_name_plural = _("รหัสติดตั้ง")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class FirstHour(models.Model):
    """How far an authority's setting up has come, where its own rows do not show it.

    ``settled``: the steps whose answer may be to leave everything as it is; the others are read off the data.
    """

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="first_hour", verbose_name=_("หน่วยงาน")
    )
    settled = models.JSONField(_("ขั้นที่ตกลงแล้ว"), default=list, blank=True)
    begun_at = models.DateTimeField(_("เริ่มเมื่อ"), auto_now_add=True)
    # Somebody said that the list of what is left need not be shown any more.
    closed_at = models.DateTimeField(_("ปิดรายการเมื่อ"), null=True, blank=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("การตั้งค่าครั้งแรก")
        verbose_name_plural = _("การตั้งค่าครั้งแรก")

    def __str__(self) -> str:
        return str(self.organisation)


class FirstLink(models.Model):
    """A person was handed a link to set the first password. The link is kept nowhere; a new one ends the old one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="first_link", verbose_name=_("ผู้ใช้")
    )
    made_at = models.DateTimeField(_("ออกลิงก์เมื่อ"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ผู้ออกลิงก์")
    )

    class Meta:
        verbose_name = _("ลิงก์ตั้งรหัสผ่านครั้งแรก")
        verbose_name_plural = _("ลิงก์ตั้งรหัสผ่านครั้งแรก")

    def __str__(self) -> str:
        return str(self.user)
