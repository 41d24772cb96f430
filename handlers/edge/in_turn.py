"""Whose update waits for whose: one person's go in order, nobody waits for another person."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Chat, Update
from telegram.ext import BaseUpdateProcessor

log = logging.getLogger(__name__)

AT_ONCE = 4096
"""A bound on memory; not a tight one, as updates that wait for their person's turn count too."""

IN_LINE = 50
"""Updates of one person, at work and waiting; more are dropped, lest one fills all the places."""

OF_A_GROUP = 1
"""Of a whole group, whoever writes there: it is told once that the books are not kept there."""


class Line:
    """The updates of one person, or of one group, from the first until nobody waits."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.length = 0
        self.overflowed = False


class InTurn(BaseUpdateProcessor):
    """A line per person: a slow PDF or SMS holds up nobody but who asked for it."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._lines: WeakValueDictionary[int, Line] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        whose, most = _place(update)
        line = self._lines.setdefault(whose, Line())
        if line.length >= most:
            _drop(line, whose, coroutine)
            return
        line.length += 1
        try:
            async with line.turn:
                await coroutine
        finally:
            line.length -= 1

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _place(update: object) -> tuple[int, int]:
    """The id of whose line an update stands in, and how long that may be."""
    if not isinstance(update, Update):
        return 0, AT_ONCE
    chat, user = update.effective_chat, update.effective_user
    if chat is not None and chat.type != Chat.PRIVATE:
        # No person has such an id: those of groups and channels are negative.
        return chat.id, OF_A_GROUP
    return user.id if user else 0, IN_LINE


def _drop(line: Line, whose: int, coroutine: Awaitable[Any]) -> None:
    if asyncio.iscoroutine(coroutine):
        coroutine.close()
    if not line.overflowed:
        line.overflowed = True
        log.warning("More comes from %s than can be answered; the rest of it is dropped.", whose)
