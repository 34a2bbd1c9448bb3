"""The ways out of the house, each behind the same few calls, each used only where it is set up."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Protocol

from ita_core.models import User
from ita_core.telling_models import ChannelName, TellingPreference


@dataclass(frozen=True, slots=True)
class Message:
    """What is handed over. ``id`` is the same at every attempt, and with it everything else."""

    id: uuid.UUID
    to: str
    title: str
    text: str


class NeverTaken(Exception):
    """The provider will not take this message however often it is asked. Its text is a Thai sentence for the administrator."""


class Unanswered(Exception):
    """The provider answered that it cannot now."""


class Channel(Protocol):
    def is_configured(self) -> bool: ...

    def address(self, user: User, wish: TellingPreference) -> str:
        """Where the person is reached, or "" where he is not."""

    def send(self, message: Message) -> None:
        """Returns when the provider has taken the message. NeverTaken: do not try again. Any other exception: later."""


def of(name: str) -> Channel:
    from ita_core.channels import line, mail

    return {ChannelName.MAIL.value: mail.CHANNEL, ChannelName.LINE.value: line.CHANNEL}[name]


def configured() -> list[str]:
    return [name for name in ChannelName.values if of(name).is_configured()]
