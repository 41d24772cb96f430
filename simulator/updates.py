"""The queue of updates between people and the bot, with Telegram's rules for ``getUpdates``."""

import asyncio
import datetime as dt
from collections import deque
from copy import deepcopy
from dataclasses import asdict, dataclass
from typing import Any

from simulator.clock import Now
from simulator.errors import Refused

Update = dict[str, Any]

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What this fake ever sends."""
LIFETIME = dt.timedelta(hours=24)
TAP_LIFETIME = dt.timedelta(seconds=150)
"""A tap on a button that the bot did not fetch in this time is never delivered."""
FIRST_ID = 100_000_001

_OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass
class Waiting:
    """An update not confirmed yet. ``at`` is ISO 8601, UTC."""

    update: Update
    at: str


class Updates:
    """Updates in order, kept until an ``offset`` beyond them confirms them.

    ``duplicates`` is a fault: so many of the next updates are queued twice, with the same id.
    ``repeated`` counts how often an update was handed out that had been handed out before.
    """

    def __init__(self, now: Now) -> None:
        self._now = now
        self.waiting: deque[Waiting] = deque()
        self.next_id = FIRST_ID
        self.allowed: list[str] = []
        self.duplicates = 0
        self.repeated = 0
        self.webhook_active = False
        self.delivered: deque[Update] = deque(maxlen=100)
        self._arrived = asyncio.Event()
        self._poll: object = None

    def add(self, kind: str, content: dict[str, Any]) -> Update | None:
        """Queue an update, unless the bot asked not to get its kind."""
        if self.allowed and kind not in self.allowed:
            return None
        update = {"update_id": self.next_id, kind: deepcopy(content)}
        self.next_id += 1
        copies = 1
        if self.duplicates:
            self.duplicates -= 1
            copies = 2
        for _copy in range(copies):
            self.waiting.append(Waiting(update, self._now().isoformat()))
        self._arrived.set()
        return update

    def take(self) -> list[Update]:
        """Everything waiting, confirmed at once: how tests fetch without polling."""
        self._drop_expired()
        taken = [item.update for item in self.waiting]
        self.waiting.clear()
        self.delivered += taken
        return taken

    def redeliver(self, count: int = 1) -> None:
        """Queue the newest delivered updates again, as after a confirmation that got lost."""
        for update in list(reversed(self.delivered))[:count]:
            self.waiting.appendleft(Waiting(update, self._now().isoformat()))
        self._arrived.set()

    async def get(
        self, *, offset: int, limit: int, seconds: float, allowed: list[str] | None
    ) -> list[Update]:
        """Answer ``getUpdates``: at once when something waits, else after so many seconds.

        Raises:
            Refused: a webhook is set, or another ``getUpdates`` took over.
        """
        if self.webhook_active:
            raise Refused(_WEBHOOK_ACTIVE, code=409)
        if allowed is not None:
            self.allowed = allowed
        me = self._poll = object()
        self._arrived.set()  # wakes the poll before this one, which then sees that it is not alone
        self._confirm(offset)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not self.waiting and loop.time() < deadline:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), deadline - loop.time())
            except TimeoutError:
                break
            if self._poll is not me:
                raise Refused(_OTHER_POLL, code=409)
        batch = [item.update for item in list(self.waiting)[:limit]]
        for update in batch:
            if update in self.delivered:
                self.repeated += 1
            else:
                self.delivered.append(update)
        return batch

    def _confirm(self, offset: int) -> None:
        self._drop_expired()
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
        while self.waiting and self.waiting[0].update["update_id"] < offset:
            self.waiting.popleft()

    def _drop_expired(self) -> None:
        now = self._now()
        self.waiting = deque(item for item in self.waiting if not _expired(item, now))

    def state(self) -> dict[str, Any]:
        return {
            "next_id": self.next_id,
            "allowed": self.allowed,
            "waiting": [asdict(item) for item in self.waiting],
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.next_id = state["next_id"]
        self.allowed = state["allowed"]
        self.waiting = deque(Waiting(**item) for item in state["waiting"])


def _expired(item: Waiting, now: dt.datetime) -> bool:
    lifetime = TAP_LIFETIME if "callback_query" in item.update else LIFETIME
    return now - dt.datetime.fromisoformat(item.at) > lifetime
