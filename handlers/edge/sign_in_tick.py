"""The notices of sign-ins that nobody sent: a kill or a time-out came in between."""

import datetime as dt
import logging
from itertools import count
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import CallbackContext

from bot.desk import Desk
from handlers.edge.asking import asked
from handlers.edge.once import send_once
from handlers.sign_in_notice import notices_of
from storage.errors import StorageError
from storage.models import AuditEvent, EventKind

log = logging.getLogger(__name__)

WITHIN = dt.timedelta(days=1)
"""Of older sign-ins nobody is told any more."""

PAGE = 50
"""Events of the audit, read at once."""


class SignInTick:
    """Safe to run at any time, any number of times, in any number of processes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._told: set[str] = set()
        """Of the events of late, those of which everybody was told. It only saves asking again;
        what was sent is for the store to know."""

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        try:
            late = await asked(self._sign_ins)
            self._told &= {event.id for event in late}
            for event in late:
                if event.id not in self._told and await self._tell(context.bot, event):
                    self._told.add(event.id)
        except StorageError as error:
            log.warning("Who signed in is told of in a moment: %s", error)

    def _sign_ins(self) -> list[AuditEvent]:
        """Those of the last day, newest first."""
        since, found = self.desk.clock.now() - WITHIN, list[AuditEvent]()
        for offset in count(0, PAGE):
            page = self.desk.store.audit.page(offset, PAGE)
            found += [one for one in page if one.kind is EventKind.SIGN_IN and one.at > since]
            if len(page) < PAGE or page[-1].at <= since:
                break
        return found

    async def _tell(self, bot: Bot, event: AuditEvent) -> bool:
        """Whether everybody is told of it, now or since before."""
        told = True
        for notice in notices_of(self.desk, event):
            assert notice.to is not None, "a notice says to whom it goes"  # noqa: S101
            try:
                told &= await send_once(self.desk, bot, notice, notice.to)
            except TelegramError as error:
                log.info("%s is tried again in a while: %s", notice.occurrence, error)
                told = False
        return told
