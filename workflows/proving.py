"""Is this paper genuine? What anybody may learn about a code or a file: whose it is, who signed, and whether it stands.

Says nothing of a report's words before its signature, never an opinion, and no number of a row. Trusts nothing that it
can recompute: what is kept must still be what the act hashed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import cached_property

from ita_core.models import Organisation
from memos import archive, personal
from memos.importing import foreign
from memos.models import DocumentSet, FinalFile, Memo, StoredFile
from workflows import chain, correcting, disposal_records, numbers, proofs, public_places
from workflows.disposal_records import Record
from workflows.disposed import DisposedRow
from workflows.models import FORWARD_ACTS, UNDER_WAY, Act, Approval, Publication, State

GENUINE, SUPERSEDED, ALTERED, UNKNOWN = "genuine", "superseded", "altered", "unknown"
DESTROYED = "destroyed"
# SQLite keeps dates and identifiers as text: what somebody wrote over them may not be one any more.
_UNREADABLE = (ValueError, TypeError)
_PDF = b"%PDF-"
_READING_SECONDS = 5.0


@dataclass(frozen=True)
class Finding:
    """A verdict, and the act that issued the documents; ``matched`` says which of its files was dropped.

    ``latest`` issued what stands now: a newer set of the report, or that of the correction that took its place.
    ``withdrawn`` took back the public copy that was dropped.
    """

    verdict: str
    act: Act | None = None
    matched: str = ""
    latest: Act | None = field(default=None, compare=False)
    is_corrected: bool = False
    destroyed_by: Record | None = field(default=None, compare=False)
    withdrawn: Act | None = field(default=None, compare=False)

    @property
    def approval(self) -> Approval:
        assert self.act is not None
        return self.act.approval

    @property
    def code(self) -> str:
        return proofs.code_of(self.act) if self.act else ""

    @property
    def is_signed(self) -> bool:
        """Whether the report has come to its end by a signature; only then something of it is told."""
        return bool(self.approval.state == State.MAYOR_SIGNED)

    @property
    def is_final(self) -> bool:
        return self.verdict == GENUINE and self.is_signed

    @cached_property
    def signers(self) -> list[Act]:
        """Whose blocks stand on this set, in order: the drafter's and those of the steps passed until then."""
        assert self.act is not None
        kinds = [Act.Kind.SUBMIT, *FORWARD_ACTS]
        acts = self.approval.acts.filter(
            round=self.act.round, sequence__lte=self.act.sequence, kind__in=kinds
        )
        return list(acts.order_by("sequence"))

    @property
    def newer_code(self) -> str:
        """The code of the set that stands instead, of a signed report."""
        if self.verdict != SUPERSEDED or not self.is_signed or self.latest is None or self.latest == self.act:
            return ""
        return proofs.code_of(self.latest)

    @cached_property
    def number_is_void(self) -> bool:
        """Whether the number that this set carries was taken away since, and no newer set came of it."""
        assert self.act is not None
        voided = self.approval.acts.filter(kind=Act.Kind.VOID_NUMBER, sequence__gt=self.act.sequence)
        return bool(self.number) and voided.exists()

    @cached_property
    def number(self) -> str:
        """The number that stands on this set; "" without one."""
        assert self.act is not None
        given = self.approval.acts.filter(kind__in=numbers.KINDS, sequence__lte=self.act.sequence)
        return numbers.after(given.order_by("sequence"))

    @cached_property
    def subject(self) -> str:
        """What a signed report is about; a classified one keeps it to itself, and none tells what copies have masked."""
        if not self.is_signed:
            return ""
        memo = Memo.objects.of(self.approval.organisation).get(report=self.approval.report_id)
        return "" if memo.secrecy else personal.hidden(str(self.approval.report))


def of_code(typed: str) -> Finding:
    try:
        act = proofs.find(typed)
        return Finding(UNKNOWN) if act is None else of_act(act)
    except _UNREADABLE:
        return Finding(ALTERED)


def of_act(act: Act, matched: str = "") -> Finding:
    if act.approval.state == State.DISPOSED:
        record = disposal_records.of_approval(act.approval)
        named = record is not None and proofs.code_of(act) in record.line["gone"]["codes"]
        return Finding(DESTROYED if named else ALTERED, act, matched, destroyed_by=record if named else None)
    latest = _latest(act.approval)
    if not is_as_it_was(act):
        return Finding(ALTERED, act, matched, latest)
    newer = correcting.newest_of(act.approval)
    if newer is not None:
        return Finding(SUPERSEDED, act, matched, _latest(newer), is_corrected=True)
    stands = act.approval.state in [State.MAYOR_SIGNED, *UNDER_WAY]
    verdict = GENUINE if stands and latest == act else SUPERSEDED
    return Finding(verdict, act, matched, latest)


def _latest(approval: Approval) -> Act | None:
    """The act that issued the report's newest set."""
    return approval.acts.exclude(memo_sha256="").order_by("sequence").last()


def is_as_it_was(act: Act) -> bool:
    """Whether the act and its two documents are still what was hashed."""
    issued = act.document_set
    if issued is None or not isinstance(act.payload, bytes | memoryview):
        return False
    payload = bytes(act.payload)
    if chain.digest(payload) != act.hash or chain.payload_of(act) != payload:
        return False
    if (issued.memo.sha256, issued.measures.sha256) != (act.memo_sha256, act.measures_sha256):
        return False
    try:
        archive.read(issued.memo)
        archive.read(issued.measures)
    except archive.FileFault:
        return False
    return True


def of_file(sha256: str, read: Callable[[], bytes], starts: bytes) -> Finding:
    """``read`` is asked for the bytes only if the hash is none of ours. Nothing of the file is kept."""
    found = _issued(sha256)
    if found is not None:
        act, kind = found
        withdrawn = _withdrawn(act.organisation_id, sha256) if kind == "public" else None
        return dataclasses.replace(of_act(act, kind), withdrawn=withdrawn)
    if (gone := _destroyed(sha256)) is not None:
        return of_act(gone)
    if not starts.startswith(_PDF):
        return Finding(UNKNOWN)
    try:
        codes = foreign.run("pdf-codes", read(), _READING_SECONDS)
    except foreign.ForeignFile:
        return Finding(UNKNOWN)
    named = next((act for act in map(proofs.find, codes) if act is not None), None)
    return Finding(ALTERED, named) if named is not None else Finding(UNKNOWN)


def _issued(sha256: str) -> tuple[Act, str] | None:
    """The newest act that issued this file, and as which of its papers."""
    # Asked by authority, because that is what the index begins with.
    everywhere = Organisation.objects.values("pk")
    files = StoredFile.objects.across_organisations().filter(organisation__in=everywhere, sha256=sha256)
    for stored in files:
        for kind, sets in _sets_with(stored):
            acts = Act.objects.of(stored.organisation_id).filter(document_set__in=sets)
            act = acts.select_related(*proofs.RELATED).order_by("-sequence").first()
            if act is not None:
                return act, kind
    return None


def _destroyed(sha256: str) -> Act | None:
    """The act that issued the newest set of the report with which the file was destroyed."""
    rows = DisposedRow.objects.across_organisations().filter(table=StoredFile._meta.db_table, sha256=sha256)
    row = rows.order_by("-pk").first()
    if row is None:
        return None
    acts = Act.objects.across_organisations().filter(approval=row.approval_id).exclude(memo_sha256="")
    return acts.select_related(*proofs.RELATED).order_by("-sequence").first()


def _sets_with(stored: StoredFile) -> list[tuple[str, list[int]]]:
    """Sets that name the file as their memo, their measure table, or their final file; or that it is published of."""
    rows = DocumentSet.objects.of(stored.organisation_id)
    found = [
        (kind, list(rows.filter(Q(**{kind: stored})).values_list("pk", flat=True)))
        for kind in ("memo", "measures")
    ]
    final = FinalFile.objects.of(stored.organisation_id).filter(pdf=stored)
    return [
        *found,
        ("final", list(final.values_list("document_set", flat=True))),
        ("public", _sets_published_as(stored)),
    ]


def _sets_published_as(stored: StoredFile) -> list[int]:
    """A publication is of the newest set there was: its files bear that set's code."""
    rows = Publication.objects.of(stored.organisation_id).filter(Q(pdf=stored) | Q(data=stored))
    found: list[int | None] = []
    for row in rows.select_related("act"):
        acts = Act.objects.of(stored.organisation_id).filter(
            approval=row.act.approval_id, document_set__isnull=False, sequence__lt=row.act.sequence
        )
        found += acts.order_by("-sequence").values_list("document_set", flat=True)[:1]
    return [one for one in found if one is not None]


def _withdrawn(organisation_id: int, sha256: str) -> Act | None:
    """The act that took the file back; None while it still stands as any version."""
    rows = Publication.objects.of(organisation_id).filter(Q(pdf__sha256=sha256) | Q(data__sha256=sha256))
    published = list(rows.select_related("act").order_by("pk"))
    acts = public_places.withdrawals(organisation_id, published)
    return acts[published[-1].pk] if published and len(acts) == len(published) else None
