"""What a report says, frozen: the working copy becomes canonical JSON that never changes.

Text is checked here once more, whatever door it came through: what cannot stand on paper is refused in words.
"""

from __future__ import annotations

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, KeysView, Mapping
from typing import Any, Literal

from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.unprintable import LONGEST, may_hold_unprintable
from memos import archive, frozen, shipped
from memos import tree as trees
from memos.models import Activity, ContentVersion, FormVersion, Measure, Report, Section
from memos.tree import Tree


class UnprintableText(ValueError):
    """Some text of the report cannot stand on paper; the message is a sentence in Thai."""


def snapshot(report: Report, tree: Tree | None = None) -> frozen.FrozenContent:
    """The working copy as plain values, unsaved. A memo without a date takes today's (Asia/Bangkok).

    ``tree`` is the report's, where somebody has read it already.
    """
    content = written(tree or trees.read(report), shipped.current_templates(report.organisation))
    canonical(content)
    return content


def canonical(content: frozen.FrozenContent) -> bytes:
    """The content in the bytes that are hashed. UnprintableText for text that cannot stand on paper."""
    text = content.canonical_text()
    if _is_doubtful(text):
        _refuse_unprintable(content.to_dict())
    return text.encode("utf-8")


# What JSON writes with a backslash, other than line feeds and quotation marks: control characters, and backslashes.
_ESCAPED = re.compile(r'\\[^n"]')
# Stands between two texts and never within one, whose own quotation marks JSON escapes. A text that is too long covers
# one of the stretches of half its length, into which the whole is cut.
_BETWEEN, _STRETCH = '","', LONGEST // 2


def _is_doubtful(text: str) -> bool:
    """One look at the JSON as a whole, since thousands of cells are nearly always blameless; no fault escapes it."""
    if any(text.find(_BETWEEN, at, at + _STRETCH) < 0 for at in range(0, len(text) - _STRETCH, _STRETCH)):
        return True
    return may_hold_unprintable(text) or _ESCAPED.search(text) is not None


def written(tree: Tree, templates: Mapping[str, str]) -> frozen.FrozenContent:
    """The rows in hand as plain values; `templates` are kind → SHA-256. Asks nothing more, judges nothing."""
    report = tree.report
    organisation = report.organisation
    garuda = archive.sha256(bytes(organisation.garuda)) if organisation.garuda else ""
    return frozen.FrozenContent(
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
        templates=frozen.Templates(**templates),
        sections=tuple(_sections(tree)),
    )


def freeze(report: Report, tree: Tree | None = None) -> ContentVersion:
    """The content version of the report as it stands; the same words give the same version."""
    content = written(tree or trees.read(report), shipped.current_templates(report.organisation))
    stored = canonical(content)
    _values.keep(stored, content)
    if report.organisation.garuda:
        archive.store(report.organisation, bytes(report.organisation.garuda))
    sha256 = archive.sha256(stored)
    found = report.content_versions.filter(sha256=sha256).first()
    if found is not None:
        return found
    version = ContentVersion(organisation=report.organisation, report=report, sha256=sha256, canonical=stored)
    version.save()
    return version


def load(version: ContentVersion) -> frozen.FrozenContent:
    return _values.of(bytes(version.canonical))


class _Values:
    """The values of the contents last frozen or read, by their bytes; what was just frozen need not be read back."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[bytes, frozen.FrozenContent] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, stored: bytes) -> frozen.FrozenContent:
        content = self._kept.get(stored)
        return self.keep(stored, content or frozen.FrozenContent.from_dict(json.loads(stored)))

    def keep(self, stored: bytes, content: frozen.FrozenContent) -> frozen.FrozenContent:
        """The value kept for these bytes: this one, or an equal one whose text was prepared already."""
        with self._lock:
            content = self._kept.setdefault(stored, content)
            self._kept.move_to_end(stored)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return content

    def clear(self) -> None:
        self._kept.clear()


_values = _Values(64)


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
    own, below = (_fields(section.form, level) for level in ("measure", "activity"))
    measures: Iterable[Measure] = _rows(section, "measures")
    for measure in measures:
        activities: Iterable[Activity] = _rows(measure, "activities")
        below_it = tuple([frozen.Activity(_shown(row.cells, below)) for row in activities])
        yield frozen.Measure(_shown(measure.cells, own), below_it)


def _shown(cells: Mapping[str, str], keys: KeysView[str]) -> Mapping[str, str]:
    return dict(cells) if cells.keys() == keys else {key: cells.get(key, "") for key in keys}


def _rows(parent: Section | Measure, name: str) -> Any:
    """Those in hand, without a manager and a query set for each measure of a long table; else they are asked for."""
    in_hand = getattr(parent, "_prefetched_objects_cache", {}).get(name)
    return getattr(parent, name).all() if in_hand is None else in_hand


def _fields(form: FormVersion, level: str) -> KeysView[str]:
    columns = (column for column in form.columns if column["level"] == level)
    return dict.fromkeys(field for column in columns for field in column["fields"]).keys()


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
