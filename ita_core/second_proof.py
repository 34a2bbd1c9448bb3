"""The second proof beside the password: a PIN, the code of an app, or a passkey; and what a person has of them."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import transaction

from ita_core import pin
from ita_core.models import User

SECRETS = (Authenticator, SocialAccount, SocialApp, SocialToken, UserSession)
"""Tables of allauth that no administration shows."""
USED_FOR = 120


class Outcome(enum.Enum):
    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"
    """No try is left, the right code is refused too: the password opens it again."""


@dataclass(frozen=True)
class Ways:
    """What a person can prove himself with."""

    pin: bool
    app: bool
    passkeys: int
    tries_left: int

    @property
    def by_code(self) -> bool:
        return self.pin or self.app

    @property
    def any(self) -> bool:
        return self.by_code or self.passkeys > 0

    @property
    def locked(self) -> bool:
        return self.by_code and self.tries_left == 0


def ways(user: User) -> Ways:
    """Two queries."""
    row = pin.of(user)
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return Ways(
        pin=bool(row and row.pin),
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        tries_left=row.tries_left if row else pin.TRIES,
    )


@transaction.atomic
def forget(user: User) -> None:
    """What was lost or forgotten, so that the person makes it anew; a provider's account is matched anew too."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    pin.forget(user)


def attempt(user: User, typed: str) -> Outcome:
    """Whether the code is the person's PIN, or the one that his app shows now. A wrong one costs a try."""
    row = pin.take_a_try(user)
    if row is None:
        return Outcome.LOCKED
    code = pin.digits(typed)
    if not (_of_app(user, code) or pin.matches(row, code)):
        return Outcome.WRONG if row.tries_left else Outcome.LOCKED
    pin.unlock(user)
    return Outcome.RIGHT


def _of_app(user: User, code: str) -> bool:
    """Each code once: it serves for half a minute before and after its own, so it is remembered for two minutes."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if app is None or not app.wrap().validate_code(code):
        return False
    if not cache.add(f"proof-used:{user.pk}:{code}", "", USED_FOR):
        return False
    app.record_usage()
    return True
