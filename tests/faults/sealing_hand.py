"""Makes final files or public copies, or hands messages over, in processes that may be killed.

One JSON order a line on stdin, one answer a line. An order is ``{"kind", "lanes", "stage", "when", "nth"}``: so many forked
workers do what is due of the kind, and each is killed before or after the nth call of a stage; with no stage they end when
nothing is due. The answer lists how each ended.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

from tests.faults import victim

STAGES = {
    "convert": ("tests.memos.sealing.instant:Instant", "pdf"),
    "join": ("memos.sealing.joining", "joined"),
    "seal": ("memos.sealing.seal", "sealed"),
    "file": victim.STAGES["file"],
    "row": ("memos.models:FinalFile", "save"),
    "line": ("memos.sealing.public", "_with_line"),
    "draft": ("workflows.models:PublicDraft", "save"),
    "marked": ("ita_core.deliveries", "_begin"),
    "mail": ("ita_core.channels.mail:Mail", "send"),
    "push": ("ita_core.channels.line:Line", "send"),
    "closed": ("ita_core.deliveries", "_close"),
    "done": ("ita_core.outbox", "done"),
}


def _arm(order: dict[str, Any]) -> None:
    from django.utils.module_loading import import_string

    if not order["stage"]:
        return
    path, name = STAGES[order["stage"]]
    module, _colon, cls = path.partition(":")
    owner = import_string(f"{module}.{cls}") if cls else importlib.import_module(module)
    victim.wrap(owner, name, order["when"], order["nth"])


def _work(order: dict[str, Any]) -> None:
    from ita_core import outbox, working
    from memos.rendering import office
    from tests.memos.sealing.instant import Instant

    converter = Instant()
    office.of_this_process = lambda: converter  # type: ignore[assignment]
    outbox.handlers = {order["kind"]: outbox.handlers[order["kind"]]}
    _arm(order)
    working.Lane(lambda outcome, held, seconds: None).work(once=True)


def main() -> None:
    import django

    django.setup()
    importlib.import_module("memos.sealing.final")
    importlib.import_module("memos.sealing.public")
    importlib.import_module("workflows.evidencing")
    for line in sys.stdin:
        order = json.loads(line)
        children = []
        for _lane in range(order["lanes"]):
            child = os.fork()
            if child == 0:
                _work(order)
                os._exit(0)
            children.append(child)
        ends = [os.waitpid(child, 0)[1] for child in children]
        print(json.dumps([os.WTERMSIG(end) if os.WIFSIGNALED(end) else 0 for end in ends]), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_core.settings")
    main()
