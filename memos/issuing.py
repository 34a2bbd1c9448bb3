"""From frozen content to documents: as bytes for a preview, as a stored, never rewritten set for an act."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ita_core.models import Organisation
from memos import archive, content, documents, frozen, shipped
from memos.docx import CompiledTemplate, compile_template
from memos.docx.placeholders import KINDS
from memos.models import ContentVersion, DocumentSet, StoredFile, TemplateVersion


@functools.lru_cache(maxsize=128)
def _template(kind: str, sha256: str, organisation_id: int) -> CompiledTemplate:
    """Compiled once per version and process; a version never changes. DocumentProblem if it is gone."""
    version = (
        TemplateVersion.objects.filter(kind=kind, sha256=sha256, organisation=None).first()
        or TemplateVersion.objects.filter(kind=kind, sha256=sha256, organisation=organisation_id).first()
    )
    if version is None:
        raise documents.DocumentProblem(documents.TEMPLATE_MISSING)
    return compile_template(bytes(version.docx), KINDS[kind])


def memo_bytes(
    frozen_content: frozen.FrozenContent,
    blocks: Sequence[documents.Block],
    organisation_id: int,
    garuda: bytes | None,
    number: str = "",
) -> bytes:
    template = _template("memo", frozen_content.templates.memo, organisation_id)
    return documents.render_memo(template, frozen_content, blocks, number, garuda)


def measures_bytes(frozen_content: frozen.FrozenContent, organisation_id: int) -> bytes:
    template = _template("measures", frozen_content.templates.measures, organisation_id)
    return documents.render_measures(template, frozen_content)


def summary_bytes(frozen_content: frozen.FrozenContent, organisation: Organisation) -> bytes:
    """The summary; contents from before there were summaries take the template of today."""
    sha256 = frozen_content.templates.summary
    if not sha256:
        sha256 = shipped.current_template(organisation, TemplateVersion.Kind.SUMMARY).sha256
    return documents.render_summary(_template("summary", sha256, organisation.pk), frozen_content)


def issue(
    version: ContentVersion,
    blocks: Sequence[documents.Block],
    previous: DocumentSet | None = None,
    pictures: Sequence[bytes] = (),
    number: str = "",
) -> tuple[DocumentSet, list[StoredFile]]:
    """Make and store the pair for ``version`` with these blocks and this number, and any pictures along with it.

    The measure table holds no signatures: when ``previous`` is a set of the same content its table is taken over,
    once its bytes are found to be the stored ones: nobody signs a table that cannot be read any more.
    Raises DocumentProblem, FileFault or OSError; the caller's transaction then undoes everything.
    """
    organisation = version.organisation
    frozen_content = content.load(version)
    garuda = garuda_of(version, frozen_content)
    contents = [memo_bytes(frozen_content, blocks, organisation.pk, garuda, number), *pictures]
    kept = previous.measures if previous is not None and previous.content_id == version.pk else None
    if kept is None:
        contents.append(measures_bytes(frozen_content, organisation.pk))
    else:
        archive.read(kept)
    stored = archive.store_all(organisation, contents)
    measures = kept or stored.pop()
    documents_set = DocumentSet(organisation=organisation, content=version, memo=stored[0], measures=measures)
    documents_set.save()
    return documents_set, stored[1:]


def preview(
    frozen_content: frozen.FrozenContent,
    blocks: Sequence[documents.Block],
    organisation_id: int,
    garuda: bytes | None,
    number: str = "",
) -> documents.Pair:
    return documents.Pair(
        memo=memo_bytes(frozen_content, blocks, organisation_id, garuda, number),
        measures=measures_bytes(frozen_content, organisation_id),
    )


def garuda_of(version: ContentVersion, frozen_content: frozen.FrozenContent) -> bytes | None:
    """The authority's picture as it was when the content was frozen, not as it is now."""
    if not frozen_content.organisation.garuda:
        return None
    stored = StoredFile.objects.of(version.organisation_id).get(sha256=frozen_content.organisation.garuda)
    return archive.read(stored)
