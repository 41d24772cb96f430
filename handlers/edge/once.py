"""What goes to people who did not ask for it: behind all answers, and once where it has to be.

What may not be lost is sent by whoever claims it first, of however many processes: claimed,
sent, marked as sent. A claim ends by itself, so that what a killed process had claimed is sent by
whoever asks after that.
"""

import datetime as dt
import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.desk import Desk
from handlers.edge import outgoing, rate_limit
from handlers.edge.asking import asked
from handlers.edge.live_lists import note
from handlers.edge.outcome import NotSent, is_gone, is_unknown
from handlers.edge.sending import Shown
from handlers.screen import Screen

log = logging.getLogger(__name__)

LEASE_SECONDS = 120
"""Longer than a send takes."""

IN_DOUBT = tuple(dt.timedelta(minutes=minutes) for minutes in (2, 15, 120))
"""How long after a send of unknown outcome another one goes; after the last one, none."""


async def send_once(desk: Desk, bot: Bot, screen: Screen, chat_id: int) -> bool:
    """Send a screen, under its occurrence if it has one; whether it is in the chat for good.

    A partner whose chat takes no message is marked so, until they write again.

    Raises:
        StoreUnavailable: the database is away.
        TelegramError: the chat takes no message of ours; the claim holds on, and with it the next
            attempt. Or, of a screen without an occurrence, why it may not have arrived.
    """
    occurrence, claims, now = screen.occurrence, desk.store.reminders, desk.clock.now
    if not occurrence:
        await note(desk, chat_id, await _send(desk, bot, screen, chat_id))
        return True
    if not await asked(claims.claim, occurrence, now=now(), lease_seconds=LEASE_SECONDS):
        return await asked(claims.is_sent, occurrence)
    shown: tuple[Shown, ...] = ()
    try:
        shown = await _send(desk, bot, screen, chat_id)
    except NotSent as error:
        log.warning("%s was not sent: %s", occurrence, error)
        await asked(claims.released, occurrence)
        return False
    except TelegramError as error:
        if is_gone(error):
            raise
        if is_unknown(error):
            # It may have arrived: two are better than none, and many are worse.
            again = await asked(claims.in_doubt, occurrence, now=now(), pauses=IN_DOUBT)
            log.warning("%s may not have arrived: %s", occurrence, error)
            return not again
        # Nor would it be taken the next time.
        log.error("%s is refused for good: %s", occurrence, error)  # noqa: TRY400 - it says all
    await asked(claims.sent, occurrence, now=now(), until=screen.until)
    await note(desk, chat_id, shown)
    return True


async def _send(desk: Desk, bot: Bot, screen: Screen, chat_id: int) -> tuple[Shown, ...]:
    try:
        with rate_limit.at(rate_limit.UNPROMPTED):
            return await outgoing.send(bot, screen, chat_id)
    except TelegramError as error:
        if is_gone(error):
            await asked(_mark_unreachable, desk, chat_id)
        raise


def _mark_unreachable(desk: Desk, chat_id: int) -> None:
    """A private chat has its person's number."""
    user = desk.store.users.by_telegram_user(chat_id)
    if user is not None:
        desk.store.users.set_reachable(user.id, False)
