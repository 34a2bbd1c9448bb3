"""The same words put on paper in the usual ways: python-docx cell by cell or with the table as XML, and docxtpl.

They get words that are ready for paper (Thai digits, dates in words) and none sets margins, fonts or tab stops, so
what they are given is less than what ours does.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import docxtpl
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import _Cell

from ita_core import thai
from memos.documents import Block
from memos.frozen import FrozenContent, Section


@dataclass(frozen=True)
class Opinion:
    heading: str
    lines: list[str]
    name: str
    titles: list[str]
    date: str


@dataclass(frozen=True)
class Span:
    """One measure: its own cells, and a row of cells for each activity."""

    own: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Table:
    heading: str
    preamble: str
    columns: list[str]
    own: int  # how many columns, from the left, are the measure's
    spans: list[Span]


@dataclass(frozen=True)
class Words:
    head: list[str]
    body: list[str]
    opinions: list[Opinion]
    title: list[str]
    tables: list[Table]


def words_of(content: FrozenContent, blocks: Sequence[Block]) -> Words:
    memo = content.memo
    head = [
        f"ส่วนราชการ {memo.office}",
        f"ที่ {memo.number_prefix}",
        f"วันที่ {_day(memo.date)}",
        f"เรื่อง {memo.subject}",
    ]
    head += [f"เรียน {name}" for name in memo.recipients]
    head += [f"สิ่งที่ส่งมาด้วย {enclosure.title} {enclosure.quantity}" for enclosure in memo.enclosures]
    opinions = [
        Opinion(
            block.heading,
            _printed(block.opinion.splitlines()),
            block.name,
            _printed(block.title_lines),
            _day(block.date),
        )
        for block in blocks
    ]
    return Words(
        head=_printed(head),
        body=_printed(memo.body.splitlines()),
        opinions=opinions,
        title=_printed(content.report.title),
        tables=[_table(section) for section in content.sections],
    )


def _table(section: Section) -> Table:
    columns = section.form.columns
    own = [column for column in columns if column.level == "measure"]
    rest = [column for column in columns if column.level != "measure"]
    assert list(columns) == own + rest

    def cells(which: Iterable[object], values: dict[str, str]) -> list[str]:
        return _printed("\n".join(values.get(f, "") for f in column.fields) for column in which)  # type: ignore[attr-defined]

    spans = [
        Span(
            cells(own, dict(measure.cells)),
            [cells(rest, dict(activity.cells)) for activity in measure.activities],
        )
        for measure in section.measures
    ]
    headings = _printed(column.heading for column in columns)
    return Table(thai.printed(section.heading), thai.printed(section.preamble), headings, len(own), spans)


def _printed(values: Iterable[str]) -> list[str]:
    return [thai.printed(value) for value in values]


def _day(day: object) -> str:
    return thai.ThaiDate(day).long if day else ""  # type: ignore[arg-type]


# python-docx, as its documentation shows a table


def naive_pair(words: Words) -> tuple[bytes, bytes]:
    measures = docx.Document()
    _turn(measures)
    for line in words.title:
        measures.add_paragraph(line)
    for table in words.tables:
        _naive_table(measures, table)
    return _saved(_memo(words)), _saved(measures)


def _memo(words: Words) -> Document:
    memo = docx.Document()
    memo.add_heading("บันทึกข้อความ")
    for line in [*words.head, *words.body]:
        memo.add_paragraph(line)
    for opinion in words.opinions:
        for line in [opinion.heading, *opinion.lines, f"({opinion.name})", *opinion.titles, opinion.date]:
            memo.add_paragraph(line)
    return memo


def _naive_table(document: Document, table: Table) -> None:
    document.add_paragraph(table.heading)
    document.add_paragraph(table.preamble)
    grid = document.add_table(1 + sum(len(span.rows) for span in table.spans), len(table.columns))
    grid.style = "Table Grid"
    for column, heading in enumerate(table.columns):
        grid.cell(0, column).text = heading
    row = 1
    for span in table.spans:
        for column, text in enumerate(span.own):
            grid.cell(row, column).text = text
            grid.cell(row, column).merge(grid.cell(row + len(span.rows) - 1, column))
        for offset, cells in enumerate(span.rows):
            for column, text in enumerate(cells, table.own):
                grid.cell(row + offset, column).text = text
        row += len(span.rows)


# python-docx for the file, the table written as XML


def direct_pair(words: Words) -> tuple[bytes, bytes]:
    """As people do who found cells too slow: the table's XML is put together as text and parsed once."""
    measures = docx.Document()
    _turn(measures)
    for line in words.title:
        measures.add_paragraph(line)
    for table in words.tables:
        measures.add_paragraph(table.heading)
        measures.add_paragraph(table.preamble)
        measures.element.body.insert_element_before(parse_xml(_table_xml(table)), "w:sectPr")
    return _saved(_memo(words)), _saved(measures)


def _table_xml(table: Table) -> str:
    rows = [_row_xml([_cell_xml(heading) for heading in table.columns])]
    for span in table.spans:
        for number, cells in enumerate(span.rows):
            merge = "" if len(span.rows) == 1 else "<w:vMerge/>" if number else '<w:vMerge w:val="restart"/>'
            own = [_cell_xml("" if number else text, merge) for text in span.own]
            rows.append(_row_xml(own + [_cell_xml(text) for text in cells]))
    grid = "<w:gridCol/>" * len(table.columns)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _row_xml(cells: Sequence[str]) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _cell_xml(text: str, merge: str = "") -> str:
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n")
    )
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{lines}</w:tc>"


# docxtpl, with a template made here once


class Templates:
    """Two templates in a folder; ``pair`` opens and renders both, as docxtpl's documentation does for each document."""

    def __init__(self, folder: Path, words: Words) -> None:
        self._memo, self._measures = folder / "memo.docx", folder / "measures.docx"
        _memo_template().save(str(self._memo))
        _measures_template(words.tables).save(str(self._measures))

    def pair(self, words: Words) -> tuple[bytes, bytes]:
        return self._render(self._memo, words), self._render(self._measures, words)

    def _render(self, path: Path, words: Words) -> bytes:
        template = docxtpl.DocxTemplate(path)
        template.render({"words": words}, autoescape=True)
        return _saved(template)


def _memo_template() -> Document:
    memo = docx.Document()
    memo.add_heading("บันทึกข้อความ")
    _lines(memo, "words.head")
    _lines(memo, "words.body")
    memo.add_paragraph("{%p for opinion in words.opinions %}")
    memo.add_paragraph("{{ opinion.heading }}")
    _lines(memo, "opinion.lines")
    memo.add_paragraph("({{ opinion.name }})")
    _lines(memo, "opinion.titles")
    memo.add_paragraph("{{ opinion.date }}")
    memo.add_paragraph("{%p endfor %}")
    return memo


def _measures_template(tables: Sequence[Table]) -> Document:
    """A table for each section, because the number of columns is drawn in the template."""
    measures = docx.Document()
    _turn(measures)
    _lines(measures, "words.title")
    for number, table in enumerate(tables):
        at = f"words.tables[{number}]"
        measures.add_paragraph(f"{{{{ {at}.heading }}}}")
        measures.add_paragraph(f"{{{{ {at}.preamble }}}}")
        own, rest = table.own, len(table.columns) - table.own
        grid = measures.add_table(0, own + rest)
        grid.style = "Table Grid"
        for texts in (
            [f"{{{{ {at}.columns[{column}] }}}}" for column in range(own + rest)],
            [f"{{%tr for span in {at}.spans %}}"],
            ["{%tr for row in span.rows %}"],
            [f"{{% vm %}}{{{{ span.own[{column}] }}}}" for column in range(own)]
            + [f"{{{{ row[{column}] }}}}" for column in range(rest)],
            ["{%tr endfor %}"],
            ["{%tr endfor %}"],
        ):
            _write(grid.add_row().cells, texts)
    return measures


def _write(cells: Sequence[_Cell], texts: Sequence[str]) -> None:
    for cell, text in zip(cells, texts, strict=False):
        cell.text = text


def _lines(document: Document, name: str) -> None:
    for text in (f"{{%p for line in {name} %}}", "{{ line }}", "{%p endfor %}"):
        document.add_paragraph(text)


def _turn(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _saved(document: Document | docxtpl.DocxTemplate) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
