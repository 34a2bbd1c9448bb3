"""Makes the View of a Tree."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ita_core import language
from memos import parts
from memos.checks.view import Part, Place, Row, Text, View, Where, Years
from memos.forms_data import field_label
from memos.models import Activity, Measure, Section
from memos.tree import Tree


def view_of(tree: Tree) -> View:
    return _Viewing(tree).view()


class _Viewing:
    """Counts places in the order of the paper while it goes through the tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.texts: list[Text] = []
        self._turn = itertools.count()
        report = tree.report
        self.place_of_report = [report.organisation.slug, report.pk]
        self.memo_page = reverse("memos:edit_memo", args=self.place_of_report)

    def view(self) -> View:
        report = self.tree.report
        head = {text.key: text for text in self._memo()}
        return View(
            organisation=report.organisation,
            years=Years(report.assessed_year, report.fiscal_year, report.filed_year),
            item_key=report.item.key,
            memo=head,
            memo_page=self.memo_page,
            sections_page=reverse("memos:sections", args=self.place_of_report),
            parts=tuple(self._parts()),
            texts=tuple(self.texts),
            report=report.pk,
        )

    def _place(self, words: str, url: str) -> Place:
        return Place(words, url, next(self._turn))

    def _text(self, where: Where, key: str, text: object, words: str, url: str) -> Text:
        made = Text(where, key, str(text or ""), self._place(words, url))
        self.texts.append(made)
        return made

    def _memo(self) -> Iterator[Text]:
        """Every text of the memo's page, by the names of its boxes."""
        report, memo, enclosures = self.tree.report, self.tree.memo, self.tree.enclosures
        facts: list[tuple[Where, str, object, str]] = [
            ("office", "office", memo.office, _("ส่วนราชการ")),
            ("head", "subject", memo.subject, _("เรื่อง")),
            ("head", "recipients", "\n".join(memo.recipients), _("เรียน")),
            ("head", "via", "\n".join(memo.via), _("ผ่าน")),
            ("head", "references", "\n".join(memo.references), _("อ้างถึง")),
            ("body", "body", memo.body, _("เนื้อความ")),
            ("title", "title", report.title, _("หัวเรื่องของรายงาน")),
            ("title", "cover", report.cover, _("หน้าปก")),
        ]
        for where, key, text, label in facts:
            yield self._text(where, key, text, label, f"{self.memo_page}#id_{key}")
        for number, enclosure in enumerate(enclosures):
            label = _("สิ่งที่ส่งมาด้วยลำดับที่ %(n)s") % {"n": language.shown(number + 1)}
            words = f"{enclosure.title}\n{enclosure.quantity}"
            yield self._text(
                "head", f"enclosure-{number}", words, label, f"{self.memo_page}#enclosure-{number}"
            )

    def _parts(self) -> Iterator[Part]:
        sections = self.tree.sections
        for place, (section, words) in enumerate(parts.named(sections)):
            follower = sections[place + 1] if place + 1 < len(sections) else None
            has_groups = not section.is_group and follower is not None and follower.is_group
            yield self._part(section, words, has_groups)

    def _part(self, section: Section, words: str, has_groups: bool) -> Part:
        page = reverse("memos:edit_section", args=[*self.place_of_report, section.pk])
        around = {"heading": _("หัวข้อ"), "preamble": _("ข้อความนำ"), "closing": _("ข้อความท้าย")}
        here = self._place(words, page)

        def around_text(key: str) -> None:
            self._text("words", key, getattr(section, key), f"{words} {around[key]}", f"{page}#id_{key}")

        around_text("heading")
        around_text("preamble")
        measures = tuple(
            self._measure(section, measure, words, number, page)
            for number, measure in enumerate(section.measures.all(), 1)
        )
        around_text("closing")
        return Part(here, tuple(section.form.columns), measures, has_groups)

    def _measure(self, section: Section, measure: Measure, words: str, number: int, page: str) -> Row:
        name = _("%(place)s มาตรการที่ %(n)s") % {"place": words, "n": language.shown(number)}
        place = self._place(name, f"{page}#measure-{measure.pk}")
        cells = self._cells(section, measure, "measure", name, page)
        activities = []
        for turn, activity in enumerate(measure.activities.all(), 1):
            under = _("%(place)s กิจกรรมที่ %(n)s") % {"place": name, "n": language.shown(turn)}
            there = self._place(under, f"{page}#activity-{activity.pk}")
            activities.append(Row(there, self._cells(section, activity, "activity", under, page)))
        return Row(place, cells, tuple(activities))

    def _cells(
        self, section: Section, row: Measure | Activity, level: str, name: str, page: str
    ) -> Mapping[str, Text]:
        columns: list[dict[str, Any]] = [c for c in section.form.columns if c["level"] == level]
        return {
            key: self._text(
                "cell",
                key,
                row.cells.get(key, ""),
                f"{name} {field_label(column, key)}",
                f"{page}#{level}-{row.pk}-{key}",
            )
            for column in columns
            for key in column["fields"]
        }
