"""Files with random faults: a result or a sentence, nothing else; two hundred here, ten thousand in ``make soak``."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_core import language
from memos.archives_in import Suspect
from memos.importing import child, reading
from memos.importing.foreign import SENTENCES, ForeignFile
from memos.importing.grids import Source, Unreadable
from tests.memos.importing import files, mutants
from tests.volumes import volume

SEEDS = st.integers(0, 2**32)
RANDOM = settings(max_examples=volume(200, 10_000), database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.sampled
@RANDOM
@given(SEEDS)
def test_a_mutated_file_is_a_result_or_a_sentence(seed: int) -> None:
    """By the door that uploads take, through the child."""
    try:
        source = _read(*mutants.mutant(seed))
    except ForeignFile as refused:
        _has_a_sentence(refused)
        return
    found = files.recognised(source)
    assert found.counts["activities"] >= found.counts["measures"]


def _read(name: str, data: bytes) -> Source:
    if name == "pasted":
        return reading.read_pasted(data.decode("utf-8", "replace"))
    return reading.read_file(name, data)


def _has_a_sentence(refused: ForeignFile) -> None:
    assert refused.sentence == language.shown(SENTENCES[refused.code])


@pytest.mark.sampled
@RANDOM
@given(SEEDS)
def test_our_own_readers_say_themselves_what_is_wrong(seed: int) -> None:
    """The child would turn any failure into a sentence; here a fault of our own code shows. openpyxl may raise anything."""
    name, data = mutants.mutant(seed)
    if name.endswith(".xlsx"):
        return
    reader = {"a.docx": "word", "a.csv": "csv"}.get(name, name)
    try:
        found = child.read(reader, data)
    except (Unreadable, Suspect):
        return
    assert Source.from_json(found).to_json() == found
