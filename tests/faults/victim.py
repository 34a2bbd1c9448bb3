"""Performs acts in processes that are killed: one JSON order a line on stdin, one JSON answer a line on stdout.

Each order is carried out by a forked child, so that Django is loaded once. Stages are boundaries of the production
code, found by wrapping its functions in the child; the code itself knows nothing of it. An order is
``{"deed", "report", "user", "organisation", "facts", "stage", "when", "nth"}``; an answer ``{"signal", "status"}``.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

# What is wrapped for a stage: module or class, attribute. "before" kills at its start, "after" when it has returned.
STAGES = {
    "lock": ("workflows.acting", "locked"),
    "process lock": ("workflows.tasks", "lock_process"),
    "content": ("memos.content", "freeze"),
    "transition": ("workflows.models:Approval", "to_*"),
    "steps": ("workflows.rounds", "copy_route"),
    "memo": ("memos.issuing", "memo_bytes"),
    "measures": ("memos.issuing", "measures_bytes"),
    "file": ("memos.storing:ArchiveStorage", "put"),
    "file sync": ("os", "fsync"),
    "file rename": ("os", "replace"),
    "set": ("memos.models:DocumentSet", "save"),
    "head": ("workflows.chain", "_locked_head"),
    "act": ("workflows.chain", "append"),
    "step": ("workflows.rounds", "close"),
    "remarks": ("workflows.forwarding", "keep"),
    "next step": ("workflows.acting", "open_next"),
    "process": ("workflows.tasks", "start"),
    "task": ("workflows.tasks", "move_on"),
    "commit": ("django.db.backends.base.base:BaseDatabaseWrapper", "_commit"),
}
TRANSITIONS = (
    "to_drafted",
    "to_section_head_reviewed",
    "to_deputy_approved",
    "to_mayor_signed",
    "to_writing",
)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wrap(owner: Any, name: str, when: str, nth: int) -> None:
    """The child dies before or after the ``nth`` call."""
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if when == "before" and calls == nth:
            die()
        value = original(*args, **kwargs)
        if when == "after" and calls == nth:
            die()
        return value

    setattr(owner, name, wrapped)


def owner_of(path: str) -> Any:
    """The module, or the class after the colon."""
    from django.utils.module_loading import import_string

    module, _colon, cls = path.partition(":")
    return import_string(f"{module}.{cls}") if cls else importlib.import_module(module)


def _arm(stage: str, when: str, nth: int) -> None:
    if stage == "any moment":
        # The alarm's default is to end the process at once, like a kill: no handler, no clean-up.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, nth / 1000)
        return
    path, name = STAGES[stage]
    owner = owner_of(path)
    for attribute in TRANSITIONS if name == "to_*" else (name,):
        wrap(owner, attribute, when, nth)


def _perform(order: dict[str, Any]) -> None:
    from django.utils import timezone

    from ita_core.models import Organisation, User
    from workflows import actions
    from workflows.permissions import Actor

    organisation = Organisation.objects.get(pk=order["organisation"])
    actor = Actor(User.objects.get(pk=order["user"]), organisation, timezone.now())
    _arm(order["stage"], order["when"], order["nth"])
    getattr(actions, order["deed"])(actor, order["report"], **typed(order["facts"]))


def typed(facts: dict[str, Any]) -> dict[str, Any]:
    """What JSON cannot say: remarks are values of their own."""
    from workflows.pinning import Remark

    return facts | ({"remarks": [Remark(*one) for one in facts["remarks"]]} if "remarks" in facts else {})


def main() -> None:
    import django

    django.setup()
    for path, _name in STAGES.values():
        importlib.import_module(path.partition(":")[0])
    importlib.import_module("workflows.flows")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _perform(json.loads(line))
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        print(
            json.dumps({"signal": ended_by, "status": os.WEXITSTATUS(status) if not ended_by else None}),
            flush=True,
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_core.settings")
    main()
