"""How fast the bot calls Telegram, how often it tries, and who waits when that was too fast.

Telegram's words: in one chat more than a message a second is fine in short bursts, a group takes
20 a minute, and notifications in bulk 30 a second. So what a person asked for goes out at once,
and what nobody asked for shares the 30.
"""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import NetworkError, RetryAfter
from telegram.ext import AIORateLimiter
from typing_extensions import override

from handlers.edge.outcome import NotSent, never_arrived

Result = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[[], Coroutine[Any, Any, Result]]

RETRIES = 3
"""Of a call that Telegram refused for now, each after as long as it said."""

LONGER = 0.1
"""Seconds, lest it is too early by a clock that differs."""

PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between the tries of a call that did not reach Telegram."""

BEFORE_ALL = frozenset({"getMe", "deleteWebhook"})
"""PTB tries these again by itself, and says when the start has failed."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a call may take before it is given up, and whether it shares the 30 a second.

    ``patience``: seconds to wait in all, without those that the call itself takes.
    """

    patience: float
    in_bulk: bool = False


ANSWER = Pace(patience=8)
"""Whoever waits for longer does so in :class:`handlers.edge.patience.Patience`, which wakes when
the bot is stopped: platforms kill what does not end within ten seconds."""

OF_THE_START = Pace(patience=2)
"""Nobody is answered until what is answered at the start is over."""

UNPROMPTED = Pace(patience=10, in_bulk=True)
"""Nobody waits for it: the tick comes again, and the others of this tick are not to wait long."""

DISPENSABLE = Pace(patience=2)
"""What only adorns an answer is not to hold that up."""

_pace: ContextVar[Pace] = ContextVar("pace", default=ANSWER)


@contextmanager
def at(pace: Pace) -> Iterator[None]:
    """Call Telegram at this pace inside the block."""
    token = _pace.set(pace)
    try:
        yield
    finally:
        _pace.reset(token)


class ChatRateLimiter(AIORateLimiter):
    """PTB's own for groups; what holds up people is ours.

    PTB's own counts answers as notifications, and has all chats wait for a 429; a stranger who
    makes the bot answer too often could stop it for everybody. Here a 429 holds up the chat that
    it came for, and nobody else.
    """

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        super().__init__(overall_max_rate=0)
        self._now, self._sleep = now, sleep
        self._bulk = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1)
        self._held: dict[object, float] = {}
        """The chats to be left alone, each until then."""

    @override
    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make a call, again where that is right, and in time.

        Raises:
            NotSent: it did not arrive, nor will it within the patience of its pace.
            TelegramError: what Telegram said, or nobody knows what became of it. Neither is
                repeated.
        """
        if endpoint in BEFORE_ALL:
            return await callback(*args, **kwargs)
        # What goes to no chat waits for itself alone.
        chat, pace = data.get("chat_id", object()), _pace.get()

        async def patiently(*args: Any, **kwargs: Any) -> Result:
            async def call() -> Result:
                if pace.in_bulk:
                    await self._bulk.acquire()
                return await callback(*args, **kwargs)

            return await self._made(call, chat, pace.patience)

        return await super().process_request(
            patiently, args, kwargs, endpoint, data, rate_limit_args
        )

    async def _made(self, call: Call, chat: object, patience: float) -> Result:
        deadline = self._now() + patience
        retries, pauses = RETRIES, iter(PAUSES)
        while True:
            await self._released(chat, deadline)
            try:
                return await call()
            except RetryAfter as error:
                self._hold(chat, error.retry_after)
                if retries == 0:
                    raise NotSent(error.message, after=self._held[chat] - self._now()) from error
                retries -= 1
            except NetworkError as error:
                if not never_arrived(error):
                    raise
                pause = next(pauses, None)
                if pause is None or self._now() + pause > deadline:
                    raise NotSent(error.message) from error
                await self._sleep(pause)

    def _hold(self, chat: object, wait: float | dt.timedelta) -> None:
        seconds = wait.total_seconds() if isinstance(wait, dt.timedelta) else wait
        until = max(self._now() + seconds + LONGER, self._held.get(chat, 0))
        self._held = {one: over for one, over in self._held.items() if over > self._now()}
        self._held[chat] = until

    async def _released(self, chat: object, deadline: float) -> None:
        while (wait := self._held.get(chat, 0) - self._now()) > 0:
            if self._now() + wait > deadline:
                raise NotSent(f"This chat is to be left alone for {wait:.0f} s", after=wait)
            await self._sleep(wait)
