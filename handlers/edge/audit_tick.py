"""The nightly check of the books, and the one after each start."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures import TimeoutError as NotSentInTime
from typing import Any

from markupsafe import Markup
from telegram.ext import CallbackContext

from bot.audit import Findings, audit
from bot.desk import Desk
from bot.i18n import _, fill
from handlers.audit import words
from handlers.edge.admins import NoAdminReached
from storage.database import store_errors
from storage.errors import StorageError

log = logging.getLogger(__name__)

AT = dt.time(3)
"""In the firm's zone, when nobody trades."""

LEASE_SECONDS = 120
"""A check that takes longer may have another process's beside it: both only read."""


class AuditTick:
    """Safe to run at any time, any number of times, in any number of processes.

    Each process checks once after its start, one process at a time. Of the nights' checks only one
    is made, and of what is different the admins hear once a night.
    """

    def __init__(self, desk: Desk, tell: Callable[[str], None]) -> None:
        self.desk = desk
        self._tell = tell
        self._checked: dt.date | None = None
        """The last night for which there was a check, here or elsewhere."""

    async def __call__(self, context: CallbackContext[Any, Any, Any, Any]) -> None:
        del context
        night = self._night()
        if self._checked == night:
            return
        try:
            with store_errors():
                if await asyncio.to_thread(self._check, night):
                    self._checked = night
        except StorageError as error:
            log.warning("The books are checked again in a moment: %s", error)

    def _night(self) -> dt.date:
        local = self.desk.clock.now().astimezone(self.desk.clock.zone)
        begun = local.time() >= AT
        return local.date() if begun else local.date() - dt.timedelta(days=1)

    def _check(self, night: dt.date) -> bool:
        """Whether the night's check is made, now or by somebody else."""
        claims, now = self.desk.store.reminders, self.desk.clock.now
        if not claims.claim("audit", now=now(), lease_seconds=LEASE_SECONDS):
            return False
        try:
            done = f"{night}:audit"
            if self._checked is None or not claims.is_sent(done):
                self._report(audit(self.desk.store), night)
                claims.claim(done, now=now(), lease_seconds=LEASE_SECONDS)
                claims.sent(done, now=now())
        finally:
            claims.released("audit")
        return True

    def _report(self, found: Findings, night: dt.date) -> None:
        if not found.differences:
            log.info("The books: %s", found)
            return
        # No more than counts: a log is read by people who must not read the books.
        log.warning("The books: %s", found)
        claims, now = self.desk.store.reminders, self.desk.clock.now
        told = f"{night}:audit told"
        if not claims.claim(told, now=now(), lease_seconds=LEASE_SECONDS):
            return
        again = fill(_("/audit checks again, and repairs what can be repaired."))
        try:
            self._tell(Markup("\n").join([*words(found), Markup(""), again]))
        except (NoAdminReached, NotSentInTime):
            log.warning("No admin could be told of it.")
            claims.released(told)
        else:
            claims.sent(told, now=now())
