"""How much of a long test to run: a sample in ``make test``, the whole in ``make soak``."""

from __future__ import annotations

import os

SOAK = os.environ.get("SOAK") == "1"


def volume(sampled: int, whole: int) -> int:
    """Rounds or examples for this run. Mark the test ``sampled`` so that ``make soak`` picks it up."""
    return whole if SOAK else sampled
