"""README's picture of the states is the code's."""

from __future__ import annotations

from tests import state_diagram
from workflows.models import CLOSED, State


def test_readme_shows_the_transitions_of_the_code() -> None:
    assert state_diagram.in_readme() == state_diagram.diagram(), "run `make diagram`"


def test_what_is_closed_stays_closed() -> None:
    """But for what a signed list destroys."""
    closed = {arrow for arrow in state_diagram.arrows() if arrow[0] in CLOSED}
    assert closed == {(State.MAYOR_SIGNED, State.DISPOSED)}


def test_every_state_can_be_reached() -> None:
    assert {target for _source, target in state_diagram.arrows()} == set(State.values)
