"""An update of Telegram's, as what the person did."""

import asyncio
from collections.abc import Callable

from telegram import Bot, CallbackQuery, Chat, Message, Update, User
from telegram.error import TelegramError

from bot.errors import InvalidImage
from bot.i18n import _
from handlers.screen import EDITED, Act, Contact, Picture

DOWNLOAD_WITHIN = 30.0
"""Seconds for a picture; a person is waiting."""


def read(update: Update, bot: Bot) -> Act | None:
    """What was done; None for updates that no person sent us (a channel's post, say)."""
    query, message = update.callback_query, update.message or update.edited_message
    if query is not None:
        return _press(update, query)
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    act = _act(update, message.from_user, message.chat)
    if update.edited_message is not None:
        return act(other=EDITED)
    if message.text:
        return _text(act, message.text)
    if message.contact is not None:
        card = message.contact
        own = card.user_id == message.from_user.id and message.forward_origin is None
        name = " ".join(part for part in (card.first_name, card.last_name) if part)
        return act(contact=Contact(phone=card.phone_number, name=name, own=own))
    picture = _picture(message, bot)
    return act(picture=picture) if picture else act(other="message")


def _act(update: Update, user: User, chat: Chat) -> Callable[..., Act]:
    def build(**what: object) -> Act:
        return Act(
            update_id=update.update_id,
            user_id=user.id,
            chat_id=chat.id,
            private=chat.type == Chat.PRIVATE,
            name=user.full_name,
            language=user.language_code or "en",
            **what,  # type: ignore[arg-type]  # the callers above name Act's own fields
        )

    return build


def _press(update: Update, query: CallbackQuery) -> Act | None:
    if query.message is None:
        return None
    return _act(update, query.from_user, query.message.chat)(press=query.data or "?")


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

    async def download() -> bytes:
        file = await bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    def fetch() -> bytes:
        try:
            return asyncio.run_coroutine_threadsafe(download(), loop).result(DOWNLOAD_WITHIN)
        except (TelegramError, TimeoutError) as error:
            raise InvalidImage(
                _("The picture did not come through. Please send it again.")
            ) from error

    return Picture(size=sent.file_size or 0, fetch=fetch)
