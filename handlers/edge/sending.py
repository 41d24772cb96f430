"""A reply on its way to one chat: each call that it takes, whatever became of the others.

What Telegram says of a call that changed nothing, or of a button that is too old, is no error
here. What may have arrived is not sent again, and keeps nothing else back.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

from markupsafe import Markup
from telegram import Bot, BotCommandScopeChat, InputFile, Message
from telegram.constants import ChatAction
from telegram.error import Forbidden, TelegramError

from handlers.edge import rate_limit
from handlers.edge.keyboards import Keyboard, inline, keyboard
from handlers.edge.outcome import InDoubt, NotSent, is_unknown
from handlers.edge.parts import LONGEST_CAPTION, length, parts
from handlers.screen import Document, Screen

log = logging.getLogger(__name__)

T = TypeVar("T")

Send = Callable[[], Awaitable[Message]]

Shown = tuple[int, Screen]
"""The number of a message, and what stands in it now: a list, or what took the place of one."""

ANSWER_WITHIN = 5.0
"""Seconds for Telegram to answer once it has all of a document; PTB's own number."""

LOOKED_THROUGH = 1_000_000
"""Bytes a second: so fast it looks at what it got, before it answers."""

SHOWN_AS_WORKING_AFTER = 0.5
"""Seconds; most papers are drawn sooner."""

SHOWN_AS_WORKING_EVERY = 4.0
"""Seconds; Telegram shows it for five."""


class Patiently(Protocol):
    """Makes a call, and makes it again when what it waited for is back."""

    async def __call__(self, call: Callable[[], Awaitable[T]], /) -> T: ...


async def at_once(call: Callable[[], Awaitable[T]]) -> T:
    """Of somebody who does not wait: now or not at all."""
    return await call()


class Sending:
    """To one chat; what is lost on the way is told at the end, by :meth:`tell`."""

    def __init__(
        self, bot: Bot, chat_id: int, patiently: Patiently = at_once, *, silent: bool = False
    ) -> None:
        self._bot = bot
        self._silent = silent or None
        self.chat_id = chat_id
        self._patiently = patiently
        self._refused: TelegramError | None = None
        self._in_doubt: InDoubt | None = None
        self.shown: list[Shown] = []

    async def send(self, screen: Screen) -> None:
        """Send a screen as new messages: its picture or text, then its documents.

        Raises:
            Forbidden: the chat takes no message of ours.
            NotSent: some of it certainly did not arrive, and whoever sends it does not wait.
        """
        if screen.commands:
            scope = BotCommandScopeChat(self.chat_id)
            await dispensable(self._bot.set_my_commands(screen.commands, scope))
        if screen.photo is not None:
            await self._photo(screen, screen.photo)
        elif screen.text:
            await self._text(screen)
        for document in screen.documents:
            await self._document(document)

    async def change(self, screen: Screen, message_id: int) -> None:
        """Turn a message into this screen; below it where that does not work.

        An edit of unknown outcome is sent below too: a receipt twice is better than none.

        Raises:
            Forbidden, NotSent: as of :meth:`send`.
        """
        first, *rest = parts(screen.text)
        markup = inline(screen.choices)

        async def edit() -> Message | bool:
            return await self._bot.edit_message_text(
                first,
                chat_id=self.chat_id,
                message_id=message_id,
                reply_markup=None if rest else markup,
            )

        try:
            await self._patiently(edit)
        except (Forbidden, NotSent):
            raise
        except TelegramError as error:
            if "not modified" not in error.message.lower():
                rest = [first, *rest]
        below = await self._parts(rest, markup)
        self._note(screen, below.message_id if below else message_id)
        for document in screen.documents:
            await self._document(document)

    async def refresh(self, screen: Screen, message_id: int) -> None:
        """Turn a message into this screen where that works."""
        edit = self._bot.edit_message_text(
            parts(screen.text)[0],
            chat_id=self.chat_id,
            message_id=message_id,
            reply_markup=inline(screen.choices),
        )
        await dispensable(edit)
        self._note(screen, message_id)

    def tell(self) -> None:
        """Say what is lost, if anything is.

        Raises:
            InDoubt: some of it may have arrived or not.
            TelegramError: Telegram refused some of it.
        """
        if lost := self._refused or self._in_doubt:
            raise lost

    def _note(self, screen: Screen, message_id: int) -> None:
        if screen.list_of is not None:
            self.shown.append((message_id, screen))

    async def _made(
        self, call: Callable[[], Awaitable[Message]], file: str = ""
    ) -> Message | None:
        """Make a call and go on after it; there is nothing to go on with where none arrives."""
        try:
            return await self._patiently(call)
        except (Forbidden, NotSent):
            raise
        except TelegramError as error:
            log.warning("Of a reply, %s failed: %r", "a document" if file else "a text", error)
            if not is_unknown(error):
                self._refused = self._refused or error
            elif file or self._in_doubt is None:
                self._in_doubt = InDoubt(file)
                self._in_doubt.__cause__ = error
            return None

    async def _text(self, screen: Screen) -> None:
        shown = await self._parts(parts(screen.text), keyboard(screen))
        if shown is not None:
            self._note(screen, shown.message_id)
        if screen.work is not None and shown is not None:
            made = await self._patiently(_in_a_thread(screen.work))
            await self.change(made, shown.message_id)

    async def _parts(self, texts: Sequence[Markup], markup: Keyboard | None) -> Message | None:
        """Send texts in order. Gives the last, which has the buttons, unless that is in doubt."""
        last = None
        for text, buttons in zip(texts, [*[None] * (len(texts) - 1), markup], strict=False):

            async def call(text: Markup = text, buttons: Any = buttons) -> Message:
                return await self._bot.send_message(
                    self.chat_id, text, reply_markup=buttons, disable_notification=self._silent
                )

            last = await self._made(call)
        return last

    async def _photo(self, screen: Screen, photo: bytes) -> None:
        caption = await self._caption(screen.text)

        async def call() -> Message:
            return await self._bot.send_photo(
                self.chat_id, photo, caption=caption, reply_markup=keyboard(screen)
            )

        await self._made(call)

    async def _document(self, document: Document) -> None:
        content = await self._patiently(lambda: self._drawn(document))
        caption = await self._caption(document.caption)

        within = ANSWER_WITHIN + len(content) / LOOKED_THROUGH

        async def call() -> Message:
            file = InputFile(content, filename=document.name)
            return await self._bot.send_document(
                self.chat_id,
                file,
                caption=caption,
                disable_notification=self._silent,
                read_timeout=within,
            )

        await self._made(call, document.name)

    async def _caption(self, text: Markup) -> Markup | None:
        """The text, if it has room under a file; else it goes before that, in whole."""
        if length(text) <= LONGEST_CAPTION:
            return text or None
        await self._text(Screen(text))
        return None

    async def _drawn(self, document: Document) -> bytes:
        """The content of a document, shown as being made for as long as that takes."""
        making = asyncio.ensure_future(asyncio.to_thread(document.make))
        await asyncio.wait({making}, timeout=SHOWN_AS_WORKING_AFTER)
        while not making.done():
            await dispensable(self._bot.send_chat_action(self.chat_id, ChatAction.UPLOAD_DOCUMENT))
            await asyncio.wait({making}, timeout=SHOWN_AS_WORKING_EVERY)
        return making.result()


def _in_a_thread(work: Callable[[], T]) -> Callable[[], Awaitable[T]]:
    return lambda: asyncio.to_thread(work)


async def dispensable(call: Awaitable[object]) -> None:
    """A call that only adorns: whatever comes of it, what matters is still to be sent."""
    try:
        with rate_limit.at(rate_limit.DISPENSABLE):
            await call
    except TelegramError as error:
        log.info("Telegram did not take a call that can be done without: %s", error)
