"""What fails outside of updates: fetching them, and whatever goes by the clock."""

import asyncio
import logging
import secrets
import time
from typing import Any

from telegram.error import Conflict, NetworkError
from telegram.ext import Application, CallbackContext

from bot.settings import EXAMPLES
from handlers.edge.polling import TokenRefused
from handlers.edge.traces import place_of, way_of

log = logging.getLogger(__name__)

NEWCOMER_SECONDS = 5.0
"""The bot that was there before asks again within a second or two, and so the newcomer hears."""

REFUSED_SECONDS = 120.0
"""For so long a token that worked may be refused; a proxy that starts anew needs less."""

POLLING = "Updater:start_polling:polling_task"
"""PTB's name of the task that asks for updates, by which alone it can be found."""

TOKEN_REFUSED = (
    "TELEGRAM_BOT_TOKEN is refused by Telegram; ask @BotFather for a new one, "
    f"e.g. {EXAMPLES['telegram_bot_token']}"
)


class ErrorReporter:
    """PTB's one error handler."""

    def __init__(
        self, application: Application[Any, Any, Any, Any, Any, Any], *, took_over: bool = False
    ) -> None:
        self.application = application
        self.took_over = took_over
        """Whether the bot there before stood still: should it move again, it is what stops."""
        self.opened: float | None = None
        """When the bot began to fetch updates, by ``time.monotonic``."""
        self.fatal: str | None = None
        """Why the bot stopped itself, in one line; None while it has not."""

    async def report(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        error = context.error
        if isinstance(error, Conflict):
            self._yield_or_stay(error)
        elif isinstance(error, TokenRefused):
            self._ask_again_or_stop(error)
        elif update is None and isinstance(error, NetworkError):
            log.warning("Telegram does not answer: %s", error)
        else:
            log.error("[%s] Failed: %s", secrets.token_hex(3).upper(), way_of(error))

    async def watch_polling(self, _context: CallbackContext[Any, Any, Any, Any]) -> None:
        """From now on a bot that asks for updates no more stops, rather than stay and be mute."""
        polling = [task for task in asyncio.all_tasks() if task.get_name() == POLLING]
        for task in polling:
            task.add_done_callback(self._polling_ended)
        if not polling:
            self._polling_ended()

    def _yield_or_stay(self, conflict: Conflict) -> None:
        """Of two bots with one token the later one stops: a slip must not end the one at work.

        One that Telegram calls has told it so after this one began to ask, and is told nothing.
        """
        if "webhook" in conflict.message:
            self.stop(
                "Telegram calls another bot with this TELEGRAM_BOT_TOKEN, in web mode; this one "
                "stops. Stop the other one first, or ask @BotFather for another token, "
                "e.g. 123456789:AAExampleToken"
            )
            return
        at_work = self.opened is not None and time.monotonic() - self.opened > NEWCOMER_SECONDS
        if at_work or self.took_over:
            log.warning("Another bot runs with this TELEGRAM_BOT_TOKEN; this one stays.")
            return
        self.stop(
            "Another bot is running with this TELEGRAM_BOT_TOKEN; this one stops. Stop the other "
            "one first, or ask @BotFather for another token, e.g. 123456789:AAExampleToken"
        )

    def _ask_again_or_stop(self, refused: TokenRefused) -> None:
        """A token that worked is refused in passing, or for good."""
        if refused.lasting > REFUSED_SECONDS:
            self.stop(TOKEN_REFUSED)
        elif not refused.lasting:
            log.warning(
                "Telegram refuses this TELEGRAM_BOT_TOKEN, which worked; it is asked again for "
                "%.0f seconds.",
                REFUSED_SECONDS,
            )

    def _polling_ended(self, polling: "asyncio.Task[Any] | None" = None) -> None:
        updater = self.application.updater
        if updater is None or not updater.running:
            return  # it was told to
        failed = polling is not None and not polling.cancelled() and polling.exception()
        because = f": {place_of(failed)}" if failed else ""
        self.stop(
            f"Telegram is not asked for updates any more{because}; the bot stops rather than "
            "answer nobody. Start it again: nothing is lost"
        )

    def stop(self, why: str) -> None:
        """End the process; it says why in one line."""
        self.fatal = why
        self.application.stop_running()
