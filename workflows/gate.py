"""The gate before publication: personal data in what would be public, each masked unless somebody says why it stays.

It reads the frozen content of a set and the words of its acts. Equal words are one finding, wherever they stand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from memos import content, personal, public_copy
from memos.documents import Block
from memos.frozen import FrozenContent
from workflows import acting, numbers, paper, rounds
from workflows.models import Act, Approval
from workflows.refusals import Conflict

Choices = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Source:
    """What a public copy is made of: the act that issued the set, its content, and the blocks without pictures."""

    act: Act
    content: FrozenContent
    blocks: tuple[Block, ...]
    number: str


@dataclass(frozen=True)
class Finding:
    """``key`` names it as long as the set's words stand; ``places`` are paths as public_copy.words has them."""

    key: str
    what: str
    words: str
    places: tuple[str, ...]


def newest_set(approval: Approval) -> Act:
    """The act that issued the report's newest set. Conflict where there is none."""
    acts = approval.acts.filter(document_set__isnull=False, document_set=approval.document_set_id)
    act = acts.select_related("document_set__content", "organisation").order_by("sequence").last()
    if act is None:
        raise Conflict(_("เผยแพร่ได้เฉพาะรายงานที่ลงนามแล้ว"))
    act.approval = approval
    return act


def source_of(act: Act) -> Source:
    """Of an act that issued a set on a signed report, whose round is the last one."""
    assert act.document_set is not None
    approval = act.approval
    told = approval.acts.filter(kind__in=numbers.KINDS, sequence__lte=act.sequence).order_by("sequence")
    all_blocks = paper.blocks(approval, rounds.steps_of(approval), {}, with_pictures=False)
    return Source(act, content.load(act.document_set.content), tuple(all_blocks), numbers.after(told))


def findings(source: Source) -> list[Finding]:
    """In the order of the paper."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for place, text in _words(source):
        for span in _spans(place, text):
            same = (span.what, personal.same(text, span))
            found.setdefault(same, []).append((place, text[span.start : span.end]))
    return [
        Finding(f"{what}:{number}", what, places[0][1], tuple(place for place, _text in places))
        for number, ((what, _same), places) in enumerate(found.items())
    ]


def choices(found: Iterable[Finding], kept: Mapping[str, str]) -> Choices:
    """What becomes of each: masked, or kept for the reason in ``kept`` (by key). BadInput without a reason that shows."""
    made: Choices = {}
    for one in found:
        reason = ""
        if one.key in kept:
            reason = acting.text(kept[one.key], _("โปรดระบุเหตุผลที่คง “%(words)s” ไว้") % {"words": one.words})
        made[one.key] = {"masked": one.key not in kept, "reason": reason, "count": len(one.places)}
    return made


def masked(source: Source, chosen: Choices) -> Source:
    """The same with everything masked that is not chosen to stay."""
    kept = {
        (one.what, personal.same_words(one.what, one.words))
        for one in findings(source)
        if not chosen.get(one.key, {"masked": True})["masked"]
    }

    def mask(place: str, text: str) -> str:
        spans = [span for span in _spans(place, text) if (span.what, personal.same(text, span)) not in kept]
        return personal.masked(text, spans) if spans else text

    blocks = [
        dataclasses.replace(
            block,
            opinion=mask(f"blocks.{number}.opinion", block.opinion),
            note=mask(f"blocks.{number}.note", block.note),
        )
        for number, block in enumerate(source.blocks)
    ]
    return dataclasses.replace(
        source, content=public_copy.changed(source.content, mask), blocks=tuple(blocks)
    )


def counts(chosen: Choices) -> list[tuple[str, int]]:
    """How many places of each kind are masked, by kind."""
    found: dict[str, int] = {}
    for key, choice in chosen.items():
        if choice["masked"]:
            what = key.partition(":")[0]
            found[what] = found.get(what, 0) + choice["count"]
    return sorted(found.items())


def _words(source: Source) -> Iterator[tuple[str, str]]:
    yield from public_copy.words(source.content)
    for number, block in enumerate(source.blocks):
        yield f"blocks.{number}.opinion", block.opinion
        yield f"blocks.{number}.note", block.note


def _spans(place: str, text: str) -> Sequence[personal.Span]:
    return personal.found(text, of_office=place == "memo.office") if text else ()
