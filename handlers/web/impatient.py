"""HTTP/1.1 for whoever is in earnest: a connection that asks nothing is not kept open.

uvicorn itself waits for the head of a request for ever, and a few hundred such connections would
let nobody else in. The proxies of ``docs/deploy.md`` keep them away; this holds without one too.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

WITHIN = 10.0
"""Seconds for the head of a request, from the connection's begin or the last answer on."""

LOOKS = 12
"""So many times that long may an answer take: a paper that is drawn, and a slow reader."""


class Impatient(H11Protocol):
    """Looks after its connection at every :data:`WITHIN`, for as long as there is one."""

    _next: asyncio.TimerHandle
    _seen: Any = None
    """The request that was there at the last look."""
    _looks = 0
    """At how many it was not answered."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._next = self.loop.call_later(WITHIN, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        self._next.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        newer, self._seen = self.cycle is not self._seen, self.cycle
        at_work = self.cycle is not None and not self.cycle.response_complete
        self._looks = self._looks + 1 if at_work and not newer else 0
        if (at_work and self._looks < LOOKS) or newer:
            self._next = self.loop.call_later(WITHIN, self._look)
        else:
            self.transport.abort()
