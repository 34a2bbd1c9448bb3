"""When a message may go out: not in a person's quiet hours, and once a day where he wants it so. Asia/Bangkok. Pure."""

from __future__ import annotations

import datetime
from typing import Final

from ita_core import thai

DIGEST_AT: Final = datetime.time(8)


def may_go_at(
    now: datetime.datetime, quiet_from: datetime.time, quiet_until: datetime.time
) -> datetime.datetime:
    """``now``, or the end of the quiet hours that it falls into. Hours that begin and end alike are none."""
    local = now.astimezone(thai.BANGKOK)
    clock = local.time()
    since, before = clock >= quiet_from, clock < quiet_until
    is_quiet = (since or before) if quiet_from > quiet_until else (since and before)
    if not is_quiet:
        return now
    end = local.replace(
        hour=quiet_until.hour, minute=quiet_until.minute, second=quiet_until.second, microsecond=0
    )
    return end if end > local else end + datetime.timedelta(days=1)


def next_digest(
    now: datetime.datetime, quiet_from: datetime.time, quiet_until: datetime.time
) -> datetime.datetime:
    """The next eight o'clock, or when its quiet hours end."""
    local = now.astimezone(thai.BANGKOK)
    eight = local.replace(hour=DIGEST_AT.hour, minute=0, second=0, microsecond=0)
    if eight <= local:
        eight += datetime.timedelta(days=1)
    return may_go_at(eight, quiet_from, quiet_until)
