"""HTTP/1.1 for whoever is in earnest: a connection that asks nothing is not kept open.

uvicorn itself waits for the head of a request for ever, and a few hundred such connections would
let nobody else in. They are closed after a while; and where they come faster, for who comes next.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

WITHIN = 10.0
"""Seconds for the head of a request, from the connection's begin or the last answer on."""

LOOKS = 12
"""So many times that long may an answer take: a paper that is drawn, and a slow reader."""


AT_ONCE = 200
"""Connections; for one beyond them, one that asks nothing is closed."""


class Impatient(H11Protocol):
    """Looks after its connection at every :data:`WITHIN`, for as long as there is one."""

    _next: asyncio.TimerHandle
    begun: float
    """By the loop's clock."""
    _seen: Any = None
    """The request that was there at the last look."""
    _looks = 0
    """At how many it was not answered."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.begun = self.loop.time()
        self._next = self.loop.call_later(WITHIN, self._look)
        if len(self.connections) > AT_ONCE:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._next.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        newer, self._seen = self.cycle is not self._seen, self.cycle
        at_work = self.is_at_work()
        self._looks = self._looks + 1 if at_work and not newer else 0
        if (at_work and self._looks < LOOKS) or newer:
            self._next = self.loop.call_later(WITHIN, self._look)
        else:
            self.transport.abort()

    def is_at_work(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _make_room(self) -> None:
        """Close who came first of those that never asked; else of those that do not now."""
        idle = [
            other
            for other in self.connections
            if isinstance(other, Impatient)
            and other is not self
            and not other.is_at_work()
            and not other.transport.is_closing()
        ]
        if idle:
            first = min(idle, key=lambda other: (other.cycle is not None, other.begun))
            first.transport.abort()
