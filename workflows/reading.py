"""Which words of a report a person reads: the frozen ones, or the working copy while it is his to write."""

from __future__ import annotations

from django.utils.translation import gettext as _

from memos import content
from memos.documents import DocumentProblem
from memos.frozen import FrozenContent
from memos.tree import Tree
from workflows import permissions
from workflows.models import Approval, State
from workflows.permissions import Actor


def content_for(approval: Approval, actor: Actor) -> tuple[FrozenContent | None, str]:
    """The content, and a sentence when there is none or when it is not the newest.

    A report in writing shows others what was submitted last, because the drafter's corrections are not yet said.
    """
    if approval.state == State.DISPOSED:
        return None, _("เนื้อหาและเอกสารของเรื่องนี้ทำลายแล้วตามบัญชีหนังสือขอทำลาย")
    if approval.state != State.WRITING and approval.content is not None:
        return content.load(approval.content), ""
    if approval.state == State.WRITING and is_writer(approval, actor):
        return working_copy(approval)
    if approval.content is not None:
        return content.load(approval.content), _("เนื้อหาด้านล่างคือฉบับที่เสนอครั้งล่าสุด ผู้จัดทำกำลังแก้ไขอยู่")
    return working_copy(approval)


def is_writer(approval: Approval, actor: Actor) -> bool:
    """Whose working copy it is: the drafter's and theirs whom he let in. One query for others, none for him."""
    return approval.report.drafter_id == actor.user.pk or permissions.writes_along(actor, approval)


def working_copy(approval: Approval, tree: Tree | None = None) -> tuple[FrozenContent | None, str]:
    """The working copy as plain values, or the sentence that says what keeps it from paper."""
    try:
        return content.snapshot(approval.report, tree), ""
    except (content.UnprintableText, DocumentProblem) as problem:
        return None, str(problem)
