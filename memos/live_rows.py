"""Rows come, go and move by their numbers while a page is open; places of their siblings follow.

``to`` of an operation is a sibling to stand before, or the parent to stand last in. A row keeps its number when it is
moved, deleted and brought back, so that what is said about it elsewhere is still about it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ita_core import language
from ita_core.models import User
from memos import enclosures, removed
from memos.models import Activity, Enclosure, Measure, Memo, Report, Section
from memos.table import MOST_ROWS

if TYPE_CHECKING:
    from memos.live import Op

Row = Measure | Activity | Enclosure
OPERATIONS = frozenset({"add-measure", "add-activity", "add-enclosure", "copy", "move", "delete", "restore"})
MODELS: dict[str, type[Measure] | type[Activity] | type[Enclosure]] = {
    "measure": Measure,
    "activity": Activity,
    "enclosure": Enclosure,
}


class Refused(Exception):
    """Why nothing of this request was done, in the reader's language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass
class Hand:
    """Whose request it is, in which report; ``since`` is the revision that his page had heard of."""

    report: Report
    user: User
    since: int
    ids: dict[str, str] = field(default_factory=dict)

    def wrote(self, row: Any) -> None:
        """Mark a row (not yet saved) as written now by this hand."""
        row.revision, row.written_by_id = self.report.revision, self.user.pk

    def wrote_order(self, parent: Section | Memo) -> None:
        """The rows of a section or of the memo stand otherwise than before."""
        self.wrote(parent)
        parent.save(update_fields=["revision", "written_by"])


def name_of(row: Row) -> str:
    return f"{row._meta.model_name}-{row.pk}"


def carry_out(hand: Hand, ops: Sequence[Op]) -> dict[str, str]:
    """In their order. What new rows are called → their names; a new measure's activity is called "<name>.activity"."""
    for op in ops:
        row, to = hand.ids.get(op.row, op.row), hand.ids.get(op.to, op.to)
        made = _DOING[op.op](hand, row, to)
        if op.name:
            hand.ids |= {op.name + ending: name for ending, name in made.items()}
    return hand.ids


# --- finding


def _number(row: str, *levels: str) -> int:
    level, _dash, number = row.partition("-")
    if level not in levels or not number.isdigit():
        raise Refused(_("ระบบไม่รู้จักแถวนี้ โปรดโหลดหน้านี้ใหม่"))
    return int(number)


def _found(hand: Hand, row: str) -> Row:
    number = _number(row, *MODELS)
    found: Row | None
    match row.partition("-")[0]:
        case "measure":
            measures = Measure.objects.of(hand.report.organisation_id).select_related("section__form")
            found = measures.filter(pk=number, section__report=hand.report).first()
        case "activity":
            activities = Activity.objects.of(hand.report.organisation_id).select_related(
                "measure__section__form"
            )
            found = activities.filter(pk=number, measure__section__report=hand.report).first()
        case _:
            found = hand.report.memo.enclosures.filter(pk=number).first()
    if found is None:
        raise Refused(_("แถวนี้ถูกลบไปแล้ว"))
    return found


def _section(hand: Hand, row: str) -> Section:
    found = hand.report.sections.select_related("form").filter(pk=_number(row, "section")).first()
    if found is None:
        raise Refused(_("ส่วนนี้ถูกลบไปแล้ว"))
    return found


def _parent(hand: Hand, row: Row) -> Section | Memo:
    if isinstance(row, Activity):
        return row.measure.section
    return row.section if isinstance(row, Measure) else hand.report.memo


def _siblings(row: Row) -> list[Row]:
    if isinstance(row, Activity):
        return list(row.measure.activities.all())
    if isinstance(row, Measure):
        return list(row.section.measures.all())
    return list(row.memo.enclosures.all())


def _put(hand: Hand, row: Row, place: int | None = None, *, before: str = "") -> None:
    """Among its siblings (it may be one already, or be new): at a place, before one of them, or last."""
    rows = [one for one in _siblings(row) if one.pk != row.pk or one.pk is None]
    names = [name_of(one) for one in rows]
    if before in names:
        place = names.index(before)
    rows.insert(len(rows) if place is None else min(place, len(rows)), row)
    for position, one in enumerate(rows):
        if one is row and one._state.adding:
            one.position = position
            hand.wrote(one)
            one.save(force_insert=True)
        elif one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    hand.wrote_order(_parent(hand, row))


def check_room(section: Section, more: int) -> None:
    """Refused when the table would have more rows than a page can show."""
    activities = Activity.objects.of(section.report.organisation_id).filter(measure__section=section).count()
    if section.measures.count() + activities + more > MOST_ROWS:
        raise Refused(
            _("ตารางหนึ่งมีได้ไม่เกิน %(most)s แถว โปรดแบ่งเป็นหลายส่วน") % {"most": language.shown(MOST_ROWS)}
        )


# --- doing


def _add_measure(hand: Hand, row: str, to: str) -> dict[str, str]:
    """With one empty activity to begin with."""
    section = _section(hand, row)
    check_room(section, 2)
    measure = Measure(section=section)
    _put(hand, measure, before=to)
    activity = Activity(measure=measure)
    _put(hand, activity)
    return {"": name_of(measure), ".activity": name_of(activity)}


def _add_activity(hand: Hand, row: str, to: str) -> dict[str, str]:
    measure = _found(hand, row)
    if not isinstance(measure, Measure):
        raise Refused(_("ระบบไม่รู้จักแถวนี้ โปรดโหลดหน้านี้ใหม่"))
    check_room(measure.section, 1)
    activity = Activity(measure=measure)
    _put(hand, activity, before=to)
    return {"": name_of(activity)}


def _add_enclosure(hand: Hand, row: str, to: str) -> dict[str, str]:
    memo = hand.report.memo
    if memo.enclosures.count() >= enclosures.MOST:
        raise Refused(_("สิ่งที่ส่งมาด้วยมีได้ไม่เกิน %(most)s รายการ") % {"most": language.shown(enclosures.MOST)})
    enclosure = Enclosure(memo=memo)
    _put(hand, enclosure, before=to)
    return {"": name_of(enclosure)}


def _copy(hand: Hand, row: str, to: str) -> dict[str, str]:
    """Right behind the one that is copied, a measure with its activities."""
    found = _found(hand, row)
    made: Row
    place = _siblings(found).index(found) + 1
    if isinstance(found, Measure):
        below = list(found.activities.all())
        check_room(found.section, 1 + len(below))
        made = Measure(section=found.section, cells=dict(found.cells))
        _put(hand, made, place)
        for position, one in enumerate(below):
            copied = Activity(measure=made, position=position, cells=dict(one.cells))
            hand.wrote(copied)
            copied.save()
    elif isinstance(found, Activity):
        check_room(found.measure.section, 1)
        made = Activity(measure=found.measure, cells=dict(found.cells))
        _put(hand, made, place)
    else:
        raise Refused(_("คัดลอกรายการนี้ไม่ได้"))
    return {"": name_of(made)}


def _move(hand: Hand, row: str, to: str) -> dict[str, str]:
    """Within its table; an activity also to another measure of it."""
    found = _found(hand, row)
    if isinstance(found, Activity):
        target = _found(hand, to)
        measure = target.measure if isinstance(target, Activity) else target
        if not isinstance(measure, Measure) or measure.section_id != found.measure.section_id:
            raise Refused(_("ย้ายแถวไปตารางอื่นไม่ได้"))
        if measure.pk != found.measure_id:
            found.measure = measure
            found.save(update_fields=["measure"])
    elif to.startswith(f"{found._meta.model_name}-") and to not in map(name_of, _siblings(found)):
        raise Refused(_("แถวปลายทางถูกลบหรือย้ายไปแล้ว โปรดลองอีกครั้ง"))
    _put(hand, found, before=to)
    return {"": row}


def _delete(hand: Hand, row: str, to: str) -> dict[str, str]:
    """Not when somebody else wrote in it what this page has not shown yet."""
    found = _found(hand, row)
    below = list(found.activities.all()) if isinstance(found, Measure) else []
    for one in (found, *below):
        if one.revision > hand.since and one.written_by_id not in (None, hand.user.pk):
            raise Refused(
                _("%(name)s เพิ่งแก้ไขแถวนี้ จึงยังไม่ได้ลบ โปรดดูข้อความล่าสุดแล้วลบอีกครั้งหากยังต้องการ")
                % {"name": one.written_by}
            )
    parent = _parent(hand, found)
    removed.remove(hand.report, hand.user, found)
    hand.wrote_order(parent)
    return {"": row}


def _restore(hand: Hand, row: str, to: str) -> dict[str, str]:
    """Where it stood, as far as that place still exists; a row that is there already stays as it is."""
    _number(row, *MODELS)
    kept = removed.kept(hand.report, row)
    if kept is None:
        _found(hand, row)
        return {"": row}
    made, below = removed.rows_of(hand.report, kept)
    if made is None:
        raise Refused(_("นำแถวกลับมาไม่ได้ เพราะมาตรการหรือส่วนที่แถวนั้นอยู่ถูกลบไปแล้ว"))
    if isinstance(made, Measure | Activity):
        check_room(made.section if isinstance(made, Measure) else made.measure.section, 1 + len(below))
    _put(
        hand, made, next((n for n, one in enumerate(_siblings(made)) if one.position >= made.position), None)
    )
    for one in below:
        hand.wrote(one)
        one.save(force_insert=True)
    kept.delete()
    return {"": row}


_DOING: dict[str, Callable[[Hand, str, str], dict[str, str]]] = {
    "add-measure": _add_measure,
    "add-activity": _add_activity,
    "add-enclosure": _add_enclosure,
    "copy": _copy,
    "move": _move,
    "delete": _delete,
    "restore": _restore,
}
