"""What a rule is: a name, a Thai title, how grave it is, why it is asked, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from ita_core import thai
from memos.checks.view import Place, Text, View

Severity = Literal["blocks", "word", "information"]
SEVERITIES: tuple[Severity, ...] = ("blocks", "word", "information")
"""blocks: the paper would be void, it cannot be submitted; word: a reviewer will ask; information: good to know."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a rule says about one place: ``sentence`` names the place, ``beside`` is said where its box is in sight."""

    place: Place
    sentence: str
    beside: str


@dataclass(frozen=True, slots=True)
class Rule:
    """``slug`` is stored where an authority silences it: never rename one. Titles are lazily translated."""

    slug: str
    severity: Severity
    title: str | Promise
    explanation: str | Promise
    look: Callable[[View], Iterator[Note]]

    @property
    def always_on(self) -> bool:
        return self.severity == "blocks"


def note(at: Text | Place, sentence: str, beside: str = "") -> Note:
    """The sentence with the name of its place before it. ``beside`` is shorter: columns are narrow."""
    place = at.place if isinstance(at, Text) else at
    return Note(place, f"{place.words}: {sentence}", beside or sentence)


def whole(place: Place, sentence: str) -> Note:
    """A sentence that is complete as it is."""
    return Note(place, sentence, sentence)


def quoted(text: str, most: int = 60) -> str:
    """Some words of the report inside a sentence: one line, as they will be printed, not longer than ``most``."""
    line = " ".join(text.split())
    return thai.printed(line if len(line) <= most else f"{line[:most].rstrip()}…")
