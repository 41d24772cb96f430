"""The scheduler's tick: asks what is due and sends what was not sent yet."""

import asyncio
import datetime as dt
import logging
from typing import Any

from telegram.error import Forbidden, TelegramError
from telegram.ext import CallbackContext

from bot.desk import Desk
from bot.reminders import Digest, digests, is_time
from handlers.digest import digest
from handlers.edge import outgoing
from storage.database import store_errors
from storage.errors import StorageError

log = logging.getLogger(__name__)

EVERY = dt.timedelta(seconds=30)
LEASE_SECONDS = 300
"""Longer than a send can take; a digest whose sender died is sent by whoever ticks after that."""


class ReminderTick:
    """Safe to run at any time, any number of times, in any number of processes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._done: dt.date | None = None
        """The last day that is finished: only saves asking again; the store is what decides."""

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        clock = self.desk.clock
        today = clock.today()
        local = clock.now().astimezone(clock.zone)
        if self._done == today or not is_time(local, self.desk.settings.reminder_time):
            return
        try:
            due = await asyncio.to_thread(self._due, today)
            for told in due:
                await self._send(context, told, today)
            self._done = today
        except (StorageError, TelegramError) as error:
            log.warning("Reminders are tried again in a moment: %s", error)

    def _due(self, today: dt.date) -> list[Digest]:
        with store_errors():
            return digests(self.desk.store, today)

    async def _send(
        self, context: CallbackContext[Any, Any, Any, Any], told: Digest, today: dt.date
    ) -> None:
        if not await asyncio.to_thread(self._claim, told):
            return
        try:
            await outgoing.send(context.bot, digest(self.desk, told, today), told.chat_id)
        except Forbidden:
            await asyncio.to_thread(self.desk.store.users.set_reachable, told.partner.id, False)
            await asyncio.to_thread(self.desk.store.reminders.released, told.occurrence)
            return
        await asyncio.to_thread(self._sent, told)

    def _claim(self, told: Digest) -> bool:
        with store_errors():
            return self.desk.store.reminders.claim(
                told.occurrence, now=self.desk.clock.now(), lease_seconds=LEASE_SECONDS
            )

    def _sent(self, told: Digest) -> None:
        with store_errors():
            self.desk.store.reminders.sent(
                told.occurrence, now=self.desk.clock.now(), message_id=None
            )
