"""Whose update waits for whose: one person's go in order, nobody waits for another person."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from typing import Any
from weakref import WeakValueDictionary

from telegram import Chat, Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 100_000
"""No bound of its own: :class:`handlers.edge.intake.Intake` lets no more in than can be held."""


OF_A_CROWD = 4
"""How many of those who are held back are answered at a time."""


async def nobody(_whose: int) -> bool:
    return False


class InTurn(BaseUpdateProcessor):
    """A line per person: a slow PDF or SMS holds up nobody but who asked for it.

    Args:
        is_held_back: says of a line, when its turn comes, whether it goes with a crowd.
    """

    def __init__(self, is_held_back: Callable[[int], Awaitable[bool]] = nobody) -> None:
        super().__init__(AT_ONCE)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._is_held_back = is_held_back
        self._crowd = asyncio.Semaphore(OF_A_CROWD)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        whose = line_of(update) if isinstance(update, Update) else 0
        turn = self._turns.setdefault(whose, asyncio.Lock())
        async with turn, self._crowd if await self._is_held_back(whose) else nullcontext():
            await coroutine

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def line_of(update: Update) -> int:
    """The id of the line that an update stands in: its person's, or a whole group's."""
    chat, user = update.effective_chat, update.effective_user
    if chat is not None and chat.type != Chat.PRIVATE:
        # No person has such an id: those of groups and channels are negative.
        return chat.id
    return user.id if user else 0
