"""What the audit remembers of who came in and who changed what; money has the ledger for that."""

from enum import StrEnum

from pydantic import Field

from storage.models.part import Document
from storage.types import Instant


class EventKind(StrEnum):
    """What happened."""

    SIGN_IN = "sign-in"
    WRONG_CODE = "wrong code"
    LOCK = "lock"
    UNLOCK = "unlock"
    SIGN_OUT = "sign-out"
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    REACTIVATE = "reactivate"
    EXPORT = "export"
    BACKUP = "backup"
    RESTORE = "restore"
    SETTING = "setting"
    ADMIN = "admin"
    """Somebody became the admin by the one-time link."""


class AuditEvent(Document):
    """Collection ``audit``: append-only. The same ``_id`` again is the same event.

    ``telegram_user_id`` and ``actor_name`` are who did it, as Telegram named them then.
    ``subject_id`` is the partner that it is about, ``subject`` their name then, or what was
    changed or exported. No code, token or message is ever in it; phones are masked.
    """

    kind: EventKind = Field(strict=False)
    at: Instant
    telegram_user_id: int
    actor_name: str = ""
    subject_id: str | None = None
    subject: str = ""
    detail: str = ""
    until: Instant | None = None
    """Of a lock, its end; None of one that only an admin ends. Of a restore, when its backup was
    made."""
    former_telegram_user_id: int | None = None
    """Of a sign-in, the account that was signed in until then. It is told, and may object."""
    chat_id: int | None = None
    """Of a sign-in, where the code was typed; None of those that an earlier version noted."""
    former_chat_id: int | None = None
    """Of a sign-in, the other chat that was the partner's: told, signed out or not."""
