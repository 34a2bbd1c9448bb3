"""The report on one page in large type: figures, the measures, and what is asked. Plain values for a template.

What fits is counted for the shipped template: letters of 20 pt in lines of 26 pt on A4. Measures have one to three
lines, as there is room, and a long list ends with how many it leaves out: the summary is always exactly one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from memos.docx import Value
from memos.docx.text import visible
from memos.docx.widths import advance, lines_needed
from memos.frozen import FrozenContent, Measure, Section
from memos.prepared import each, text

# Lengths in twentieths of a point; sizes in half-points. In the shipped template states end at the right margin, the
# words of a measure before them, and further lines hang.
WIDTH, HANGING, STATE = 9638, 360, 2100
_WIDEST_RESPONSIBLE = WIDTH * 2 // 5
_SIZE, _AUTHORITY_SIZE, _GAP = 40, 48, 60
# Lines of 26 pt: the page holds 27; year, figures, the list's heading and the room between them take 6 and a half.
_LINES, _MOST_TITLE, _MOST_ASKED, _FEWEST = 21, 5, 5, 3
_MOST_OF_ONE = 3
_FULL = 85  # how much of a line is taken when a word that does not fit goes to the next one, in per cent

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
        ", ".join(dict.fromkeys(name for value in responsible for name in _names(value))),
        tuple({**measure.cells, **activity}.get("result", "").strip() for activity in cells),
    )


def _names(value: str) -> Iterator[str]:
    """The entries of a list without their markers; what is no list is one entry, however many lines it has."""
    entry = ""
    for line in value.split("\n"):
        words = _seen(line)
        if entry and _MARKER.match(words):
            yield entry
            entry = ""
        entry = f"{entry} {_MARKER.sub('', words)}".strip()
    if entry:
        yield entry


def _first_line(value: str) -> str:
    return next((_seen(line) for line in value.split("\n") if line.strip()), "")


def _seen(line: str) -> str:
    """The words of a line of a cell, without tabs: the one before the state is the only one of a line of the list."""
    return visible(line).replace("\t", " ").strip()


def _is_not_done(result: str) -> bool:
    return _NOT_DONE.match(_MARKER.sub("", result)) is not None


def _list(rows: Sequence[_Row], room: int) -> list[str]:
    """A paragraph per measure, its state behind a tab; the last one says how many are left out."""
    shown = rows if len(rows) <= room else rows[: room - 1]
    left = len(rows) - len(shown)
    told = [_Told(_printed(row.words), _printed(row.responsible), _printed(row.state)) for row in shown]
    shared = _lines_shared(room - bool(left), [measure.lines for measure in told])
    lines = [measure.on(lines) for measure, lines in zip(told, shared, strict=True)]
    return [*lines, _printed(f"และอีก {left} มาตรการ")] if left else lines


@dataclass(frozen=True, slots=True)
class _Told:
    """A measure as it is printed: where there is no room, who is responsible is cut to so much, its words to what is left."""

    words: str
    responsible: str
    state: str

    @property
    def lines(self) -> int:
        """How many it needs; none has more than three."""
        wanted = advance(self.words + _bracketed(self.responsible))
        return next((lines for lines in range(1, _MOST_OF_ONE) if wanted <= _room(lines)), _MOST_OF_ONE)

    def on(self, lines: int) -> str:
        responsible = _bracketed(self.responsible)
        if advance(self.words + responsible) > _room(lines):
            responsible = _bracketed(_cut(self.responsible, _WIDEST_RESPONSIBLE))
        words = _cut_to(self.words, _room(lines) - advance(responsible))
        return f"{words}{responsible}\t{self.state}"


def _bracketed(words: str) -> str:
    return f" ({words})" if words else ""


def _room(lines: int) -> int:
    """What stands on so many lines of the list in 1/1000 em, if they end with whole words."""
    width = WIDTH - STATE
    return (width - _GAP) * 100 // _SIZE if lines == 1 else lines * (width - HANGING) * _FULL // _SIZE


def _lines_shared(room: int, wanted: Sequence[int]) -> list[int]:
    """One line for each, then one more in turn for those that want it, as long as there is room."""
    given = [1] * len(wanted)
    spare = room - len(given)
    for lines in range(2, _MOST_OF_ONE + 1):
        for index, want in enumerate(wanted):
            if spare > 0 and want >= lines:
                given[index] = lines
                spare -= 1
    return given


def _printed(words: str) -> str:
    return " ".join(text(words))


def _asked(body: str) -> str:
    """The last sentence that asks, without it the last paragraph."""
    lines = [visible(line).strip() for line in body.split("\n") if line.strip()]
    asking = [line for line in lines if _ASKED.match(line)]
    return _printed((asking or lines or [""])[-1])


def _cut(words: str, width: int) -> str:
    """The words on one line of `width`, or as many as fit and "…"."""
    return _cut_to(words, width * 100 // _SIZE)


def _cut_to(words: str, room: int) -> str:
    """The same for a room in 1/1000 em."""
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
