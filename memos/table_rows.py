"""Rows and boxes of a section's table while it is edited; what is done with them stands in table.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Cell:
    """One text box. ``name``, ``id``, ``spoken`` are given by ``Table.lay_out``."""

    key: str
    label: str
    value: str
    required: bool
    fault: str = ""
    name: str = ""
    id: str = ""
    spoken: str = ""
    lines: int = 3
    focus: bool = False


@dataclass
class Row:
    """A measure (with its activities) or an activity (with none). ``lay_out`` gives it its places on the page."""

    level: str
    pk: int | None
    columns: list[list[Cell]]
    activities: list[Row] = field(default_factory=list)
    prefix: str = ""
    place: str = ""
    title: str = ""
    focus: str = ""

    @property
    def anchor(self) -> str:
        """The row's id on the page; what findings link to."""
        return f"{self.level}-{self.pk}" if self.pk else f"new-{self.level}-{self.place}"

    @property
    def cells(self) -> dict[str, str]:
        return {cell.key: cell.value for cell in self}

    def __iter__(self) -> Iterator[Cell]:
        return (cell for column in self.columns for cell in column)

    @property
    def is_empty(self) -> bool:
        return not any(cell.value.strip() for cell in self) and all(row.is_empty for row in self.activities)
