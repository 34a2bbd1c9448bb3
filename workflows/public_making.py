"""The worker's part of a public copy: the PDF of the masked papers, the data, both kept with the draft that wanted them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation

from ita_core.models import Organisation
from memos import archive, public_copy
from memos.frozen import canonical_json
from memos.rendering import pages
from workflows import gate, proofs, public_data, publishing
from workflows.gate import Source
from workflows.models import Act, PublicDraft

SECONDS = 90


def make(payload: dict[str, Any]) -> None:
    """The worker's handler. A draft that was changed since has its own order. What stands in the way is raised."""
    draft = _open(payload["organisation"], payload["draft"], payload["revision"])
    if draft is None:
        return
    # What makes papers takes half a second to load, and no page needs it.
    from memos.sealing import public

    # Paper is Thai, whoever ordered it.
    with translation.override("th"):
        source = masked_source(draft)
        version = source.act.document_set
        assert version is not None
        pair = public_copy.papers(version.content, source.content, source.blocks, source.number)
        pdf = public.made(
            pair,
            " ".join(source.content.report.title),
            proofs.address_of(source.act),
            source.act.acted_at,
            is_masked=bool(gate.counts(draft.choices)),
        )
        finish(draft, source, pdf)


def masked_source(draft: PublicDraft) -> Source:
    act = Act.objects.of(draft.organisation_id).select_related(
        "organisation",
        "document_set__content__organisation",
        "approval__organisation",
        "approval__report__item",
    )
    return gate.masked(gate.source_of(act.get(pk=draft.act_id)), draft.choices)


@transaction.atomic
def finish(draft: PublicDraft, source: Source, pdf: bytes) -> PublicDraft | None:
    """Keep the PDF and its data with the draft; None where it was changed, or made by another worker, meanwhile."""
    locked = PublicDraft.objects.of(draft.organisation_id).select_for_update()
    found = locked.filter(pk=draft.pk, revision=draft.revision, data=None).first()
    if found is None:
        return None
    organisation: Organisation = source.act.organisation
    told = {"sha256": archive.sha256(pdf), "size": len(pdf)}
    version = publishing.next_version(source.act.approval)
    data = canonical_json(public_data.of(source, draft.choices, version, told))
    found.data, found.pdf = archive.store_all(organisation, [data, pdf])
    found.save(update_fields=["data", "pdf"])
    pages.want_stored(organisation, [found.pdf])
    return found


def _open(organisation: int, pk: int, revision: int) -> PublicDraft | None:
    rows = PublicDraft.objects.of(organisation).filter(pk=pk, revision=revision, data=None)
    return rows.select_related("organisation").first()
