"""Taking updates in: read, answer in a worker thread, send; and what happens when that fails."""

import asyncio
import logging
import secrets
from typing import Any

from telegram import Update
from telegram.error import Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import Application, CallbackContext

from bot.desk import Desk
from bot.i18n import _, speaking
from handlers.edge import incoming, outgoing
from handlers.router import respond
from handlers.screen import say
from storage.errors import StoreUnavailable

log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]

WANTED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)
"""The kinds of update that are asked of Telegram."""


class Receiver:
    """The one handler of all updates."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def receive(self, update: Update, context: Context) -> None:
        act = incoming.read(update, context.bot)
        if act is None:
            return
        try:
            reply = await asyncio.to_thread(respond, self.desk, act)
        except StoreUnavailable as error:
            log.error("The store is away: %s", error)  # noqa: TRY400 - one line says it all
            with speaking(act.language):
                away = _("The books cannot be reached just now. Nothing is lost; try in a minute.")
                reply = (say("{away}", away=away),)
        with speaking(act.language):
            try:
                await outgoing.deliver(context.bot, update, reply, chat_id=act.chat_id)
            except Forbidden:
                await asyncio.to_thread(self._gone, act.user_id)

    def _gone(self, telegram_user_id: int) -> None:
        """They blocked the bot between asking and being answered."""
        user = self.desk.store.users.by_telegram_user(telegram_user_id)
        if user is not None:
            self.desk.store.users.set_reachable(user.id, False)


class ErrorReporter:
    """What nobody caught: the log gets the traceback under a reference, the person gets that."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        self.application = application
        self.fatal: str | None = None
        """Why the bot stopped itself, in one line; None while it has not."""

    async def report(self, update: object, context: Context) -> None:
        error = context.error
        if isinstance(error, Conflict):
            self.fatal = "Another bot is running with this TELEGRAM_BOT_TOKEN; this one stops."
            self.application.stop_running()
            return
        if update is None and isinstance(error, NetworkError):
            log.warning("Telegram does not answer: %s", error)
            return
        reference = secrets.token_hex(3).upper()
        log.error("[%s] An update failed", reference, exc_info=error)
        if isinstance(update, Update) and update.effective_chat and update.effective_user:
            with speaking(update.effective_user.language_code):
                sorry = _(
                    "Something went wrong on our side. What was saved is safe: /menu shows "
                    "where you are. If it happens again, tell the admin: {reference}"
                )
                screen = say(sorry, reference=reference)
            try:
                await outgoing.send(context.bot, screen, update.effective_chat.id)
            except TelegramError as failed:
                log.warning("[%s] Nor could this be said: %s", reference, failed)
