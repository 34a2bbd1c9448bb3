"""A table as a picture of bars: SVG without scripts, in the page's digits, for light and dark.

A picture's colours are its own, since a page's styles do not reach into it: it asks the reader's system itself.
"""

from __future__ import annotations

import math
import re
import sys
import unicodedata
from typing import Final

import pygal
from pygal.config import Config
from pygal.style import Style

from workflows.knowing_tables import Table, shown

# pygal hooks into every later import in a way that Python no longer knows and warns of.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]

# What the answer that carries a picture may do: be drawn with the styles within it.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_FONT: Final = "Sarabun, 'Noto Sans Thai', 'Leelawadee UI', Tahoma, sans-serif"
_LIGHT: Final = ("#14315c", "#b78a2d", "#1a6b3c", "#7a8aa0")
_DARK: Final = ("#a9c7f5", "#d8ad52", "#86d8a8", "#8d99a9")
_INK, _PAPER = "#1c2430", "#ffffff"
_DARK_INK, _DARK_PAPER, _DARK_LINE = "#e7ecf3", "#1b222d", "#566377"
_WIDTH, _BAR, _FRAME = 560, 40, 110
_NOT_DRAWN: Final = re.compile(rb"<script.*?</script>|<title>.*?</title>|<!--.*?-->", re.DOTALL)
_LONGEST: Final = 24  # letters of a label; the table has it whole


def bars(table: Table) -> bytes:
    """One group of bars a row, the first row on top."""
    rows = table.bars[::-1]
    several = len(table.plotted) > 1
    kind = pygal.HorizontalStackedBar if table.stacked else pygal.HorizontalBar
    thick = _BAR * (1 if table.stacked else len(table.plotted))
    chart = kind(
        Config(
            width=_WIDTH,
            height=_FRAME + (40 if several else 0) + thick * max(len(rows), 1),
            js=[],
            css=["file://style.css", "file://graph.css", f"inline:{_dark()}"],
            style=_style(),
            no_prefix=True,
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
            spacing=12,
            margin=12,
            pretty_print=False,
        )
    )
    chart.x_labels = [_short(row.label) for row in rows]
    chart.y_labels = _ticks(table)
    for place in table.plotted:
        chart.add(table.headings[place + 1], [row.values[place] for row in rows])
    # What pygal adds whatever it is told: the settings of its script, its name and its marks' places, and the day.
    return _NOT_DRAWN.sub(b"", chart.render())


def _short(label: str) -> str:
    """So much of a label as the picture has room for; marks above and below a letter take none."""
    taken = 0
    for place, letter in enumerate(label):
        taken += not unicodedata.combining(letter) and unicodedata.category(letter) != "Mn"
        if taken > _LONGEST:
            return f"{label[:place]}…"
    return label


def _ticks(table: Table) -> list[int]:
    """Whole numbers from nothing to beyond the longest bar, five steps at most."""
    lengths = [[row.values[place] or 0 for place in table.plotted] for row in table.bars]
    longest = max((sum(one) if table.stacked else max(one) for one in lengths), default=0)
    step = max(1, math.ceil(longest / 5))
    return list(range(0, math.ceil(longest) + step, step))


def _style() -> Style:
    return Style(
        background=_PAPER,
        plot_background=_PAPER,
        foreground=_INK,
        foreground_strong=_INK,
        foreground_subtle="#8d99a9",
        colors=_LIGHT,
        value_colors=(_INK,) * len(_LIGHT),
        opacity=1,
        opacity_hover=1,
        font_family=_FONT,
        label_font_size=15,
        major_label_font_size=15,
        value_font_size=15,
        legend_font_size=15,
        transition="0s",
    )


def _dark() -> str:
    series = "".join(
        f".color-{n},.color-{n} a:visited{{stroke:{colour};fill:{colour}}}" for n, colour in enumerate(_DARK)
    )
    return (
        "@media (prefers-color-scheme: dark){"
        f"svg,.pygal-chart{{background-color:{_DARK_PAPER}}}"
        f".graph > .background,.plot > .background{{fill:{_DARK_PAPER}}}"
        f"text,.graph text,.axis text,.axis text.major,.legends .legend text,.text-overlay text{{fill:{_DARK_INK}!important}}"
        f".axis .line,.axis .guide.line,.axis .major.line{{stroke:{_DARK_LINE}}}"
        f"{series}}}"
    )
