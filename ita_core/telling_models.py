"""What a person is told: the notice itself, its way out by each channel, and how the person wants to be told."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ita_core.organisations import Organisation
from ita_core.tenancy import TenantManager


class NoticeKind(models.TextChoices):
    """What a notice is about, as far as a person may choose how to be told of it."""

    TURN = "turn", _("ถึงคิวของท่าน")
    RETURNED = "returned", _("เรื่องถูกส่งคืน ไม่อนุมัติ หรือถอน")
    TOLD = "told", _("ความคืบหน้าและเรื่องที่แจ้งให้ทราบ")
    DEADLINE = "deadline", _("กำหนดเวลา")
    COLLECTING = "collecting", _("การกรอกผลการดำเนินการ")


class ChannelName(models.TextChoices):
    MAIL = "mail", _("อีเมล")
    LINE = "line", "LINE"


class Notification(models.Model):
    """One thing that one person is told, once for ever: the truth of which messages are copies.

    Title and text are Thai as they stand, whatever language somebody's pages have. A disposal empties both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("หน่วยงาน")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ผู้ใช้")
    )
    kind = models.CharField(_("ชนิด"), max_length=20, choices=NoticeKind)
    key = models.CharField(_("กุญแจ"), max_length=200)
    title = models.CharField(_("เรื่อง"), max_length=300)
    text = models.TextField(_("ข้อความ"), blank=True)
    path = models.CharField(_("หน้าที่เปิด"), max_length=300)
    # Number of the report that the path leads to; this room knows no reports.
    report = models.BigIntegerField(null=True, editable=False)
    made_at = models.DateTimeField(_("แจ้งเมื่อ"))
    read_at = models.DateTimeField(_("อ่านเมื่อ"), null=True)
    # What it asked for is done or no longer asked for.
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = TenantManager()

    class Meta:
        verbose_name = _("การแจ้งเตือน")
        verbose_name_plural = _("การแจ้งเตือน")
        constraints = [models.UniqueConstraint(fields=["organisation", "user", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "organisation", "-made_at"], name="notice_of_person"),
            models.Index(
                fields=["user", "organisation"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(fields=["organisation", "report"], name="notice_of_report"),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """A notice on its way through a channel. Its number is the message's own at every attempt.

    Waiting until one of ``sent_at``, ``given_up_at``, ``dropped_at`` is set. ``tried_at`` is written before each attempt and
    ``sent_at`` after it: who is killed in between leaves a row that goes out again under the same number. Those of a
    digest go with their ``leader``, which is one of them, as one message under its number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="deliveries", verbose_name=_("การแจ้งเตือน")
    )
    channel = models.CharField(_("ช่องทาง"), max_length=10, choices=ChannelName)
    due_at = models.DateTimeField(_("ส่งได้ตั้งแต่"))
    # Waits for the day's one message, or for quiet hours to end: it need not go out when it is settled by then.
    is_daily = models.BooleanField(_("รวมส่งวันละครั้ง"), default=False)
    is_held = models.BooleanField(_("พักไว้ก่อน"), default=False)
    leader = models.ForeignKey("self", models.CASCADE, null=True, related_name="followers")
    attempts = models.PositiveSmallIntegerField(_("จำนวนครั้งที่ส่ง"), default=0)
    tried_at = models.DateTimeField(_("ส่งครั้งล่าสุดเมื่อ"), null=True)
    sent_at = models.DateTimeField(_("ถึงผู้ให้บริการเมื่อ"), null=True)
    given_up_at = models.DateTimeField(_("เลิกส่งเมื่อ"), null=True)
    dropped_at = models.DateTimeField(_("ไม่ต้องส่งแล้วเมื่อ"), null=True)
    problem = models.CharField(_("เหตุขัดข้องล่าสุด"), max_length=300, blank=True)

    objects = TenantManager()
    organisation_path = "notification__organisation"

    class Meta:
        verbose_name = _("การส่งข้อความ")
        verbose_name_plural = _("การส่งข้อความ")
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.sent_at is None and self.given_up_at is None and self.dropped_at is None


def every_kind() -> list[str]:
    return [str(kind) for kind in NoticeKind.values]


class TellingPreference(models.Model):
    """How a person wants to be told, in every authority he serves. Who has no row has the defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("ผู้ใช้")
    )
    by_mail = models.JSONField(_("แจ้งทางอีเมล"), default=every_kind)
    by_line = models.JSONField(_("แจ้งทาง LINE"), default=every_kind)
    mail_daily = models.BooleanField(_("รวมอีเมลเป็นฉบับเดียวต่อวัน"), default=False)
    line_daily = models.BooleanField(_("รวมข้อความ LINE เป็นข้อความเดียวต่อวัน"), default=False)
    quiet_from = models.TimeField(_("เริ่มงดส่ง"), default=datetime.time(20))
    quiet_until = models.TimeField(_("ส่งได้อีกครั้ง"), default=datetime.time(7))
    line_id = models.CharField(_("รหัสผู้ใช้ LINE"), max_length=33, blank=True)
    # The code that was sent there last; the address counts when the person has read it there.
    line_code = models.CharField(max_length=10, blank=True, editable=False)
    line_code_at = models.DateTimeField(null=True, editable=False)
    line_code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    line_checked_at = models.DateTimeField(_("ยืนยัน LINE เมื่อ"), null=True, editable=False)

    class Meta:
        verbose_name = _("วิธีแจ้งเตือน")
        verbose_name_plural = _("วิธีแจ้งเตือน")

    def __str__(self) -> str:
        return str(self.user_id)

    def wants(self, channel: str, kind: str) -> bool:
        return kind in (self.by_mail if channel == ChannelName.MAIL else self.by_line)

    def is_daily(self, channel: str) -> bool:
        return self.mail_daily if channel == ChannelName.MAIL else self.line_daily
