"""The pair of documents of a report: memo and measure table, from frozen content and the blocks given so far.

Pure: plain values and a compiled template in, bytes out; equal values give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy

from ita_core import thai
from memos.docx import (
    Blank,
    CompiledTemplate,
    DocumentProblem,
    GroupValues,
    TableCell,
    TableValues,
    TemplateProblem,
    Value,
    printed_lines,
    read_picture,
)
from memos.frozen import Column, Enclosure, Form, FrozenContent, Measure, MemoHead, Section

__all__ = ["Block", "DocumentProblem", "Pair", "TemplateProblem", "render_measures", "render_memo"]

TEMPLATE_MISSING = gettext_lazy("ไม่พบแม่แบบเอกสารของเรื่องนี้ โปรดแจ้งผู้ดูแลระบบ")
# What the paper form shows where nobody has written yet: dotted lines for the opinion, a dotted name in its brackets.
_OPEN_OPINION = ["\t", "\t"]
_OPEN_NAME = ["." * 48]


@dataclass(frozen=True)
class Block:
    """One signature block. `heading` is "" for the drafter's own; `given` is False until its step is reached.

    `title_lines`: one to three lines; an acting signature gives the own post, the capacity, the post acted for.
    `note` stands under the heading; a block with a note that is not given is a skipped step: nobody will sign it,
    so only heading and note are printed. `signature` is a PNG or JPEG.
    """

    heading: str
    opinion: str = ""
    name: str = ""
    title_lines: tuple[str, ...] = ()
    date: date | None = None
    signature: bytes | None = None
    note: str = ""
    given: bool = True


@dataclass(frozen=True)
class Pair:
    memo: bytes
    measures: bytes


def render_memo(
    template: CompiledTemplate,
    content: FrozenContent,
    blocks: Sequence[Block],
    number: str = "",
    garuda: bytes | None = None,
) -> bytes:
    """The memo as .docx. `number` is the running number once there is one, `garuda` the authority's own picture.

    The first block without heading is the drafter's; the others follow in their order. DocumentProblem else.
    """
    drafter = next((block for block in blocks if not block.heading), None)
    values = _head_values(content.memo, number)
    if garuda:
        values["ครุฑ"] = read_picture(garuda)
    opinions = [GroupValues(_opinion_values(block)) for block in blocks if block is not drafter]
    signed = [GroupValues(_drafter_values(drafter))] if drafter else []
    return template.fill(values, {"drafter": signed, "opinion": opinions})


def render_measures(template: CompiledTemplate, content: FrozenContent) -> bytes:
    """The measure table as .docx: one table per section. It holds no signatures. DocumentProblem else."""
    title = _each(content.report.title)
    sections = [
        GroupValues(
            {
                "ชื่อรายงาน": title,
                "หัวข้อส่วน": _paragraphs(section.heading),
                "คำนำ": _paragraphs(section.preamble),
                "คำลงท้าย": _paragraphs(section.closing),
            },
            _table(section),
            section.form.orientation == "landscape",
        )
        for section in content.sections
    ]
    return template.fill({"ชั้นความลับ": _text(content.memo.secrecy)}, {"section": sections})


def _head_values(head: MemoHead, number: str) -> dict[str, Value]:
    return {
        "ชั้นความเร็ว": _text(head.speed),
        "ชั้นความลับ": _text(head.secrecy),
        "ส่วนราชการ": _text(head.office),
        "ที่": _text(_full_number(head.number_prefix, number)),
        "วันที่": _date(head.date),
        "เรื่อง": _text(head.subject),
        "เรียน": _each(head.recipients),
        "ผ่าน": _each(head.via),
        "อ้างถึง": _numbered(head.references),
        "สิ่งที่ส่งมาด้วย": _numbered([_enclosure(enclosure) for enclosure in head.enclosures]),
        "เนื้อความ": _paragraphs(head.body),
    }


def _full_number(prefix: str, number: str) -> str:
    """`สฎ 72701/12`; before there is a running number `สฎ 72701/`, as on a form that waits for it."""
    return f"{prefix.rstrip(' /')}/{number.strip()}" if prefix.strip() else number.strip()


def _enclosure(enclosure: Enclosure) -> str:
    """Words of the paper, Thai in every language of the pages."""
    words = enclosure.title
    if enclosure.quantity:
        words += f" จำนวน {enclosure.quantity}"
    if enclosure.pages is not None:
        words += f" ({enclosure.pages} หน้า)"
    return words


def _drafter_values(block: Block) -> dict[str, Value]:
    return {
        "ลายมือชื่อผู้เสนอ": _signature(block),
        "ชื่อผู้เสนอ": _name(block),
        "ตำแหน่งผู้เสนอ": _each(block.title_lines),
        "วันที่ผู้เสนอ": _date(block.date),
    }


def _opinion_values(block: Block) -> dict[str, Value]:
    if block.note and not block.given:
        return {"หัวข้อความเห็น": _text(block.heading), "หมายเหตุ": _text(block.note)}
    return {
        "หัวข้อความเห็น": _text(block.heading),
        "หมายเหตุ": _text(block.note),
        "ความเห็น": _paragraphs(block.opinion) if block.given else _OPEN_OPINION,
        "ลายมือชื่อ": _signature(block),
        "ชื่อ": _name(block),
        "ตำแหน่ง": _each(block.title_lines),
        "ลงวันที่": _date(block.date),
    }


def _signature(block: Block) -> Value:
    """The picture, or room for ink above a name; nothing where no name will stand, as for a skipped step."""
    if block.signature and block.given:
        return read_picture(block.signature)
    return Blank() if block.name or not block.given else []


def _name(block: Block) -> Value:
    return _text(block.name) if block.given else _OPEN_NAME


def _table(section: Section) -> TableValues:
    form = section.form
    rows = [row for measure in section.measures for row in _measure_rows(form, measure)]
    headings = [printed_lines(column.heading) for column in form.columns]
    return TableValues(headings, [column.width for column in form.columns], rows)


def _measure_rows(form: Form, measure: Measure) -> Iterator[list[TableCell]]:
    """One row per activity; the measure's own cells span them all. A measure without activities has one row."""
    spans = len(measure.activities) > 1
    for index in range(max(1, len(measure.activities))):
        activity = measure.activities[index].cells if measure.activities else {}
        row = []
        for column in form.columns:
            if column.level == "activity":
                row.append(TableCell(_cell_text(column, activity)))
            elif index:
                row.append(TableCell("", "continue"))
            else:
                row.append(TableCell(_cell_text(column, measure.cells), "restart" if spans else ""))
        yield row


def _cell_text(column: Column, cells: Mapping[str, str]) -> str:
    values = [cells.get(field, "") for field in column.fields]
    return "\n".join(value for value in values if value)


def _text(value: str) -> list[str]:
    return printed_lines(value) if value.strip() else []


def _each(values: Sequence[str]) -> list[str]:
    return [line for value in values for line in _text(value)]


def _paragraphs(value: str) -> list[str]:
    """Every line that says something: on paper the style sets paragraphs apart, not an empty line."""
    return [line for line in printed_lines(value) if line.strip()]


def _numbered(values: Sequence[str]) -> list[str]:
    """Several entries are counted, a single one is not."""
    entries = [value for value in values if value.strip()]
    if len(entries) == 1:
        return _text(entries[0])
    return [" ".join(_text(f"{number}. {value}")) for number, value in enumerate(entries, 1)]


def _date(value: date | None) -> list[str]:
    return [thai.ThaiDate(value).long] if value else []
