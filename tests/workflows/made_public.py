"""Reports made public through the real acts; the PDF is a small one where nobody looks at its pages."""

from __future__ import annotations

from collections.abc import Mapping

from memos.models import Report
from tests import reports
from tests.memos.sealing import instant
from tests.personas import Authority
from workflows import actions, public_making
from workflows.models import Publication, PublicDraft


def prepared(
    home: Authority,
    report: Report,
    *,
    by: str = "legal_officer",
    kept: Mapping[str, str] | None = None,
    pdf: bytes | None = None,
) -> PublicDraft:
    """The next draft of the report, made as the worker makes it but for the converter."""
    before = PublicDraft.objects.of(home.organisation).filter(approval=report.approval).first()
    draft = actions.prepare_public(
        home.actor(by), report.pk, revision=before.revision if before else 0, kept=kept
    )
    return finished(draft, pdf)


def finished(draft: PublicDraft, pdf: bytes | None = None) -> PublicDraft:
    """What the worker would do with it."""
    made = public_making.finish(
        draft, public_making.masked_source(draft), pdf or instant.page(draft.revision)
    )
    assert made is not None
    return made


def published(
    home: Authority,
    report: Report | None = None,
    *,
    by: str = "legal_officer",
    kept: Mapping[str, str] | None = None,
    pdf: bytes | None = None,
) -> Publication:
    """The report (a signed one if none is given), published as the next version at its address."""
    report = report or reports.in_state(home, "mayor_signed")
    draft = prepared(home, report, by=by, kept=kept, pdf=pdf)
    act = actions.publish(home.actor(by), report.pk, revision=draft.revision)
    return (
        Publication.objects.of(home.organisation)
        .select_related("act", "data", "pdf", "organisation")
        .get(act=act)
    )


def withdrawn(
    home: Authority, report: Report, reason: str = "พบข้อมูลส่วนบุคคล", *, by: str = "legal_officer"
) -> None:
    actions.unpublish(home.actor(by), report.pk, reason=reason)
