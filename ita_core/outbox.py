"""Work that must happen after a transaction: a row written in it, claimed by a worker, done at least once.

The row is the truth and the queue: ``want`` writes it where the work is wanted, so that neither is there without the
other. ``manage.py worker`` claims rows for a time (a lease); what a killed worker leaves behind is claimed again.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work. ``kind`` names its handler, ``key`` is unique within a kind, ``payload`` is plain JSON."""

    kind = models.SlugField(_("ชนิด"), max_length=40)
    key = models.CharField(_("กุญแจ"), max_length=200)
    payload = models.JSONField(_("ข้อมูล"), default=dict)
    wanted_at = models.DateTimeField(_("สั่งเมื่อ"), auto_now_add=True)
    not_before = models.DateTimeField(_("ไม่ก่อน"))
    leased_until = models.DateTimeField(_("มีผู้ทำอยู่จนถึง"), null=True)
    leased_by = models.CharField(_("ผู้ทำ"), max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(_("จำนวนครั้งที่ทำ"), default=0)
    done_at = models.DateTimeField(_("เสร็จเมื่อ"), null=True)
    given_up_at = models.DateTimeField(_("เลิกทำเมื่อ"), null=True)
    problem = models.CharField(_("เหตุขัดข้องล่าสุด"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("งานเบื้องหลัง")
        verbose_name_plural = _("งานเบื้องหลัง")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="job_once")]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
                name="job_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
