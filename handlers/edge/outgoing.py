"""Screens, as calls to Telegram.

What Telegram says of a call that changed nothing, or of a button that is too old, is no error
here. What may have arrived is not sent again, and keeps nothing else back.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from markupsafe import Markup
from telegram import Bot, BotCommandScopeChat, CallbackQuery, InputFile, Message, Update
from telegram.constants import CallbackQueryLimit, ChatAction
from telegram.error import Forbidden, TelegramError

from handlers.edge import rate_limit
from handlers.edge.keyboards import Keyboard, inline, keyboard
from handlers.edge.outcome import InDoubt, NotSent, is_unknown
from handlers.edge.parts import LONGEST_CAPTION, length, parts, shortened
from handlers.screen import Document, Reply, Screen

log = logging.getLogger(__name__)

SHOWN_AS_WORKING_AFTER = 0.5
"""Seconds; most papers are drawn sooner."""

SHOWN_AS_WORKING_EVERY = 4.0
"""Seconds; Telegram shows it for five."""

Once = Callable[[Bot, Screen, int], Awaitable[object]]
"""Sends a screen to a chat that did not ask for it, or that may not lose it: the latter unless
that was done before."""


class Losses:
    """What did not go out of a reply: each part of it is tried, whatever became of the others."""

    def __init__(self) -> None:
        self._refused: TelegramError | None = None
        self._in_doubt: InDoubt | None = None

    @contextmanager
    def part(self, document: str = "") -> Iterator[None]:
        """Go on after this part. There is nothing to go on with where nothing comes through."""
        try:
            yield
        except (Forbidden, NotSent):
            raise
        except TelegramError as error:
            log.warning("Of a reply, %s failed: %r", "a document" if document else "a text", error)
            if not is_unknown(error):
                self._refused = self._refused or error
            elif document or self._in_doubt is None:
                self._in_doubt = InDoubt(document)
                self._in_doubt.__cause__ = error

    def tell(self) -> None:
        """Say what is lost, if anything is.

        Raises:
            InDoubt: some of it may have arrived or not.
            TelegramError: Telegram refused some of it.
        """
        if lost := self._refused or self._in_doubt:
            raise lost


async def deliver(bot: Bot, update: Update, reply: Reply, *, chat_id: int, once: Once) -> None:
    """Send a reply to the update's chat, and its screens for other chats to those.

    Neither waits for the other, and what becomes of the one is nothing to the other.

    Raises:
        Forbidden: the chat takes no message of ours.
        NotSent: some of it certainly did not arrive. To deliver all of it later is right.
        InDoubt: some of it may have arrived or not; the rest was sent. Nothing is to be repeated.
        TelegramError: Telegram refused some of it; the rest was sent.
    """
    here = tuple(one for one in reply if one.to is None or one.to == chat_id)
    there = [(one, one.to) for one in reply if one.to is not None and one.to != chat_id]
    beside = asyncio.gather(
        _answer_tap(update.callback_query, here),
        *(_elsewhere(bot, one, to, once) for one, to in there),
    )
    try:
        await _answer(bot, update, here, chat_id=chat_id, once=once)
    finally:
        await beside


async def _answer_tap(query: CallbackQuery | None, reply: Reply) -> None:
    if query is not None:
        toast = next((screen.toast for screen in reply if screen.toast), "")
        most = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
        await _dispensable(query.answer(shortened(toast, most) or None))


async def _answer(bot: Bot, update: Update, reply: Reply, *, chat_id: int, once: Once) -> None:
    tapped, losses = update.callback_query, Losses()
    # By its number alone: of one that is too old to be seen PTB lets nothing be edited.
    pressed = tapped.message.message_id if tapped and tapped.message else None
    if pressed is not None and any(screen.spent for screen in reply):
        await _dispensable(bot.edit_message_reply_markup(chat_id, pressed))
    if update.message is not None and any(screen.forget for screen in reply):
        await _dispensable(bot.delete_message(chat_id, update.message.message_id))
    for screen in reply:
        if screen.occurrence:
            await once(bot, screen, chat_id)
        elif pressed is not None and _fits_in_place(screen):
            await _change(bot, screen, chat_id, pressed, losses)
            pressed = None
        else:
            await _send(bot, screen, chat_id, losses)
    losses.tell()


async def leave(bot: Bot, reply: Reply, chat_id: int) -> None:
    """Send a reply to a group, if it takes it, and leave that group."""
    for screen in reply:
        await _dispensable(send(bot, screen, chat_id))
    await _dispensable(bot.leave_chat(chat_id))


async def send(bot: Bot, screen: Screen, chat_id: int) -> None:
    """Send a screen as new messages: its picture or text, then its document.

    Raises:
        TelegramError: as :func:`deliver` does.
    """
    losses = Losses()
    await _send(bot, screen, chat_id, losses)
    losses.tell()


async def _send(bot: Bot, screen: Screen, chat_id: int, losses: Losses) -> None:
    if screen.commands:
        await _dispensable(bot.set_my_commands(screen.commands, BotCommandScopeChat(chat_id)))
    if screen.photo is not None:
        await _send_photo(bot, screen, screen.photo, chat_id, losses)
    elif screen.text:
        await _send_text(bot, screen, chat_id, losses)
    if screen.document is not None:
        await _send_document(bot, screen.document, chat_id, losses)


async def _send_text(bot: Bot, screen: Screen, chat_id: int, losses: Losses) -> None:
    shown = await _send_parts(bot, parts(screen.text), keyboard(screen), chat_id, losses)
    if screen.work is not None and shown is not None:
        made = await asyncio.to_thread(screen.work)
        await _change(bot, made, chat_id, shown.message_id, losses)


async def _send_parts(
    bot: Bot, texts: Sequence[Markup], markup: Keyboard | None, chat_id: int, losses: Losses
) -> Message | None:
    """Send texts in order. Returns the last, which has the buttons, unless that is in doubt."""
    shown = None
    for number, text in enumerate(texts, 1):
        with losses.part():
            last = number == len(texts)
            message = await bot.send_message(chat_id, text, reply_markup=markup if last else None)
            shown = message if last else None
    return shown


async def _send_photo(
    bot: Bot, screen: Screen, photo: bytes, chat_id: int, losses: Losses
) -> None:
    caption = await _caption(bot, screen.text, chat_id, losses)
    with losses.part():
        await bot.send_photo(chat_id, photo, caption=caption, reply_markup=keyboard(screen))


async def _send_document(bot: Bot, document: Document, chat_id: int, losses: Losses) -> None:
    content = await _made(bot, document, chat_id)
    caption = await _caption(bot, document.caption, chat_id, losses)
    with losses.part(document.name):
        file = InputFile(content, filename=document.name)
        await bot.send_document(chat_id, file, caption=caption)


async def _caption(bot: Bot, text: Markup, chat_id: int, losses: Losses) -> Markup | None:
    """The text, if it has room under a file; else it goes before that, in whole."""
    if length(text) <= LONGEST_CAPTION:
        return text or None
    await _send_text(bot, Screen(text), chat_id, losses)
    return None


async def _made(bot: Bot, document: Document, chat_id: int) -> bytes:
    """The content of a document, shown as being made for as long as that takes."""
    making = asyncio.ensure_future(asyncio.to_thread(document.make))
    await asyncio.wait({making}, timeout=SHOWN_AS_WORKING_AFTER)
    while not making.done():
        await _dispensable(bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT))
        await asyncio.wait({making}, timeout=SHOWN_AS_WORKING_EVERY)
    return making.result()


async def _elsewhere(bot: Bot, screen: Screen, chat_id: int, once: Once) -> None:
    try:
        await once(bot, screen, chat_id)
    except TelegramError as error:
        log.warning("A message for chat %s could not be sent: %s", chat_id, error)


async def _change(bot: Bot, screen: Screen, chat_id: int, message_id: int, losses: Losses) -> None:
    """Turn a message into this screen; below it where that does not work.

    An edit of unknown outcome is sent below too: a receipt twice is better than none.
    """
    first, *rest = parts(screen.text)
    markup = inline(screen.choices)
    try:
        await bot.edit_message_text(
            first,
            chat_id=chat_id,
            message_id=message_id,
            reply_markup=None if rest else markup,
        )
    except (Forbidden, NotSent):
        raise
    except TelegramError as error:
        if "not modified" not in error.message.lower():
            rest = [first, *rest]
    await _send_parts(bot, rest, markup, chat_id, losses)
    if screen.document is not None:
        await _send_document(bot, screen.document, chat_id, losses)


async def _dispensable(call: Awaitable[object]) -> None:
    """A call that only adorns: whatever comes of it, what matters is still to be sent."""
    try:
        with rate_limit.at(rate_limit.DISPENSABLE):
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
