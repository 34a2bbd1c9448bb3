"""What paper cannot do without: subject, recipient, body, tables, and text that can be printed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import thai
from memos.checks.rule import Note, Rule, note, whole
from memos.checks.view import Place, View


def _empty(view: View, key: str, sentence: str) -> Iterator[Note]:
    if view.memo[key].blank:
        yield whole(view.memo[key].place, sentence)


def no_subject(view: View) -> Iterator[Note]:
    return _empty(view, "subject", _("ยังไม่ได้ใส่เรื่อง"))


def no_recipient(view: View) -> Iterator[Note]:
    return _empty(view, "recipients", _("ยังไม่ได้ใส่ผู้รับ (เรียน)"))


def no_body(view: View) -> Iterator[Note]:
    return _empty(view, "body", _("ยังไม่ได้เขียนเนื้อความของบันทึก"))


def no_office(view: View) -> Iterator[Note]:
    return _empty(view, "office", _("ยังไม่ได้ใส่ส่วนราชการ"))


def unprintable(view: View) -> Iterator[Note]:
    for text in view.texts:
        if problem := thai.problem_in(text.text):
            yield note(text, problem)


def no_section(view: View) -> Iterator[Note]:
    if not view.parts:
        yield whole(Place("", view.sections_page, 0), _("รายงานยังไม่มีส่วนใด"))


def no_measure(view: View) -> Iterator[Note]:
    """What has groups may have an empty table: paper leaves it out."""
    for part in view.parts:
        if not part.measures and not part.has_groups:
            yield whole(part.place, _("%(place)s ยังไม่มีมาตรการ") % {"place": part.place.words})


def no_activity(view: View) -> Iterator[Note]:
    for part in view.parts:
        for measure in part.measures:
            if not measure.activities:
                yield whole(measure.place, _("%(place)s ยังไม่มีกิจกรรม") % {"place": measure.place.words})


RULES = (
    Rule("no-subject", "blocks", gettext_lazy("ไม่มีเรื่อง"), gettext_lazy("บันทึกข้อความต้องมีเรื่อง"), no_subject),
    Rule("no-recipient", "blocks", gettext_lazy("ไม่มีผู้รับ"), gettext_lazy("บันทึกข้อความต้องมีผู้รับ (เรียน)"), no_recipient),
    Rule("no-body", "blocks", gettext_lazy("ไม่มีเนื้อความ"), gettext_lazy("บันทึกข้อความต้องมีเนื้อความ"), no_body),
    Rule(
        "unprintable",
        "blocks",
        gettext_lazy("ข้อความที่พิมพ์ลงกระดาษไม่ได้"),
        gettext_lazy("อักขระควบคุมหรืออักขระที่เสียหาย และข้อความที่ยาวเกินกว่าที่รับได้"),
        unprintable,
    ),
    Rule("no-section", "blocks", gettext_lazy("ไม่มีส่วนของรายงาน"), gettext_lazy("รายงานต้องมีอย่างน้อยหนึ่งส่วน"), no_section),
    Rule(
        "no-measure",
        "blocks",
        gettext_lazy("ไม่มีมาตรการ"),
        gettext_lazy("ทุกตารางต้องมีอย่างน้อยหนึ่งมาตรการ ยกเว้นส่วนที่มีกลุ่มย่อยเป็นตารางของตนเอง"),
        no_measure,
    ),
    Rule(
        "no-activity",
        "blocks",
        gettext_lazy("มาตรการไม่มีกิจกรรม"),
        gettext_lazy("ทุกมาตรการต้องมีอย่างน้อยหนึ่งแถว"),
        no_activity,
    ),
    Rule("no-office", "word", gettext_lazy("ไม่มีส่วนราชการ"), gettext_lazy("หัวบันทึกข้อความควรบอกส่วนราชการเจ้าของเรื่อง"), no_office),
)  # fmt: skip
