"""Answering updates: read, answered in a worker thread, sent; and again when that fails."""

import asyncio
import logging
import math
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Bot, Chat, ChatMember, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext

from bot.desk import Desk
from bot.i18n import _, speaking
from handlers.edge import incoming, outgoing
from handlers.edge.failures import Died, Failures, way_of
from handlers.edge.intake import Intake
from handlers.edge.once import asked, send_once
from handlers.edge.outcome import InDoubt, NotSent, is_gone
from handlers.edge.store_away import StoreAway
from handlers.gate import respond
from handlers.screen import Act, Screen, say
from storage.errors import StorageError, StoreUnavailable

log = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
Context = CallbackContext[Any, Any, Any, Any]
Step = Callable[[Bot, Update], Awaitable[None]]

WANTED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""The kinds of update that are asked of Telegram."""

PAUSES = (0.2, 1.0, 0.0)
"""Seconds after each try; the person's other updates wait behind it."""

TRIES = len(PAUSES)
"""How often an update is begun, in one process or several, before it is set aside."""

TELEGRAM_AGAIN = 3.0
"""Seconds after which an answer that could not be sent is tried again."""

INBOX_AGAIN = 1.0
"""Seconds after which what could not be noted of an update is tried to be noted again."""

LOOK_UP = 0.5
"""Seconds after which whoever waits looks whether the bot still runs."""

ALBUMS = 64
"""So many are remembered; the pictures of one come within seconds."""


class Undeliverable(Exception):
    """What was to be sent cannot be made, or Telegram never takes it; ``__cause__`` says why."""


class Receiver:
    """The one handler of all updates.

    An update is done once its answer was sent, whatever Telegram made of that; or it is set aside.
    To answer it again is harmless: what it did it does not do twice.
    """

    def __init__(self, desk: Desk, intake: Intake, away: StoreAway, failures: Failures) -> None:
        self.desk = desk
        self._intake = intake
        self._away = away
        self._failures = failures
        self._albums: deque[str] = deque(maxlen=ALBUMS)
        self._has_run = False

    async def receive(self, update: Update, context: Context) -> None:
        """See to it that an update is done; when the bot stops before that, it stays kept."""
        if context.application.running:
            self._has_run = True
        elif self._has_run:
            return  # it stops: what was not begun is answered after the next start
        steps: tuple[Step, ...] = (self._count, self._try, self._done)
        for step in steps[2:] if self._is_rest_of_album(update) else steps:
            if not await self._patiently(partial(step, context.bot, update), update, context):
                return
        self._away.is_back_for(update)
        self._intake.leave(update)

    async def answer_what_is_left(self, application: AnyApplication) -> None:
        """See to what the process before this one has left, before anything new.

        Raises:
            StoreUnavailable: the database is away.
        """
        for update, tries in await self._intake.left(application.bot):
            if tries >= TRIES:
                await self._failures.set_aside(application.bot, update, Died())
                self._intake.leave(update)
                continue
            if tries > 1:
                # This one, or one at work beside it, has ended the process, twice: alone, so that
                # none is taken for the other.
                await application.process_update(update)
            if self._intake.is_here(update):
                self._intake.admit(update)
                await application.update_queue.put(update)

    async def _patiently(
        self, work: Callable[[], Awaitable[None]], update: Update, context: Context
    ) -> bool:
        """Do this, and again when the store or Telegram is back; False if the bot stops before."""

        def is_running() -> bool:
            return context.application.running

        while True:
            try:
                await work()
            except StoreUnavailable as error:
                log.error("The store is away: %s", error)  # noqa: TRY400 - a line says it all
                await self._away.over(is_running)
            except NotSent as error:
                log.warning("An answer waits for Telegram: %s", error)
                await self._discount(update)
                await _pause(error.after or TELEGRAM_AGAIN, is_running)
            except Exception as error:  # noqa: BLE001 - nothing may leave this before it is done
                log.error("The inbox fails: %s", way_of(error))  # noqa: TRY400 - without its words
                await _pause(INBOX_AGAIN, is_running)
            else:
                return True
            if not is_running():
                return False

    async def _count(self, _bot: Bot, update: Update) -> None:
        """Before it is begun, since it may end the process; the first time it is kept as begun."""
        if self._intake.is_again(update):
            await asked(self.desk.store.inbox.count_try, update.update_id)

    async def _discount(self, update: Update) -> None:
        if self._intake.wait(update):
            with suppress(StorageError):
                await asked(self.desk.store.inbox.discount_try, update.update_id)

    async def _try(self, bot: Bot, update: Update) -> None:
        failed: BaseException
        for pause in PAUSES:
            try:
                await self._answer(bot, update)
            except StoreUnavailable:
                await self._away.tell(bot, update)
                raise
            except NotSent:
                raise
            except Undeliverable as error:
                failed = error.__cause__ or error
                break
            except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
                failed = error
                log.warning("Update %s failed: %s", update.update_id, type(error).__name__)
                await asked(self.desk.store.inbox.count_try, update.update_id)
                await asyncio.sleep(pause)
            else:
                return
        await self._failures.set_aside(bot, update, failed)

    async def _answer(self, bot: Bot, update: Update) -> None:
        """Let the update do its work, and send what comes of it.

        Raises:
            StoreUnavailable: the database is away.
            NotSent: the answer waits for Telegram.
            Undeliverable: it did its work, and the answer to it cannot be sent.
        """
        again = self._intake.begin(update)
        if _is_blocking(update) and update.effective_user:
            await asked(self._gone, update.effective_user.id)
        act = incoming.read(update, bot)
        if act is None:
            return
        reply = await asyncio.to_thread(respond, self.desk, replace(act, again=again))
        try:
            if act.private:
                with speaking(act.language):
                    await outgoing.deliver(
                        bot, update, reply, chat_id=act.chat_id, once=self._once
                    )
            else:
                # Nothing that is said in a group is for us, and all of it takes time.
                await outgoing.leave(bot, reply, act.chat_id)
        except (StoreUnavailable, NotSent):
            raise
        except InDoubt as error:
            await self._say_that_it_is_in_doubt(bot, act, error)
        except Exception as error:
            if not (isinstance(error, TelegramError) and is_gone(error)):
                raise Undeliverable from error
            await asked(self._gone, act.user_id)

    async def _say_that_it_is_in_doubt(self, bot: Bot, act: Act, error: InDoubt) -> None:
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
            await outgoing.send(bot, screen, act.chat_id)
        except TelegramError as failed:
            log.warning("Nor could this be said: %s", failed)

    async def _done(self, _bot: Bot, update: Update) -> None:
        await asked(self.desk.store.inbox.done, update.update_id, now=self.desk.clock.now())

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
        user = self.desk.store.users.by_telegram_user(telegram_user_id)
        if user is not None:
            self.desk.store.users.set_reachable(user.id, False)


async def _pause(seconds: float, is_running: Callable[[], bool]) -> None:
    """Wait for so long, or until the bot stops."""
    for _look in range(math.ceil(seconds / LOOK_UP)):
        if is_running():
            await asyncio.sleep(LOOK_UP)


def _is_blocking(update: Update) -> bool:
    change = update.my_chat_member
    return (
        change is not None
        and change.chat.type == Chat.PRIVATE
        and change.new_chat_member.status == ChatMember.BANNED
    )
