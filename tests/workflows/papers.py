"""What tests of acts share: the approval as it stands, the words of a memo, a post that falls vacant."""

from __future__ import annotations

import datetime
import io

from docx import Document

from ita_core.models import Appointment
from memos import archive
from memos.models import Report
from tests.personas import Authority
from workflows.models import Act, Approval


def approval_of(home: Authority, report: Report) -> Approval:
    rows = Approval.objects.of(home.organisation).select_related("content", "document_set", "report")
    return rows.get(report=report)


def memo_text(act: Act) -> str:
    """The paragraphs of the memo that the act produced, with plain spaces."""
    assert act.document_set is not None
    document = Document(io.BytesIO(archive.read(act.document_set.memo)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs).replace("\u00a0", " ")


def vacate(home: Authority, post: str) -> None:
    """Whoever held the post left it years ago."""
    rows = Appointment.objects.of(home.organisation).filter(post=home.posts[post], ends__isnull=True)
    # Before anybody of the examples held it: a post has one holder at a time.
    rows.update(starts=datetime.date(2009, 1, 1), ends=datetime.date(2010, 1, 1))
