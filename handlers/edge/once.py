"""What may not be lost is sent once: by whoever claims it first, of however many processes.

Claimed, sent, marked as sent. A claim ends by itself, so that what a killed process had claimed is
sent by whoever asks after that.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.desk import Desk
from handlers.edge import outgoing
from handlers.screen import Screen
from storage.database import store_errors

log = logging.getLogger(__name__)

T = TypeVar("T")

LEASE_SECONDS = 120
"""Longer than a send takes; and how long after one of unknown outcome another may go."""


async def send_once(desk: Desk, bot: Bot, screen: Screen, chat_id: int) -> bool:
    """Send a screen under its occurrence; whether it is in the chat, by now or since before.

    Raises:
        StoreUnavailable: the database is away.
        TelegramError: the chat takes no message of ours (:func:`is_gone`). The claim holds on, and
            with it the next attempt.
    """
    occurrence, claims, now = screen.occurrence, desk.store.reminders, desk.clock.now
    if not await asked(claims.claim, occurrence, now=now(), lease_seconds=LEASE_SECONDS):
        return await asked(claims.is_sent, occurrence)
    try:
        await outgoing.send(bot, screen, chat_id)
    except RetryAfter as error:
        log.warning("%s is sent in a moment: %s", occurrence, error)
        await asked(claims.released, occurrence)
        return False
    except TelegramError as error:
        if is_gone(error):
            raise
        # It may have arrived: two are better than none, but not before the claim ends.
        log.warning("%s is sent again in a while: %s", occurrence, error)
        return False
    await asked(claims.sent, occurrence, now=now(), message_id=None)
    return True


async def asked(work: Callable[..., T], *args: Any, **named: Any) -> T:
    """Ask the store, in a worker thread.

    Raises:
        StoreUnavailable: the database is away.
    """
    with store_errors():
        return await asyncio.to_thread(work, *args, **named)


def is_gone(error: TelegramError) -> bool:
    """Whether this chat takes no message of ours: blocked, deleted, or never opened."""
    return isinstance(error, Forbidden) or (
        isinstance(error, BadRequest) and "chat not found" in error.message.lower()
    )
