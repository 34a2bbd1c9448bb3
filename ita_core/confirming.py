"""Who it is, proved anew: a session's last second proof, which signatures ask to be fresh.

It lives in the session and names the person it is of: a session that passes to somebody else brings nothing along.
"""

from __future__ import annotations

import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from ita_core.models import User

SESSION_KEY = "confirmed"
FRESH = datetime.timedelta(minutes=5)
"""For so long a proof serves for signatures, the last second included."""
FIELD = "proof_code"
"""Of the forms that sign, where the code is typed."""


def note(session: SessionBase, user: User) -> datetime.datetime:
    """The person proved it now."""
    moment = timezone.now()
    session[SESSION_KEY] = {"user": user.pk, "at": moment.isoformat()}
    return moment


def forget(session: SessionBase) -> None:
    session.pop(SESSION_KEY, None)


def confirmed_at(session: SessionBase, user: User) -> datetime.datetime | None:
    """When the person last proved it in this session; None when never, or when somebody else did."""
    kept = session.get(SESSION_KEY)
    if not isinstance(kept, dict) or kept.get("user") != user.pk:
        return None
    try:
        return datetime.datetime.fromisoformat(kept["at"])
    except (KeyError, TypeError, ValueError):
        return None


def is_fresh(moment: datetime.datetime | None) -> bool:
    """Whether a proof of that moment still serves; one from the future, as of a clock set back, does not."""
    return moment is not None and datetime.timedelta() <= timezone.now() - moment <= FRESH
