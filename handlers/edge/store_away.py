"""The store does not answer: whoever writes is told once, and what they sent waits for it."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.i18n import _, speaking
from handlers.edge import outgoing
from handlers.edge.asking import asked
from handlers.screen import Screen, say
from storage.errors import StorageError
from storage.store import Store

log = logging.getLogger(__name__)

LOOK_AGAIN = 1.0
"""Seconds."""


class StoreAway:
    """Shared by all who find the store away: nobody is told twice, and one looks for all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: dict[int, set[int]] = {}
        """Who knows, by their ids, and which of their updates this was said of."""
        self._looking: asyncio.Task[None] | None = None

    async def tell(self, bot: Bot, update: Update) -> None:
        """Say so to whoever sent this, unless they know."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or chat.id != user.id:
            return
        known = user.id in self._told
        about = self._told.setdefault(user.id, set())
        if update.update_id in about:
            return
        about.add(update.update_id)
        with contextlib.suppress(TelegramError):
            if not known:
                with speaking(user.language_code or "en"):
                    screen = _words()
                await outgoing.deliver(bot, update, (screen,), chat_id=chat.id, once=outgoing.send)
            elif update.callback_query is not None:
                await update.callback_query.answer()

    def is_back_for(self, update: Update) -> None:
        """Something of theirs was handled: should it go away anew, they are told anew."""
        if update.effective_user is not None:
            self._told.pop(update.effective_user.id, None)

    async def over(self, is_running: Callable[[], bool]) -> None:
        """Wait until the store answers, or the bot does not run (any more)."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._look(is_running))
        # Of all who wait for it one may be cancelled.
        await asyncio.shield(self._looking)

    async def _look(self, is_running: Callable[[], bool]) -> None:
        while is_running():
            await asyncio.sleep(LOOK_AGAIN)
            with contextlib.suppress(StorageError):
                await asked(self._store.ping)
                return


def _words() -> Screen:
    """Below what was pressed, whose buttons go on working once the store is back."""
    words = _(
        "The books cannot be reached just now. Nothing is lost: "
        "what you sent is answered as soon as they are back."
    )
    return replace(say("{words}", words=words), fresh=True)
