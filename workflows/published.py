"""What an authority made public of its signed reports, each at an address that never changes; and what is being prepared.

An address is authority, fiscal year and ``slug``: the assessment item's key, which stays when its code changes with the
year, and ``-6m`` for the report of six months. A correction is published at the same address as its next version; the
versions before it stay at theirs.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.immutable import WriteOnce
from ita_core.models import Organisation
from ita_core.tenancy import TenantManager
from memos.models import StoredFile


class PublicDraft(models.Model):
    """The public copy of a signed report before it is published: what is masked in it, and the PDF that the worker made.

    ``act`` issued the set that it is made of. ``choices`` is by finding of the gate: ``{"masked": bool, "reason": str}``.
    ``data`` is what the site shows and ``pdf`` the same on paper; null until the worker has made it.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="public_drafts", verbose_name=_("หน่วยงาน")
    )
    approval = models.OneToOneField(
        "workflows.Approval", models.PROTECT, related_name="public_draft", verbose_name=_("การพิจารณา")
    )
    act = models.ForeignKey("workflows.Act", models.PROTECT, related_name="+", verbose_name=_("การกระทำ"))
    choices = models.JSONField(_("ข้อมูลที่ปิดบังหรือคงไว้"), default=dict)
    data = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("ข้อมูลสาธารณะ")
    )
    pdf = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("สำเนาสาธารณะ")
    )
    revision = models.PositiveIntegerField(_("แก้ไขครั้งที่"), default=0)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้เตรียม")
    )
    prepared_at = models.DateTimeField(_("เตรียมเมื่อ"), auto_now=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("สำเนาสาธารณะที่เตรียมไว้")
        verbose_name_plural = _("สำเนาสาธารณะที่เตรียมไว้")

    def __str__(self) -> str:
        return f"{self.approval_id}"


class Publication(WriteOnce):
    """One version at an address, published by its act; the act's reason carries what this row says (publishing.py)."""

    removable = True

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="publications", verbose_name=_("หน่วยงาน")
    )
    act = models.OneToOneField(
        "workflows.Act", models.PROTECT, related_name="publication", verbose_name=_("การกระทำ")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("ปีงบประมาณ (พ.ศ.)"))
    slug = models.SlugField(_("ที่อยู่ของข้อ"), max_length=40)
    version = models.PositiveSmallIntegerField(_("ฉบับที่"))
    data = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("ข้อมูลสาธารณะ"))
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("สำเนาสาธารณะ"))
    choices = models.JSONField(_("ข้อมูลที่ปิดบังหรือคงไว้"), default=dict)
    published_at = models.DateTimeField(_("เผยแพร่เมื่อ"))

    objects = TenantManager()

    class Meta:
        verbose_name = _("การเผยแพร่")
        verbose_name_plural = _("การเผยแพร่")
        ordering = ["-fiscal_year", "slug", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year", "slug", "version"], name="publication_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}/{self.slug}/{self.version}"
