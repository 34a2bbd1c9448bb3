"""Pages of a long list without counting it: one row more than is shown tells whether there is a next page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import QueryDict

PAGE = 25
LAST = 10_000  # a page number beyond this is a typed one, and would only make the database skip rows


def _is_number(typed: str) -> bool:
    """Short ones only: ``int`` refuses thousands of digits with an error of its own."""
    return typed.isascii() and typed.isdigit() and len(typed) <= 18


class Slice:
    """One page of a list; ``?page=`` names it, anything unreadable is the first.

    ``rows_of`` gives the rows from a place to before another.
    """

    def __init__(self, rows_of: Callable[[int, int], Iterable[Any]], parameters: QueryDict) -> None:
        typed = parameters.get("page", "1")
        self.number = min(max(int(typed), 1), LAST) if _is_number(typed) else 1
        self._parameters = parameters
        start = (self.number - 1) * PAGE
        found = list(rows_of(start, start + PAGE + 1))
        self.rows = found[:PAGE]
        self.has_next = len(found) > PAGE

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def previous_address(self) -> str:
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next_address(self) -> str:
        return self._address(self.number + 1) if self.has_next else ""

    def _address(self, number: int) -> str:
        parameters = self._parameters.copy()
        parameters["page"] = str(number)
        return f"?{parameters.urlencode()}"
