"""Noting what the audit remembers. Names are as they were then; no event holds a whole phone."""

import datetime as dt
import re

from bot.desk import Desk, Who
from bot.text import shown
from storage.ids import new_id
from storage.models import AuditEvent, EventKind, User

NAME_LIMIT, DETAIL_LIMIT = 40, 200

_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){6,}")
"""Long enough for a phone, of any script, however it is spaced."""


def note(
    desk: Desk,
    kind: EventKind,
    by: Who,
    *,
    id: str | None = None,
    about: User | None = None,
    subject: str = "",
    detail: str = "",
) -> AuditEvent:
    """Note that somebody did something; arguments as of :func:`event`.

    Returns:
        What is kept: the first event of this id.
    """
    return desk.store.audit.note(
        event(desk.clock.now(), kind, by, id=id, about=about, subject=subject, detail=detail)
    )


def event(
    at: dt.datetime,
    kind: EventKind,
    by: Who,
    *,
    id: str | None = None,
    about: User | None = None,
    subject: str = "",
    detail: str = "",
    until: dt.datetime | None = None,
    former_telegram_user_id: int | None = None,
    chat_id: int | None = None,
    former_chat_id: int | None = None,
) -> AuditEvent:
    """What happened, fit to keep: all text in it is one line and of bounded length.

    Args:
        at: UTC.
        by: who did it, signed in or not.
        id: derived from what was done, so that doing it again is no second event; None: a new one.
        about: the partner that it is about.
        subject: what it is about, where that is no partner.
        detail: phones in it are masked by the caller, so that their ends can be told.
    """
    return AuditEvent(
        id=id or new_id(),
        kind=kind,
        at=at,
        telegram_user_id=by.telegram_id,
        actor_name=_shown(by.name),
        subject_id=about.id if about else None,
        subject=_shown(about.name if about else subject),
        detail=_shown(detail, DETAIL_LIMIT),
        until=until,
        former_telegram_user_id=former_telegram_user_id,
        chat_id=chat_id,
        former_chat_id=former_chat_id,
    )


def _shown(text: str, limit: int = NAME_LIMIT) -> str:
    """Without the numbers in it: some people are named by theirs, on Telegram and in the books."""
    return _NUMBER.sub("…", shown(text, limit))
