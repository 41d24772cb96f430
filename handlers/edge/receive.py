"""Taking updates in: read, answer in a worker thread, send; and what happens when that fails."""

import asyncio
import logging
import secrets
import time
import traceback
from collections import deque
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Bot, Chat, ChatMember, Update
from telegram.error import Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import Application, CallbackContext

from bot.desk import Desk
from bot.i18n import _, speaking
from handlers.edge import incoming, outgoing
from handlers.edge.once import send_once
from handlers.gate import respond
from handlers.screen import Act, Reply, Screen, say
from storage.database import store_errors
from storage.errors import StorageError, StoreUnavailable

log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]

WANTED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""The kinds of update that are asked of Telegram."""

NEWCOMER_SECONDS = 5.0
"""The bot that was there before asks again within a second or two, and so the newcomer hears."""

ALBUMS = 64
"""So many are remembered; the pictures of one come within seconds."""


class Receiver:
    """The one handler of all updates."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    async def receive(self, update: Update, context: Context) -> None:
        if _is_blocking(update) and update.effective_user:
            await asyncio.to_thread(self._gone, update.effective_user.id)
        act = incoming.read(update, context.bot)
        if act is None or self._is_rest_of_album(update):
            return
        if not act.private:
            await self._leave(context.bot, act)
            return
        deliver = partial(
            outgoing.deliver, context.bot, update, chat_id=act.chat_id, once=self._once
        )
        with speaking(act.language):
            try:
                try:
                    await deliver(await asyncio.to_thread(respond, self.desk, act))
                except StoreUnavailable as error:
                    log.error("The store is away: %s", error)  # noqa: TRY400 - a line says it all
                    await deliver(_away())
            except Forbidden:
                await asyncio.to_thread(self._gone, act.user_id)

    async def _leave(self, bot: Bot, act: Act) -> None:
        """Say why, and go: nothing that is said in a group is for us, and all of it takes time."""
        await outgoing.leave(bot, await asyncio.to_thread(respond, self.desk, act), act.chat_id)

    async def _once(self, bot: Bot, screen: Screen, chat_id: int) -> None:
        try:
            await send_once(self.desk, bot, screen, chat_id)
        except StorageError as error:
            log.warning("%s is left to the tick: %s", screen.occurrence, error)

    def _is_rest_of_album(self, update: Update) -> bool:
        """Whether it is a later picture of an album: only the first is taken, and answered."""
        album = update.message.media_group_id if update.message else None
        if album is None:
            return False
        if album in self._albums:
            return True
        self._albums.append(album)
        return False

    def _gone(self, telegram_user_id: int) -> None:
        """They blocked the bot: what falls due is told to the others from now on."""
        with store_errors():
            user = self.desk.store.users.by_telegram_user(telegram_user_id)
            if user is not None:
                self.desk.store.users.set_reachable(user.id, False)


def _away() -> Reply:
    """Below what was pressed, whose buttons do their work once the store is back."""
    away = _("The books cannot be reached just now. Nothing is lost; try in a minute.")
    return (replace(say("{away}", away=away), fresh=True),)


def _is_blocking(update: Update) -> bool:
    change = update.my_chat_member
    return (
        change is not None
        and change.chat.type == Chat.PRIVATE
        and change.new_chat_member.status == ChatMember.BANNED
    )


class ErrorReporter:
    """What nobody caught: the log gets its way under a reference, the person gets that."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        self.application = application
        self.opened: float | None = None
        """When the bot began to fetch updates, by ``time.monotonic``."""
        self.fatal: str | None = None
        """Why the bot stopped itself, in one line; None while it has not."""

    async def report(self, update: object, context: Context) -> None:
        error = context.error
        if isinstance(error, Conflict):
            self._yield_or_stay()
            return
        if update is None and isinstance(error, NetworkError):
            log.warning("Telegram does not answer: %s", error)
            return
        reference = secrets.token_hex(3).upper()
        user = update.effective_user if isinstance(update, Update) else None
        log.error(
            "[%s] An update of user %s failed: %s", reference, user and user.id, way_of(error)
        )
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

    def _yield_or_stay(self) -> None:
        """Of two bots with one token the later one stops: a slip must not end the one at work."""
        if self.opened is not None and time.monotonic() - self.opened > NEWCOMER_SECONDS:
            log.warning("Another bot was started with this TELEGRAM_BOT_TOKEN; this one stays.")
            return
        self.fatal = (
            "Another bot is running with this TELEGRAM_BOT_TOKEN; this one stops. Stop the other "
            "one first, or ask @BotFather for another token, e.g. 123456789:AAExampleToken"
        )
        self.application.stop_running()


def way_of(error: BaseException | None) -> str:
    """The way that an error took, cause by cause. Without its words, which may quote the books.

    What Telegram answered is no such quotation, and tells what no line of ours can.
    """
    ways = []
    while error is not None:
        words = f": {error}" if isinstance(error, TelegramError) else ""
        lines = "".join(traceback.format_tb(error.__traceback__))
        ways.append(f"{type(error).__name__}{words}\n{lines}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "because of ".join(ways)
