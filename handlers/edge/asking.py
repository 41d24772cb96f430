"""Asking the store from the loop."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from storage.database import store_errors

T = TypeVar("T")


async def asked(work: Callable[..., T], *args: Any, **named: Any) -> T:
    """Ask the store, in a worker thread.

    Raises:
        StoreUnavailable: the database is away.
    """
    with store_errors():
        return await asyncio.to_thread(work, *args, **named)
