"""Who the admins are; and the one-time link that makes the first one, without ``ADMIN_IDS``."""

import hashlib
import secrets

from bot.audit_trail import note
from bot.desk import Desk, Who
from bot.settings import Settings
from storage.models import EventKind
from storage.store import Store

PREFIX = "admin_"
"""Of the ``/start`` payload, which may hold 64 letters, digits, ``_`` and ``-``."""


def admin_ids(settings: Settings, store: Store) -> frozenset[int]:
    """Telegram ids of the admins: ``ADMIN_IDS``; only without any, whoever claimed the link."""
    return settings.admin_ids or frozenset(store.admins.claimed())


def offer_admin(desk: Desk) -> str | None:
    """Make the link, when there is no admin yet; an earlier one is void. None: there is one."""
    if admin_ids(desk.settings, desk.store):
        return None
    token = secrets.token_urlsafe(24)
    desk.store.admins.offer(_digest(token))
    return desk.deep_link(PREFIX + token)


def claim_admin(desk: Desk, who: Who, payload: str) -> bool:
    """Take the link's payload; true for the first who brings the right one.

    A link that nobody opened is worth nothing once there is an admin.
    """
    if not payload.startswith(PREFIX):
        return False
    if admin_ids(desk.settings, desk.store) - {who.telegram_id}:
        return False
    if not desk.store.admins.claim(_digest(payload.removeprefix(PREFIX)), who.telegram_id):
        return False
    note(desk, EventKind.ADMIN, who, id=f"admin:{who.telegram_id}")
    return True


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
