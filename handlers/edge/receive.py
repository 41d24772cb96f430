"""What becomes of an update: it is answered or set aside, and then it is done."""

import asyncio
import logging
import time
from collections import deque
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import CallbackContext

from bot.desk import Desk
from handlers.edge import rate_limit
from handlers.edge.answering import Answering
from handlers.edge.asking import asked
from handlers.edge.counts import Counts
from handlers.edge.failures import Died, Failures
from handlers.edge.intake import Intake
from handlers.edge.live_lists import ListsTick
from handlers.edge.patience import AnyApplication, Patience, Stopping
from handlers.edge.store_away import StoreAway
from handlers.screen import Act, Reply

log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]

WANTED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""The kinds of update that are asked of Telegram."""

PAUSES = (0.2, 1.0)
"""Seconds after each try but the last; the person's other updates wait behind it."""

TRIES = len(PAUSES) + 1
"""How often an update is begun, in one process or several, before it is set aside."""

ANSWERED, PASSED_OVER, SET_ASIDE = "answered", "passed over", "set aside"
"""What becomes of an update, in the log; it is passed over when nothing is to be said of it."""

ALBUMS = 64
"""So many are remembered; the pictures of one come within seconds."""


class Receiver:
    """The one handler of all updates: whatever comes in leaves it done, or stays kept.

    An update is done once its answer was sent, whatever Telegram made of that, or it is set aside.
    """

    def __init__(
        self,
        desk: Desk,
        intake: Intake,
        away: StoreAway,
        failures: Failures,
        *,
        lists: ListsTick,
        counts: Counts,
    ) -> None:
        self._desk = desk
        self._intake = intake
        self._away = away
        self._failures = failures
        self._lists = lists
        self._counts = counts
        self._albums: deque[tuple[str, int]] = deque(maxlen=ALBUMS)
        self._has_run = False

    async def receive(self, update: Update, context: Context) -> None:
        """See to it that an update is done; when the bot stops before that, it stays kept."""
        if self._stops(context.application):
            return
        patience, begun = self._patience(update, context.application), time.monotonic()
        outcome = PASSED_OVER
        try:
            if not self._is_rest_of_album(update):
                outcome = await self._answer(update, context.application, patience)
            done, now = self._desk.store.inbox.done, self._desk.clock.now()
            await patience.whatever_happens(partial(asked, done, update.update_id, now=now))
        except Stopping:
            return
        self._away.is_back_for(update)
        self._intake.leave(update)
        self._done(update, outcome, time.monotonic() - begun)

    def _done(self, update: Update, outcome: str, seconds: float) -> None:
        kind = _kind(update)
        self._counts.updated(kind, seconds)
        about = {
            "update_id": update.update_id,
            "kind": kind,
            "milliseconds": round(seconds * 1000),
            "outcome": outcome,
        }
        said = "A %s was %s in %s ms"
        log.info(said, kind, outcome, about["milliseconds"], extra={"about": about})

    async def answer_what_is_left(self, application: AnyApplication) -> None:
        """See to what the process before this one has left, before anything new.

        Raises:
            StoreUnavailable: the database is away.
        """
        for update, tries in await self._intake.left(application.bot):
            with rate_limit.at(rate_limit.OF_THE_START):
                if tries >= TRIES:
                    await self._bury(update, application)
                    continue
                if tries > 1:
                    # This one, or one at work beside it, has ended the process, twice: alone, so
                    # that none is taken for the other.
                    await application.process_update(update)
            if self._intake.is_here(update):
                self._intake.admit(update)
                await application.update_queue.put(update)

    async def _answer(
        self, update: Update, application: AnyApplication, patience: Patience
    ) -> str:
        """Answer it, or set it aside; which of them it was."""
        answering = Answering(self._desk, application.bot, update, patience, self._lists)
        try:
            thought = await self._thought(update, answering, patience)
            if thought is None:
                return PASSED_OVER
            await answering.tell(*thought)
            self._counts.replied(len(thought[1]))
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            self._counts.failed()
            await self._failures.set_aside(application.bot, update, error, patience)
            return SET_ASIDE
        return ANSWERED

    async def _thought(
        self, update: Update, answering: Answering, patience: Patience
    ) -> tuple[Act, Reply] | None:
        """What is to be answered; at the last try, if need be."""
        for pause in PAUSES:
            try:
                return await self._begun(update, answering, patience)
            except Exception as error:  # noqa: BLE001 - it is tried again, whatever it was
                log.warning("Update %s failed: %s", update.update_id, type(error).__name__)
                await asyncio.sleep(pause)
        return await self._begun(update, answering, patience)

    async def _begun(
        self, update: Update, answering: Answering, patience: Patience
    ) -> tuple[Act, Reply] | None:
        again = self._intake.begin(update)
        if again:
            # Before that, since it may end the process; the first time is counted by keeping it.
            await patience(partial(asked, self._desk.store.inbox.count_try, update.update_id))
        return await answering.think(again=again)

    async def _bury(self, update: Update, application: AnyApplication) -> None:
        """Of what ended the process each time: tell whoever sent it, and never begin it again."""
        try:
            patience = self._patience(update, application)
            await self._failures.set_aside(application.bot, update, Died(), patience)
        except Stopping:
            return  # They are told after the next start.
        self._intake.leave(update)

    def _patience(self, update: Update, application: AnyApplication) -> Patience:
        return Patience(update, application, self._desk.store.inbox, self._away)

    def _stops(self, application: AnyApplication) -> bool:
        """Whether it has run, and so stops now, when nothing more is begun."""
        self._has_run = self._has_run or application.running
        return self._has_run and not application.running

    def _is_rest_of_album(self, update: Update) -> bool:
        """Whether it is a later picture of an album: only the first is taken, and answered."""
        album = update.message.media_group_id if update.message else None
        if album is None:
            return False
        first = dict(self._albums).get(album)
        if first is None:
            self._albums.append((album, update.update_id))
        return first not in (None, update.update_id)


def _kind(update: Update) -> str:
    """Which of ``WANTED`` it is."""
    return next((kind for kind in WANTED if getattr(update, kind) is not None), "other")
