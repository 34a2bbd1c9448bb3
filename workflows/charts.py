"""A table as bars within the page, drawn by pygal.

What pygal drew is taken over element by element, and only what is named here: no styles and no scripts. Letters come in
the page's font; colours, in the light, in the dark and on paper, stand in knowing.css.
"""

from __future__ import annotations

import functools
import math
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import pygal
from django.utils.html import format_html, format_html_join
from pygal.config import Config
from pygal.style import Style

from ita_core import language
from memos import words
from workflows.knowing_tables import Row, Table, shown

# pygal hooks into every later import in a way that Python no longer knows and warns of.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]

# In the picture's own units, which are about a pixel each.
_WIDTH, _BAR, _FRAME, _LETTER, _LINE = 360, 44, 40, 14, 18
_ROW_LETTERS: Final = 14  # of a line of a label, of which there are two; the table has it whole
_ELEMENTS: Final = frozenset(("g", "rect", "path", "text"))
_ATTRIBUTES: Final = ("transform", "x", "y", "width", "height", "d", "class")
# What stands for a label's letters while its room is measured: pygal would leave some for marks above and below them.
_STAND_IN: Final = 0xE000


def bars(table: Table) -> str:
    """One group of bars a row, the first row on top."""
    rows = table.bars[::-1]
    labels = {chr(_STAND_IN + place): _lines(row.label) for place, row in enumerate(rows)}
    chart = _empty(table, len(rows))
    chart.x_labels = [sign * max(map(_width, lines)) for sign, lines in labels.items()]
    chart.y_labels = _ticks(table)
    for place in table.plotted:
        chart.add(table.headings[place + 1], [row.values[place] for row in rows])
    drawn = chart.render_tree()
    return format_html(
        '<svg viewBox="{}" class="plotted{}" role="img" aria-label="{}">{}</svg>',
        drawn.get("viewBox"),
        " plotted-stacked" if table.stacked else "",
        language.shown(table.in_words),
        _within(drawn, labels),
    )


def _empty(table: Table, rows: int) -> Any:
    several = len(table.plotted) > 1
    kind = pygal.HorizontalStackedBar if table.stacked else pygal.HorizontalBar
    thick = _BAR + (0 if table.stacked else 20 * (len(table.plotted) - 1))
    legend = 12 + 24 * math.ceil(len(table.plotted) / 2) if several else 0
    sizes = {f"{name}_font_size": _LETTER for name in ("label", "major_label", "value", "legend")}
    return kind(
        Config(
            width=_WIDTH,
            height=_FRAME + legend + thick * max(rows, 1),
            js=[],
            css=[],
            style=Style(**sizes),
            show_legend=several,
            legend_at_bottom=True,
            legend_at_bottom_columns=2,
            truncate_legend=-1,
            truncate_label=-1,
            print_values=not table.stacked,
            print_values_position="top",
            value_formatter=shown,
            formatter=shown,
            include_x_axis=True,
            min_scale=1,
            max_scale=6,
            spacing=8,
            margin=4,
        )
    )


def _within(element: Any, labels: dict[str, list[str]]) -> str:
    """What stands in an element, without what is not drawn."""
    children = (child for child in element if child.tag in _ELEMENTS)
    return format_html_join("", "{}", ((_element(child, labels),) for child in children))


def _element(element: Any, labels: dict[str, list[str]]) -> str:
    text = element.text or ""
    inner = _label(labels[text[0]], element) if text[:1] in labels else text or _within(element, labels)
    if (element.tag == "g" and not inner) or element.get("class") == "tooltip":
        return ""
    named = {name: value for name in _ATTRIBUTES if (value := element.get(name))}
    return format_html(_shape(element.tag, tuple(named)), *named.values(), inner)


@functools.cache
def _shape(tag: str, names: tuple[str, ...]) -> str:
    return f"<{tag}{''.join(f' {name}={{}}' for name in names)}>{{}}</{tag}>".replace("={}", '="{}"')


def _label(lines: list[str], element: Any) -> str:
    """Lines one below the other, in the middle of where one would stand."""
    first = -_LINE * (len(lines) - 1) / 2
    placed = ((element.get("x"), first if place == 0 else _LINE, line) for place, line in enumerate(lines))
    return format_html_join("", '<tspan x="{}" dy="{}">{}</tspan>', placed)


def _lines(label: str) -> list[str]:
    """At most two lines of whole words, as far as the picture has room for them."""
    lines = [""]
    for word in _pieces(language.shown(label)):
        if lines[-1] and _width(lines[-1] + word.rstrip()) > _ROW_LETTERS:
            if len(lines) == 2:
                return [lines[0].strip(), _cut(lines[1])]
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [line.strip() for line in lines]


def _pieces(label: str) -> Iterator[str]:
    """Words; one that is longer than a line in parts."""
    for word in words.words(label):
        for start in range(0, len(word), _ROW_LETTERS):
            yield word[start : start + _ROW_LETTERS]


def _cut(line: str) -> str:
    while _width(line) >= _ROW_LETTERS:
        line = line[:-1]
    return f"{line.strip()}…"


def _width(text: str) -> int:
    """Letters beside each other; marks above and below them take no room. One at least."""
    return max(1, sum(unicodedata.category(letter) != "Mn" for letter in text))


def _ticks(table: Table) -> list[int]:
    """Round whole numbers from nothing to beyond the longest bar; few where they are long."""
    longest = math.ceil(max((_length(table, row) for row in table.bars), default=0))
    raw = max(1, longest / (5 if longest < 100 else 3 if longest < 1000 else 2))
    power = 10 ** math.floor(math.log10(raw))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= raw)
    return list(range(0, longest + step, step))


def _length(table: Table, row: Row) -> float:
    values = [row.values[place] or 0 for place in table.plotted]
    return sum(values) if table.stacked else max(values)
