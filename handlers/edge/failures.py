"""What nobody foresaw: the log gets its way under a reference, the people concerned get that."""

import asyncio
import datetime as dt
import logging
import secrets
import time
import traceback
from collections import deque
from collections.abc import Callable
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, NetworkError, TelegramError
from telegram.ext import Application, CallbackContext

from bot.desk import Desk
from bot.i18n import _, fill, speaking
from handlers.edge import outgoing
from handlers.edge.admins import NoAdminReached
from handlers.edge.once import asked
from handlers.edge.outcome import NotSent
from handlers.screen import say

log = logging.getLogger(__name__)

NEWCOMER_SECONDS = 5.0
"""The bot that was there before asks again within a second or two, and so the newcomer hears."""

CAUSES = 100
"""So many are remembered, lest the admins hear of each again at every update."""


class Died(Exception):
    """The process ended while it handled an update, and did so each time."""


class Failures:
    """An update that cannot be handled is set aside: nobody waits for it, and it is not lost."""

    def __init__(self, desk: Desk, tell_admins: Callable[[str], None]) -> None:
        self._desk = desk
        self._tell_admins = tell_admins
        self._told: deque[tuple[dt.date, str]] = deque(maxlen=CAUSES)

    async def set_aside(self, bot: Bot, update: Update, error: BaseException) -> None:
        """Log it, tell whoever sent it and, of each cause once a day, the admins.

        Raises:
            StoreUnavailable: the database is away; nobody was told.
            NotSent: whoever sent it cannot be told just now.
        """
        reference, user = secrets.token_hex(3).upper(), update.effective_user
        log.error(
            "[%s] Update %s of user %s failed: %s",
            reference,
            update.update_id,
            user and user.id,
            way_of(error),
        )
        if user is not None and update.effective_chat is not None:
            await _apologise(bot, update.effective_chat.id, reference, user.language_code)
        # Only now: whoever was not told yet is to be told after the next start.
        await asked(self._desk.store.inbox.set_aside, update.update_id, reference)
        await self._let_admins_know(reference, error)

    async def _let_admins_know(self, reference: str, error: BaseException) -> None:
        cause = (self._desk.clock.today(), place_of(error))
        if cause in self._told:
            return
        self._told.append(cause)
        try:
            await asyncio.to_thread(self._tell_admins, _for_admins(reference))
        except (NoAdminReached, TimeoutError) as failed:
            log.warning("[%s] No admin was told of it: %r", reference, failed)


async def _apologise(bot: Bot, chat_id: int, reference: str, language: str | None) -> None:
    with speaking(language):
        sorry = _(
            "Something went wrong on our side. What was saved is safe: /menu shows "
            "where you are. If it happens again, tell the admin: {reference}"
        )
        screen = say(sorry, reference=reference)
    try:
        await outgoing.send(bot, screen, chat_id)
    except NotSent:
        raise
    except TelegramError as error:
        log.warning("[%s] Nor could this be said: %s", reference, error)


def _for_admins(reference: str) -> str:
    return fill(
        _(
            "⚠️ What somebody sent could not be answered, nor at the third attempt; it is set "
            "aside, and everything else goes on. The log says more under <b>{reference}</b>."
        ),
        reference=reference,
    )


class ErrorReporter:
    """What fails outside of updates: fetching them, and whatever goes by the clock."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        self.application = application
        self.opened: float | None = None
        """When the bot began to fetch updates, by ``time.monotonic``."""
        self.fatal: str | None = None
        """Why the bot stopped itself, in one line; None while it has not."""

    async def report(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        error = context.error
        if isinstance(error, Conflict):
            self._yield_or_stay()
        elif update is None and isinstance(error, NetworkError):
            log.warning("Telegram does not answer: %s", error)
        else:
            log.error("[%s] Failed: %s", secrets.token_hex(3).upper(), way_of(error))

    def _yield_or_stay(self) -> None:
        """Of two bots with one token the later one stops: a slip must not end the one at work."""
        if self.opened is not None and time.monotonic() - self.opened > NEWCOMER_SECONDS:
            log.warning("Another bot was started with this TELEGRAM_BOT_TOKEN; this one stays.")
            return
        self.fatal = (
            "Another bot is running with this TELEGRAM_BOT_TOKEN; this one stops. Stop the other "
            "one first, or ask @BotFather for another token, e.g. 123456789:AAExampleToken"
        )
        self.application.stop_running()


def way_of(error: BaseException | None) -> str:
    """The way that an error took, cause by cause. Without its words, which may quote the books.

    What Telegram answered is no such quotation, and tells what no line of ours can.
    """
    ways = []
    while error is not None:
        words = f": {error}" if isinstance(error, TelegramError) else ""
        lines = "".join(traceback.format_tb(error.__traceback__))
        ways.append(f"{type(error).__name__}{words}\n{lines}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "because of ".join(ways)


def place_of(error: BaseException) -> str:
    """What failed and where, in a few words that stay the same from one time to the next."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
