"""Telegram's calls: it is told where to call, and what comes goes the way of all updates."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import TimeoutError as NotSentInTime
from contextlib import suppress
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot.desk import Desk
from bot.i18n import _
from handlers.edge.admins import NoAdminReached
from handlers.edge.counts import Counts
from handlers.edge.intake import Intake, NotKept
from handlers.edge.receive import WANTED
from handlers.web.webhook import Busy, path_of, secret_of
from storage.errors import StorageError

log = logging.getLogger(__name__)

Json = dict[str, Any]

CONNECTIONS = 20
"""Calls that Telegram makes at once; each waits until its update is kept."""


TWICE = (
    "Another bot with this TELEGRAM_BOT_TOKEN has Telegram call it at another address; this one "
    "stops. Stop one of them; if the other is not yours, /revoke the token at @BotFather"
)


class Feed:
    """One call after the other, as one poll after the other: what is here already is seen."""

    def __init__(
        self, intake: Intake, bot: Bot, queue: "asyncio.Queue[object]", counts: Counts
    ) -> None:
        self._intake = intake
        self._bot = bot
        self._queue = queue
        self._counts = counts
        self._turn = asyncio.Lock()

    async def __call__(self, update: Json) -> None:
        """Keep it, and let it be answered.

        Raises:
            Busy: the store is away, or another process works on these books by now.
        """
        async with self._turn:
            if self._intake.is_taken_over():
                raise Busy
            try:
                for one in await self._intake.take(self._bot, [update]):
                    await self._queue.put(one)
                self._counts.keeping = True
            except NotKept as error:
                self._counts.keeping = False
                raise Busy from error


class WebhookTick:
    """Whoever asked for updates with this token meanwhile has ended the calls: they begin anew.

    Whoever has them brought to another address is another bot. Two of them would answer in turn,
    of two books perhaps, so this one is stopped: ``stop`` ends it with a line that says why, and
    ``tell`` has told the admins by then, as ``handlers.edge.admins.AdminMessenger`` does.
    """

    def __init__(
        self, desk: Desk, stop: Callable[[str], None], tell: Callable[[str], None]
    ) -> None:
        self._stop = stop
        self._tell = tell
        token = desk.settings.telegram_bot_token.get_secret_value()
        self._url = f"{desk.settings.public_url}/telegram/{path_of(desk.secret_key, token)}"
        self._secret = secret_of(desk.secret_key, token)
        self._registered = False
        """Until then another address may be this bot's own, of before."""

    async def register(self, bot: Bot) -> None:
        """Have Telegram call.

        Raises:
            TelegramError: it does not answer, or takes no such address.
        """
        await bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=list(WANTED),
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
        self._registered = True

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            known = await context.bot.get_webhook_info()
            if self._registered and known.url not in ("", self._url):
                await self._give_way()
                return
            if known.url != self._url:
                log.warning("Telegram did not know where to call; it is told.")
                await self.register(context.bot)
        except TelegramError as error:
            log.warning("Telegram could not be asked where it calls: %s", error)
            return
        if known.pending_update_count and known.last_error_message:
            log.warning(
                "Telegram reaches PUBLIC_URL not always: %s (%s updates wait).",
                known.last_error_message,
                known.pending_update_count,
            )

    async def _give_way(self) -> None:
        words = _(
            "⚠️ <b>This bot runs twice.</b> A second one, perhaps with other books, has taken over "
            "this chat just now, and the one that answered until now stops; where it is started "
            "again by itself, it takes over in turn. Have one of them switched off before "
            "anything is posted."
        )
        with suppress(NoAdminReached, NotSentInTime, StorageError):
            await asyncio.to_thread(self._tell, words)
        self._stop(TWICE)
