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
        self._done: dt.datetime | None = None
        """Of what time the last backup is sent, as far as it can be."""
        self._made: tuple[dt.datetime, Backup] | None = None
        self._not_before = dt.datetime.min.replace(tzinfo=dt.UTC)

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        meant, now = self._meant(), self.desk.clock.now()
        if meant is None or meant == self._done or now < self._not_before:
            return
        try:
            done = await self._is_done(context.bot, meant)
        except StorageError as error:
            log.warning("The night's backup is tried again in a while: %s", error)
            done = False
        if done:
            self._done, self._made = meant, None
        else:
            self._not_before = now + AGAIN_AFTER

    def _meant(self) -> dt.datetime | None:
        """When the last one was to be made, in the firm's zone; None: none ever is."""
        at = self.desk.settings.backup_time
        if at is None:
            return None
        local = self.desk.clock.now().astimezone(self.desk.clock.zone)
        begun = local.time() >= at
        day = local.date() if begun else local.date() - dt.timedelta(days=1)
        return dt.datetime.combine(day, at, self.desk.clock.zone)

    async def _is_done(self, bot: Bot, meant: dt.datetime) -> bool:
        """Whether every admin who can be reached has it, now or before, or there is none."""
        if not await asked(self._was_anything, meant):
            return True
        admins = await asked(self._without, meant)
        if not admins:
            return True
        screen = await self._backup(bot, meant, admins)
        if screen is None:
            return False
        told = [await self._tell(bot, screen, _occurrence(meant, one), one) for one in admins]
        if not any(told):
            log.error("The night's backup reached no admin; it lies in DATA_DIR/backup.")
        elif False not in told:
            log.info("The night's backup was sent.")
        return False not in told

    def _was_anything(self, meant: dt.datetime) -> bool:
        """Whether there were books then: a new firm hears nothing on its first day."""
        first = self.desk.store.customers.first_added()
        return first is not None and first < meant

    def _without(self, meant: dt.datetime) -> list[int]:
        """The admins who do not have it yet."""
        sent = self.desk.store.reminders.is_sent
        return [one for one in sorted(self._admins()) if not sent(_occurrence(meant, one))]

    async def _backup(self, bot: Bot, meant: dt.datetime, admins: list[int]) -> Screen | None:
        """The backup, which may have been made before; None: there is none yet, as they hear."""
        if self._made is None or self._made[0] != meant or not self._made[1].is_there:
            try:
                self._made = meant, await asked(make_backup, self.desk)
            except (DrawingFailed, OSError) as error:
                failed = not_made(self.desk, error)
                for admin in admins:
                    await self._tell(bot, failed, f"{_occurrence(meant, admin)} failed", admin)
                return None
        return of_the_night(self._made[1])

    async def _tell(self, bot: Bot, screen: Screen, occurrence: str, admin: int) -> bool | None:
        """Whether it is in their chat for good; None: it never gets there."""
        try:
            return await send_once(self.desk, bot, replace(screen, occurrence=occurrence), admin)
        except TelegramError as error:
            log.warning("Admin %s is sent no backup: %s", admin, error)
            return None


def _occurrence(meant: dt.datetime, admin: int) -> str:
    # With the time: when the firm changes that, one too many comes, and never none.
    return f"{meant:%Y-%m-%d}:{admin}:backup {meant:%H:%M}"
