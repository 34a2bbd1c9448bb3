"""One report as a bundle that proves itself: files, contents, acts, a manifest, and a verifier for any Python.

The same report gives the same bytes. Whoever may read the report may have it; other reports' acts are not in it, so a
link is checked where two acts of this report are neighbours in the chain.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ita_core import language
from memos import archive
from memos.models import ContentVersion, Report, StoredFile
from workflows import bundle, disposal_records, proofs, sealed
from workflows.models import Act, Approval, State
from workflows.refusals import Conflict, NoPaper

FORMAT = 1
_SHIPPED = Path(__file__).parent / "bundled"
# How the scans begin that a registrar may hand in.
_ENDINGS = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}


def name(report: Report) -> str:
    return f"ชุดหลักฐาน-{report.fiscal_year}-{report.pk}.zip"


def of_report(approval: Approval) -> bytes:
    """Conflict when nothing was done yet or all is destroyed, NoPaper when a file is missing or not what it was."""
    if approval.state == State.DISPOSED:
        record = disposal_records.of_approval(approval)
        facts = {"number": language.shown(record.number) if record else "–"}
        raise Conflict(_("เรื่องนี้ทำลายแล้วตามบัญชีหนังสือขอทำลายที่ %(number)s จึงไม่มีชุดหลักฐาน") % facts)
    acts = list(
        approval.acts.select_related("document_set__memo", "document_set__measures", "scan").order_by(
            "sequence"
        )
    )
    if not acts:
        raise Conflict(_("เรื่องนี้ยังไม่มีการดำเนินการใด จึงยังไม่มีชุดหลักฐาน"))
    try:
        return bundle.of(_files(approval, acts))
    except archive.FileFault as fault:
        raise NoPaper(_("ไฟล์ในคลังเสียหายหรือหายไป โปรดแจ้งผู้ดูแลระบบ")) from fault


def _files(approval: Approval, acts: list[Act]) -> dict[str, bytes]:
    issuing = [act for act in acts if act.document_set_id is not None]
    found = {name: (_SHIPPED / name).read_bytes() for name in ("README.txt", "verify.py")}
    found["acts.jsonl"] = "".join(f"{json.dumps(_line(act))}\n" for act in acts).encode()
    found |= _contents(approval, acts)
    for number, act in enumerate(issuing, 1):
        assert act.document_set is not None
        for kind, stored in act.document_set.files().items():
            found[f"documents/{number}-{kind}.docx"] = archive.read(stored)
        if (final := _final_file(act)) is not None:
            found[f"final/{number}.pdf"] = archive.read(final)
    for act in acts:
        if act.scan is not None:
            data = archive.read(act.scan)
            found[f"scans/{act.sequence}.{_ending(data)}"] = data
    manifest = _text(_manifest(found, acts, issuing))
    seal = f"{archive.sha256(manifest)}  manifest.json\n"
    return {"manifest.json": manifest, "manifest.sha256": seal.encode(), **found}


def _line(act: Act) -> dict[str, Any]:
    payload = base64.b64encode(bytes(act.payload)).decode()
    return {"sequence": act.sequence, "hash": act.hash, "payload": payload}


def _contents(approval: Approval, acts: list[Act]) -> dict[str, bytes]:
    """The contents that the acts name, in the order in which they were first named."""
    kept = {
        version.sha256: bytes(version.canonical)
        for version in ContentVersion.objects.of(approval.organisation_id).filter(report=approval.report_id)
    }
    named = dict.fromkeys(act.content_sha256 for act in acts if act.content_sha256)
    return {
        f"content/{number}.json": kept[digest] for number, digest in enumerate(named, 1) if digest in kept
    }


def _final_file(act: Act) -> StoredFile | None:
    """The sealed PDF of the set, where the worker has made it."""
    final = sealed.final_of(act)
    return final.pdf if final is not None else None


def _ending(data: bytes) -> str:
    return next((ending for begins, ending in _ENDINGS.items() if data.startswith(begins)), "bin")


def _manifest(found: dict[str, bytes], acts: list[Act], issuing: list[Act]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "site": settings.SITE_URL,
        "acts": len(acts),
        "sets": [
            {"number": number, "act": act.sequence, "code": proofs.code_of(act)}
            for number, act in enumerate(issuing, 1)
        ],
        "files": [
            {"name": name, "size": len(data), "sha256": archive.sha256(data)} for name, data in found.items()
        ],
    }


def _text(data: dict[str, Any]) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()
