"""What can come of asking for a code and of typing one."""

import datetime as dt
from dataclasses import dataclass, field

from storage.models import User


@dataclass(frozen=True)
class CodeSent:
    """A code to deliver to ``phone`` (E.164, as registered), good until ``expires_at`` (UTC)."""

    code: str = field(repr=False)
    phone: str
    name: str
    expires_at: dt.datetime


@dataclass(frozen=True)
class NotRegistered:
    """No active partner has this phone."""


@dataclass(frozen=True)
class TooSoon:
    """A code was sent a moment ago, or too many were: the next may go in ``wait_seconds``."""

    wait_seconds: int


@dataclass(frozen=True)
class Locked:
    """Too many wrong codes: nothing is sent or tried before ``until`` (UTC)."""

    until: dt.datetime


@dataclass(frozen=True)
class Closed:
    """Far too many wrong codes: nothing is sent or tried until an admin unlocks the partner."""


@dataclass(frozen=True)
class SignedIn:
    """The partner, linked to the Telegram account that typed the code.

    Attributes:
        event_id: of the sign-in, in the audit: what may be objected to.
        former: the Telegram user id and the chat of the account that was signed in until now and
            no longer is; None when it is the same one, or there was none.
    """

    user: User
    event_id: str
    former: tuple[int, int] | None = None


@dataclass(frozen=True)
class WrongCode:
    """``left`` more guesses at this code; at 0 it is void."""

    left: int


@dataclass(frozen=True)
class CodeExpired:
    """The code was good for a few minutes, which are over."""


@dataclass(frozen=True)
class NoCode:
    """No code waits to be typed in this chat: none was sent, or it was used or guessed at up."""
