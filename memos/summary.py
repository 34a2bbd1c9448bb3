"""The report on one page in large type: figures, one line per measure, and what is asked. Plain values for a template.

What fits is counted for the shipped template: letters of 20 pt in lines of 26 pt on A4. A longer list ends with how
many measures it leaves out, so that the summary is always exactly one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from memos.docx import Value
from memos.docx.text import visible
from memos.docx.widths import advance, lines_needed
from memos.frozen import FrozenContent, Measure, Section
from memos.prepared import each, text

# Lengths in twentieths of a point; sizes in half-points. The list's tab stops are those of the shipped template.
WIDTH, RESPONSIBLE_AT, STATE_AT = 9638, 4600, 7750
_SIZE, _AUTHORITY_SIZE, _GAP = 40, 48, 120
# Lines of 26 pt: the page holds 27; year, figures, the list's heading and the room between them take 6 and a half.
_LINES, _MOST_TITLE, _MOST_ASKED, _FEWEST = 21, 5, 5, 3

_NOT_DONE = re.compile("(?:ยัง)?ไม่(?:มีการ|ได้)ดำเนินการ|ยังไม่(?:ได้)?(?:เริ่ม)?ดำเนินการ")
_MARKER = re.compile(r"^[\s\u00a0]*(?:[0-9๐-๙]{1,2}[.)]|\([0-9๐-๙]{1,2}\)|[-–•])[\s\u00a0]*")
_ASKED = re.compile("จึง(?:กราบ)?เรียน")


@dataclass(frozen=True, slots=True)
class _Row:
    """A measure: its first words, who is responsible, and the result of each of its activities."""

    words: str
    responsible: str
    results: tuple[str, ...]

    @property
    def done(self) -> int:
        return sum(bool(result) and not _is_not_done(result) for result in self.results)

    @property
    def not_done(self) -> int:
        return sum(map(_is_not_done, self.results))

    @property
    def state(self) -> str:
        """Words of the paper, Thai in every language of the pages."""
        if self.done == len(self.results):
            return "มีผลแล้ว"
        if self.done:
            return f"มีผล {self.done} ใน {len(self.results)}"
        return "ยังไม่ดำเนินการ" if self.not_done else "ยังไม่มีผล"


def values(content: FrozenContent) -> dict[str, Value]:
    """The values of the summary's placeholders. Tables that plan and show no result are left out when others do."""
    rows = [_row(section, measure) for section in _telling(content.sections) for measure in section.measures]
    activities = sum(len(row.results) for row in rows)
    done, not_done = sum(row.done for row in rows), sum(row.not_done for row in rows)
    authority = text(content.organisation.name)
    title = _cut_lines(each(content.report.title), _MOST_TITLE)
    asked = _cut_lines([_asked(content.memo.body)], _MOST_ASKED)
    taken = sum(_height(lines) for lines in (title, asked)) + lines_needed(authority, WIDTH, _AUTHORITY_SIZE)
    return {
        "ชั้นความลับ": text(content.memo.secrecy),
        "หน่วยงาน": authority,
        "ชื่อรายงาน": title,
        "ปีงบประมาณ": text(str(content.report.fiscal_year)),
        "จำนวนมาตรการ": text(str(len(rows))),
        "จำนวนกิจกรรม": text(str(activities)),
        "มีผลแล้ว": text(str(done)),
        "ยังไม่ดำเนินการ": text(str(not_done)),
        "ยังไม่มีผล": text(str(activities - done - not_done)) if activities > done + not_done else [],
        "มาตรการ": _list(rows, max(_FEWEST, _LINES - taken)),
        "ข้อเสนอ": [line for line in asked if line],
    }


def _telling(sections: Iterable[Section]) -> list[Section]:
    sections = list(sections)
    results = [section for section in sections if _shows(section, "result")]
    return results or sections


def _shows(section: Section, field: str) -> bool:
    return any(field in column.fields for column in section.form.columns)


def _row(section: Section, measure: Measure) -> _Row:
    cells: Sequence[Mapping[str, str]] = [activity.cells for activity in measure.activities] or [{}]
    fields = [field for column in section.form.columns for field in column.fields]
    first = next(
        (value for field in fields for value in (_first_line(measure.cells.get(field, "")),) if value), ""
    )
    responsible = [{**measure.cells, **activity}.get("responsible", "") for activity in cells]
    return _Row(
        first or _first_line(next(iter(cells[0].values()), "")),
        " ".join(dict.fromkeys(line for value in responsible for line in _bare_lines(value))),
        tuple({**measure.cells, **activity}.get("result", "").strip() for activity in cells),
    )


def _bare_lines(value: str) -> list[str]:
    """The lines without their markers."""
    lines = (_MARKER.sub("", visible(line)).strip() for line in value.split("\n"))
    return [line for line in lines if line]


def _first_line(value: str) -> str:
    return next((visible(line).strip() for line in value.split("\n") if line.strip()), "")


def _is_not_done(result: str) -> bool:
    return _NOT_DONE.match(_MARKER.sub("", result)) is not None


def _list(rows: Sequence[_Row], room: int) -> list[str]:
    """One line per measure, tabs between its three parts; the last line says how many are left out."""
    shown = rows if len(rows) <= room else rows[: room - 1]
    lines = [
        "\t".join((
            _cut(_printed(row.words), RESPONSIBLE_AT - _GAP),
            _cut(_printed(row.responsible), STATE_AT - RESPONSIBLE_AT - _GAP) or "–",
            _printed(row.state),
        ))
        for row in shown
    ]  # fmt: skip
    left = len(rows) - len(shown)
    return [*lines, _printed(f"และอีก {left} มาตรการ")] if left else lines


def _printed(words: str) -> str:
    return " ".join(text(words))


def _asked(body: str) -> str:
    """The last sentence that asks, without it the last paragraph."""
    lines = [visible(line).strip() for line in body.split("\n") if line.strip()]
    asking = [line for line in lines if _ASKED.match(line)]
    return _printed((asking or lines or [""])[-1])


def _cut(words: str, width: int) -> str:
    """The words on one line of `width`, or as many as fit and "…"."""
    room = width * 100 // _SIZE
    if advance(words) <= room:
        return words
    while words and advance(words) > room - advance("…"):
        words = words[:-1]
    return f"{words.rstrip()}…"


def _cut_lines(lines: Sequence[str], most: int) -> list[str]:
    """As many of the paragraphs as take `most` lines of paper; the one that runs over is cut."""
    kept: list[str] = []
    for line in lines:
        left = most - _height(kept)
        if left <= 0:
            return kept
        kept.append(line if _height([line]) <= left else _cut(line, WIDTH * left * 9 // 10))
    return kept


def _height(lines: Sequence[str]) -> int:
    return lines_needed(lines, WIDTH, _SIZE) if lines else 0
