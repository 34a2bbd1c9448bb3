"""What a report says, frozen: the working copy becomes canonical JSON that never changes.

Text is checked here once more, whatever door it came through: what cannot stand on paper is refused in words.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any, Literal

from django.utils.translation import gettext as _

from ita_core import thai
from memos import archive, frozen, shipped
from memos import tree as trees
from memos.models import ContentVersion, FormVersion, Report, Section
from memos.tree import Tree


class UnprintableText(ValueError):
    """Some text of the report cannot stand on paper; the message is a sentence in Thai."""


def snapshot(report: Report, tree: Tree | None = None) -> frozen.FrozenContent:
    """The working copy as plain values, unsaved. A memo without a date takes today's (Asia/Bangkok).

    ``tree`` is the report's, where somebody has read it already.
    """
    tree = tree or trees.read(report)
    organisation = report.organisation
    garuda = archive.sha256(bytes(organisation.garuda)) if organisation.garuda else ""
    content = frozen.FrozenContent(
        organisation=frozen.OrganisationFacts(organisation.full_name, organisation.kind, garuda),
        report=frozen.ReportFacts(
            title=tuple(report.title.splitlines()),
            fiscal_year=report.fiscal_year,
            assessed_year=report.assessed_year,
            filed_year=report.filed_year,
            item=report.item.code,
            period=report.period,
            cover=tuple(report.cover.splitlines()),
        ),
        memo=_memo(tree),
        templates=frozen.Templates(**shipped.current_templates(organisation)),
        sections=tuple(_sections(tree)),
    )
    _refuse_unprintable(content.to_dict())
    return content


def freeze(report: Report, tree: Tree | None = None) -> ContentVersion:
    """The content version of the report as it stands; the same words give the same version."""
    content = snapshot(report, tree)
    canonical = frozen.canonical_json(content.to_dict())
    if report.organisation.garuda:
        archive.store(report.organisation, bytes(report.organisation.garuda))
    sha256 = archive.sha256(canonical)
    found = report.content_versions.filter(sha256=sha256).first()
    if found is not None:
        return found
    version = ContentVersion(
        organisation=report.organisation, report=report, sha256=sha256, canonical=canonical
    )
    version.save()
    return version


def load(version: ContentVersion) -> frozen.FrozenContent:
    return _parsed(bytes(version.canonical))


@functools.lru_cache(maxsize=64)
def _parsed(canonical: bytes) -> frozen.FrozenContent:
    return frozen.FrozenContent.from_dict(json.loads(canonical))


def _memo(tree: Tree) -> frozen.MemoHead:
    report, memo = tree.report, tree.memo
    return frozen.MemoHead(
        office=memo.office,
        number_prefix=report.organisation.number_prefix,
        subject=memo.subject,
        recipients=tuple(memo.recipients),
        via=tuple(memo.via),
        references=tuple(memo.references),
        enclosures=tuple(frozen.Enclosure(e.title, e.quantity, e.pages) for e in tree.enclosures),
        body=memo.body,
        date=memo.date or thai.today(),
        speed=memo.speed,
        secrecy=memo.secrecy,
    )


def _sections(tree: Tree) -> Iterator[frozen.Section]:
    for section in tree.sections:
        yield frozen.Section(
            heading=section.heading,
            preamble=section.preamble,
            closing=section.closing,
            form=form_values(section.form),
            measures=tuple(_measures(section)),
            is_group=section.is_group,
        )


def _measures(section: Section) -> Iterator[frozen.Measure]:
    """Cells keep only what the form shows: a column that a change of form hid is not carried onto paper."""
    keys = {level: _fields(section.form, level) for level in ("measure", "activity")}
    for measure in section.measures.all():
        yield frozen.Measure(
            cells={key: measure.cells.get(key, "") for key in keys["measure"]},
            activities=tuple(
                frozen.Activity({key: activity.cells.get(key, "") for key in keys["activity"]})
                for activity in measure.activities.all()
            ),
        )


def _fields(form: FormVersion, level: str) -> list[str]:
    return [field for column in form.columns if column["level"] == level for field in column["fields"]]


def form_values(form: FormVersion) -> frozen.Form:
    columns = tuple(
        frozen.Column(
            **{**column, "fields": tuple(column["fields"]), "labels": tuple(column.get("labels", ()))}
        )
        for column in form.columns
    )
    orientation: Literal["portrait", "landscape"] = (
        "portrait" if form.orientation == FormVersion.Orientation.PORTRAIT else "landscape"
    )
    return frozen.Form(form.slug, form.number, form.title, columns, orientation)


def _refuse_unprintable(value: Any) -> None:
    if isinstance(value, dict):
        for item in value.values():
            _refuse_unprintable(item)
    elif isinstance(value, list):
        for item in value:
            _refuse_unprintable(item)
    elif isinstance(value, str) and (problem := thai.problem_in(value)):
        excerpt = value.strip()[:40].encode("utf-8", "replace").decode()
        raise UnprintableText(_("ข้อความ “%(text)s…”: %(problem)s") % {"text": excerpt, "problem": problem})
