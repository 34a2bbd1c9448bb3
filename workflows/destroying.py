"""What of a report goes when a signed list destroys it, and what stays as its stub.

Gone: the content, the documents, the final files, scans and public copies with their addresses, the working copy,
what offices filled in of it with their files, steps, remarks, views, preparations, orders, the words of notices and
those for searching, and what was made to be looked at (pictures, prints). Of each act what was said is emptied:
payload, opinion, reason, and the links to what is gone. Stays: the report's title, year, item and period, its line in
the register, and of each act sequence, kind, who, in which capacity, when, the hashes of content and documents, its
own hash and that of the act before it: the chain holds, and whoever has the paper can still be told that it was
genuine.

A file that something else names too (another report, an officer's signature) stays with it.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from ita_core import outbox, telling
from ita_core.models import Organisation
from memos import archive
from memos.models import Rendering, Report, StoredFile
from memos.rendering import pages
from workflows import chain, printing, proofs
from workflows.addresses import PostedAddress
from workflows.disposed import Disposal, DisposedRow
from workflows.models import Act, Approval

KIND = "destroy"
# What goes, those first that point at others: model and its way to the approval.
ROWS = [
    ("workflows.AddressCheck", "publication__act__approval"),
    ("workflows.PostedAddress", "publication__act__approval"),
    ("workflows.Publication", "act__approval"),
    ("workflows.PublicDraft", "approval"),
    ("workflows.SearchText", "approval"),
    ("workflows.Errand", "approval"),
    ("workflows.Preparation", "step__approval"),
    ("workflows.View", "approval"),
    ("workflows.Comment", "approval"),
    ("workflows.Look", "approval"),
    ("workflows.ApprovalStep", "approval"),
    ("memos.FinalFile", "document_set__content__report__approval"),
    ("memos.DocumentSet", "content__report__approval"),
    ("memos.ContentVersion", "report__approval"),
    ("memos.CollectedEntry", "report__approval"),
    ("memos.CollectedFile", "report__approval"),
    ("memos.CollectedLink", "report__approval"),
    ("memos.CollectedRow", "report__approval"),
    ("memos.Collection", "report__approval"),
    ("memos.Memo", "report__approval"),
    ("memos.Section", "report__approval"),
    ("memos.RemovedRow", "report__approval"),
    ("memos.ImportDraft", "report__approval"),
    ("memos.CoDrafter", "report__approval"),
    ("memos.Presence", "report__approval"),
]
# Links of an act that are emptied with what was said.
_EMPTIED_LINKS = {"scan", "document_set"}
_PREVIEWED = datetime.timedelta(days=1)
"""Papers of drafts that were looked at before may be of any report; what somebody looks at now stays."""


@dataclass
class Doomed:
    """One report's rows that go, by table, and its files that nothing else names."""

    approval: Approval
    acts: list[Act]
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    files: list[StoredFile] = field(default_factory=list)

    def named(self) -> Iterator[tuple[str, str, str]]:
        """(table, key, hash) of each row that a trigger has to let go; the hash of a file, or of a row in a chain."""
        for act in self.acts:
            yield Act._meta.db_table, act.pk.hex, ""
        for model, keys in self.rows.items():
            if getattr(model, "removable", False):
                hashes = _hashes(model, keys)
                yield from (
                    (model._meta.db_table, str(key).replace("-", ""), hashes.get(key, "")) for key in keys
                )
        for file in self.files:
            yield StoredFile._meta.db_table, str(file.pk), file.sha256


def _hashes(model: type[models.Model], keys: Sequence[Any]) -> dict[Any, str]:
    """Posted addresses are a chain of their own: the next one names the hash of one that is gone."""
    if model is not PostedAddress:
        return {}
    rows = PostedAddress.objects.across_organisations().filter(pk__in=keys)
    return dict(rows.values_list("pk", "hash"))


def gather(approvals: Sequence[Approval]) -> list[Doomed]:
    """What goes with these reports; a file of several of them goes with the first. Nothing is written."""
    found = [_rows_of(approval) for approval in approvals]
    going: dict[tuple[type[models.Model], str], set[Any]] = defaultdict(set)
    for one in found:
        for link in _EMPTIED_LINKS:
            going[Act, link] |= {act.pk for act in one.acts}
        for model, keys in one.rows.items():
            for column in _links_to_files(model):
                going[model, column] |= set(keys)
    named_before: set[int] = set()
    copies = _copies_made_anew(found)
    for one in found:
        its = (_files_of(one) | copies[one.approval.pk]) - named_before
        named_before |= its
        free = its - _named_elsewhere(its, going)
        one.files = list(
            StoredFile.objects.of(one.approval.organisation_id).filter(pk__in=free).order_by("pk")
        )
    return found


def _rows_of(approval: Approval) -> Doomed:
    one = Doomed(approval, list(approval.acts.order_by("sequence")))
    for label, way in ROWS:
        model = apps.get_model(label)
        keys = list(model._base_manager.filter(**{way: approval}).order_by("pk").values_list("pk", flat=True))
        if keys:
            one.rows[model] = keys
    return one


def _links_to_files(model: type[models.Model]) -> list[str]:
    return [
        column.name
        for column in model._meta.concrete_fields
        if getattr(column, "related_model", None) is StoredFile
    ]


def _files_of(one: Doomed) -> set[int]:
    keys = {act.scan_id for act in one.acts}
    for model, its in one.rows.items():
        for column in _links_to_files(model):
            keys |= set(model._base_manager.filter(pk__in=its).values_list(column, flat=True))
    return {key for key in keys if key is not None}


def _copies_made_anew(found: Sequence[Doomed]) -> dict[int, set[int]]:
    """By approval: public copies that were prepared anew. No row names the earlier ones; their data says of which set."""
    copies: dict[int, set[int]] = defaultdict(set)
    its = {proofs.code_of(act): one.approval for one in found for act in one.acts if act.memo_sha256}
    for organisation in {approval.organisation_id for approval in its.values()}:
        files = {row.sha256: row for row in _named_by_none(organisation)}
        for row in files.values():
            code, pdf = _public_data(row)
            if code in its:
                copies[its[code].pk] |= {one.pk for one in (row, files.get(pdf)) if one is not None}
    return copies


def _named_by_none(organisation: int) -> QuerySet[StoredFile]:
    rows = StoredFile.objects.of(organisation)
    for model in apps.get_models():
        for column in _links_to_files(model):
            named = model._base_manager.filter(**{f"{column}__isnull": False})
            rows = rows.exclude(pk__in=named.values(column))
    return rows


def _public_data(stored: StoredFile) -> tuple[str, str]:
    """The code of the set and the hash of the PDF, of a public copy's data; empty for any other file."""
    with contextlib.suppress(archive.FileFault, ValueError, TypeError, KeyError):
        data = archive.read(stored)
        if data.startswith(b"{"):
            told = json.loads(data)
            return str(told["code"]), str(told["pdf"]["sha256"])
    return "", ""


def _named_elsewhere(keys: set[int], going: dict[tuple[type[models.Model], str], set[Any]]) -> set[int]:
    """Those that a row which stays names too."""
    found: set[int] = set()
    for model in apps.get_models():
        for column in _links_to_files(model):
            rows = model._base_manager.filter(**{f"{column}__in": keys})
            rows = rows.exclude(pk__in=going.get((model, column), ()))
            found |= set(rows.values_list(column, flat=True))
    return found


def stub_of(act: Act) -> dict[str, Any]:
    """The columns of an act that stay, as plain values."""
    left_out = {"payload", *Act.emptied}
    columns = (column for column in act._meta.concrete_fields if column.attname not in left_out)
    return {column.attname: chain.plain(getattr(act, column.attname)) for column in columns}


def name_rows(disposal: Disposal, doomed: Sequence[Doomed]) -> None:
    """From here on the triggers let these rows go, and no other."""
    DisposedRow.objects.bulk_create(
        DisposedRow(disposal=disposal, approval=one.approval, table=table, key=key, sha256=sha256)
        for one in doomed
        for table, key, sha256 in one.named()
    )


def destroy(one: Doomed) -> None:
    """The rows that ``name_rows`` named, and those that anybody may delete. The approval names none of them any more."""
    organisation = one.approval.organisation_id
    Act.objects.of(organisation).filter(pk__in=[act.pk for act in one.acts]).update(**Act.emptied)
    for model, keys in one.rows.items():
        model._base_manager.filter(pk__in=keys).delete()
    Report.objects.of(organisation).filter(pk=one.approval.report_id).update(cover="")
    telling.forget(organisation, one.approval.report_id)
    hashes = [file.sha256 for file in one.files]
    for rendering in Rendering.objects.of(organisation).filter(sha256__in=hashes):
        pages.forget(rendering)
    StoredFile.objects.of(organisation).filter(pk__in=[file.pk for file in one.files]).delete()


def want(disposal: Disposal) -> None:
    """In the transaction: the files themselves go when it is committed."""
    outbox.want(KIND, str(disposal.pk), {"organisation": disposal.organisation_id, "disposal": disposal.pk})


def remove_files(payload: dict[str, Any]) -> None:
    """The worker's handler. What cannot be removed is tried again, and then given up with its sentence; sweep takes it too."""
    organisation = Organisation.objects.get(pk=payload["organisation"])
    rows = DisposedRow.objects.of(organisation).filter(disposal=payload["disposal"])
    hashes = list(rows.filter(table=StoredFile._meta.db_table).values_list("sha256", flat=True))
    issued = Act.objects.of(organisation).filter(approval__in=rows.values("approval")).exclude(memo_sha256="")
    printing.forget(organisation.pk, map(proofs.code_of, issued))
    pages.clear(organisation.pk, hashes)
    pages.forget_previews(organisation, timezone.now() - _PREVIEWED)
    archive.drop(organisation, hashes)
