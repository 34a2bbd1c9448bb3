"""What is masked in a public copy and what stays, and why: one pair of fields for each finding of the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_core import language
from memos import personal
from memos.fields import PaperField
from workflows.acting import LIMIT
from workflows.gate import Choices, Finding, Source

MASK, KEEP = "mask", "keep"
_STALE = _("หน้านี้ไม่ใช่หน้าที่แสดงอยู่แล้ว โปรดเปิดใหม่")
_NAMES = {
    personal.NATIONAL_ID: _("เลขประจำตัวประชาชน"),
    personal.PHONE: _("หมายเลขโทรศัพท์"),
    personal.EMAIL: _("อีเมล"),
    personal.ACCOUNT: _("เลขที่บัญชีธนาคาร"),
}


@dataclass(frozen=True)
class Row:
    """A finding as the page shows it; ``places`` in words."""

    finding: Finding
    what: str
    places: list[str]
    choice: forms.BoundField
    reason: forms.BoundField


class GateForm(forms.Form):
    """``revision`` is that of the draft which the page showed, 0 without one."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, error_messages={"required": _STALE})

    def __init__(
        self, *args: Any, findings: Sequence[Finding], source: Source, chosen: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._findings, self._source = findings, source
        for finding in findings:
            before = chosen.get(finding.key, {"masked": True, "reason": ""})
            self.fields[_name("choice", finding)] = forms.ChoiceField(
                label=_("ในสำเนาสาธารณะ"),
                choices=[(MASK, _("ปิดบัง")), (KEEP, _("คงไว้ โดยมีเหตุผล"))],
                widget=forms.RadioSelect,
                initial=MASK if before["masked"] else KEEP,
            )
            self.fields[_name("reason", finding)] = PaperField(
                label=_("เหตุผลที่คงไว้"),
                help_text=_("ต้องระบุเมื่อเลือกคงไว้ เหตุผลนี้อยู่ในประวัติของรายงาน"),
                initial=before["reason"],
                required=False,
                limit=LIMIT,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> Iterator[Row]:
        for finding in self._findings:
            places = dict.fromkeys(in_words(place, self._source) for place in finding.places)
            yield Row(
                finding,
                str(_NAMES[finding.what]),
                list(places),
                self[_name("choice", finding)],
                self[_name("reason", finding)],
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for finding in self._findings:
            kept = cleaned.get(_name("choice", finding)) == KEEP
            if kept and not cleaned.get(_name("reason", finding)):
                self.add_error(_name("reason", finding), gettext("โปรดระบุเหตุผลที่คงข้อมูลนี้ไว้"))
        return cleaned

    def kept(self) -> dict[str, str]:
        """By finding, why it is not masked."""
        return {
            one.key: self.cleaned_data[_name("reason", one)]
            for one in self._findings
            if self.cleaned_data[_name("choice", one)] == KEEP
        }


class PublishForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, error_messages={"required": _STALE})


class UnpublishForm(forms.Form):
    reason = PaperField(
        label=_("เหตุผลที่ถอนการเผยแพร่"),
        help_text=_("ผู้ที่เปิดที่อยู่นี้จะเห็นเหตุผลและวันที่ถอน จึงโปรดไม่ระบุข้อมูลส่วนบุคคล"),
        limit=LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("โปรดระบุเหตุผลที่ถอนการเผยแพร่")},
    )


def _name(prefix: str, finding: Finding) -> str:
    return f"{prefix}-{finding.key.replace(':', '-')}"


_PLACES = {
    "memo.office": _("ส่วนราชการ"),
    "memo.subject": _("เรื่อง"),
    "memo.recipients": _("เรียน"),
    "memo.via": _("ผ่าน"),
    "memo.references": _("อ้างถึง"),
    "memo.enclosures": _("สิ่งที่ส่งมาด้วย"),
    "memo.body": _("เนื้อความ"),
    "report.title": _("หัวเรื่องของรายงาน"),
    "report.cover": _("หน้าปก"),
    "organisation.name": _("ชื่อหน่วยงาน"),
}


def in_words(place: str, source: Source) -> str:
    """A place of public_copy.words as a person would say it."""
    parts = place.split(".")
    if parts[0] == "blocks":
        return gettext("ความเห็นของ%(name)s") % {"name": source.blocks[int(parts[1])].name}
    if parts[0] != "sections":
        return str(_PLACES.get(".".join(parts[:2]), place))
    section = source.content.sections[int(parts[1])]
    said = [gettext("ตารางที่ %(number)s") % {"number": language.shown(int(parts[1]) + 1)}]
    if "measures" in parts:
        said.append(gettext("มาตรการที่ %(number)s") % {"number": language.shown(int(parts[3]) + 1)})
    if "activities" in parts:
        said.append(gettext("กิจกรรมที่ %(number)s") % {"number": language.shown(int(parts[5]) + 1)})
    if "cells" in parts:
        key = parts[-1]
        said += [" ".join(column.heading.split()) for column in section.form.columns if key in column.fields]
    return " ".join(said)
