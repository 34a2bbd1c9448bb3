"""The process: an authority's route, an approval's state, the steps of its rounds, and the acts that moved it."""

from __future__ import annotations

import uuid
from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition
from viewflow.workflow.models import Process

from ita_core.immutable import WriteOnce
from ita_core.models import Appointment, Organisation, Post
from ita_core.tenancy import TenantManager
from memos.models import ContentVersion, DocumentSet, Report, StoredFile
from workflows import disposed
from workflows.addresses import AddressCheck, PostedAddress
from workflows.heads import ChainHead, PublishedHead
from workflows.notes import Comment, Errand, Look, Preparation, View
from workflows.published import Publication, PublicDraft
from workflows.retained import Retention, RetentionClass
from workflows.searched import SearchText
from workflows.states import ASIDES, CLOSED, FORWARD_ACTS, REACHABLE, UNDER_WAY, ActKind, State
from workflows.steps import ApprovalStep, RouteStep

# What other modules know by this one's name.
__all__ = [
    "ASIDES",
    "CLOSED",
    "FORWARD_ACTS",
    "REACHABLE",
    "UNDER_WAY",
    "AddressCheck",
    "ApprovalStep",
    "ChainHead",
    "Comment",
    "Errand",
    "Look",
    "PostedAddress",
    "Preparation",
    "PublicDraft",
    "Publication",
    "PublishedHead",
    "Retention",
    "RetentionClass",
    "RouteStep",
    "SearchText",
    "State",
    "View",
    "disposed",
]


class Approval(ConcurrentTransitionMixin, models.Model):
    """Where a report stands. Only actions.py moves it; the transitions say which state may follow which."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="approvals", verbose_name=_("หน่วยงาน")
    )
    report = models.OneToOneField(Report, models.PROTECT, related_name="approval", verbose_name=_("รายงาน"))
    process = models.OneToOneField(
        Process, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("กระบวนการ")
    )
    state = FSMField(_("สถานะ"), default=State.WRITING, choices=State.choices, editable=False)
    round = models.PositiveSmallIntegerField(_("รอบที่"), default=0, editable=False)
    # With its drafter because somebody sent it back; a recall is the drafter's own. Stays until the next submit.
    is_returned = models.BooleanField(_("ถูกส่งคืนแก้ไข"), default=False, editable=False)
    content = models.ForeignKey(
        ContentVersion,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("เนื้อหาที่เสนอ"),
    )
    document_set = models.ForeignKey(
        DocumentSet, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("ชุดเอกสาร")
    )
    changed_at = models.DateTimeField(_("เมื่อ"), auto_now=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("การพิจารณา")
        verbose_name_plural = _("การพิจารณา")
        indexes = [models.Index(fields=["organisation", "state", "-changed_at"])]
        constraints = [
            models.CheckConstraint(name="approval_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="approval_under_way_has_content",
                condition=Q(state__in=["writing", "withdrawn", "disposed"]) | Q(content__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {State(self.state).label}"

    @transition(field=state, source=State.WRITING, target=State.DRAFTED)
    def to_drafted(self) -> None:
        """The drafter submits."""

    @transition(field=state, source=State.DRAFTED, target=State.SECTION_HEAD_REVIEWED)
    def to_section_head_reviewed(self) -> None:
        """The section head's step is decided."""

    @transition(
        field=state, source=[State.DRAFTED, State.SECTION_HEAD_REVIEWED], target=State.DEPUTY_APPROVED
    )
    def to_deputy_approved(self) -> None:
        """The municipal clerk's step is decided; a route may have no step of the section head, or it was skipped."""

    @transition(field=state, source=UNDER_WAY, target=State.MAYOR_SIGNED)
    def to_mayor_signed(self) -> None:
        """The mayor signs: the last step of every route."""

    @transition(field=state, source=UNDER_WAY, target=State.WRITING)
    def to_writing(self) -> None:
        """Sent back for correction, or recalled by the drafter."""

    @transition(field=state, source=UNDER_WAY, target=State.REFUSED)
    def to_refused(self) -> None:
        """The mayor refuses: final."""

    @transition(field=state, source=[State.WRITING, *UNDER_WAY], target=State.WITHDRAWN)
    def to_withdrawn(self) -> None:
        """The drafter takes it back before the signature: final."""

    @transition(field=state, source=State.MAYOR_SIGNED, target=State.DISPOSED)
    def to_disposed(self) -> None:
        """Its content and documents are destroyed by a signed list; what it was stays known."""


class Act(WriteOnce):
    """What somebody did, as it was done. One chain per organisation; see chain.py for what is hashed.

    Of a report that a signed list destroyed, what was said is emptied; what was done, by whom and when stays, with its
    hash, so that the chain still holds (disposing.py).
    """

    emptied = {"payload": b"", "opinion": "", "reason": "", "document_set_id": None, "scan_id": None}

    Kind: TypeAlias = ActKind

    class Stance(models.TextChoices):
        NONE = "", "–"
        AGREES = "agrees", pgettext_lazy("act", "เห็นชอบ")
        DIFFERS = "differs", pgettext_lazy("act", "เห็นต่าง แล้วเสนอต่อ")

    class Medium(models.TextChoices):
        SCREEN = "screen", _("บนระบบ")
        INK = "ink", _("บนกระดาษ")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="acts", verbose_name=_("หน่วยงาน")
    )
    sequence = models.PositiveBigIntegerField(_("ลำดับในสายโซ่"))
    approval = models.ForeignKey(Approval, models.PROTECT, related_name="acts", verbose_name=_("การพิจารณา"))
    round = models.PositiveSmallIntegerField(_("รอบที่"))
    step_heading = models.CharField(_("หัวข้อบนบันทึก"), max_length=200, blank=True)
    step_position = models.PositiveSmallIntegerField(_("ขั้นที่"), null=True)
    kind = models.CharField(_("การกระทำ"), max_length=20, choices=Kind)
    stance = models.CharField(_("ความเห็นต่อเรื่อง"), max_length=10, choices=Stance, blank=True, default="")
    medium = models.CharField(_("สื่อที่ลงนาม"), max_length=10, choices=Medium, default=Medium.SCREEN)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="acts", verbose_name=_("ผู้ใช้")
    )
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="acts", verbose_name=_("การแต่งตั้ง")
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="acts", verbose_name=_("ตำแหน่ง"))
    capacity = models.CharField(_("ฐานะ"), max_length=20, choices=Appointment.Capacity, blank=True)
    legal_basis = models.CharField(_("คำสั่งหรือฐานอำนาจ"), max_length=300, blank=True)
    printed_name = models.CharField(_("ชื่อที่พิมพ์"), max_length=200)
    printed_title = models.JSONField(_("ตำแหน่งที่พิมพ์"), default=list)
    signature = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("ภาพลายมือชื่อ")
    )
    opinion = models.TextField(_("ความเห็น"), blank=True)
    reason = models.TextField(_("เหตุผล"), blank=True)
    state_before = models.CharField(_("สถานะก่อนหน้า"), max_length=30, choices=State)
    state_after = models.CharField(_("สถานะหลังจากนั้น"), max_length=30, choices=State)
    content_sha256 = models.CharField(_("แฮชของเนื้อหา"), max_length=64, blank=True)
    document_set = models.ForeignKey(
        DocumentSet, models.PROTECT, null=True, related_name="acts", verbose_name=_("ชุดเอกสาร")
    )
    memo_sha256 = models.CharField(_("แฮชของบันทึกข้อความ"), max_length=64, blank=True)
    measures_sha256 = models.CharField(_("แฮชของตารางมาตรการ"), max_length=64, blank=True)
    # Since format 2. Decided with ink: by whom it was recorded, the day on the paper, the scan and its hash.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ผู้บันทึก")
    )
    decided_on = models.DateField(_("วันที่ลงนามบนกระดาษ"), null=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("ภาพสแกน")
    )
    scan_sha256 = models.CharField(_("แฮชของภาพสแกน"), max_length=64, blank=True)
    number = models.CharField(_("เลขทะเบียน"), max_length=120, blank=True)
    acted_at = models.DateTimeField(_("เมื่อ"))
    previous_hash = models.CharField(_("แฮชของการกระทำก่อนหน้า"), max_length=64)
    format = models.PositiveSmallIntegerField(_("รุ่นของรูปแบบข้อมูล"))
    payload = models.BinaryField(_("ข้อมูลที่คำนวณแฮช"))
    # Its beginning is the code by which anybody may ask about the act's documents (proofs.py).
    hash = models.CharField(_("แฮช"), max_length=64, db_index=True)

    objects = TenantManager()

    class Meta:
        verbose_name = _("การกระทำ")
        verbose_name_plural = _("การกระทำ")
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["organisation", "sequence"], name="act_sequence_once")]
        indexes = [models.Index(fields=["approval", "sequence"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.get_kind_display()}"
