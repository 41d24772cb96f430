"""What stays of an update that is set aside: all of it, unless a sign-in code may be in it."""

import datetime as dt
import json
from typing import Any

from bot.sign_in import holds_code
from storage.inbox import Inbox


def lay_aside(inbox: Inbox, update_id: int, reference: str, *, now: dt.datetime) -> None:
    """Let nothing wait for it any more; under this reference the log says why.

    What was typed stays in the inbox for whoever looks into it, unless it may be a code.

    Raises:
        StoreUnavailable: the database is away.
    """
    # As it came, and not as it was read: it is here because something in it is not as expected.
    kept = inbox.get(update_id)
    keep_body = kept is not None and not _holds_code(json.loads(kept.body or "{}"))
    inbox.set_aside(update_id, reference, now=now, keep_body=keep_body)


def _holds_code(came: Any) -> bool:
    """Whether a code may stand in any text of this JSON, whatever Telegram calls it."""
    if isinstance(came, dict):
        return any(map(_holds_code, came.values()))
    if isinstance(came, list):
        return any(map(_holds_code, came))
    return isinstance(came, str) and holds_code(came)
