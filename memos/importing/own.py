"""Our own exports read back: nothing is guessed, for every row says which measure and activity it is.

Knows the three files of memos/exporting.py: workbooks by the first cell of each sheet, .csv by its keys; a .json has
become the same table as the .csv (own_json.py). What an officer changed in Excel meanwhile is taken over, rows that he
put in between included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ita_core import language, thai
from memos import exchange as keys
from memos.forms_data import FIELDS
from memos.importing.found import Found, FoundMeasure, FoundSection, ImportFinding
from memos.importing.grids import Grid, Source
from memos.importing.mapping import FormLike
from memos.importing.noticed import noticed

Chosen = Mapping[int, str]
"""Number of the section, counted from 0 → slug of the form to take in place of the one the file names."""


@dataclass
class _Line:
    """One row of the file; ``measure`` and ``activity`` are its numbers, "" in a row that somebody put in."""

    place: str
    measure: str
    activity: str
    cells: dict[str, str]


@dataclass
class _Part:
    """A section as the file has it."""

    form: str
    is_group: bool
    heading: str = ""
    preamble: str = ""
    closing: str = ""
    lines: list[_Line] = field(default_factory=list)


def is_own(source: Source) -> bool:
    return any(_is_sheet(grid) or _is_csv(grid) for grid in source.grids)


def parts(source: Source) -> list[tuple[str, str]]:
    """(heading, slug of the form) of each section in the file, for whoever chooses other forms."""
    return [(part.heading, part.form) for part in _parts(source)]


def recognise(source: Source, forms: Sequence[FormLike], chosen: Chosen | None = None) -> Found:
    """The sections of an own export, in ``forms``, those on offer.

    A form that is not among them is replaced by the one that shows most of its fields, and a finding says so, as it
    does for fields that no column shows.
    """
    # Its keys stand in rows and columns that the export itself hides.
    said = [note for note in source.notes if note[0] not in ("hidden-rows", "hidden-columns")]
    found = Found(findings=[*noticed(Source(source.kind, notes=said))])
    for number, part in enumerate(_parts(source)):
        form = _form_for(part, forms, (chosen or {}).get(number, ""), found.findings)
        found.sections.append(_section(part, form, found.findings))
    return found


# --- the two shapes of table


def _is_sheet(grid: Grid) -> bool:
    """By its first row, which has four cells: format, version, kind, form."""
    return (
        bool(grid.rows) and grid.width > keys.FIRST and grid.texts(0)[:2] == [keys.FORMAT, str(keys.VERSION)]
    )


def _is_csv(grid: Grid) -> bool:
    return bool(grid.rows) and set(keys.CSV_KEYS) <= set(grid.texts(0))


def _parts(source: Source) -> list[_Part]:
    found: list[_Part] = []
    for number, grid in enumerate(source.grids, 1):
        if _is_sheet(grid):
            found.append(_sheet(grid, number))
        elif _is_csv(grid):
            found.extend(_csv(grid, number))
    return found


def _sheet(grid: Grid, table: int) -> _Part:
    """A sheet of a workbook: column A says what a row is."""
    part = _Part(grid.texts(0)[3], grid.texts(0)[2] == "group")
    fields: list[str] = []
    for row in range(1, len(grid.rows)):
        texts = [_text(text) for text in grid.texts(row)]
        mark, words = texts[0], texts[keys.FIRST - 1] if len(texts) >= keys.FIRST else ""
        if mark in ("heading", "preamble", "closing"):
            setattr(part, mark, words)
        elif mark == "fields":
            fields = texts[keys.FIRST - 1 :]
        elif fields:
            cells = {key: text for key, text in zip(fields, texts[keys.FIRST - 1 :], strict=True) if key}
            part.lines.append(_Line(_place(table, row), mark, texts[1], cells))
    return part


def _csv(grid: Grid, table: int) -> list[_Part]:
    head = grid.texts(0)
    found: dict[tuple[str, str], _Part] = {}
    for row in range(1, len(grid.rows)):
        texts = [_text(keys.unguarded(text)) for text in grid.texts(row)]
        line = dict(zip(head, texts, strict=True))
        if not any(texts):
            continue
        place = line[keys.SECTION], line[keys.GROUP]
        part = found.setdefault(place, _Part(line[keys.FORM], bool(line[keys.GROUP]), line[keys.HEADING]))
        part.preamble = part.preamble or line[keys.PREAMBLE]
        part.closing = part.closing or line[keys.CLOSING]
        cells = {key: text for key, text in line.items() if key and key not in keys.CSV_KEYS}
        part.lines.append(_Line(_place(table, row), line[keys.MEASURE], line[keys.ACTIVITY], cells))
    return list(found.values())


def _text(text: str) -> str:
    return thai.normalise(text.replace("\v", "\n"))


def _place(table: int, row: int) -> str:
    return language.shown(_("ตารางที่ %(table)s แถวที่ %(row)s") % {"table": table, "row": row + 1})


# --- rows to measures


def _form_for(part: _Part, forms: Sequence[FormLike], chosen: str, findings: list[ImportFinding]) -> FormLike:
    by_slug = {form.slug: form for form in forms}
    if form := by_slug.get(chosen or part.form):
        return form
    used = _used(part)
    best = max(forms, key=lambda form: len(used & set(_levels(form))))
    sentence = _("ไม่มีแบบตาราง “%(form)s” ในหน่วยงานนี้ จึงใช้แบบ “%(title)s” แทน โปรดตรวจว่าเป็นแบบที่ต้องการ")
    named = {"form": part.form, "title": best.title}
    findings.append(ImportFinding("doubtful", sentence % named, part.heading))
    return best


def _levels(form: FormLike) -> dict[str, str]:
    return {key: column["level"] for column in form.columns for key in column["fields"]}


def _used(part: _Part) -> set[str]:
    return {key for line in part.lines for key, text in line.cells.items() if text}


def _section(part: _Part, form: FormLike, findings: list[ImportFinding]) -> FoundSection:
    section = FoundSection(form.slug, part.heading, part.preamble, part.closing, part.is_group)
    levels = _levels(form)
    lost = sorted(_used(part) - set(levels))
    if lost:
        names = ", ".join(FIELDS.get(key, key) for key in lost)
        sentence = _("แบบตารางนี้ไม่มีช่อง %(names)s ข้อความในช่องเหล่านี้จะไม่ถูกนำเข้า") % {"names": names}
        findings.append(ImportFinding("doubtful", sentence, part.heading))
    before = ""
    for line in part.lines:
        above = {key: line.cells.get(key, "") for key, level in levels.items() if level == "measure"}
        below = {key: line.cells.get(key, "") for key, level in levels.items() if level == "activity"}
        if not line.measure and not any((*above.values(), *below.values())):
            continue
        if _begins_measure(line, before, above, section):
            section.measures.append(FoundMeasure(above))
        elif any(text and text != section.measures[-1].cells[key] for key, text in above.items()):
            findings.append(ImportFinding("doubtful", _differs(), line.place))
        if line.activity or (not line.measure and any(below.values())):
            section.measures[-1].activities.append(below)
        before = line.measure or before
    return section


def _begins_measure(line: _Line, before: str, above: dict[str, str], section: FoundSection) -> bool:
    """By its number; a row put in between begins one when it says something of its own about the measure."""
    if not section.measures:
        return True
    if line.measure:
        return line.measure != before
    return any(above.values()) and above != section.measures[-1].cells


def _differs() -> str:
    return _("ข้อความของมาตรการในแถวนี้ต่างจากแถวแรกของมาตรการเดียวกัน ใช้ข้อความของแถวแรก")
