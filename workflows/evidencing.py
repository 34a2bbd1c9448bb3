"""What the final file says of its acts: the values of the page of evidence, and the acts as JSON."""

from __future__ import annotations

import json

from django.conf import settings
from django.utils import timezone

from ita_core import thai
from memos import content
from memos.sealing.evidence import Deed, Evidence
from workflows import numbers, proofs
from workflows.models import FORWARD_ACTS, Act, State

_TOLD = [Act.Kind.SUBMIT, Act.Kind.SKIP, *FORWARD_ACTS, *numbers.KINDS]


def acts_as_json(last: Act) -> bytes:
    """Every act of the report up to ``last``, each with the text that was hashed: who has it can hash it again."""
    acts = Act.objects.of(last.organisation_id).filter(approval=last.approval_id, sequence__lte=last.sequence)
    told = [
        {"sequence": act.sequence, "hash": act.hash, "payload": bytes(act.payload).decode()}
        for act in acts.order_by("sequence")
    ]
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def evidence_of(last: Act) -> Evidence:
    """What the page of evidence says of the set that ``last`` issued."""
    issued = last.document_set
    assert issued is not None
    frozen = content.load(issued.content)
    earlier = Act.objects.of(last.organisation_id).filter(
        approval=last.approval_id, sequence__lte=last.sequence
    )
    acts = list(earlier.filter(kind__in=_TOLD).select_related("recorded_by").order_by("sequence"))
    told = [act for act in acts if act.round == last.round or act.kind in numbers.KINDS]
    signature = next(
        act for act in reversed(told) if act.state_after == State.MAYOR_SIGNED and act.kind in FORWARD_ACTS
    )
    return Evidence(
        authority=frozen.organisation.name,
        title=tuple(frozen.report.title),
        subject=frozen.memo.subject,
        number=numbers.after(told),
        secrecy=frozen.memo.secrecy,
        signed=_when(signature),
        code=proofs.code_of(last),
        url=f"{settings.SITE_URL.rstrip('/')}/v/",
        hash=last.hash,
        content_sha256=last.content_sha256,
        memo_sha256=last.memo_sha256,
        measures_sha256=last.measures_sha256,
        deeds=tuple(_deed(act) for act in told),
    )


def _deed(act: Act) -> Deed:
    differs = act.stance == Act.Stance.DIFFERS
    what = act.get_stance_display() if differs else act.get_kind_display()
    heading = f" ({act.step_heading})" if act.step_heading else ""
    number = f" {act.number}" if act.kind in numbers.KINDS and act.number else ""
    capacity = " ".join(filter(None, [act.get_capacity_display() if act.capacity else "", act.legal_basis]))
    return Deed(
        who=act.printed_name,
        titles=tuple(act.printed_title),
        capacity=capacity,
        what=f"{what}{number}{heading}",
        when=_when(act),
        words="\n".join(filter(None, [act.opinion, act.reason])),
        sequence=act.sequence,
        hash=act.hash,
    )


def _when(act: Act) -> str:
    return _on_paper(act) if act.medium == Act.Medium.INK else _moment(act)


def _moment(act: Act) -> str:
    """1 ตุลาคม 2569 เวลา 14.05 น., as stored text"""
    day = thai.ThaiDate(thai.bangkok_date(act.acted_at)).long_data
    return f"{day} เวลา {timezone.localtime(act.acted_at, thai.BANGKOK):%H.%M} น."


def _on_paper(act: Act) -> str:
    day = thai.ThaiDate(act.decided_on).long_data if act.decided_on else ""
    recorder = act.recorded_by.full_name if act.recorded_by else ""
    return f"ลงนามบนกระดาษเมื่อวันที่ {day} บันทึกโดย {recorder} เมื่อ {_moment(act)}"
