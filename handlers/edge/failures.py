"""What nobody foresaw: the log gets its way under a reference, the people concerned get that."""

import asyncio
import datetime as dt
import logging
import secrets
from collections import deque
from collections.abc import Callable
from functools import partial

from telegram import Bot, Update

from bot.desk import Desk
from bot.i18n import _, fill, speaking
from handlers.edge import outgoing
from handlers.edge.aside import lay_aside
from handlers.edge.asking import asked
from handlers.edge.patience import Patience
from handlers.edge.traces import place_of, way_of
from handlers.screen import say

log = logging.getLogger(__name__)

CAUSES = 100
"""So many are remembered, lest the admins hear of each again at every update."""


class Died(Exception):
    """The process ended while this update was at work, and did so each time."""


class Failures:
    """An update that cannot be answered is set aside: nothing waits for it any more."""

    def __init__(self, desk: Desk, tell_admins: Callable[[str], None]) -> None:
        self._desk = desk
        self._tell_admins = tell_admins
        self._told: deque[tuple[dt.date, str]] = deque(maxlen=CAUSES)

    async def set_aside(
        self, bot: Bot, update: Update, error: BaseException, patience: Patience
    ) -> None:
        """Log it, tell whoever sent it and, of each cause once a day, the admins.

        Raises:
            Stopping: the bot stops before that is done.
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
            await _apologise(
                bot, update.effective_chat.id, reference, user.language_code, patience
            )
        # Only now: whoever was not told yet is to be told after the next start.
        inbox, now = self._desk.store.inbox, self._desk.clock.now()
        note = partial(asked, lay_aside, inbox, update.update_id, reference, now=now)
        await patience.whatever_happens(note)
        await self._let_admins_know(reference, error)

    async def _let_admins_know(self, reference: str, error: BaseException) -> None:
        cause = (self._desk.clock.today(), place_of(error))
        if cause in self._told:
            return
        self._told.append(cause)
        try:
            await asyncio.to_thread(self._tell_admins, _for_admins(reference))
        except Exception as failed:  # noqa: BLE001 - it is set aside, whatever hinders this
            log.warning("[%s] No admin was told of it: %s", reference, way_of(failed))


async def _apologise(
    bot: Bot, chat_id: int, reference: str, language: str | None, patience: Patience
) -> None:
    with speaking(language):
        sorry = _(
            "Something went wrong on our side. What was saved is safe: /menu shows "
            "where you are. If it happens again, tell the admin: {reference}"
        )
        screen = say(sorry, reference=reference)
    try:
        await outgoing.send(bot, screen, chat_id, patience)
    except Exception as error:  # noqa: BLE001 - it is set aside, whatever hinders this
        log.warning("[%s] Nor could this be said: %s", reference, way_of(error))


def _for_admins(reference: str) -> str:
    return fill(
        _(
            "⚠️ What somebody sent could not be answered, nor at the third attempt; it is set "
            "aside, and everything else goes on. The log says more under <b>{reference}</b>."
        ),
        reference=reference,
    )
