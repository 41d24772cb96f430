"""Telling the admins something from a worker thread, and knowing whether it reached one."""

import asyncio
import logging
from collections.abc import Callable

from telegram import Bot
from telegram.error import TelegramError

from handlers.edge import rate_limit

log = logging.getLogger(__name__)

WITHIN = 15.0
"""Seconds, before whoever waits is told that it could not be sent."""


class NoAdminReached(Exception):
    """None of the admins can be written to: none is known, or none has opened the chat."""


class AdminMessenger:
    """``loop`` is the bot's own, known once it runs."""

    def __init__(self, bot: Bot, admin_ids: Callable[[], frozenset[int]]) -> None:
        self._bot = bot
        self._admin_ids = admin_ids
        self.loop: asyncio.AbstractEventLoop | None = None

    def tell(self, text: str) -> None:
        """Send an HTML text to every admin. Blocks; not to be called from the loop itself.

        Raises:
            NoAdminReached: not one of them got it.
        """
        if self.loop is None:
            raise NoAdminReached
        sending = asyncio.run_coroutine_threadsafe(self._send(text, self._admin_ids()), self.loop)
        if not sending.result(WITHIN):
            raise NoAdminReached

    async def _send(self, text: str, admins: frozenset[int]) -> int:
        reached = 0
        for admin in sorted(admins):
            try:
                with rate_limit.at(rate_limit.UNPROMPTED):
                    await self._bot.send_message(admin, text)
                reached += 1
            except TelegramError as error:
                log.warning("Admin %s was not reached: %s", admin, error)
        return reached
