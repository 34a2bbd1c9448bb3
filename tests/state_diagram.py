"""The picture of the states in README, drawn from the transitions of ``workflows.models.Approval``.

``python -m tests.state_diagram`` (``make diagram``) writes it into README; test_state_diagram.py compares.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import django

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- states: made by `make diagram` -->\n)(.*?)(<!-- end of states -->)", re.DOTALL)


def arrows() -> set[tuple[str, str]]:
    """(from, to) of every transition that django-fsm allows."""
    from workflows.models import Approval

    field: Any = Approval._meta.get_field("state")
    transitions = field.get_all_transitions(Approval)
    return {(str(one.source), str(one.target)) for one in transitions}


def diagram() -> str:
    """A Mermaid block, states in the order of their definition."""
    from workflows.models import CLOSED, State

    order = {value: number for number, value in enumerate(State.values)}
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.WRITING}"]
    for source, target in sorted(arrows(), key=lambda arrow: (order[arrow[0]], order[arrow[1]])):
        lines.append(f"    {source} --> {target}")
    lines += [f"    {state} --> [*]" for state in CLOSED]
    return "\n".join([*lines, "```", ""])


def in_readme() -> str:
    found = BLOCK.search(README.read_text(encoding="utf-8"))
    return found[2] if found else ""


def write() -> None:
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda found: found[1] + diagram() + found[3], text), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_core.settings")
    django.setup()
    write()
