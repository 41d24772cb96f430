"""Whose update waits for whose: one person's go in order, nobody waits for another person."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 4096
"""A bound on memory; not a tight one, as updates that wait for their person's turn count too."""


class InTurn(BaseUpdateProcessor):
    """A lock per person: a slow PDF or SMS holds up nobody but who asked for it."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        user = update.effective_user if isinstance(update, Update) else None
        turn = self._turns.setdefault(user.id if user else 0, asyncio.Lock())
        async with turn:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
