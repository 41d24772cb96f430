"""A bot of a few lines, to try the simulator and the chat language on."""

from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from simulator.telegram import DEFAULT_TOKEN
from tests.chat import AnyApplication


def build(*, request: BaseRequest, kept: dict[int, str] | None = None) -> AnyApplication:
    """``kept`` is the store: what each person typed last. It outlives the application."""
    store = {} if kept is None else kept

    async def start(update: Update, context: Any) -> None:
        ask = KeyboardButton("📱 Share my number", request_contact=True)
        await update.effective_message.reply_text(
            "Hello" + "".join(f" {word}" for word in context.args),
            reply_markup=ReplyKeyboardMarkup([[ask], ["Menu"]], one_time_keyboard=True),
        )

    async def contact(update: Update, context: Any) -> None:
        shared = update.message.contact
        own = shared.user_id == update.effective_user.id and not update.message.forward_origin
        await update.message.reply_html(
            f"{'Your' if own else 'Somebody'}'s <b>{shared.phone_number}</b>",
            reply_markup=ReplyKeyboardRemove(),
        )

    async def menu(update: Update, context: Any) -> None:
        rows = [
            [InlineKeyboardButton("➕ New invoice", callback_data="new")],
            [InlineKeyboardButton("Renew invoice", callback_data="renew")],
        ]
        await update.message.reply_text("Menu", reply_markup=InlineKeyboardMarkup(rows))

    async def pressed(update: Update, context: Any) -> None:
        query = update.callback_query
        await query.answer(f"You pressed {query.data}")
        if query.message.is_accessible:
            await query.edit_message_text(f"Pressed {query.data}")

    async def photo(update: Update, context: Any) -> None:
        largest = await update.message.photo[-1].get_file()
        content = bytes(await largest.download_as_bytearray())
        await update.message.reply_document(content, filename="back.jpg", caption="Your picture")

    async def words(update: Update, context: Any) -> None:
        before = store.get(update.effective_user.id, "nothing")
        store[update.effective_user.id] = update.effective_message.text
        verb = "corrected to" if update.edited_message else "said"
        await update.effective_message.reply_text(
            f"You {verb} {update.effective_message.text}, before: {before}"
        )

    application = (
        ApplicationBuilder()
        .token(DEFAULT_TOKEN)
        .request(request)
        .get_updates_request(request)
        .build()
    )
    application.add_handlers(
        [
            CommandHandler("start", start),
            MessageHandler(filters.CONTACT, contact),
            MessageHandler(filters.PHOTO, photo),
            MessageHandler(filters.Text(["Menu"]), menu),
            MessageHandler(filters.TEXT, words),
            CallbackQueryHandler(pressed),
        ]
    )
    return application
