"""Headers and footers: they hold a few words, the same on most papers, so they are deflated once for each wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from memos.docx.nodes import Container, Keep, Node, Paragraph, Sheet, Slot, Values
from memos.docx.package import StoredPart, deflated
from memos.docx.pictures import Numbers, Pictures
from memos.docx.placeholders import Placeholder

_KEPT = 32
_WORDS = (str, Slot, Paragraph, Container, Keep)


@dataclass(frozen=True, slots=True, eq=False)
class WordsOnly:
    """A part without drawings; `names` are the values that stand in it."""

    nodes: tuple[str | Node, ...]
    names: tuple[str, ...]
    _kept: dict[tuple[tuple[str, ...], ...], StoredPart] = field(default_factory=dict)

    def filled(self, values: Values) -> StoredPart:
        wording = tuple(tuple(_lines(values, name)) for name in self.names)
        found = self._kept.get(wording)
        if found is None:
            sheet = Sheet(values, {}, Pictures(Numbers()))
            sheet.write(self.nodes)
            found = deflated("".join(sheet.out).encode("utf-8"))
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[wording] = found
        return found


def words_only(
    nodes: tuple[str | Node, ...], known: Mapping[str, Placeholder]
) -> tuple[str | Node, ...] | WordsOnly:
    """The part as one that can be kept, or as it is when something else than words varies in it."""
    found = list(_within(nodes))
    names = tuple(dict.fromkeys(node.name for node in found if isinstance(node, Slot)))
    if all(isinstance(node, _WORDS) for node in found) and all(_holds_words(known[name]) for name in names):
        return WordsOnly(nodes, names)
    return nodes


def _holds_words(placeholder: Placeholder) -> bool:
    return placeholder.kind in ("text", "lines")


def _within(nodes: Sequence[str | Node]) -> Iterator[str | Node]:
    for node in nodes:
        yield node
        if isinstance(node, Paragraph):
            yield from _within((*node.first, *node.further))
        elif isinstance(node, Container):
            yield from _within(node.children)


def _lines(values: Values, name: str) -> list[str]:
    value = values.get(name, [])
    assert isinstance(value, list), f"{name} is a picture in a header or footer"
    return value
