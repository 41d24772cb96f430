"""What fails outside of updates: fetching them, and whatever goes by the clock."""

import logging
import secrets
import time
from typing import Any

from telegram.error import Conflict, NetworkError
from telegram.ext import Application, CallbackContext

from handlers.edge.traces import way_of

log = logging.getLogger(__name__)

NEWCOMER_SECONDS = 5.0
"""The bot that was there before asks again within a second or two, and so the newcomer hears."""


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
            self._yield_or_stay()
        elif update is None and isinstance(error, NetworkError):
            log.warning("Telegram does not answer: %s", error)
        else:
            log.error("[%s] Failed: %s", secrets.token_hex(3).upper(), way_of(error))

    def _yield_or_stay(self) -> None:
        """Of two bots with one token the later one stops: a slip must not end the one at work."""
        at_work = self.opened is not None and time.monotonic() - self.opened > NEWCOMER_SECONDS
        if at_work or self.took_over:
            log.warning("Another bot runs with this TELEGRAM_BOT_TOKEN; this one stays.")
            return
        self.fatal = (
            "Another bot is running with this TELEGRAM_BOT_TOKEN; this one stops. Stop the other "
            "one first, or ask @BotFather for another token, e.g. 123456789:AAExampleToken"
        )
        self.application.stop_running()
