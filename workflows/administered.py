"""Until when an authority has an administrator: whoever records people's days must not be the last who can undo it."""

from __future__ import annotations

import datetime

from django.db.models import Q

from ita_core import thai
from ita_core.models import Appointment, Organisation, Role
from workflows import stretches

_DAY = datetime.timedelta(days=1)


def until(organisation: Organisation) -> datetime.date:
    """The last day, from today on without a gap, with somebody in the post; yesterday when there is nobody. One query.

    Who merely stands in counts for nothing: whom he stands in for is there still.
    """
    today = thai.today()
    rows = Appointment.objects.of(organisation).filter(
        Q(ends__isnull=True) | Q(ends__gte=today),
        post__role=Role.ORG_ADMIN,
        absence__isnull=True,
        user__is_active=True,
    )
    spans = [stretches.span(row.starts, row.ends) for row in rows]
    last = today - _DAY
    while last != stretches.FOREVER:
        further = [end for first, end in spans if first <= last + _DAY <= end]
        if not further:
            break
        last = max(further)
    return last
