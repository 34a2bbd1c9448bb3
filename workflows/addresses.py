"""Where else a published report stands: addresses on the authority's main website, and whether each still answers.

An address posted here is evidence for a later clarification, so its row is written once and hashed with the one before
it. A check is a row too: what was found there, and when.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.immutable import WriteOnce
from ita_core.models import Organisation
from ita_core.tenancy import TenantManager
from memos.frozen import canonical_json
from workflows.published import Publication

LONGEST_ADDRESS = 1_000
FIRST = "0" * 64
"""What the first address of an authority names as the one before it."""


class PostedAddress(WriteOnce):
    """An address at which somebody says to have put a publication's file. ``sequence`` counts within the authority."""

    removable = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="posted_addresses", verbose_name=_("หน่วยงาน")
    )
    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="posted", verbose_name=_("การเผยแพร่")
    )
    url = models.CharField(_("ที่อยู่"), max_length=LONGEST_ADDRESS)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้แจ้ง")
    )
    posted_at = models.DateTimeField(_("แจ้งเมื่อ"))
    sequence = models.PositiveIntegerField(_("ลำดับ"))
    previous = models.CharField(_("แฮชของที่อยู่ก่อนหน้า"), max_length=64)
    hash = models.CharField(_("แฮช"), max_length=64)

    objects = TenantManager()

    class Meta:
        verbose_name = _("ที่อยู่ที่แจ้งไว้")
        verbose_name_plural = _("ที่อยู่ที่แจ้งไว้")
        ordering = ["organisation", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sequence"], name="posted_address_in_order")
        ]

    def __str__(self) -> str:
        return self.url

    def digest(self) -> str:
        """What ``hash`` has to be: SHA-256 of the canonical JSON of every other column."""
        facts = {
            "id": str(self.pk),
            "organisation": self.organisation_id,
            "publication": self.publication_id,
            "url": self.url,
            "posted_by": self.posted_by_id,
            "posted_at": self.posted_at.astimezone(datetime.UTC).isoformat(),
            "sequence": self.sequence,
            "previous": self.previous,
        }
        return hashlib.sha256(canonical_json(facts)).hexdigest()


class AddressCheck(models.Model):
    """What was found at an address; ``address`` is null for the publication's own page here.

    ``seen_url`` is where the file was in the end, ``sha256`` is of what lay there. ``same`` is that it is the
    publication's PDF, byte for byte.
    """

    class Problem(models.TextChoices):
        ADDRESS = "address", _("ที่อยู่นี้เปิดไม่ได้: เขียนไม่ถูกรูปแบบ")
        NAME = "name", _("ไม่พบชื่อเว็บไซต์นี้ในอินเทอร์เน็ต")
        PRIVATE = "private", _("ที่อยู่นี้ชี้ไปยังเครือข่ายภายใน ผู้อื่นเปิดไม่ได้")
        REFUSED = "refused", _("ติดต่อเว็บไซต์ไม่ได้")
        SECURITY = "security", _("ใบรับรองความปลอดภัย (https) ของเว็บไซต์ใช้ไม่ได้")
        SLOW = "slow", _("เว็บไซต์ไม่ตอบภายในเวลาที่กำหนด")
        REDIRECTS = "redirects", _("เว็บไซต์ส่งต่อไปที่อยู่อื่นหลายทอดเกินไป")
        LARGE = "large", _("ไฟล์ใหญ่เกินกำหนด")
        BROKEN = "broken", _("คำตอบของเว็บไซต์อ่านไม่ได้")
        STATUS = "status", _("เว็บไซต์ตอบว่าเปิดหน้านี้ไม่ได้")
        NO_FILE = "no_file", _("เปิดหน้าได้ แต่ในหน้าไม่มีลิงก์ไปยังไฟล์ .pdf")
        OTHER = "other", _("เปิดได้ แต่เป็นไฟล์อื่น ไม่ใช่ไฟล์ที่เผยแพร่")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="address_checks", verbose_name=_("หน่วยงาน")
    )
    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="checks", verbose_name=_("การเผยแพร่")
    )
    address = models.ForeignKey(
        PostedAddress, models.PROTECT, null=True, related_name="checks", verbose_name=_("ที่อยู่ที่แจ้งไว้")
    )
    checked_at = models.DateTimeField(_("ตรวจเมื่อ"))
    reached = models.BooleanField(_("เปิดได้"))
    status = models.PositiveSmallIntegerField(_("รหัสคำตอบ"), null=True)
    sha256 = models.CharField(_("แฮชของไฟล์ที่พบ"), max_length=64, blank=True)
    same = models.BooleanField(_("เป็นไฟล์เดียวกัน"))
    problem = models.CharField(_("เหตุ"), max_length=12, choices=Problem, blank=True)
    seen_url = models.CharField(_("ไฟล์อยู่ที่"), max_length=2 * LONGEST_ADDRESS, blank=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("การตรวจที่อยู่")
        verbose_name_plural = _("การตรวจที่อยู่")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["publication", "address", "-id"], name="check_newest")]
        constraints = [
            models.CheckConstraint(
                name="check_same_has_no_problem",
                condition=models.Q(same=True, reached=True, problem="")
                | models.Q(same=False) & ~models.Q(problem=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.address_id or self.publication_id} {self.checked_at:%Y-%m-%d}"
