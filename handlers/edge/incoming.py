"""An update of Telegram's, as what the person did."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from telegram import Bot, CallbackQuery, Chat, ChatMember, Message, Update, User
from telegram.error import TelegramError

from bot.errors import InvalidImage
from bot.i18n import _
from handlers.screen import EDITED, Act, Contact, Picture

log = logging.getLogger(__name__)

T = TypeVar("T")

DOWNLOAD_WITHIN = 30.0
"""Seconds for a picture; a person is waiting."""


def read(update: Update, bot: Bot) -> Act | None:
    """What was done; None for updates that no person sent us (a channel's post, say)."""
    if update.effective_chat is not None and update.effective_chat.type != Chat.PRIVATE:
        return _in_group(update, update.effective_chat, bot)
    query, message = update.callback_query, update.message or update.edited_message
    if query is not None:
        return _press(update, query, bot)
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    act = _act(update, message.from_user, message.chat, bot)
    if update.edited_message is not None:
        return act(other=EDITED)
    if message.text:
        return _text(act, message.text)
    if message.contact is not None:
        card = message.contact
        own = card.user_id == message.from_user.id and message.forward_origin is None
        name = " ".join(part for part in (card.first_name, card.last_name) if part)
        telegram = card.user_id is not None
        return act(contact=Contact(card.phone_number, name, own=own, telegram=telegram))
    picture = _picture(message, bot)
    return act(picture=picture) if picture else act(other="message")


def _in_group(update: Update, chat: Chat, bot: Bot) -> Act | None:
    """All that concerns the bot in a group: that it was taken in, and commands that it hears."""
    user, came, message = update.effective_user, update.my_chat_member, update.message
    if user is None or chat.type not in (Chat.GROUP, Chat.SUPERGROUP):
        return None
    act = _act(update, user, chat, bot)
    if came is not None:
        inside = came.new_chat_member.status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR)
        return act(other="joined") if inside else None
    if message is None or not (message.text or "").startswith("/"):
        return None
    addressee = (message.text or "").split(maxsplit=1)[0].partition("@")[2]
    ours = not addressee or addressee.lower() == bot.username.lower()
    return _text(act, message.text or "") if ours else None


def _act(update: Update, user: User, chat: Chat, bot: Bot) -> Callable[..., Act]:
    def build(**what: object) -> Act:
        return Act(
            update_id=update.update_id,
            user_id=user.id,
            chat_id=chat.id,
            private=chat.type == Chat.PRIVATE,
            name=user.full_name,
            language=user.language_code or "en",
            portrait=_portrait(user.id, bot),
            **what,  # type: ignore[arg-type]  # the callers above name Act's own fields
        )

    return build


def _press(update: Update, query: CallbackQuery, bot: Bot) -> Act | None:
    if query.message is None:
        return None
    act = _act(update, query.from_user, query.message.chat, bot)
    return act(press=query.data or "?", pressed_in=query.message.message_id)


def _text(act: Callable[..., Act], text: str) -> Act:
    if not text.startswith("/"):
        return act(text=text)
    head, _space, argument = text[1:].partition(" ")
    name = head.partition("@")[0].partition("\n")[0]
    return act(command=name.lower() or "?", text=argument.strip())


def _picture(message: Message, bot: Bot) -> Picture | None:
    """The largest size of a photo, or a picture sent as a file."""
    sent = message.photo[-1] if message.photo else message.document
    if sent is None:
        return None
    if message.document and not (message.document.mime_type or "").startswith("image/"):
        return None
    file_id, loop = sent.file_id, asyncio.get_running_loop()

    def fetch() -> bytes:
        try:
            return _waited_for(_download(bot, file_id), loop)
        except (TelegramError, TimeoutError) as error:
            raise InvalidImage(
                _("The picture did not come through. Please send it again.")
            ) from error

    return Picture(size=sent.file_size or 0, fetch=fetch)


def _portrait(user_id: int, bot: Bot) -> Callable[[], bytes | None]:
    """Fetches the newest profile picture, as they let bots see it."""
    loop = asyncio.get_running_loop()

    async def download() -> bytes | None:
        shown = await bot.get_user_profile_photos(user_id, limit=1)
        return await _download(bot, shown.photos[0][-1].file_id) if shown.photos else None

    def fetch() -> bytes | None:
        try:
            return _waited_for(download(), loop)
        except (TelegramError, TimeoutError) as error:
            log.info("The profile picture of user %s did not come: %s", user_id, error)
            return None

    return fetch


async def _download(bot: Bot, file_id: str) -> bytes:
    file = await bot.get_file(file_id)
    return bytes(await file.download_as_bytearray())


def _waited_for(coming: Coroutine[Any, Any, T], loop: asyncio.AbstractEventLoop) -> T:
    """What a call to Telegram gives, awaited from a worker thread."""
    return asyncio.run_coroutine_threadsafe(coming, loop).result(DOWNLOAD_WITHIN)
