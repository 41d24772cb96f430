"""The scheduler's tick: asks what is due and sends what was not sent yet."""

import datetime as dt
import logging
from dataclasses import replace
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot.desk import Desk
from bot.posting import catch_up_all
from bot.reminders import collecting, digest_occurrence, is_late, is_time, reachable
from handlers.due_list import digest
from handlers.edge.once import asked, send_once
from storage.errors import StorageError
from storage.models import User

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
            late = is_late(local, self.desk.settings.reminder_time)
            told = [
                await self._tell(context.bot, partners[id], set(partners), today, late=late)
                for id in sorted(partners)
            ]
        except StorageError as error:
            log.warning("Reminders are tried again in a moment: %s", error)
            return
        if all(told):
            self._done = (today, set(partners))

    async def _tell(
        self, bot: Bot, partner: User, reachable: set[str], day: dt.date, *, late: bool
    ) -> bool:
        """Whether they were told, now or before, or there is nothing to tell."""
        store, occurrence = self.desk.store, digest_occurrence(partner.id, day)
        if await asked(store.reminders.is_sent, occurrence):
            return True
        # Just before it is sent: whoever was told before may have been paid meanwhile.
        due = await asked(collecting, store, partner.id, reachable, day)
        if not due.count:
            return True
        screen = await asked(digest, self.desk, due, late=late)
        try:
            once = replace(screen, occurrence=occurrence)
            return await send_once(self.desk, bot, once, partner.chat_id or 0)
        except TelegramError:
            # The next tick finds the others for these invoices.
            await asked(store.users.set_reachable, partner.id, False)
            await asked(store.reminders.released, occurrence)
            return False
