"""The night's backup, to every admin."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot.backup.making import Backup, make_backup
from bot.desk import Desk
from handlers.backup import not_made, not_sent, of_the_night
from handlers.edge import outgoing, rate_limit
from handlers.edge.asking import asked
from handlers.edge.outcome import NotSent, is_gone
from handlers.edge.sending import dispensable
from handlers.screen import Screen

log = logging.getLogger(__name__)

AGAIN_AFTER = dt.timedelta(minutes=10)
"""Until what failed is tried again; a backup reads all books."""

ATTEMPTS = 3
"""After so many that Telegram refused, or did not answer, the admins are told instead."""


@dataclass
class _Night:
    """One night's backup, as far as it got. What was sent the store knows."""

    meant: dt.datetime
    backup: Backup | None = None
    attempts: int = 0
    told: bool = False
    over: bool = False


class BackupTick:
    """Safe to run at any time, any number of times. Each admin gets one a night, however often.

    While Telegram is away it waits, as files. Whatever else keeps it back, the admins hear of it,
    once a night.
    """

    def __init__(self, desk: Desk, admins: Callable[[], frozenset[int]]) -> None:
        self.desk = desk
        self._admins = admins
        self._night: _Night | None = None
        self._not_before = dt.datetime.min.replace(tzinfo=dt.UTC)

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        meant, now = self._meant(), self.desk.clock.now()
        if meant is None:
            return
        if self._night is None or self._night.meant != meant:
            self._night, self._not_before = _Night(meant), now
        night = self._night
        if night.over or now < self._not_before:
            return
        self._not_before = now + AGAIN_AFTER
        try:
            night.over = await self._is_done(context.bot, night)
        except Exception as error:  # noqa: BLE001 - whatever it is, no backup is not to be silent
            log.warning("The night's backup is tried again: %s", type(error).__name__)
            await self._tell(context.bot, night, not_made(self.desk, error))

    def _meant(self) -> dt.datetime | None:
        """When the last one was to be made, in the firm's zone; None: none ever is."""
        at = self.desk.settings.backup_time
        if at is None:
            return None
        local = self.desk.clock.now().astimezone(self.desk.clock.zone)
        begun = local.time() >= at
        day = local.date() if begun else local.date() - dt.timedelta(days=1)
        return dt.datetime.combine(day, at, self.desk.clock.zone)

    async def _is_done(self, bot: Bot, night: _Night) -> bool:
        """Whether every admin who can be reached has it, or was told why not, or there is none."""
        if not await asked(self._was_anything, night.meant):
            return True
        admins = await asked(self._without, night.meant)
        if not admins:
            return True
        if night.backup is None or not night.backup.is_there:
            night.backup = await asked(make_backup, self.desk)
        outcomes = [await self._send(bot, night, night.backup, one) for one in admins]
        if "failed" in outcomes:
            night.attempts += 1
            if night.attempts < ATTEMPTS:
                return False
            await self._tell(bot, night, not_sent(self.desk))
        elif "sent" in outcomes:
            log.info("The night's backup was sent.")
        elif "later" not in outcomes:
            log.error("The night's backup reached no admin; it lies in DATA_DIR/backup.")
        return "later" not in outcomes

    def _was_anything(self, meant: dt.datetime) -> bool:
        """Whether there were books then: a new firm hears nothing on its first day."""
        first = self.desk.store.customers.first_added()
        return first is not None and first < meant

    def _without(self, meant: dt.datetime) -> list[int]:
        """The admins who do not have it yet."""
        sent = self.desk.store.reminders.is_sent
        return [one for one in sorted(self._admins()) if not sent(_occurrence(meant, one))]

    async def _send(self, bot: Bot, night: _Night, backup: Backup, admin: int) -> str:
        """What became of it: sent, later (when Telegram is back), failed, or gone.

        Whoever is gone takes no message of ours.
        """
        try:
            with rate_limit.at(rate_limit.UNPROMPTED):
                await outgoing.send(bot, of_the_night(backup), admin)
        except NotSent as error:
            log.warning("The night's backup waits for Telegram: %s", error)
            return "later"
        except TelegramError as error:
            log.warning("Admin %s has no backup of tonight: %s", admin, error)
            return "gone" if is_gone(error) else "failed"
        done, now = self.desk.store.reminders.done, self.desk.clock.now()
        await asked(done, _occurrence(night.meant, admin), now=now)
        return "sent"

    async def _tell(self, bot: Bot, night: _Night, screen: Screen) -> None:
        """By way of nothing that may be what fails."""
        if night.told:
            return
        night.told = True
        for admin in sorted(await asked(self._admins)):
            await dispensable(outgoing.send(bot, screen, admin))


def _occurrence(meant: dt.datetime, admin: int) -> str:
    # With the time: when the firm changes that, one too many comes, and never none.
    return f"{meant:%Y-%m-%d}:{admin}:backup {meant:%H:%M}"
