"""Damaged and odd templates are refused in words or make documents; nothing else comes out of the engine."""

from __future__ import annotations

import contextlib
import random
import re

import pytest

from memos import documents
from memos.docx import DocumentProblem, TemplateProblem
from memos.docx.compile import compile_template
from memos.docx.placeholders import Template
from tests import make_templates
from tests.memos import sample, shapes
from tests.memos import wordfiles as word
from tests.memos.docx.test_schema import FULL, SIGNED
from tests.volumes import volume


def compiles_or_is_refused(data: bytes, kind: Template) -> bool:
    try:
        template = compile_template(data, kind)
    except TemplateProblem:
        return False
    if kind == "memo":
        documents.render_memo(template, FULL, SIGNED)
    elif kind == "summary":
        documents.render_summary(template, sample.CONTENT)
    else:
        documents.render_measures(template, sample.CONTENT)
        with contextlib.suppress(DocumentProblem):  # a template that lost its cover says so
            documents.render_measures(template, shapes.GROUPS)
    return True


@pytest.mark.sampled
@pytest.mark.parametrize("kind", make_templates.SHIPPED)
def test_damaged_bytes(kind: str) -> None:
    chance = random.Random(kind)
    for _round in range(volume(150, 5_000)):
        data = bytearray(word.shipped(kind))
        for _hit in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        compiles_or_is_refused(bytes(data), make_templates.kind_of(kind))


@pytest.mark.sampled
@pytest.mark.parametrize("kind", make_templates.SHIPPED)
def test_moved_lost_and_doubled_elements(kind: str) -> None:
    """Whole elements are taken away, doubled or moved: well-formed XML that Word would hardly write."""
    chance = random.Random(kind)
    outcomes = set()
    for _round in range(volume(150, 5_000)):
        text = word.part(word.shipped(kind))
        for _hit in range(chance.randint(1, 2)):
            text = _changed(text, chance)
        data = word.altered(word.shipped(kind), {"word/document.xml": lambda _old, text=text: text.encode()})  # type: ignore[misc]
        outcomes.add(compiles_or_is_refused(data, make_templates.kind_of(kind)))
    assert outcomes == {True, False}


def _changed(text: str, chance: random.Random) -> str:
    names = [name for name in re.findall(r"<(w:\w+)[ >/]", text) if name not in ("w:document", "w:body")]
    name = chance.choice(names)
    elements = list(
        re.finditer(
            rf"<{name}(?: [^>]*)?/>|<{name}(?: [^>]*)?>(?:(?!<{name}[ >]).)*?</{name}>", text, re.DOTALL
        )
    )
    if not elements:
        return text
    chosen = chance.choice(elements)
    without = text[: chosen.start()] + text[chosen.end() :]
    action = chance.choice(("lose", "double", "move"))
    if action == "lose":
        return without
    if action == "double":
        return text[: chosen.end()] + chosen[0] + text[chosen.end() :]
    places = [match.start() for match in re.finditer(r"<w:(?:p|r|tbl|tr|tc|t)[ >]", without)]
    place = chance.choice(places) if places else len(without) // 2
    return without[:place] + chosen[0] + without[place:]
