"""A list of reports to be destroyed as plain data: what its committee said, what becomes of each line, and what was approved.

Before the approval its fingerprint says what somebody read; the approval freezes it (``Disposal``), with the stubs of the
acts, the keys of the rows and the hashes of the files that went. Format 1 is canonical JSON (memos.frozen.canonical_json).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from memos import archive
from memos.frozen import canonical_json
from workflows import proofs
from workflows.chain import plain
from workflows.destroying import Doomed, stub_of
from workflows.disposal_lines import LineView, members
from workflows.disposed import Disposal, DisposalList
from workflows.models import Act, Approval, Publication

FORMAT = 1


def read(found: DisposalList, views: Sequence[LineView]) -> dict[str, Any]:
    """What a person reads of the list before he approves it."""
    return {
        "format": FORMAT,
        "authority": found.organisation.slug,
        "list": str(found),
        "drawn_by": found.drawn_by_id,
        "drawn_at": plain(found.drawn_at),
        "committee": [
            {
                "user": one.user_id,
                "name": one.user.full_name,
                "title": one.title,
                "said_at": plain(one.said_at),
            }
            for one in members(found)
        ],
        "archives": archives_of(found),
        "lines": [_line(view) for view in views],
    }


def archives_of(found: DisposalList) -> dict[str, Any]:
    """What the National Archives answered, and who noted it."""
    return {
        "number": found.archives_number,
        "date": plain(found.archives_date),
        "scan": found.archives_scan.sha256 if found.archives_scan else "",
        "noted_by": found.archives_noted_by_id,
    }


def _line(view: LineView) -> dict[str, Any]:
    report, kept = view.report, view.retention
    return {
        "approval": view.line.approval_id,
        "report": report.pk,
        "title": str(report),
        "fiscal_year": report.fiscal_year,
        "item": report.item.code,
        "period": report.period,
        "number": view.number,
        "retention": kept.kept_as.title if kept else "",
        "kept_until": plain(kept.until) if kept else None,
        "opinions": said_of(view),
        "kept_because": view.kept_because,
    }


def said_of(view: LineView) -> list[dict[str, Any] | None]:
    return [None if one is None else {"keep": one.keep, "reason": one.reason} for one in view.opinions]


def fingerprint(found: DisposalList, views: Sequence[LineView]) -> str:
    return archive.sha256(canonical_json(read(found, views)))


def frozen(facts: dict[str, Any], approved: dict[str, Any], doomed: Sequence[Doomed]) -> bytes:
    """The list as it is approved: what was read, by whom it is approved, and what goes."""
    gone = {one.approval.pk: one for one in doomed}
    written = [
        {**line, "gone": _gone(gone[line["approval"]]) if line["approval"] in gone else None}
        for line in facts["lines"]
    ]
    return canonical_json({**facts, "approved": approved, "lines": written})


def _gone(one: Doomed) -> dict[str, Any]:
    published = Publication.objects.of(one.approval.organisation_id).filter(act__approval=one.approval)
    issued = [act for act in one.acts if act.memo_sha256]
    return {
        "acts": [stub_of(act) for act in one.acts],
        "codes": [proofs.code_of(act) for act in issued],
        "rows": [list(row) for row in one.named()],
        "addresses": [
            list(row) for row in published.order_by("pk").values_list("fiscal_year", "slug", "version")
        ],
    }


# --- of what was approved


@dataclass(frozen=True)
class Record:
    """A disposal as it was approved, and its line of one report."""

    disposal: Disposal
    facts: dict[str, Any]
    line: dict[str, Any]

    @property
    def number(self) -> str:
        return str(self.facts["list"])

    @property
    def approved(self) -> dict[str, Any]:
        approved: dict[str, Any] = self.facts["approved"]
        return approved


def load(disposal: Disposal) -> dict[str, Any]:
    """ValueError when it is not what its hash says."""
    data = bytes(disposal.canonical)
    if archive.sha256(data) != disposal.sha256:
        raise ValueError("the list is not what its hash says")
    facts: dict[str, Any] = json.loads(data)
    return facts


def of_approval(approval: Approval) -> Record | None:
    """None for a report that was not destroyed, or whose list cannot be read or is not the one that its act names."""
    act = approval.acts.filter(kind=Act.Kind.DISPOSE).order_by("-sequence").first()
    rows = Disposal.objects.of(approval.organisation_id).filter(list__lines__approval=approval)
    for disposal in rows.select_related("list") if act is not None else []:
        try:
            facts = load(disposal)
        except ValueError:
            continue
        line = next((one for one in facts["lines"] if one["approval"] == approval.pk and one["gone"]), None)
        if line is not None and act is not None and act.reason == told(facts["list"], disposal.sha256):
            return Record(disposal, facts, line)
    return None


def told(number: str, sha256: str) -> str:
    """The sentence by which an act of destruction names its list: data, so Thai."""
    return f"ทำลายตามบัญชีหนังสือขอทำลายที่ {number} (SHA-256 {sha256})"


def of_address(organisation: int, fiscal_year: int, slug: str, version: int | None = None) -> Record | None:
    """The disposal by which what was published at an address was destroyed: the address says so from then on."""
    found = _destroyed_at(organisation, fiscal_year, slug)
    return next((record for record, number in found if version in (None, number)), None)


def last_version(organisation: int, fiscal_year: int, slug: str) -> int:
    """The highest version that was destroyed at an address, which nothing else gets; 0 for none."""
    return max((number for _record, number in _destroyed_at(organisation, fiscal_year, slug)), default=0)


def _destroyed_at(organisation: int, fiscal_year: int, slug: str) -> Iterator[tuple[Record, int]]:
    for disposal in Disposal.objects.of(organisation).select_related("list").order_by("-pk"):
        try:
            facts = load(disposal)
        except ValueError:
            continue
        for line in facts["lines"]:
            for year, name, number in (line["gone"] or {}).get("addresses", []):
                if (year, name) == (fiscal_year, slug):
                    yield Record(disposal, facts, line), number
