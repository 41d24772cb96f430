"""The answer to one update: read, thought of in a worker thread, and sent."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from typing import TypeVar

from telegram import Bot, Chat, ChatMember, Update
from telegram.error import TelegramError

from bot import access
from bot.desk import Desk
from bot.i18n import _, speaking
from handlers.edge import incoming, live_lists, outgoing
from handlers.edge.asking import asked
from handlers.edge.once import send_once
from handlers.edge.outcome import InDoubt, is_gone
from handlers.edge.patience import Patience
from handlers.edge.sending import Patiently
from handlers.gate import respond
from handlers.screen import Act, Reply, Screen, say
from storage.database import store_errors
from storage.errors import StorageError

log = logging.getLogger(__name__)

T = TypeVar("T")


class SignedOutMeanwhile(Exception):
    """Whoever is answered could see the books when that was thought of, and cannot any more."""


class Answering:
    """Of one update: first :meth:`think`, then :meth:`tell` what came of it."""

    def __init__(
        self,
        desk: Desk,
        bot: Bot,
        update: Update,
        patience: Patience,
        lists: live_lists.ListsTick,
    ) -> None:
        self._desk = desk
        self._bot = bot
        self._update = update
        self._patience = patience
        self._lists = lists
        self._notices = Counter[int]()
        self._partner: str | None = None
        """Who was signed in once it was thought of; nobody is after a goodbye or a refusal."""

    async def think(self, *, again: bool) -> tuple[Act, Reply] | None:
        """Let the update do its work; None if nothing is to be said of it.

        Args:
            again: it was begun before, and may have done some of its work.

        Raises:
            Stopping: the bot stops before that is done.
        """
        if _is_blocking(self._update) and self._update.effective_user:
            await self._forget_chat(self._update.effective_user.id)
        act = incoming.read(self._update, self._bot)
        if act is None:
            return None
        # The store may go in the middle of it.
        begun = chain((replace(act, again=again),), repeat(replace(act, again=True)))
        return act, await self._patience(lambda: asyncio.to_thread(self._respond, next(begun)))

    def _respond(self, act: Act) -> Reply:
        reply = respond(self._desk, act)
        self._partner = self._signed_in(act)
        return reply

    def _signed_in(self, act: Act) -> str | None:
        """The id of the partner who is signed in where this came from."""
        with store_errors():
            user = access.identify(
                self._desk.store, self._desk.clock, telegram_user_id=act.user_id
            )
        return user.id if user else None

    async def tell(self, act: Act, reply: Reply) -> None:
        """Send what came of it, each part of that once, to whoever may still see it.

        Raises:
            Stopping: the bot stops before all of it is sent.
            TelegramError: Telegram never takes some of it.
        """
        if not act.private:
            # Nothing that is said in a group is for us, and all of it takes time.
            await outgoing.leave(self._bot, reply, act.chat_id)
            return
        try:
            await self._tell(act, reply, self._patiently_while_in(act))
        except SignedOutMeanwhile:
            log.info("User %s was signed out before all of an answer was sent.", act.user_id)

    async def _tell(self, act: Act, reply: Reply, patiently: Patiently) -> None:
        try:
            with speaking(act.language):
                shown = await outgoing.deliver(
                    self._bot,
                    self._update,
                    reply,
                    chat_id=act.chat_id,
                    once=self._once,
                    patiently=patiently,
                )
            await live_lists.note(self._desk, act.chat_id, shown)
            self._lists.told(reply, act.chat_id, shown)
        except InDoubt as error:
            await self._say_that_it_is_in_doubt(act, error, patiently)
        except TelegramError as error:
            if not is_gone(error):
                raise
            await self._forget_chat(act.user_id)

    def _patiently_while_in(self, act: Act) -> Patiently:
        """Patience that asks anew who is there after each wait: Telegram's may take minutes."""

        async def patiently(call: Callable[[], Awaitable[T]], /) -> T:
            tried = False

            async def made() -> T:
                nonlocal tried
                if tried and self._partner not in (None, await asked(self._signed_in, act)):
                    raise SignedOutMeanwhile
                tried = True
                return await call()

            return await self._patience(made)

        return patiently

    async def _say_that_it_is_in_doubt(
        self, act: Act, error: InDoubt, patiently: Patiently
    ) -> None:
        """Sent again, it might come twice; so they are told how to ask for it."""
        log.warning("User %s: %s", act.user_id, error)
        with speaking(act.language):
            if error.document:
                screen = say(
                    _(
                        "⚠️ {name} may not have come. What was saved is safe; "
                        "if the file is not here, tap its button again."
                    ),
                    name=error.document,
                )
            else:
                screen = say(
                    _(
                        "⚠️ An answer may not have come. What was saved is safe: "
                        "/menu shows where you are."
                    )
                )
        try:
            await outgoing.send(self._bot, screen, act.chat_id, patiently)
        except TelegramError as failed:
            log.warning("Nor could this be said: %s", failed)

    async def _once(self, bot: Bot, screen: Screen, chat_id: int) -> None:
        """Send what may not be lost, or what others are told of this: once, also when again."""
        try:
            if screen.occurrence:
                await send_once(self._desk, bot, screen, chat_id)
            else:
                await self._notify(bot, screen, chat_id)
        except StorageError as error:
            log.warning("Chat %s was not told now: %s", chat_id, error)

    async def _notify(self, bot: Bot, screen: Screen, chat_id: int) -> None:
        self._notices[chat_id] += 1
        notice, inbox = f"told {chat_id} {self._notices[chat_id]}", self._desk.store.inbox
        if await asked(inbox.is_marked, self._update.update_id, notice):
            return
        await send_once(self._desk, bot, screen, chat_id)
        await asked(inbox.mark, self._update.update_id, notice)

    async def _forget_chat(self, telegram_user_id: int) -> None:
        """They blocked the bot: what falls due is told to the others from now on."""

        def forget() -> None:
            user = self._desk.store.users.by_telegram_user(telegram_user_id)
            if user is not None:
                self._desk.store.users.set_reachable(user.id, False)

        await self._patience(partial(asked, forget))


def _is_blocking(update: Update) -> bool:
    change = update.my_chat_member
    return (
        change is not None
        and change.chat.type == Chat.PRIVATE
        and change.new_chat_member.status == ChatMember.BANNED
    )
