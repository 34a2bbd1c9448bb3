"""Were only those rows destroyed that a list names, and is the list the one that the head approved, and might he?

Every act of destruction carries the hash of its list; the list holds what is left of each act, and names each row that
went. So a row named by hand, a list written over, and a stub that was changed are found. A fault is told as (place, what),
as verification.py has them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps

from ita_core import thai
from ita_core.models import Organisation
from workflows import destroying, disposal_lines
from workflows import disposal_records as records
from workflows.chain import plain
from workflows.disposal_permissions import COMMITTEE
from workflows.disposed import Disposal, DisposalList, DisposedRow
from workflows.models import Act
from workflows.verification_rows import UNREADABLE

Found = Iterator[tuple[str, str]]
_HOLDS = (Act.Kind.HOLD, Act.Kind.RELEASE)


def emptied(organisation: Organisation, acts: Sequence[Act]) -> dict[str, dict[str, Any]]:
    """By key of an act, the stub that an approved list left of it. Only lists that acts of destruction name count.

    None where a list cannot be read: then every act that it emptied is a fault, as ``disposals`` is.
    """
    try:
        sound = list(_sound(organisation, acts))
    except UNREADABLE:
        return {}
    stubs = [
        stub
        for _disposal, facts, _named in sound
        for line in facts["lines"]
        for stub in (line["gone"] or {}).get("acts", [])
    ]
    return {stub["id"]: stub for stub in stubs}


def _sound(
    organisation: Organisation, acts: Sequence[Act]
) -> Iterator[tuple[Disposal, dict[str, Any], set[int]]]:
    """Each list that can be read, with the approvals whose acts of destruction name it: all that it destroyed."""
    told: dict[str, set[int]] = {}
    for act in acts:
        if act.kind == Act.Kind.DISPOSE:
            told.setdefault(act.reason, set()).add(act.approval_id)
    for disposal in (
        Disposal.objects.of(organisation).select_related("list__archives_scan").defer("created_at")
    ):
        try:
            facts = records.load(disposal)
            named = told.get(records.told(facts["list"], disposal.sha256), set())
            if named == {line["approval"] for line in facts["lines"] if line["gone"]}:
                yield disposal, facts, named
        except (ValueError, KeyError, TypeError):
            continue


def disposals(organisation: Organisation, acts: Sequence[Act]) -> Found:
    sound = {disposal.pk: (disposal, facts) for disposal, facts, _named in _sound(organisation, acts)}
    explained = {approval for _d, _f, named in _sound(organisation, acts) for approval in named}
    for pk in Disposal.objects.of(organisation).order_by("pk").values_list("pk", flat=True):
        if pk not in sound:
            yield f"{organisation.slug}/disposal/{pk}", "it is not the list that acts of destruction name"
    for act in acts:
        if act.kind == Act.Kind.DISPOSE and act.approval_id not in explained:
            yield f"{organisation.slug}/act/{act.sequence}/disposal", "the list that the act names is missing"
    yield from _rows(organisation, sound)
    for disposal, facts in sound.values():
        place = f"{organisation.slug}/disposal/{disposal.pk}"
        try:
            if _said(disposal.list) != _approved(facts):
                yield place, "its list says otherwise than what was approved"
            for what in _unfit(facts):
                yield place, what
        except KeyError as error:
            yield place, f"the list lacks {error}"


def _said(found: DisposalList) -> tuple[Any, ...]:
    """What the list, its committee and their opinions say now."""
    committee = [(one.user_id, one.title, plain(one.said_at)) for one in disposal_lines.members(found)]
    lines = [(view.line.approval_id, records.said_of(view)) for view in disposal_lines.lines(found)]
    return str(found), found.standing, records.archives_of(found), committee, lines


def _approved(facts: Mapping[str, Any]) -> tuple[Any, ...]:
    committee = [(one["user"], one["title"], one["said_at"]) for one in facts["committee"]]
    lines = [(line["approval"], line["opinions"]) for line in facts["lines"]]
    return facts["list"], "approved", facts["archives"], committee, lines


def _unfit(facts: Mapping[str, Any]) -> Iterator[str]:
    """Where by its own words the list should not have been approved, or a line of it not have been destroyed."""
    people = {one["user"] for one in facts["committee"]}
    if len(people) != COMMITTEE or facts["approved"]["user"] in people or not facts["archives"]["number"]:
        yield "it was approved without three others and the Archives' answer"
    day = thai.bangkok_date(datetime.datetime.fromisoformat(facts["approved"]["at"])).isoformat()
    for line in facts["lines"]:
        if not line["gone"]:
            continue
        said, until = line["opinions"], line["kept_until"]
        if line["kept_because"] or len(said) != COMMITTEE or any(one is None or one["keep"] for one in said):
            yield f"it destroyed report {line['report']}, which somebody wanted to keep"
        if until is None or until >= day:
            yield f"it destroyed report {line['report']} before its date"
        kinds = [stub["kind"] for stub in line["gone"]["acts"] if stub["kind"] in _HOLDS]
        if kinds and kinds[-1] == Act.Kind.HOLD:
            yield f"it destroyed report {line['report']}, which was held"


def _rows(organisation: Organisation, sound: dict[int, tuple[Disposal, dict[str, Any]]]) -> Found:
    """What is named is what the list says, and it is gone."""
    expected = {
        (pk, line["approval"], *row)
        for pk, (_disposal, facts) in sound.items()
        for line in facts["lines"]
        for row in (line["gone"] or {}).get("rows", [])
    }
    rows = DisposedRow.objects.of(organisation).order_by("pk")
    for row in rows.iterator(chunk_size=500):
        place = f"{organisation.slug}/disposed_row/{row.pk}"
        facts = (row.disposal_id, row.approval_id, row.table, row.key, row.sha256)
        if facts not in expected:
            yield place, "no approved list names this row"
        else:
            expected.discard(facts)
            if row.table != Act._meta.db_table and _is_there(row):
                yield place, "the row that was destroyed is there"
    for pk in sorted({pk for pk, *_row in expected}):
        yield f"{organisation.slug}/disposal/{pk}", "a row that the list names is not among the destroyed"


def _is_there(row: DisposedRow) -> bool:
    model = next((one for one in apps.get_models() if one._meta.db_table == row.table), None)
    return model is not None and model._base_manager.filter(pk=row.key).exists()


def stub_faults(act: Act, stub: Mapping[str, Any]) -> list[str]:
    """Columns of an emptied act that are not what the list left of it, and those that are not empty."""
    now = destroying.stub_of(act)
    changed = [name for name in now.keys() | stub.keys() if now.get(name) != stub.get(name)]
    filled = [
        name for name, value in {"payload": b"", **Act.emptied}.items() if _plain(getattr(act, name)) != value
    ]
    return sorted([*changed, *filled])


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
