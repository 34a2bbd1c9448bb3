"""The figures of knowing.py as tables: what the page shows, what is plotted, and what is exported, all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ita_core import language
from memos.models import CollectedRow
from workflows.knowing import OTHER, Facts, median
from workflows.models import UNDER_WAY, State
from workflows.opinions import RETURN_REASONS

Value = float | int | None
# No bar for these: days and per cent among counts.
PLAIN: Final = "plain"


@dataclass(frozen=True)
class Row:
    label: str
    values: tuple[Value, ...]
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """``headings`` name the label's column and one for each value; ``plotted`` are the values that are drawn as bars."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str
    plotted: tuple[int, ...] = (0,)
    stacked: bool = False
    note: str = ""

    @property
    def bars(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind != PLAIN)

    @property
    def is_plotted(self) -> bool:
        return any(row.values[place] for row in self.bars for place in self.plotted)

    @property
    def in_words(self) -> str:
        """What a picture of it shows, for who does not see it."""
        names = [self.headings[place + 1] for place in self.plotted]
        told = [
            f"{row.label}: "
            + ", ".join(
                f"{name} {shown(row.values[place])}" if len(names) > 1 else shown(row.values[place])
                for name, place in zip(names, self.plotted, strict=True)
            )
            for row in self.bars
        ]
        return f"{self.title} – {'; '.join(told)}"


def shown(value: Value) -> str:
    """2.5 → ๒.๕, 3.0 → ๓, and a dash for nothing."""
    if value is None:
        return "–"
    return language.shown(f"{value:g}" if isinstance(value, float) else value)


def standing(facts: Facts) -> Table:
    counts = facts.counts[facts.year]
    rows = [
        (_("กำลังร่าง"), counts[State.WRITING]),
        (pgettext("state", "ส่งคืนแก้ไข"), counts["returned"]),
        *((_("รอ: %(heading)s") % {"heading": heading}, n) for heading, n in facts.waiting),
        (str(State.MAYOR_SIGNED.label), counts[State.MAYOR_SIGNED]),
        *((str(state.label), counts[state]) for state in (State.REFUSED, State.WITHDRAWN, State.DISPOSED)),
    ]
    return Table(
        "standing",
        _("รายงานอยู่ที่ใด"),
        (_("สถานะ"), _("จำนวนเรื่อง")),
        tuple(Row(label, (n,)) for label, n in rows if n),
        _("ยังไม่มีรายงานของปีนี้"),
    )


def turns(facts: Facts) -> Table:
    rows = [
        Row(one.heading, (median(one.days), max(one.days), one.count, one.in_time))
        for one in facts.turns[facts.year]
    ]
    return Table(
        "turns",
        _("แต่ละขั้นใช้กี่วันทำการ"),
        (_("ขั้น"), _("มัธยฐาน (วันทำการ)"), _("นานที่สุด"), _("จำนวนครั้ง"), _("ทันกำหนด (ร้อยละ)")),
        tuple(rows),
        _("ยังไม่มีขั้นใดพิจารณาแล้วเสร็จในปีนี้"),
        note=_("๐ คือพิจารณาในวันเดียวกับที่เรื่องมาถึง ไม่นับวันหยุด"),
    )


def returns(facts: Facts) -> Table:
    counted = facts.returns[facts.year]
    rows = [Row(reason, (counted[reason],)) for reason in RETURN_REASONS if counted[reason]]
    rows.sort(key=lambda row: -(row.values[0] or 0))
    if counted[OTHER]:
        rows.append(Row(_("เหตุอื่น"), (counted[OTHER],)))
    return Table(
        "returns",
        _("เหตุที่ส่งคืน"),
        (_("เหตุ"), _("จำนวนครั้ง")),
        tuple(rows),
        _("ปีนี้ไม่มีเรื่องที่ถูกส่งคืน"),
        note=_("การส่งคืนครั้งหนึ่งอาจมีหลายเหตุ"),
    )


def units(facts: Facts) -> Table:
    label = CollectedRow.Standing
    rows = [Row(one.unit.name, (one.waiting, one.handed_back, one.sent, one.accepted)) for one in facts.units]
    names = (label.WAITING, label.HANDED_BACK, label.SENT, label.ACCEPTED)
    return Table(
        "units",
        _("ความคืบหน้าของแต่ละส่วนราชการ"),
        (_("ส่วนราชการ"), *(str(name.label) for name in names)),
        tuple(rows),
        _("ขณะนี้ไม่มีแถวที่ขอให้ส่วนราชการกรอกผลของปีนี้"),
        plotted=(0, 1, 2, 3),
        stacked=True,
        note=_("นับเฉพาะเรื่องที่ยังร่างอยู่ ไม่นับเรื่องที่เสนอแล้วหรือสิ้นสุดแล้ว"),
    )


def years(facts: Facts) -> Table:
    """This year beside the last; what is no count stands in the table alone."""
    both = (facts.year, facts.year - 1)

    def row(label: str, value: Callable[[int], Value], kind: str = "") -> Row:
        return Row(label, tuple(value(year) for year in both), kind)

    rows = (
        row(_("รายงานทั้งหมด"), lambda year: facts.counts[year].total()),
        row(_("อยู่ระหว่างเสนอ"), lambda year: sum(facts.counts[year][state] for state in UNDER_WAY)),
        row(_("ลงนามแล้ว"), lambda year: facts.counts[year][State.MAYOR_SIGNED]),
        row(_("เผยแพร่แล้ว"), lambda year: facts.published[year]),
        row(_("ครั้งที่ส่งคืน"), lambda year: facts.returns[year]["all"]),
        row(_("วันทำการจากเสนอถึงลงนาม (มัธยฐาน)"), lambda year: median(facts.spans[year]), PLAIN),
        row(_("ขั้นที่ทันกำหนด (ร้อยละ)"), lambda year: _in_time(facts, year), PLAIN),
    )
    return Table(
        "years",
        _("ปีนี้เทียบกับปีก่อน"),
        (_("รายการ"), *(language.shown(_("ปี %(year)s") % {"year": year}) for year in both)),
        rows if any(facts.counts[year] for year in both) else (),
        _("ยังไม่มีรายงานของสองปีนี้"),
        plotted=(0, 1),
    )


def _in_time(facts: Facts, year: int) -> int | None:
    timed = sum(one.timed for one in facts.turns[year])
    late = sum(one.late for one in facts.turns[year])
    return round(100 * (timed - late) / timed) if timed else None


TABLES: Final[dict[str, Callable[[Facts], Table]]] = {
    "standing": standing,
    "turns": turns,
    "returns": returns,
    "units": units,
    "years": years,
}
