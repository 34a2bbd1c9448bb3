"""The editor's forms. A draft may be unfinished: what is still missing is said by checks, before it is submitted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ita_core import language, thai
from ita_core.models import AssessmentItem
from ita_core.rows import RowChoice
from memos.fields import LinesField, PaperField, ThaiDateField, YearField
from memos.models import FormVersion, Memo, Report, Section

MEMO_FACTS = ("office", "date", "subject", "recipients", "via", "references", "body", "speed", "secrecy")
REPORT_FACTS = ("title", "cover", "assessed_year", "fiscal_year", "item", "period")
PLACE = ("fiscal_year", "item", "period")
SAME_PLACE = _("ฉบับแก้ไขต้องเป็นของปีงบประมาณ ข้อ และรอบเดียวกับฉบับที่แก้ไข")


def _periods() -> list[tuple[str, str]]:
    return [(value, language.shown(label)) for value, label in Report.Period.choices]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-autosize": ""})


class ItemField(RowChoice):
    """Items of every known assessment year: codes change yearly, so the year stands first."""

    def label_from_instance(self, item: Any) -> str:
        return language.shown(f"{item.assessment_year_id} – {item.code} {item.title}")


class MemoForm(forms.Form):
    """The memo and the report's own facts, edited on one page."""

    speed = forms.ChoiceField(
        label=_("ชั้นความเร็ว"),
        choices=Memo.Speed,
        required=False,
        help_text=_("เลือกเมื่อต้องปฏิบัติเร็วกว่าปกติ พิมพ์ตัวแดงเหนือคำว่าบันทึกข้อความ"),
    )
    secrecy = forms.ChoiceField(
        label=_("ชั้นความลับ"),
        choices=Memo.Secrecy,
        required=False,
        help_text=_("รายงานนี้ต้องเผยแพร่ จึงมักเว้นว่าง ถ้าเลือกจะพิมพ์กลางหน้าด้านบนและด้านล่าง"),
    )
    office = PaperField(
        label=_("ส่วนราชการ"),
        required=False,
        limit=300,
        one_line=True,
        widget=forms.TextInput,
        help_text=_("หน่วยงานเจ้าของเรื่อง พร้อมงานและหมายเลขโทรศัพท์ เช่น สำนักปลัด งานนิติการ โทร. …"),
    )
    date = ThaiDateField(label=_("วันที่ของบันทึก"), required=False, help_text=_("เว้นว่างไว้ ระบบจะใช้วันที่เสนอ"))
    subject = PaperField(
        label=_("เรื่อง"),
        required=False,
        needed=True,
        limit=1000,
        one_line=True,
        widget=_area(2),
        help_text=_("ชื่อเรื่องที่บอกว่ารายงานอะไร ของปีงบประมาณใด"),
    )
    recipients = LinesField(
        label=_("เรียน"),
        required=False,
        needed=True,
        widget=_area(1),
        help_text=_("ผู้รับบรรทัดละหนึ่งตำแหน่ง ไม่ต้องพิมพ์คำว่าเรียน"),
    )
    via = LinesField(
        label=_("ผ่าน"), required=False, widget=_area(1), help_text=_("บรรทัดละหนึ่งตำแหน่ง ไม่ต้องพิมพ์คำว่าผ่าน")
    )
    references = LinesField(
        label=_("อ้างถึง"),
        required=False,
        widget=_area(1),
        help_text=_("บรรทัดละหนึ่งเรื่อง เช่น หนังสือ… ที่ … ลงวันที่ …"),
    )
    body = PaperField(
        label=_("เนื้อความ"),
        required=False,
        needed=True,
        strip=False,
        widget=_area(10),
        help_text=_(
            "หนึ่งบรรทัดคือหนึ่งย่อหน้า ระบบย่อหน้าให้เอง หัวข้อย่อหน้า เช่น เรื่องเดิม พิมพ์เป็นบรรทัดของตนเองว่า __เรื่องเดิม__ "
            "(ขีดล่างสองตัวหน้าและหลัง) จะพิมพ์เป็นหัวข้อขีดเส้นใต้"
        ),
    )
    title = PaperField(
        label=_("หัวเรื่องของรายงาน"), limit=1000, widget=_area(2), help_text=_("หนึ่งบรรทัดต่อหนึ่งบรรทัดบนกระดาษ")
    )
    cover = PaperField(
        label=_("หน้าปก"),
        required=False,
        limit=1000,
        widget=_area(3),
        help_text=_(
            "หนึ่งบรรทัดต่อหนึ่งบรรทัดบนปก เว้นหนึ่งบรรทัดว่างก่อนชื่อหน่วยงาน ชื่อหน่วยงานจะอยู่ท้ายปก เว้นว่างทั้งช่องเมื่อไม่มีปก"
        ),
    )
    assessed_year = YearField(label=_("ปีการประเมินที่วิเคราะห์ (พ.ศ.)"), help_text=_("ปีที่ผลประเมินพบจุดที่ต้องพัฒนา"))
    fiscal_year = YearField(label=_("ปีงบประมาณที่รายงาน (พ.ศ.)"), help_text=_("๑ ตุลาคม ของปีก่อน ถึง ๓๐ กันยายน"))
    item = ItemField(
        label=_("ข้อการประเมินที่ยื่น"),
        queryset=AssessmentItem.objects.all(),
        help_text=_("เลขปีที่นำหน้าข้อ คือปีของการประเมินที่ยื่นรายงานนี้"),
    )
    period = forms.ChoiceField(
        label=_("รอบ"), choices=_periods, help_text=_("รอบหกเดือนและรอบสิบสองเดือนเป็นรายงานคนละฉบับ")
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        self.report = report
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, report: Report) -> MemoForm:
        """Showing what is stored."""
        stored = {name: getattr(report.memo, name) for name in MEMO_FACTS}
        stored |= {name: getattr(report, name) for name in REPORT_FACTS}
        return cls(report=report, initial=stored)

    def clean(self) -> dict[str, Any]:
        """One report a year, item and period: said beside the field, before the database has to refuse."""
        facts = super().clean() or {}
        named = {name: facts.get(name) for name in PLACE}
        if self.report.corrects_id and any(getattr(self.report, name) != named[name] for name in PLACE):
            self.add_error("fiscal_year", SAME_PLACE)
        if self.report.is_current and not self.report.is_trial and None not in named.values():
            others = Report.objects.of(self.report.organisation).filter(
                is_current=True, is_trial=False, **named
            )
            if others.exclude(pk=self.report.pk).exists():
                self.add_error("fiscal_year", _("มีรายงานของปีงบประมาณ ข้อ และรอบนี้อยู่แล้ว"))
        return facts


class SectionForm(forms.Form):
    """The words around a section's table."""

    heading = PaperField(
        label=_("หัวข้อของส่วน"),
        required=False,
        limit=1000,
        widget=_area(1),
        help_text=_("พิมพ์เหนือตาราง เช่น ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"),
    )
    preamble = PaperField(
        label=_("ข้อความนำก่อนตาราง"),
        required=False,
        strip=False,
        widget=_area(2),
        help_text=_("หนึ่งบรรทัดคือหนึ่งย่อหน้า เช่น ผลการประเมินปีก่อนและจุดที่ต้องพัฒนา"),
    )
    closing = PaperField(
        label=_("ข้อความท้ายตาราง"),
        required=False,
        strip=False,
        widget=_area(2),
        help_text=_("เช่น ข้อสรุป หรือที่อยู่บนเว็บไซต์ที่ผู้ตรวจเปิดดูหลักฐานได้"),
    )

    @classmethod
    def of(cls, section: Section) -> SectionForm:
        return cls(initial={name: getattr(section, name) for name in cls.base_fields})


class NewSectionForm(forms.Form):
    """A further section or group: its heading, the form of its table, and the section that it goes under (its number)."""

    heading = PaperField(
        label=_("หัวข้อของส่วนใหม่"),
        required=False,
        limit=1000,
        one_line=True,
        widget=forms.TextInput,
        help_text=_("พิมพ์เหนือตารางของส่วนนี้ แก้ไขภายหลังได้"),
    )
    under = forms.ChoiceField(
        label=_("ตำแหน่ง"),
        required=False,
        help_text=_("ส่วนใหม่ขึ้นหน้าใหม่ กลุ่มย่อยพิมพ์ต่อจากส่วนของตน เช่น แยกตาม IIT EIT OIT"),
    )
    form = RowChoice(
        label=_("แบบตาราง"),
        queryset=FormVersion.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("เลือกแล้วเปลี่ยนภายหลังไม่ได้ เพราะคอลัมน์ต่างกัน"),
    )

    def __init__(
        self,
        *args: Any,
        forms_on_offer: list[FormVersion],
        places: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        under: Any = self.fields["under"]
        under.choices = [("", _("เป็นส่วนใหม่ ต่อท้ายรายงาน")), *places]
        field: Any = self.fields["form"]
        field.queryset = FormVersion.objects.filter(pk__in=[form.pk for form in forms_on_offer])
        field.label_from_instance = _form_label


def _form_label(form: FormVersion) -> str:
    """The form's name, and on a line below it its columns."""
    headings = " · ".join(column["heading"] for column in form.columns)
    shape = '<span>{}<span class="quiet d-block">{}</span></span>'
    return format_html(shape, thai.printed(form.title), thai.printed(headings))
