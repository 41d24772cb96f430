"""How fast the bot calls Telegram, and who waits when that was too fast for a chat."""

import asyncio
import datetime as dt
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter
from typing_extensions import override

Result = bool | dict[str, Any] | list[dict[str, Any]]

RETRIES = 3
"""Of a call that Telegram refused for now, each after as long as it said."""

LONGER = 0.1
"""Seconds, lest it is too early by a clock that differs."""


class ChatRateLimiter(AIORateLimiter):
    """PTB's own, but for a 429: that holds up the chat that it came for, and nobody else.

    PTB's own lets all chats wait for it; a stranger who makes the bot answer too often could stop
    it for everybody.
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[object, asyncio.Event] = {}
        """The chats that are to be left alone, each until this comes."""

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
        # What goes to no chat waits for itself alone.
        chat = data.get("chat_id", object())

        async def patiently(*args: Any, **kwargs: Any) -> Result:
            for _retry in range(RETRIES):
                await self._released(chat)
                try:
                    return await callback(*args, **kwargs)
                except RetryAfter as error:
                    self._hold(chat, error.retry_after)
            await self._released(chat)
            return await callback(*args, **kwargs)

        return await super().process_request(
            patiently, args, kwargs, endpoint, data, rate_limit_args
        )

    def _hold(self, chat: object, wait: int | dt.timedelta) -> None:
        seconds = wait.total_seconds() if isinstance(wait, dt.timedelta) else wait
        over = self._held[chat] = asyncio.Event()

        def release() -> None:
            over.set()
            if self._held.get(chat) is over:
                del self._held[chat]

        asyncio.get_running_loop().call_later(seconds + LONGER, release)

    async def _released(self, chat: object) -> None:
        while (over := self._held.get(chat)) is not None:
            await over.wait()
