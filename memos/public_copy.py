"""The public copy of a signed report: its words one by one, the same content with some of them changed, its papers.

Pure but for the templates. What the copy leaves out stands nowhere in it: papers are made anew of the changed words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from memos import documents, issuing, personal
from memos.frozen import FrozenContent
from memos.models import ContentVersion

# How the content is made and numbered, no words of anybody.
_NO_WORDS = frozenset(
    {"templates", "form", "garuda", "kind", "period", "item", "number_prefix", "speed", "secrecy"}
)
ON_PAPER = "×"
Change = Callable[[str, str], str]


def words(content: FrozenContent) -> Iterator[tuple[str, str]]:
    """Every text with its place: ``memo.subject``, ``sections.0.measures.2.activities.1.cells.evidence``."""
    seen: list[tuple[str, str]] = []

    def look(place: str, text: str) -> str:
        seen.append((place, text))
        return text

    changed(content, look)
    return iter(seen)


def changed(content: FrozenContent, change: Change) -> FrozenContent:
    """The same content with every text as ``change(place, text)`` has it."""
    result: FrozenContent = _walk(content, "", change)
    return result


def _walk(value: Any, place: str, change: Change) -> Any:
    if isinstance(value, str):
        return change(place, value)
    if isinstance(value, tuple):
        return tuple(_walk(one, f"{place}.{number}", change) for number, one in enumerate(value))
    if isinstance(value, Mapping):
        return {key: _walk(one, f"{place}.{key}", change) for key, one in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if field.name not in _NO_WORDS]
        new = {name: _walk(getattr(value, name), f"{place}.{name}".lstrip("."), change) for name in names}
        return dataclasses.replace(value, **new)
    return value


def papers(
    version: ContentVersion, content: FrozenContent, blocks: Sequence[documents.Block], number: str
) -> documents.Pair:
    """Memo and tables of ``content``, which is ``version``'s with words masked. DocumentProblem, FileFault, OSError."""
    garuda = issuing.garuda_of(version, content)
    shown = changed(content, lambda _place, text: _on_paper(text))
    given = [
        dataclasses.replace(block, opinion=_on_paper(block.opinion), note=_on_paper(block.note))
        for block in blocks
    ]
    return issuing.preview(shown, given, version.organisation_id, garuda, number)


def _on_paper(text: str) -> str:
    """The paper's face has no black box."""
    return text.replace(personal.MASK, ON_PAPER)
