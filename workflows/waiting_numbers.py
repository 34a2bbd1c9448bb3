"""Reports that a registrar has still to number: signed ones, and those under way where a register numbers before."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from ita_core.models import Organisation
from memos.models import Register, RegisterEntry
from workflows.models import UNDER_WAY, Approval, State

MOST = 20
"""As many as a page shows; whoever numbers them sees the next."""


def reports(organisation: Organisation, registers: Sequence[Register]) -> list[Approval]:
    """The latest first, one more than ``MOST`` when there are more. Trial reports never get a number. One query."""
    used = RegisterEntry.objects.of(organisation).filter(
        report=OuterRef("report"), standing=RegisterEntry.Standing.USED
    )
    states: list[str] = [] if _all(registers, Register.Moment.BEFORE) else [State.MAYOR_SIGNED]
    if any(register.moment == Register.Moment.BEFORE for register in registers):
        states += UNDER_WAY
    rows = Approval.objects.of(organisation).filter(~Exists(used), state__in=states, report__is_trial=False)
    return list(rows.select_related("report__drafter", "report__item").order_by("-pk")[: MOST + 1])


def _all(registers: Sequence[Register], moment: str) -> bool:
    return all(register.moment == moment for register in registers)
