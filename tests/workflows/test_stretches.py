"""Who of a ranked order acts on which days."""

from __future__ import annotations

import datetime

import pytest

from workflows import stretches
from workflows.stretches import FOREVER, Turn

A, B, C = 1, 2, 3
EVER = [(datetime.date(2020, 1, 1), FOREVER)]


def day(number: int) -> datetime.date:
    return datetime.date(2025, 12, 1) + datetime.timedelta(days=number - 1)


def days(*pairs: tuple[int, int]) -> list[stretches.Span]:
    return [(day(first), day(last)) for first, last in pairs]


@pytest.mark.parametrize(
    ("serving", "away", "expected"),
    [
        ({A: EVER, B: EVER}, {}, [(0, 1, 10)]),
        ({A: EVER, B: EVER}, {A: days((1, 10))}, [(1, 1, 10)]),
        ({A: EVER, B: EVER}, {A: days((3, 4))}, [(0, 1, 2), (1, 3, 4), (0, 5, 10)]),
        (
            {A: EVER, B: EVER},
            {A: days((3, 4)), B: days((4, 6))},
            [(0, 1, 2), (1, 3, 3), (None, 4, 4), (0, 5, 10)],
        ),
        ({A: days((1, 5)), B: EVER}, {}, [(0, 1, 5), (1, 6, 10)]),
        ({}, {}, [(None, 1, 10)]),
        ({B: EVER}, {B: days((10, 12))}, [(1, 1, 9), (None, 10, 10)]),
    ],
)
def test_the_first_who_is_there_acts(
    serving: dict[int, list[stretches.Span]],
    away: dict[int, list[stretches.Span]],
    expected: list[tuple[int | None, int, int]],
) -> None:
    found = stretches.ranked((day(1), day(10)), [A, B], serving, away)
    assert found == [Turn(who, day(first), day(last)) for who, first, last in expected]


def test_an_open_absence_has_an_open_substitute() -> None:
    found = stretches.ranked((day(1), FOREVER), [A, B], {A: EVER, B: EVER}, {A: days((2, 3))})
    assert [(turn.who, turn.first, turn.last) for turn in found] == [
        (0, day(1), day(1)),
        (1, day(2), day(3)),
        (0, day(4), FOREVER),
    ]
    assert stretches.ending(found[-1].last) is None
