"""The final file of a set: its two papers and the page of evidence as one sealed PDF/A-3 with the files it rests on.

Made from the stored Word bytes by the worker, after the signature; the approval never waits for it.
"""

from __future__ import annotations

import dataclasses
import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from memos import archive
from memos.frozen import canonical_json
from memos.models import DocumentSet, FinalFile, StoredFile
from memos.rendering import office, pages, pdf_copy
from memos.sealing import evidence as evidences
from memos.sealing import joining, keys, seal
from memos.sealing.joining import Attachment
from memos.sealing.keys import Key

# A thousand pages take about ten. A converter that hangs is found out early, so that another attempt still comes soon.
_SECONDS = 20.0
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_JSON = "application/json"
EVIDENCE = "evidence.json"
# Words of the paper, Thai in every language of the pages.
_DEMO = "ใบรับรองนี้เป็นตัวอย่างสำหรับทดลองระบบ มิได้รับรองหน่วยงานหรือบุคคลใด"


def there(issued: DocumentSet) -> FinalFile | None:
    return FinalFile.objects.of(issued.organisation_id).filter(document_set=issued).first()


def make(issued: DocumentSet, evidence: evidences.Evidence, acts: bytes) -> FinalFile:
    """Make, seal and keep it; the one that is there already, where another worker was first.

    ``acts`` are the report's acts as JSON. OfficeAbsent, OfficeHung, Unreadable, DocumentProblem, FileFault, NoKey,
    OSError: then there is nothing, and another attempt may be made.
    """
    found = there(issued)
    if found is not None:
        return found
    key = keys.current()
    # A signature is dated to the second.
    moment = timezone.now().replace(microsecond=0)
    told = dataclasses.replace(evidence, seal=_told(key))
    whole = _joined(issued, told, acts, moment)
    pdf = seal.sealed(whole, key, told.authority, told.signed)
    try:
        return _keep(issued, pdf, told, key, moment)
    except IntegrityError:
        first = there(issued)
        if first is None:
            raise
        return first


def _joined(
    issued: DocumentSet, evidence: evidences.Evidence, acts: bytes, moment: datetime.datetime
) -> bytes:
    memo, measures = archive.read(issued.memo), archive.read(issued.measures)
    values = canonical_json(_record(evidence, moment))
    papers = [memo, measures, evidences.page(evidence)]
    converter = office.of_this_process()
    pdfs = [converter.pdf(pdf_copy.of(paper), _SECONDS, for_archive=True) for paper in papers]
    attachments = [
        Attachment("memo.docx", memo, _DOCX, "Source", "บันทึกข้อความ"),
        Attachment("measures.docx", measures, _DOCX, "Source", "ตารางมาตรการ"),
        Attachment("content.json", bytes(issued.content.canonical), _JSON, "Data", "เนื้อหาของรายงาน"),
        Attachment("acts.json", acts, _JSON, "Data", "การพิจารณาและลงนาม"),
        Attachment(EVIDENCE, values, _JSON, "Data", "ข้อความในหน้าหลักฐาน"),
    ]
    return joining.joined(pdfs, attachments, " ".join(evidence.title), moment)


def _record(evidence: evidences.Evidence, moment: datetime.datetime) -> dict[str, object]:
    return {**evidence.to_dict(), "sealed_at": moment.astimezone(datetime.UTC).isoformat(timespec="seconds")}


def _told(key: Key) -> tuple[str, ...]:
    issuer = f"ออกโดย {key.issuer}" if key.issuer != key.subject else "ออกโดยผู้ถือเอง"
    lines = (f"ใบรับรองของ {key.subject}  {issuer}", f"แฮช SHA-256 ของใบรับรอง {key.sha256}")
    return (*lines, _DEMO) if key.is_demo else lines


@transaction.atomic
def _keep(
    issued: DocumentSet, pdf: bytes, evidence: evidences.Evidence, key: Key, moment: datetime.datetime
) -> FinalFile:
    """File, row, and the order for pictures of its pages. IntegrityError when the set has one: then none of it stays."""
    stored: StoredFile = archive.store(issued.organisation, pdf)
    made = FinalFile(
        organisation=issued.organisation,
        document_set=issued,
        pdf=stored,
        evidence=_record(evidence, moment),
        certificate_sha256=key.sha256,
        sealed_at=moment,
    )
    made.save()
    pages.want_stored(issued.organisation, [stored])
    return made
