"""The lists of what is due, on show in the partners' chats: they follow the books.

Of each chat it is the newest list; in several processes, too, since the store knows them all.
"""

import datetime as dt
import hashlib
import logging
from typing import Any

from telegram import Bot
from telegram.ext import CallbackContext

from bot.desk import Desk, Who
from bot.errors import UserError
from bot.reminders import reachable
from handlers.edge.asking import asked
from handlers.edge.sending import Sending, Shown
from handlers.follow_ups import on_show
from handlers.screen import Reply, Screen
from storage.errors import StorageError
from storage.models import ShownList

log = logging.getLogger(__name__)

EVERY = dt.timedelta(seconds=2)
"""Payments that are recorded one after the other draw a list once."""


class ListsTick:
    """Brings what is on show up to date, where the books have moved since the last time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._moved = False
        self._fresh = set[int]()
        """Chats whose list was drawn after the books moved last."""

    def told(self, reply: Reply, chat_id: int, shown: tuple[Shown, ...]) -> None:
        """A chat was told this: the books may have moved with it, and its list is new if shown."""
        fresh = {chat_id} if shown else set[int]()
        if any(screen.moves for screen in reply):
            self._moved, self._fresh = True, fresh
        else:
            self._fresh |= fresh

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        if not self._moved:
            return
        fresh, self._moved, self._fresh = self._fresh, False, set()
        try:
            for shown, screen in await asked(_otherwise, self.desk, fresh):
                await _draw(self.desk, context.bot, shown, screen)
        except StorageError as error:
            self._moved = True
            log.warning("The lists on show are drawn in a moment: %s", error)


async def note(desk: Desk, chat_id: int, shown: tuple[Shown, ...]) -> None:
    """Remember which message of a chat shows a list from now on, and which does no more."""
    try:
        for message_id, screen in shown:
            await asked(_note, desk, chat_id, message_id, screen)
    except StorageError as error:
        log.info("A list on show will not follow the books: %s", error)


def _note(desk: Desk, chat_id: int, message_id: int, screen: Screen) -> None:
    if screen.list_of:
        looks = _looks(screen)
        desk.store.shown_lists.put(
            ShownList(id=str(chat_id), message_id=message_id, asked_by=screen.list_of, looks=looks)
        )
    else:
        desk.store.shown_lists.drop(chat_id, message_id)


def _otherwise(desk: Desk, fresh: set[int]) -> list[tuple[ShownList, Screen]]:
    """The lists that look otherwise now, of those who may be reminded and are not ``fresh``."""
    partners = {
        str(partner.chat_id): partner
        for partner in reachable(desk.store, desk.clock).values()
        if partner.chat_id not in fresh
    }
    drawn = []
    for shown in desk.store.shown_lists.all():
        partner = partners.get(shown.id)
        if partner is None:
            continue
        who = Who(int(shown.id), partner, name=partner.name)
        try:
            screen = on_show(desk, who, shown.asked_by)
        except UserError:
            continue
        if _looks(screen) != shown.looks:
            drawn.append((shown, screen))
    return drawn


async def _draw(desk: Desk, bot: Bot, shown: ShownList, screen: Screen) -> None:
    sending = Sending(bot, int(shown.id))
    await sending.refresh(screen, shown.message_id)
    await note(desk, sending.chat_id, tuple(sending.shown))


def _looks(screen: Screen) -> str:
    return hashlib.sha256(repr((screen.text, screen.choices)).encode()).hexdigest()
