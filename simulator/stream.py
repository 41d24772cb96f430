"""The page's stream: what happens in the fake, as Server-Sent Events, to whoever listens."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from simulator.people import Person
from simulator.telegram import Event, Telegram
from simulator.view import TYPING_SECONDS, bot_view, message_view, phone_view

HEARTBEAT_SECONDS = 15.0
"""A comment is sent so often, so that neither side mistakes silence for a dead connection."""

_MAX_BEHIND = 1000
"""Events a listener may lag; one that does not read is dropped, and asks for the state anew."""


class Stream:
    """Passes events on, each rendered once, at the moment it happens."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self.closed = False
        telegram.watchers.append(self._pass_on)

    async def events(self) -> AsyncIterator[str]:
        """The events from now on, in the wire format of Server-Sent Events."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield "retry: 1000\n\n"
            while not self.closed:
                try:
                    text = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    text = ": still here\n\n"
                if text is None:
                    return
                yield text
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self.closed = True
        for queue in self._listeners:
            queue.put_nowait(None)

    def _pass_on(self, event: Event) -> None:
        if not self._listeners:
            return
        data = self._data(event)
        if data is None:
            return
        self._send(event.kind, data)
        if event.kind == "phone" and data["typing"]:
            loop = asyncio.get_running_loop()
            loop.call_later(TYPING_SECONDS + 0.1, self._pass_on, event)

    def _send(self, kind: str, data: dict[str, Any]) -> None:
        text = f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
        for queue in self._listeners:
            if queue.qsize() < _MAX_BEHIND:
                queue.put_nowait(text)
            else:
                queue.put_nowait(None)

    def _data(self, event: Event) -> dict[str, Any] | None:
        if event.kind == "phones":
            return {}
        if event.kind == "bot":
            view = bot_view(self._telegram)
            return {key: view[key] for key in ("online", "notice", "commands")}
        person = self._telegram.people.get(event.user_id)
        return _phone_data(person, event) if person else None  # a group: the page shows phones


def _phone_data(person: Person, event: Event) -> dict[str, Any] | None:
    if event.kind == "phone":
        return phone_view(person, messages=False)
    if event.kind != "message":
        return {"user_id": person.user_id} | event.data
    kept = person.chat.messages.get(event.data["message_id"])
    return {"user_id": person.user_id, "message": message_view(kept)} if kept else None
