"""Screens, as calls to Telegram.

What Telegram says of a call that changed nothing, or of a button that is too old, is no error
here. A time-out on a send is not repeated: the message may have arrived.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from html import unescape

from telegram import (
    Bot,
    BotCommandScopeChat,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.constants import ChatAction, MessageLimit
from telegram.error import Forbidden, TelegramError

from handlers.screen import Document, Reply, Screen

log = logging.getLogger(__name__)

TAG = re.compile("<[^>]*>")

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


Once = Callable[[Bot, Screen, int], Awaitable[object]]
"""Sends a screen that has an occurrence to a chat, unless that was done before."""


async def deliver(bot: Bot, update: Update, reply: Reply, *, chat_id: int, once: Once) -> None:
    """Send a reply to the update's chat, and its screens for other chats to those.

    Neither waits for the other, and what becomes of the one is nothing to the other.
    """
    here = tuple(one for one in reply if one.to is None or one.to == chat_id)
    there = [(one, one.to) for one in reply if one.to is not None and one.to != chat_id]
    elsewhere = asyncio.gather(*(_elsewhere(bot, one, to, once) for one, to in there))
    try:
        await _answer(bot, update, here, chat_id=chat_id, once=once)
    finally:
        await elsewhere


async def _answer(bot: Bot, update: Update, reply: Reply, *, chat_id: int, once: Once) -> None:
    query = update.callback_query
    if query is not None:
        toast = next((screen.toast for screen in reply if screen.toast), "")
        await _dispensable(query.answer(toast[:200] or None))
        if any(screen.spent for screen in reply):
            await _dispensable(query.edit_message_reply_markup(None))
    if update.message is not None and any(screen.forget for screen in reply):
        await _dispensable(bot.delete_message(chat_id, update.message.message_id))
    for screen in reply:
        if screen.occurrence:
            await once(bot, screen, chat_id)
        elif query is not None and _fits_in_place(screen):
            await _edit(bot, query, screen, chat_id)
            query = None
        else:
            await send(bot, screen, chat_id)


async def leave(bot: Bot, reply: Reply, chat_id: int) -> None:
    """Send a reply to a group, if it takes it, and leave that group."""
    for screen in reply:
        await _dispensable(send(bot, screen, chat_id))
    await _dispensable(bot.leave_chat(chat_id))


async def send(bot: Bot, screen: Screen, chat_id: int) -> None:
    """Send a screen as new messages: its picture or text, then its document."""
    if screen.photo is not None:
        await bot.send_photo(
            chat_id, screen.photo, caption=screen.text or None, reply_markup=_markup(screen)
        )
    elif screen.text:
        if screen.commands:
            await _dispensable(bot.set_my_commands(screen.commands, BotCommandScopeChat(chat_id)))
        message = await bot.send_message(chat_id, _cut(screen.text), reply_markup=_markup(screen))
        if screen.work is not None:
            await _work(bot, screen.work, message)
    if screen.document is not None:
        await _send_document(bot, screen.document, chat_id)


async def _work(bot: Bot, work: Callable[[], Screen], shown: Message) -> None:
    """Do what takes long, and turn the message that says so into what came of it."""
    made = await asyncio.to_thread(work)
    markup = _markup(made)
    assert markup is None or isinstance(markup, InlineKeyboardMarkup)  # noqa: S101
    await bot.edit_message_text(
        _cut(made.text), chat_id=shown.chat_id, message_id=shown.message_id, reply_markup=markup
    )


async def _send_document(bot: Bot, document: Document, chat_id: int) -> None:
    await _dispensable(bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT))
    content = await asyncio.to_thread(document.make)
    file = InputFile(content, filename=document.name)
    await bot.send_document(chat_id, file, caption=document.caption or None)


async def _elsewhere(bot: Bot, screen: Screen, chat_id: int, once: Once) -> None:
    try:
        await (once if screen.occurrence else send)(bot, screen, chat_id)
    except TelegramError as error:
        log.warning("A message for chat %s could not be sent: %s", chat_id, error)


async def _edit(bot: Bot, query: CallbackQuery, screen: Screen, chat_id: int) -> None:
    """Turn the pressed message into the answer; below it where that does not work.

    An edit of unknown outcome is sent below too: a receipt twice is better than none.
    """
    markup = _markup(screen)
    assert markup is None or isinstance(markup, InlineKeyboardMarkup)  # noqa: S101
    try:
        await query.edit_message_text(_cut(screen.text), reply_markup=markup)
    except Forbidden:
        raise
    except TelegramError as error:
        if "not modified" not in error.message.lower():
            await send(bot, screen, chat_id)


async def _dispensable(call: Awaitable[object]) -> None:
    """A call that only adorns: whatever comes of it, what matters is still to be sent."""
    try:
        await call
    except TelegramError as error:
        log.info("Telegram did not take a call that can be done without: %s", error)


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


def _markup(screen: Screen) -> Markup | None:
    if screen.choices:
        return InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton(choice.label, url=choice.url)
                    if choice.url
                    else InlineKeyboardButton(choice.label, callback_data=choice.data)
                    for choice in row
                ]
                for row in screen.choices
            ]
        )
    if screen.ask_contact:
        share = KeyboardButton(screen.ask_contact, request_contact=True)
        rows: list[Sequence[str | KeyboardButton]] = [[share], *(screen.menu or ())]
        return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=not screen.menu)
    if screen.menu is None:
        return None
    if not screen.menu:
        return ReplyKeyboardRemove()
    return ReplyKeyboardMarkup(screen.menu, resize_keyboard=True, is_persistent=True)


def _cut(text: str) -> str:
    """What fits Telegram's limit on the letters shown: whole lines, and so whole tags."""
    lines, room = [], int(MessageLimit.MAX_TEXT_LENGTH)
    for line in text.split("\n"):
        room -= len(unescape(TAG.sub("", line))) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join(lines)
