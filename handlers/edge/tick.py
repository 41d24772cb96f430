"""The scheduler's tick: asks what is due and sends what was not sent yet."""

import datetime as dt
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot import evening
from bot.desk import Desk
from bot.posting import catch_up_all
from bot.reminders import (
    Collecting,
    collecting,
    digest_occurrence,
    handed_on,
    is_late,
    lapsed,
    meant_for,
    reachable,
)
from handlers.due_list import come_back, digest, digest_of_another
from handlers.edge.asking import asked
from handlers.edge.once import send_once
from handlers.evening import summary
from handlers.screen import Screen
from storage.errors import StorageError
from storage.models import User

log = logging.getLogger(__name__)

EVERY = dt.timedelta(seconds=30)
HOURLY = dt.timedelta(hours=1)

TOO_LATE = dt.timedelta(hours=12)
"""After which a morning's message is left to the next morning."""


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

    Safe to run at any time, any number of times, in any number of processes. ``swept`` hears of
    each run that found a store.
    """

    def __init__(self, desk: Desk, swept: Callable[[], None] = lambda: None) -> None:
        self.desk = desk
        self._swept = swept
        self._done: tuple[dt.date, set[str]] | None = None
        """The last day that is finished, for these partners. It only saves reading the books
        again every half minute; what was sent is for the store to know."""

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        if await self._sweep(context.bot):
            self._swept()

    async def _sweep(self, bot: Bot) -> bool:
        """Whether there was a store to look through."""
        day = self._day()
        if day is None:
            return True
        try:
            partners = await asked(reachable, self.desk.store, self.desk.clock)
            if self._done == (day, set(partners)):
                return True
            told = [await self._tell(bot, id, day) for id in sorted(partners)]
            told += await self._tell_others(bot, day)
        except StorageError as error:
            log.warning("What is told once a day is tried again in a moment: %s", error)
            return False
        if all(told):
            self._done = (day, set(partners))
        return True

    @abstractmethod
    def _day(self) -> dt.date | None:
        """Of which day partners are told now; None before the time of the first."""

    @abstractmethod
    def _message(self, partner: User, reachable: set[str], day: dt.date) -> Screen | None:
        """What this partner is to be told, under its occurrence; None: nothing, or no more."""

    async def _tell_others(self, _bot: Bot, _day: dt.date) -> list[bool]:
        """Tell those who are not reachable; whether each was told."""
        return []

    async def _tell(self, bot: Bot, partner_id: str, day: dt.date) -> bool:
        """Whether they were told all, now or before, or there is nothing to tell."""
        try:
            while told := await asked(self._now_of, partner_id, day):
                chat_id, screen = told
                if not await self._send(bot, partner_id, screen, chat_id):
                    return False
        except (ValueError, LookupError) as error:
            # Whose documents cannot be read holds up nobody. Without its words, which quote them.
            flaw = type(error).__name__
            log.error("Partner %s cannot be told: %s", partner_id, flaw)  # noqa: TRY400
        return True

    def _now_of(self, partner_id: str, day: dt.date) -> tuple[int, Screen] | None:
        """What one is told, and where: asked just before it is sent.

        While others were told they may have been paid, or signed out.
        """
        partners = reachable(self.desk.store, self.desk.clock)
        partner = partners.get(partner_id)
        if partner is None:
            return None
        screen = self._message(partner, set(partners), day)
        return (partner.chat_id or 0, screen) if screen else None

    async def _send(self, bot: Bot, partner_id: str, screen: Screen, chat_id: int) -> bool:
        try:
            return await send_once(self.desk, bot, screen, chat_id)
        except TelegramError:
            # The next tick finds others to tell, and this partner once they are back.
            await asked(self.desk.store.users.set_reachable, partner_id, False)
            await asked(self.desk.store.reminders.released, screen.occurrence)
            return False


class ReminderTick(DailyTick):
    """In the morning, or later after a downtime, what is due."""

    def _day(self) -> dt.date | None:
        today = self.desk.clock.today()
        return today if self.desk.clock.now() >= self._meant(today) else None

    def _message(self, partner: User, reachable: set[str], day: dt.date) -> Screen | None:
        store, now = self.desk.store, self.desk.clock.now()
        mine, meant = digest_occurrence(partner.id, day), self._meant(day)
        if store.reminders.is_sent(mine):
            return self._handed_on(partner, reachable, day)
        catch_up_all(store)
        due = collecting(store, partner.id, reachable, day)
        if now - meant > TOO_LATE or not due.was_there(meant):
            # Kept too: whatever happens later today, it is no news of this morning's.
            store.reminders.done(mine, now=now)
            return None
        for maker in due.makers - {partner.id}:
            store.reminders.done(handed_on(partner.id, maker, day), now=now)
        return replace(digest(self.desk, due, late=is_late(now, meant)), occurrence=mine)

    def _handed_on(self, partner: User, reachable: set[str], day: dt.date) -> Screen | None:
        """What somebody was to hear who, as it was sent, turned out not to be reachable."""
        store, now = self.desk.store, self.desk.clock.now()
        for maker in store.invoices.makers_of_open():
            name = handed_on(partner.id, maker, day)
            heard = digest_occurrence(maker, day), name
            if maker in reachable or any(map(store.reminders.is_sent, heard)):
                continue
            due = Collecting(store, frozenset({maker}), day)
            if not due.was_there(self._meant(day)):
                store.reminders.done(name, now=now)
                continue
            return replace(digest_of_another(self.desk, due, maker), occurrence=name)
        return None

    async def _tell_others(self, bot: Bot, _day: dt.date) -> list[bool]:
        """Whoever was not here for so long that the session has ended would else hear nothing."""
        left_out = await asked(lapsed, self.desk.store, self.desk.clock)
        return [
            await self._send(
                bot, user.id, replace(come_back(), occurrence=name), user.chat_id or 0
            )
            for name, user in left_out.items()
        ]

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
        name = evening.occurrence(partner.id, told.last)
        return replace(screen, occurrence=name, until=told.until)
