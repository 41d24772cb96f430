"""What every way of getting a sign-in code to a person has in common."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

CONNECT_WITHIN = 4.0
"""Seconds, for every channel that connects; the person is looking at the chat meanwhile."""


class Outcome(StrEnum):
    """Of one send. Accepted is all that gateways tell; none of them promises an arrival."""

    ACCEPTED = "accepted"
    UNSURE = "unsure"
    """No clear answer, or none in time: it may have arrived, so nothing more is tried."""
    FAILED = "failed"


@dataclass(frozen=True)
class Otp:
    """A code for the partner ``name``, whose registered phone is ``phone`` (E.164)."""

    code: str = field(repr=False)
    phone: str
    name: str


class NotSent(Exception):
    """It was not taken, as far as is known. The text says why: plain words, never a secret."""


class Refused(NotSent):
    """Nor did anybody get it: the gateway said that it does not take it."""


class Unreached(NotSent):
    """Nor did anybody get it: nothing was there to take it."""


class Channel(Protocol):
    name: str

    def send(self, otp: Otp) -> Outcome:
        """Hand the code over: ``ACCEPTED`` or ``UNSURE``. Blocks for some seconds.

        Raises:
            NotSent: another channel may be tried. Whatever else it raises means the same.
        """
        ...
