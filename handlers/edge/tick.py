"""The scheduler's tick: asks what is due and sends what was not sent yet."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import CallbackContext

from bot.desk import Desk
from bot.posting import catch_up_all
from bot.reminders import Digest, digests, is_time, reachable
from handlers.digest import digest
from handlers.edge import outgoing
from storage.database import store_errors
from storage.errors import StorageError

log = logging.getLogger(__name__)

T = TypeVar("T")

EVERY = dt.timedelta(seconds=30)
LEASE_SECONDS = 300
"""Longer than a send can take; a digest whose sender died is sent by whoever ticks after that."""


class CatchUpTick:
    """Shows what was posted while the store was half away; cheap when there is nothing to do."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            await _asked(catch_up_all, self.desk.store)
        except StorageError as error:
            log.warning("Catching up is tried again in a moment: %s", error)


class ReminderTick:
    """Safe to run at any time, any number of times, in any number of processes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._done: tuple[dt.date, set[str]] | None = None
        """The last day that is finished, for these partners. It only saves reading the invoices
        again every half minute; what was sent is for the store to know."""

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        clock = self.desk.clock
        today = clock.today()
        local = clock.now().astimezone(clock.zone)
        if not is_time(local, self.desk.settings.reminder_time):
            return
        try:
            partners = await _asked(reachable, self.desk.store, clock)
            if self._done == (today, set(partners)):
                return
            due = await _asked(digests, self.desk.store, partners, today)
            told = [await self._tell(context.bot, one, today) for one in due]
        except StorageError as error:
            log.warning("Reminders are tried again in a moment: %s", error)
            return
        if all(told):
            self._done = (today, set(partners))

    async def _tell(self, bot: Bot, told: Digest, today: dt.date) -> bool:
        """Whether this digest is over and done with, now or since an earlier tick."""
        reminders, now = self.desk.store.reminders, self.desk.clock.now
        if not await _asked(
            reminders.claim, told.occurrence, now=now(), lease_seconds=LEASE_SECONDS
        ):
            return await _asked(reminders.is_sent, told.occurrence)
        try:
            await outgoing.send(bot, digest(self.desk, told, today), told.chat_id)
        except TelegramError as error:
            if _is_gone(error):
                # The next tick finds the others for these invoices.
                await _asked(self.desk.store.users.set_reachable, told.partner.id, False)
                await _asked(reminders.released, told.occurrence)
            else:
                # It may have arrived: two are better than none, but not before the claim ends.
                log.warning("The digest %s is tried again: %s", told.occurrence, error)
            return False
        await _asked(reminders.sent, told.occurrence, now=now(), message_id=None)
        return True


async def _asked(work: Callable[..., T], *args: Any, **named: Any) -> T:
    """Ask the store, in a worker thread.

    Raises:
        StoreUnavailable: the database is away.
    """
    with store_errors():
        return await asyncio.to_thread(work, *args, **named)


def _is_gone(error: TelegramError) -> bool:
    """Whether this chat takes no message of ours: blocked, deleted, or never opened."""
    return isinstance(error, Forbidden) or (
        isinstance(error, BadRequest) and "chat not found" in error.message.lower()
    )
