"""The night's backup, to every admin."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot.backup.making import Backup, make_backup
from bot.desk import Desk
from bot.drawing import DrawingFailed
from handlers.backup import not_made, of_the_night
from handlers.edge.asking import asked
from handlers.edge.once import send_once
from handlers.screen import Screen
from storage.errors import StorageError

log = logging.getLogger(__name__)

AGAIN_AFTER = dt.timedelta(minutes=10)
"""Until what failed is tried again; a backup reads all books."""


class BackupTick:
    """Safe to run at any time, any number of times. Each admin gets one a night, however often.

    Whoever takes no message of ours holds up nobody; while Telegram is away it waits, as files.
    """

    def __init__(self, desk: Desk, admins: Callable[[], frozenset[int]]) -> None:
        self.desk = desk
        self._admins = admins
        self._done: dt.date | None = None
        """The last night whose backup is sent, as far as it can be."""
        self._made: tuple[dt.date, Backup] | None = None
        self._not_before = dt.datetime.min.replace(tzinfo=dt.UTC)

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        at, now = self.desk.settings.backup_time, self.desk.clock.now()
        if at is None or now < self._not_before:
            return
        night = self._night(at)
        if night == self._done:
            return
        try:
            done = await self._is_done(context.bot, night, at)
        except StorageError as error:
            log.warning("The night's backup is tried again in a while: %s", error)
            done = False
        if done:
            self._done, self._made = night, None
        else:
            self._not_before = now + AGAIN_AFTER

    def _night(self, at: dt.time) -> dt.date:
        """The day of the last time at which one was to be made."""
        local = self.desk.clock.now().astimezone(self.desk.clock.zone)
        begun = local.time() >= at
        return local.date() if begun else local.date() - dt.timedelta(days=1)

    def _was_anything(self, night: dt.date, at: dt.time) -> bool:
        """Whether there were books then: a new firm hears nothing on its first day."""
        first = self.desk.store.customers.first_added()
        return first is not None and first < dt.datetime.combine(night, at, self.desk.clock.zone)

    async def _is_done(self, bot: Bot, night: dt.date, at: dt.time) -> bool:
        """Whether every admin who can be reached has it, now or before, or there is none."""
        if not await asked(self._was_anything, night, at):
            return True
        admins = await asked(self._without, night)
        if not admins:
            return True
        screen = await self._backup(bot, night)
        if screen is None:
            return False
        told = [await self._tell(bot, screen, _occurrence(night, one), one) for one in admins]
        if all(told):
            log.info("The night's backup was sent.")
        return all(told)

    def _without(self, night: dt.date) -> list[int]:
        """The admins who do not have it yet."""
        sent = self.desk.store.reminders.is_sent
        return [one for one in sorted(self._admins()) if not sent(_occurrence(night, one))]

    async def _backup(self, bot: Bot, night: dt.date) -> Screen | None:
        """The backup, which may have been made before; None: there is none yet."""
        if self._made is None or self._made[0] != night or not self._made[1].is_there:
            try:
                self._made = night, await asked(make_backup, self.desk)
            except (DrawingFailed, OSError) as error:
                failed = not_made(self.desk, error)
                for admin in await asked(self._without, night):
                    await self._tell(bot, failed, f"{_occurrence(night, admin)} failed", admin)
                return None
        return of_the_night(self._made[1])

    async def _tell(self, bot: Bot, screen: Screen, occurrence: str, admin: int) -> bool:
        """Whether it is in their chat for good, or can never get there."""
        try:
            return await send_once(self.desk, bot, replace(screen, occurrence=occurrence), admin)
        except TelegramError as error:
            log.warning("Admin %s is sent no backup: %s", admin, error)
            return True


def _occurrence(night: dt.date, admin: int) -> str:
    return f"{night}:{admin}:backup"
