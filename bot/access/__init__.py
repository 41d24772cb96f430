"""Signing in and staying in: the use cases between the rules, the store and the edge.

:mod:`bot.access.codes` lets people in, :mod:`bot.access.sessions` knows who is in, and
:mod:`bot.access.limits` bounds what may be tried. The numbers are in :mod:`bot.sign_in`.
"""

from bot.access.codes import check_code, request_again, request_code
from bot.access.limits import locked, may_knock, unlock
from bot.access.results import (
    Closed,
    CodeExpired,
    CodeSent,
    Locked,
    NoCode,
    NotRegistered,
    SignedIn,
    TooSoon,
    WrongCode,
)
from bot.access.sessions import (
    ended_sessions,
    has_ended,
    identify,
    is_signed_in,
    last_seen,
    object_to,
    sessions_of,
    sign_out,
    sign_out_user,
)

__all__ = [
    "Closed",
    "CodeExpired",
    "CodeSent",
    "Locked",
    "NoCode",
    "NotRegistered",
    "SignedIn",
    "TooSoon",
    "WrongCode",
    "check_code",
    "ended_sessions",
    "has_ended",
    "identify",
    "is_signed_in",
    "last_seen",
    "locked",
    "may_knock",
    "object_to",
    "request_again",
    "request_code",
    "sessions_of",
    "sign_out",
    "sign_out_user",
    "unlock",
]
