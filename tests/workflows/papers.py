"""Reading what an act left: the approval as it stands, the words of its memo."""

from __future__ import annotations

import io

from docx import Document

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
