"""Screens, as calls to Telegram: those for whoever wrote, and those for others."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, CallbackQuery, Update
from telegram.constants import CallbackQueryLimit
from telegram.error import TelegramError

from handlers.edge.parts import shortened
from handlers.edge.sending import Patiently, Sending, Shown, at_once, dispensable
from handlers.screen import Reply, Screen

log = logging.getLogger(__name__)

Once = Callable[[Bot, Screen, int], Awaitable[object]]
"""Sends a screen to a chat that did not ask for it, or that may not lose it, unless that was done
before."""


async def deliver(
    bot: Bot,
    update: Update,
    reply: Reply,
    *,
    chat_id: int,
    once: Once,
    patiently: Patiently = at_once,
) -> tuple[Shown, ...]:
    """Send a reply to the update's chat, and its screens for other chats to those.

    Neither waits for the other, and what becomes of the one is nothing to the other. Gives what
    is to be known of the lists in the update's chat.

    Raises:
        Forbidden: the chat takes no message of ours.
        NotSent: some of it certainly did not arrive, and ``patiently`` does not wait.
        InDoubt: some of it may have arrived or not; the rest was sent. Nothing is to be repeated.
        TelegramError: Telegram refused some of it; the rest was sent.
    """
    here = tuple(one for one in reply if one.to is None or one.to == chat_id)
    there = [(one, one.to) for one in reply if one.to is not None and one.to != chat_id]
    beside = asyncio.gather(
        _answer_tap(update.callback_query, here),
        *(_elsewhere(bot, one, to, once) for one, to in there),
    )
    sending = Sending(bot, chat_id, patiently)
    try:
        await _answer(bot, update, here, sending, once)
    finally:
        await beside
    return tuple(sending.shown)


async def send(
    bot: Bot, screen: Screen, chat_id: int, patiently: Patiently = at_once
) -> tuple[Shown, ...]:
    """Send a screen as new messages: its picture or text, then its documents.

    Raises:
        TelegramError: as :func:`deliver` does.
    """
    sending = Sending(bot, chat_id, patiently, silent=screen.silent)
    await sending.send(screen)
    sending.tell()
    return tuple(sending.shown)


async def leave(bot: Bot, reply: Reply, chat_id: int) -> None:
    """Send a reply to a group, if it takes it, and leave that group."""
    for screen in reply:
        await dispensable(send(bot, screen, chat_id))
    await dispensable(bot.leave_chat(chat_id))


async def _answer_tap(query: CallbackQuery | None, reply: Reply) -> None:
    if query is not None:
        toast = next((screen.toast for screen in reply if screen.toast), "")
        most = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
        await dispensable(query.answer(shortened(toast, most) or None))


async def _answer(bot: Bot, update: Update, reply: Reply, sending: Sending, once: Once) -> None:
    tapped, chat_id = update.callback_query, sending.chat_id
    # By its number alone: of one that is too old to be seen PTB lets nothing be edited.
    pressed = tapped.message.message_id if tapped and tapped.message else None
    if pressed is not None and any(screen.spent for screen in reply):
        await dispensable(bot.edit_message_reply_markup(chat_id, pressed))
    if update.message is not None and any(screen.forget for screen in reply):
        await dispensable(bot.delete_message(chat_id, update.message.message_id))
    for screen in reply:
        if screen.at is not None:
            await sending.refresh(screen, screen.at)
        elif screen.occurrence:
            await once(bot, screen, chat_id)
        elif pressed is not None and _fits_in_place(screen):
            await sending.change(screen, pressed)
            pressed = None
        else:
            await sending.send(screen)
    sending.tell()


async def _elsewhere(bot: Bot, screen: Screen, chat_id: int, once: Once) -> None:
    try:
        await once(bot, screen, chat_id)
    except TelegramError as error:
        log.warning("A message for chat %s could not be sent: %s", chat_id, error)


def _fits_in_place(screen: Screen) -> bool:
    """Whether the pressed message can become this one: only text and inline buttons can."""
    return bool(
        screen.text
        and not screen.fresh
        and screen.menu is None
        and not screen.ask_contact
        and screen.photo is None
        and screen.work is None
    )
