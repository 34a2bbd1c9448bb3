"""Does the archive still say what was said? Recomputes chain, contents, sets and every file's hash.

Trusts nothing it can recompute: an act's payload against its columns, its hash against its payload, its place in the
chain, the head against the last act, contents and files against the hashes that the acts carry, and the state of each
approval against its last act. What an act names must be there. A row that cannot even be read is a fault like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ita_core.models import Organisation
from memos import archive, content
from memos.models import ContentVersion, DocumentSet, StoredFile
from workflows import chain
from workflows import verification_addresses as addresses
from workflows import verification_beside as beside
from workflows import verification_corrected as corrected
from workflows import verification_disposed as disposed
from workflows import verification_heads as heads
from workflows import verification_ink as inked
from workflows import verification_published as publications
from workflows import verification_register as registers
from workflows import verification_retained as retained
from workflows import verification_sealed as finals
from workflows.models import Act, Approval, ApprovalStep, ChainHead
from workflows.publishing_heads import KeptHead
from workflows.verification_rows import UNREADABLE

GENESIS = "0" * 64
# Round, state, content and documents of a draft that no act has moved yet.
UNTOUCHED = (0, "writing", None, None)


@dataclass(frozen=True)
class Fault:
    """``place`` is machine-readable (organisation/kind/identifier); ``what`` a sentence for the administrator."""

    place: str
    what: str


def faults(organisations: Iterable[Organisation] | None = None) -> Iterator[Fault]:
    published_on = heads.days_of_publishing()
    for organisation in organisations if organisations is not None else Organisation.objects.all():
        every, broken = _acts(organisation)
        yield from broken
        stubs = disposed.emptied(organisation, every)
        acts = [act for act in every if str(act.pk) not in stubs]
        for kind, part in (
            ("act", _chain(organisation, every, stubs)),
            ("disposal", _told(disposed.disposals(organisation, every))),
            ("content", _contents(organisation, acts)),
            ("file", _files(organisation, acts)),
            ("document_set", _sets(organisation, acts)),
            ("approval", _approvals(organisation, acts)),
            ("step", _steps(organisation, acts)),
            ("act", _told(heads.columns_of_later_formats(organisation, acts))),
            ("published_head", _told(heads.published(organisation, every))),
            ("published_head", _told(heads.missing(organisation, every, published_on))),
            ("comment", _told(beside.remarks(organisation, acts))),
            ("view", _told(beside.views(organisation, acts))),
            ("preparation", _told(beside.preparations(organisation, acts))),
            ("errand", _told(beside.errands(organisation, acts))),
            ("final_file", _told(finals.finals(organisation, acts))),
            ("act", _told(inked.scans(organisation, acts))),
            ("publication", _told(publications.publications(organisation, acts))),
            ("register_entry", _told(registers.numbers(organisation, acts))),
            ("posted_address", _told(addresses.posted(organisation))),
            ("report", _told(corrected.corrections(organisation, every))),
            ("retention", _told(retained.retentions(organisation, acts))),
        ):
            try:
                yield from part
            except UNREADABLE as error:
                yield Fault(f"{organisation.slug}/{kind}", f"a row cannot be read: {error}")


def against(kept: Iterable[KeptHead]) -> Iterator[Fault]:
    """Whether the chains still hold the heads that somebody kept outside."""
    return _told(heads.against(kept))


def _acts(organisation: Organisation) -> tuple[list[Act], list[Fault]]:
    """The acts in order, and a fault for each that cannot be read as a row."""
    rows = organisation.acts.order_by("sequence")
    try:
        return list(rows), []
    except UNREADABLE:
        acts, broken = [], []
        for sequence in rows.values_list("sequence", flat=True):
            try:
                acts.append(rows.get(sequence=sequence))
            except UNREADABLE as error:
                broken.append(Fault(f"{organisation.slug}/act/{sequence}", f"it cannot be read: {error}"))
        return acts, broken


def _chain(
    organisation: Organisation, acts: list[Act], stubs: Mapping[str, Mapping[str, Any]]
) -> Iterator[Fault]:
    """Of an act that a signed list emptied, the list tells what it was; its links hold like any other's."""
    sequence, previous = 0, GENESIS
    for act in acts:
        place = f"{organisation.slug}/act/{act.sequence}"
        if act.sequence != sequence + 1:
            yield Fault(
                place, f"the act after {sequence} should be {sequence + 1}: one is missing or was inserted"
            )
        if act.previous_hash != previous:
            yield Fault(place, "previous_hash is not the hash of the act before it")
        stub = stubs.get(str(act.pk))
        if stub is None and chain.digest(bytes(act.payload)) != act.hash:
            yield Fault(place, "hash is not the SHA-256 of the payload")
        for name in _changed_columns(act) if stub is None else disposed.stub_faults(act, stub):
            yield Fault(f"{place}/{name}", "the column is not what was hashed")
        sequence, previous = act.sequence, act.hash
    head = ChainHead.objects.of(organisation).first()
    if (head.sequence, head.hash) != (sequence, previous) if head else bool(acts):
        yield Fault(f"{organisation.slug}/chain_head", f"the head does not name the last act ({sequence})")


def _changed_columns(act: Act) -> list[str]:
    """Names of the columns that differ from the hashed payload; ["payload"] when it cannot be read."""
    try:
        written = chain.facts_in(bytes(act.payload))
        now = chain.facts_in(chain.payload_of(act))
    except ValueError:
        return ["payload"]
    if bytes(act.payload) != chain.payload_of(act) and written == now:
        return ["payload"]
    return sorted(name for name in written.keys() | now.keys() if written.get(name) != now.get(name))


def _contents(organisation: Organisation, acts: list[Act]) -> Iterator[Fault]:
    """Every content is what its hash says and belongs to the report whose acts name it; none is missing."""
    report_of = dict(Approval.objects.of(organisation).values_list("pk", "report_id"))
    named = {(report_of.get(act.approval_id), act.content_sha256): act for act in acts if act.content_sha256}
    pictures = set(StoredFile.objects.of(organisation).values_list("sha256", flat=True))
    for version in ContentVersion.objects.of(organisation).defer("created_at").iterator(chunk_size=200):
        place = f"{organisation.slug}/content/{version.pk}"
        if archive.sha256(bytes(version.canonical)) != version.sha256:
            yield Fault(place, "the content is not what its hash says")
        elif (garuda := content.load(version).organisation.garuda) and garuda not in pictures:
            yield Fault(place, "the authority's picture that the content names is missing")
        if named.pop((version.report_id, version.sha256), None) is None:
            yield Fault(place, "no act of its report names this content")
    for act in named.values():
        yield Fault(
            f"{organisation.slug}/act/{act.sequence}/content", "the content that the act names is missing"
        )


def _files(organisation: Organisation, acts: list[Act]) -> Iterator[Fault]:
    """Every file is what its row says; pictures of signatures are there (sets look after the documents)."""
    signed = {act.signature_id: act for act in acts if act.signature_id is not None}
    for stored in StoredFile.objects.of(organisation).defer("created_at").iterator(chunk_size=200):
        signed.pop(stored.pk, None)
        try:
            archive.read(stored)
        except archive.FileFault as fault:
            yield Fault(f"{organisation.slug}/file/{stored.pk}", str(fault))
    for act in signed.values():
        yield Fault(
            f"{organisation.slug}/act/{act.sequence}/signature", "the picture that the act names is missing"
        )


def _sets(organisation: Organisation, acts: list[Act]) -> Iterator[Fault]:
    """Every act's set is there and holds the files and the content whose hashes the act carries."""
    sets = {
        row.pk: row
        for row in DocumentSet.objects.of(organisation)
        .select_related("content", "memo", "measures")
        .only(
            "content__sha256",
            "memo__sha256",
            "memo__organisation",
            "measures__sha256",
            "measures__organisation",
        )
    }
    for act in acts:
        if act.document_set_id is None:
            continue
        place = f"{organisation.slug}/act/{act.sequence}/document_set"
        issued = sets.pop(act.document_set_id, None)
        if issued is None:
            yield Fault(place, "the set that the act names is missing or named twice")
        elif (issued.content.sha256, issued.memo.sha256, issued.measures.sha256) != (
            act.content_sha256,
            act.memo_sha256,
            act.measures_sha256,
        ):
            yield Fault(place, "the set holds other documents than the act carries")
        elif {issued.memo.organisation_id, issued.measures.organisation_id} != {organisation.pk}:
            yield Fault(place, "a document of the set is kept under another authority")
    for pk in sets:
        yield Fault(f"{organisation.slug}/document_set/{pk}", "no act names this set")


def _approvals(organisation: Organisation, acts: list[Act]) -> Iterator[Fault]:
    last = {act.approval_id: act for act in acts}
    issued = {act.approval_id: act.document_set_id for act in acts if act.document_set_id is not None}
    kinds = (Act.Kind.SUBMIT, Act.Kind.SEND_BACK)
    returned = {act.approval_id: act.kind == Act.Kind.SEND_BACK for act in acts if act.kind in kinds}
    found = set()
    rows = Approval.objects.of(organisation).select_related("content")
    for approval in rows.defer("changed_at", "content__created_at", "content__canonical"):
        found.add(approval.pk)
        place = f"{organisation.slug}/approval/{approval.pk}"
        act = last.get(approval.pk)
        if act is None:
            stands = (approval.round, approval.state, approval.content_id, approval.document_set_id)
            if stands != UNTOUCHED or approval.is_returned:
                yield Fault(place, "it stands where no act has brought it")
            continue
        if (approval.state, approval.round) != (act.state_after, act.round):
            yield Fault(place, f"its state or round is not what act {act.sequence} left")
        if approval.is_returned != returned.get(approval.pk, False):
            yield Fault(place, "it says to have been sent back when it was not, or the other way round")
        if (approval.content.sha256 if approval.content else "") != act.content_sha256:
            yield Fault(place, f"its content is not the one of act {act.sequence}")
        if approval.document_set_id != issued.get(approval.pk):
            yield Fault(place, "its documents are not those of its last set")
    for act in acts:
        if act.approval_id not in found:
            place = f"{organisation.slug}/act/{act.sequence}/approval"
            yield Fault(place, "the approval that the act moved is missing")


def _steps(organisation: Organisation, acts: list[Act]) -> Iterator[Fault]:
    by_pk = {act.pk: act for act in acts}
    decided = ApprovalStep.objects.of(organisation).filter(act__isnull=False)
    for step in decided.iterator(chunk_size=500):
        act = by_pk.get(step.act_id)
        if act is None or (act.approval_id, act.round, act.step_position) != (
            step.approval_id,
            step.round,
            step.position,
        ):
            yield Fault(f"{organisation.slug}/step/{step.pk}", "the step names an act that did not decide it")


def _told(found: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """What other modules find: beside the decisions, and in the published heads."""
    for place, what in found:
        yield Fault(place, what)
