"""A signed report is made public: prepared, made by the worker, looked at by somebody, and then published by an act.

The act's reason is the publication's own sentence (``sentence``), so that the chain carries address, hashes, what was
masked and why something was kept. What is withdrawn stays kept; its address says when and why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ita_core import outbox
from memos import archive, personal
from memos.frozen import canonical_json
from memos.models import StoredFile
from workflows import acting, disposal_records, gate, public_permissions
from workflows.gate import Choices
from workflows.models import Act, Approval, Publication, PublicDraft
from workflows.officers import Actor
from workflows.public_places import Found, at, current, path, path_of, slug_of, versions, withdrawals
from workflows.refusals import BadInput, Conflict, NoPaper

__all__ = [
    "Found",
    "address_of",
    "at",
    "current",
    "path_of",
    "prepare",
    "publish",
    "sentence",
    "slug_of",
    "unpublish",
    "versions",
    "want_again",
    "withdrawals",
]

KIND = "public"


@transaction.atomic
def prepare(
    actor: Actor, report_id: int, *, revision: int, kept: Mapping[str, str] | None = None
) -> PublicDraft:
    """Have a public copy made of the newest set. ``kept`` are the findings (by key) that are not masked, and why.

    ``revision`` is that of the draft which the page showed, 0 when there was none.
    """
    approval = acting.locked(actor, report_id)
    public_permissions.check_may_publish(actor, approval)
    draft = _draft_of(approval)
    if (draft.revision if draft else 0) != revision:
        raise Conflict(_("มีผู้เตรียมสำเนาสาธารณะไปก่อนแล้ว โปรดตรวจสอบอีกครั้ง"))
    act = gate.newest_set(approval)
    found = gate.findings(gate.source_of(act))
    chosen = gate.choices(found, kept or {})
    draft = draft or PublicDraft(organisation=approval.organisation, approval=approval)
    draft.act, draft.choices, draft.prepared_by = act, chosen, actor.user
    draft.data, draft.pdf = None, None
    draft.revision = revision + 1
    draft.save()
    outbox.want(KIND, job_key(draft), _payload(draft))
    return draft


@transaction.atomic
def publish(actor: Actor, report_id: int, *, revision: int) -> Act:
    """Publish the copy of that revision, which somebody looked at, as the next version at the report's address."""
    approval = acting.locked(actor, report_id)
    appointment = public_permissions.check_may_publish(actor, approval)
    draft = _draft_of(approval)
    if draft is None or draft.revision != revision:
        raise Conflict(_("สำเนาสาธารณะมีการแก้ไขหลังจากที่ท่านเปิดดู โปรดตรวจสอบอีกครั้ง"))
    if draft.data is None or draft.pdf is None:
        raise Conflict(_("สำเนาสาธารณะยังจัดทำไม่เสร็จ โปรดรอแล้วตรวจดูก่อนเผยแพร่"))
    if draft.act_id != gate.newest_set(approval).pk:
        raise Conflict(_("รายงานนี้มีเอกสารชุดใหม่กว่าสำเนาที่เตรียมไว้ โปรดเตรียมสำเนาใหม่"))
    made = Publication(
        organisation=approval.organisation,
        fiscal_year=approval.report.fiscal_year,
        slug=slug_of(approval.report),
        version=next_version(approval),
        data=draft.data,
        pdf=draft.pdf,
        choices=draft.choices,
    )
    _check_made_for(draft.data, draft.pdf, made.version)
    made.act = acting.aside(actor, approval, appointment, Act.Kind.PUBLISH, reason=sentence(made))
    made.published_at = made.act.acted_at
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as taken:
        raise Conflict(_("มีผู้เผยแพร่ที่ที่อยู่นี้ไปก่อนแล้ว โปรดเตรียมสำเนาใหม่")) from taken
    return made.act


@transaction.atomic
def unpublish(actor: Actor, report_id: int, *, reason: str) -> Act:
    """Take away every version of the report that is public; their addresses say when and why."""
    approval = acting.locked(actor, report_id)
    appointment = public_permissions.check_may_unpublish(actor, approval)
    why = acting.text(reason, _("โปรดระบุเหตุผลที่ถอนการเผยแพร่"))
    return acting.aside(actor, approval, appointment, Act.Kind.UNPUBLISH, reason=why)


def address_of(approval: Approval) -> str:
    """Where the report's newest version stands, or would."""
    return path(approval.organisation.slug, approval.report.fiscal_year, slug_of(approval.report))


def next_version(approval: Approval) -> int:
    """The version that the report would be published as. Conflict where another report still stands at its address."""
    place = approval.report.fiscal_year, slug_of(approval.report)
    found = versions(approval.organisation, *place)
    destroyed = disposal_records.last_version(approval.organisation_id, *place)
    if not found:
        return destroyed + 1
    there = found[0].publication.act.approval
    if there.pk != approval.pk and found[0].withdrawn is None and there.report.is_current:
        raise Conflict(_("ที่อยู่นี้เผยแพร่รายงานอื่นของปีและข้อเดียวกันอยู่ โปรดถอนการเผยแพร่รายงานนั้นก่อน"))
    return max(found[0].publication.version, destroyed) + 1


def sentence(publication: Publication) -> str:
    """What the act says of the publication: data, so Thai whatever the officer's language."""
    parts = [
        f"เผยแพร่ที่ {path_of(publication)}",
        f"ข้อมูล SHA-256 {publication.data.sha256}",
        f"สำเนา PDF SHA-256 {publication.pdf.sha256}",
        *_told(publication.choices),
    ]
    return "\n".join(parts)


def _told(chosen: Choices) -> list[str]:
    masked = [f"{personal.NAMES[what]} {count} แห่ง" for what, count in gate.counts(chosen)]
    kept = [
        f"คงไว้ {personal.NAMES[key.partition(':')[0]]} {choice['count']} แห่ง เพราะ {choice['reason']}"
        for key, choice in sorted(chosen.items())
        if not choice["masked"]
    ]
    whole = archive.sha256(canonical_json(chosen))
    return [
        f"ปิดบัง {' '.join(masked)}" if masked else "ไม่มีข้อมูลที่ปิดบัง",
        *kept,
        f"รายการที่ปิดบังหรือคงไว้ SHA-256 {whole}",
    ]


def want_again(draft: PublicDraft) -> None:
    """Somebody asks for a copy that came to nothing."""
    outbox.want(KIND, job_key(draft), _payload(draft), again=True)


def job_key(draft: PublicDraft) -> str:
    return f"{draft.pk}/{draft.revision}"


def _payload(draft: PublicDraft) -> dict[str, Any]:
    return {"organisation": draft.organisation_id, "draft": draft.pk, "revision": draft.revision}


def _draft_of(approval: Approval) -> PublicDraft | None:
    """Locked first and read then: what was joined to a row that had to be waited for may be of before."""
    rows = PublicDraft.objects.of(approval.organisation).filter(approval=approval)
    if rows.select_for_update().values_list("pk", flat=True).first() is None:
        return None
    draft = rows.select_related("data__organisation", "pdf__organisation").get()
    draft.approval, draft.organisation = approval, approval.organisation
    return draft


def _check_made_for(data: StoredFile, pdf: StoredFile, version: int) -> None:
    """Both are read once more: nothing is published that cannot be read, or that was made for another version."""
    try:
        told = json.loads(archive.read(data))
        archive.read(pdf)
    except archive.FileFault as fault:
        raise NoPaper(_("อ่านสำเนาสาธารณะไม่ได้ จึงยังไม่มีการดำเนินการใด โปรดเตรียมสำเนาใหม่")) from fault
    if told["version"] != version:
        raise Conflict(_("สำเนานี้เผยแพร่ไปแล้ว หรือทำไว้สำหรับฉบับอื่น โปรดเตรียมสำเนาใหม่"))
    if told["pdf"]["sha256"] != pdf.sha256:
        raise BadInput(_("ข้อมูลและสำเนา PDF ไม่ใช่ชุดเดียวกัน โปรดเตรียมสำเนาใหม่"))
