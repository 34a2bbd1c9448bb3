"""The print of the set that waits to be decided, for whoever signs by hand: made by the worker, kept beside the pictures.

It can be made again from the set, so it is no row and no record: a file whose name says the set's code and its pages.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_core import outbox
from ita_core.outbox import Job
from workflows import proofs
from workflows.models import Act, Approval
from workflows.refusals import Conflict

KIND = "print"
SECONDS = 90
# It is waited for: after this many failures the page says so.
ATTEMPTS = 2
# Longer than this without a first attempt, and nobody seems to be at work.
_LONG = timedelta(seconds=30)


@dataclass(frozen=True)
class Print:
    """Where it stands: ``path`` when it is there; else ``problem`` when it came to nothing, else it is on its way."""

    act: Act
    path: Path | None
    pages: int
    problem: str
    waits_long: bool

    @property
    def is_absent(self) -> bool:
        """Whether it is LibreOffice that is missing: then asking again is no use."""
        return "OfficeAbsent" in self.problem

    @property
    def code(self) -> str:
        return proofs.code_of(self.act)


def to_decide(approval: Approval) -> Act:
    """The act that issued the set which waits to be decided. Conflict where there is none."""
    acts = approval.acts.filter(document_set__isnull=False, document_set=approval.document_set_id)
    act = acts.select_related("document_set").order_by("sequence").last()
    if act is None:
        raise Conflict(_("เรื่องนี้ไม่มีเอกสารชุดที่รอพิจารณา"))
    act.approval = approval
    return act


def want(act: Act, *, again: bool = False) -> None:
    """Have it made. One that was made and is gone is made again; ``again`` also one that came to nothing."""
    job = Job.objects.filter(kind=KIND, key=_key(act)).first()
    gone = job is not None and job.done_at is not None and _there(act) is None
    payload = {"organisation": act.organisation_id, "act": str(act.pk)}
    outbox.want(KIND, _key(act), payload, again=again or gone)


def standing(act: Act) -> Print:
    """One query."""
    path = _there(act)
    if path is not None:
        return Print(act, path, _pages_in(path), "", False)
    job = Job.objects.filter(kind=KIND, key=_key(act)).first()
    if job is None:
        return Print(act, None, 0, "", False)
    problem = job.problem if job.given_up_at is not None else ""
    open_since = job.attempts == 0 and job.wanted_at < timezone.now() - _LONG
    return Print(act, None, 0, problem, open_since and not problem)


def pages_of(act: Act) -> int | None:
    """How many pages were printed; None where it never was."""
    path = _there(act)
    return None if path is None else _pages_in(path)


def make(payload: dict[str, Any]) -> None:
    """The worker's handler. Whatever stands in the way is raised, and tried once more."""
    # What stamps takes a third of a second to load, and no page needs it.
    from memos.sealing import stamped

    acts = Act.objects.of(payload["organisation"])
    act = acts.select_related("document_set__memo", "document_set__measures").get(pk=payload["act"])
    if act.document_set is None:
        return  # A signed list destroyed it meanwhile.
    code = proofs.code_of(act)
    pdf, pages = stamped.make(act.document_set, code, proofs.address_of(act))
    _write(_folder(act) / f"{code}.{pages}.pdf", pdf)
    if not acts.filter(pk=act.pk, document_set__isnull=False).exists():
        forget(act.organisation_id, [code])


def forget(organisation: int, codes: Iterable[str]) -> None:
    """The prints of sets that were destroyed."""
    for code in codes:
        for path in _prints(organisation, code):
            path.unlink(missing_ok=True)


def _key(act: Act) -> str:
    return str(act.pk)


def _folder(act: Act) -> Path:
    return _place(act.organisation_id)


def _place(organisation: int) -> Path:
    return Path(settings.RENDERINGS_ROOT) / str(organisation) / "print"


def _prints(organisation: int, code: str) -> list[Path]:
    return sorted(_place(organisation).glob(f"{code}.*.pdf"))


def _there(act: Act) -> Path | None:
    return next(iter(_prints(act.organisation_id, proofs.code_of(act))), None)


def _pages_in(path: Path) -> int:
    return int(path.name.split(".")[1])


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; a page may be asking for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.replace(temporary, path)
