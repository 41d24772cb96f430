"""What an update needs is away, the store or Telegram: it waits, and goes on where it was."""

import logging
import math
from asyncio import sleep
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import Application

from handlers.edge.asking import asked
from handlers.edge.outcome import NotSent
from handlers.edge.store_away import StoreAway
from handlers.edge.traces import way_of
from storage.errors import StorageError, StoreUnavailable
from storage.inbox import Inbox

log = logging.getLogger(__name__)

T = TypeVar("T")

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

TELEGRAM_AGAIN = 3.0
"""Seconds after which Telegram is tried again when it could not be reached."""

FAILED_AGAIN = 1.0
"""Seconds after which what has to be is tried again when it failed."""

LOOK_UP = 0.5
"""Seconds after which whoever waits looks whether the bot still runs."""


class Stopping(BaseException):
    """The bot stops: what is not done stays kept, and is answered after the next start.

    No failure, so that nobody who deals with those takes it for one.
    """


class Patience:
    """Of one update. What was done of it stays done; only what failed is tried again."""

    def __init__(
        self, update: Update, application: AnyApplication, inbox: Inbox, away: StoreAway
    ) -> None:
        self._update = update
        self._application = application
        self._inbox = inbox
        self._away = away

    async def __call__(self, work: Callable[[], Awaitable[T]], /) -> T:
        """Do this, and again when the store or Telegram is back.

        Raises:
            Stopping: the bot stops before.
        """
        while True:
            try:
                return await work()
            except StoreUnavailable as error:
                log.error("The store is away: %s", error)  # noqa: TRY400 - a line says it all
                await self._away.tell(self._application.bot, self._update)
                await self._away.over(self._runs)
            except NotSent as error:
                log.warning("An answer waits for Telegram: %s", error)
                await self._note_that_it_waits()
                await self._pause(error.after or TELEGRAM_AGAIN)
            self._check_runs()

    async def whatever_happens(self, work: Callable[[], Awaitable[T]]) -> T:
        """As when called, and again after any other failure: there is no way on without this.

        Raises:
            Stopping: the bot stops before.
        """
        while True:
            try:
                return await self(work)
            except Exception as error:  # noqa: BLE001 - it has to be
                log.error("The inbox fails: %s", way_of(error))  # noqa: TRY400 - without its words
                await self._pause(FAILED_AGAIN)
            self._check_runs()

    async def _note_that_it_waits(self) -> None:
        """Lest so many starts that find it waiting take it for what has ended them."""
        try:
            await asked(self._inbox.waits_to_be_told, self._update.update_id)
        except StorageError as error:
            log.warning("Update %s may count as begun: %s", self._update.update_id, error)

    async def _pause(self, seconds: float) -> None:
        for _look in range(math.ceil(seconds / LOOK_UP)):
            self._check_runs()
            await sleep(LOOK_UP)

    def _check_runs(self) -> None:
        if not self._runs():
            raise Stopping

    def _runs(self) -> bool:
        return self._application.running
