"""After a restore: the admins hear how old the books are that everybody works on now."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures import TimeoutError as NotSentInTime
from typing import Any

from telegram.ext import CallbackContext

from bot.dates import format_date
from bot.desk import Desk
from bot.i18n import _, fill
from handlers.edge.admins import NoAdminReached
from storage.database import store_errors
from storage.errors import StorageError

log = logging.getLogger(__name__)


class RestoredTick:
    """Safe to run at any time, any number of times: it waits until an admin can be told."""

    def __init__(self, desk: Desk, tell: Callable[[str], None]) -> None:
        self.desk = desk
        self._tell = tell
        self._over = False

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        del context
        if self._over:
            return
        try:
            with store_errors():
                self._over = await asyncio.to_thread(self._is_told)
        except StorageError as error:
            log.warning("Whether these books were restored is asked again: %s", error)

    def _is_told(self) -> bool:
        """Whether an admin knows of it, or there is nothing to know."""
        made_at = self.desk.store.filling.restored()
        if made_at is None:
            return True
        try:
            self._tell(self._words(made_at))
        except (NoAdminReached, NotSentInTime):
            return False
        self.desk.store.filling.restored_told()
        log.info("The admins know that these books were restored.")
        return True

    def _words(self, made_at: dt.datetime) -> str:
        local = made_at.astimezone(self.desk.clock.zone)
        return fill(
            _(
                "♻️ <b>These are the books of {when}</b>, restored from that backup. What was "
                "posted later is missing: post it again from the receipts and invoices in the "
                "partners' chats. Numbers after the last one here are given again, so an invoice "
                "from then may share its number with a new one.\n"
                "Everybody signs in anew. /audit checks the books."
            ),
            # Always with the day: it is read when today is yesterday, too.
            when=f"{format_date(local.date())}, {local:%H:%M}",
        )
