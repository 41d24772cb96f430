"""The scheduler's tick: asks what is due and sends what was not sent yet."""

import datetime as dt
import logging
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot.desk import Desk
from bot.posting import catch_up_all
from bot.reminders import Digest, digests, is_late, is_time, reachable
from handlers.due_list import digest
from handlers.edge.once import asked, send_once
from storage.errors import StorageError

log = logging.getLogger(__name__)

EVERY = dt.timedelta(seconds=30)
HOURLY = dt.timedelta(hours=1)


class CatchUpTick:
    """Shows what was posted while the store was half away; cheap when there is nothing to do."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            await asked(catch_up_all, self.desk.store)
        except StorageError as error:
            log.warning("Catching up is tried again in a moment: %s", error)


class InboxTick:
    """Forgets which updates came, once Telegram has forgotten them too."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            await asked(self.desk.store.inbox.forget, now=self.desk.clock.now())
        except StorageError as error:
            log.warning("Old updates are forgotten in an hour: %s", error)


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
            partners = await asked(reachable, self.desk.store, clock)
            if self._done == (today, set(partners)):
                return
            due = await asked(digests, self.desk.store, partners, today)
            late = is_late(local, self.desk.settings.reminder_time)
            told = [await self._tell(context.bot, one, late=late) for one in due]
        except StorageError as error:
            log.warning("Reminders are tried again in a moment: %s", error)
            return
        if all(told):
            self._done = (today, set(partners))

    async def _tell(self, bot: Bot, told: Digest, *, late: bool) -> bool:
        """Whether this digest is over and done with, now or since an earlier tick."""
        screen = await asked(digest, self.desk, told, late=late)
        try:
            return await send_once(self.desk, bot, screen, told.chat_id)
        except TelegramError:
            # The next tick finds the others for these invoices.
            await asked(self.desk.store.users.set_reachable, told.partner.id, False)
            await asked(self.desk.store.reminders.released, told.occurrence)
            return False
