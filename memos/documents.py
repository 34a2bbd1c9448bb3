"""The pair of documents of a report: memo and measure table, from frozen content and the blocks given so far.

Pure: plain values and a compiled template in, bytes out; equal values give equal bytes.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memos import prepared, summary
from memos.docx import (
    Blank,
    CompiledTemplate,
    DocumentProblem,
    GroupValues,
    TemplateProblem,
    Value,
    read_picture,
)
from memos.frozen import FrozenContent
from memos.prepared import day, each, paragraphs, text

__all__ = [
    "Block",
    "DocumentProblem",
    "Pair",
    "TemplateProblem",
    "full_number",
    "render_measures",
    "render_memo",
    "render_summary",
]

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
    """The memo as .docx. `number` is the number once there is one, `garuda` the authority's own picture.

    The first block without heading is the drafter's; the others follow in their order. DocumentProblem else.
    """
    drafter = next((block for block in blocks if not block.heading), None)
    values = {
        **prepared.memo_head(content),
        "ที่": text(full_number(content.memo.number_prefix, number)),
    }
    if garuda:
        values["ครุฑ"] = read_picture(garuda)
    opinions = [GroupValues(_opinion_values(block)) for block in blocks if block is not drafter]
    signed = [GroupValues(_drafter_values(drafter))] if drafter else []
    return template.fill(values, {"drafter": signed, "opinion": opinions})


def render_measures(template: CompiledTemplate, content: FrozenContent) -> bytes:
    """The cover, if the report has one, and one table per section, as .docx. It holds no signatures.

    DocumentProblem for text that paper cannot carry, and for a cover where the template has no place for it.
    """
    cover = prepared.cover(content)
    if cover and not {name for name, lines in cover[0].values.items() if lines} <= template.names:
        raise DocumentProblem(
            _(
                "รายงานมีหน้าปก แต่แม่แบบตารางมาตรการไม่มีช่อง {{ปก}} และ {{ปกหน่วยงาน}} โปรดเพิ่มในแม่แบบ หรือลบหน้าปกของรายงาน"
            )
        )
    values: dict[str, Value] = {"ชั้นความลับ": prepared.memo_head(content)["ชั้นความลับ"]}
    return template.fill(values, {"cover": cover, "section": prepared.sections(content)})


def render_summary(template: CompiledTemplate, content: FrozenContent) -> bytes:
    """The report on one page for whoever decides, as .docx. DocumentProblem for text that paper cannot carry."""
    return template.fill(summary.values(content), {})


def full_number(prefix: str, number: str) -> str:
    """`สฎ 72701/12`; before there is a running number `สฎ 72701/`, as on a form that waits for it.

    A number with its prefix, as a register tells it, stays as it is.
    """
    number = number.strip()
    return f"{prefix.rstrip(' /')}/{number}" if prefix.strip() and "/" not in number else number


# A block that was given is printed again at every later step.
@functools.lru_cache(maxsize=64)
def _drafter_values(block: Block) -> dict[str, Value]:
    return {
        "ลายมือชื่อผู้เสนอ": _signature(block),
        "ชื่อผู้เสนอ": _name(block),
        "ตำแหน่งผู้เสนอ": each(block.title_lines),
        "วันที่ผู้เสนอ": day(block.date),
    }


@functools.lru_cache(maxsize=64)
def _opinion_values(block: Block) -> dict[str, Value]:
    if block.note and not block.given:
        return {"หัวข้อความเห็น": text(block.heading), "หมายเหตุ": text(block.note)}
    return {
        "หัวข้อความเห็น": text(block.heading),
        "หมายเหตุ": text(block.note),
        "ความเห็น": paragraphs(block.opinion) if block.given else _OPEN_OPINION,
        "ลายมือชื่อ": _signature(block),
        "ชื่อ": _name(block),
        "ตำแหน่ง": each(block.title_lines),
        "ลงวันที่": day(block.date),
    }


def _signature(block: Block) -> Value:
    """The picture, or room for ink above a name; nothing where no name will stand, as for a skipped step."""
    if block.signature and block.given:
        return read_picture(block.signature)
    return Blank() if block.name or not block.given else []


def _name(block: Block) -> Value:
    return text(block.name) if block.given else _OPEN_NAME
