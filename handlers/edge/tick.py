"""The scheduler's tick: asks what is due and sends what was not sent yet."""

import datetime as dt
import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot import evening
from bot.desk import Desk
from bot.posting import catch_up_all
from bot.reminders import collecting, digest_occurrence, is_late, meant_for, reachable
from handlers.due_list import digest
from handlers.edge.asking import asked
from handlers.edge.once import send_once
from handlers.evening import summary
from handlers.screen import Screen
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


class DailyTick(ABC):
    """Tells each partner something once a day.

    Safe to run at any time, any number of times, in any number of processes.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._done: tuple[dt.date, set[str]] | None = None
        """The last day that is finished, for these partners. It only saves reading the books
        again every half minute; what was sent is for the store to know."""

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        day = self._day()
        if day is None:
            return
        try:
            partners = await asked(reachable, self.desk.store, self.desk.clock)
            if self._done == (day, set(partners)):
                return
            told = [
                await self._tell(context.bot, partners[id], set(partners), day)
                for id in sorted(partners)
            ]
        except StorageError as error:
            log.warning("What is told once a day is tried again in a moment: %s", error)
            return
        if all(told):
            self._done = (day, set(partners))

    @abstractmethod
    def _day(self) -> dt.date | None:
        """Of which day partners are told now; None before the time of the first."""

    @abstractmethod
    def _message(self, partner: User, reachable: set[str], day: dt.date) -> Screen | None:
        """What this partner is to be told, under its occurrence; None: nothing, or no more."""

    async def _tell(self, bot: Bot, partner: User, reachable: set[str], day: dt.date) -> bool:
        """Whether they were told, now or before, or there is nothing to tell."""
        # Just before it is sent: whoever was told before may have been paid meanwhile.
        try:
            screen = await asked(self._message, partner, reachable, day)
        except (ValueError, LookupError) as error:
            # Whose documents cannot be read holds up nobody. Without its words, which quote them.
            flaw = type(error).__name__
            log.error("Partner %s cannot be told: %s", partner.id, flaw)  # noqa: TRY400
            return True
        if screen is None:
            return True
        try:
            return await send_once(self.desk, bot, screen, partner.chat_id or 0)
        except TelegramError:
            # The next tick finds others to tell, and this partner once they are back.
            await asked(self.desk.store.users.set_reachable, partner.id, False)
            await asked(self.desk.store.reminders.released, screen.occurrence)
            return False


class ReminderTick(DailyTick):
    """In the morning, or later after a downtime, what is due."""

    def _day(self) -> dt.date | None:
        today = self.desk.clock.today()
        return today if self.desk.clock.now() >= self._meant(today) else None

    def _message(self, partner: User, reachable: set[str], day: dt.date) -> Screen | None:
        store, occurrence = self.desk.store, digest_occurrence(partner.id, day)
        if store.reminders.is_sent(occurrence):
            return None
        due = collecting(store, partner.id, reachable, day)
        if not due.was_there(meant := self._meant(day)):
            return None
        late = is_late(self.desk.clock.now(), meant)
        return replace(digest(self.desk, due, late=late), occurrence=occurrence)

    def _meant(self, day: dt.date) -> dt.datetime:
        return meant_for(day, self.desk.settings.reminder_time, self.desk.clock.zone)


class EveningTick(DailyTick):
    """In the evening, or later after a downtime, what was posted; to whoever wants that."""

    def _day(self) -> dt.date:
        return evening.passed(self.desk)

    def _message(self, partner: User, reachable: set[str], day: dt.date) -> Screen | None:
        told = evening.due(self.desk, partner, day)
        if told is None:
            return None
        screen = summary(self.desk, told, late=evening.is_late(self.desk, told))
        return replace(screen, occurrence=evening.occurrence(partner.id, told.last))
