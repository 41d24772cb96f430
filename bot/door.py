"""The port while the bot waits for its books, which another bot still has.

A platform that deploys asks the next bot at ``/healthz`` before it stops the last: if nothing
answered until then, each would wait for the other, and the deployment would fail.
"""

import asyncio
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from bot.errors import StartError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.serving import Server

LEAVES_WITHIN = 2.0
"""Seconds for what is just being answered, in a few words."""


class Door:
    """Nobody is at it unless the bot has to wait, and in web mode."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tried = not settings.public_url
        self.socket: socket.socket | None = None
        """Where it listens, for whoever serves it next; None: nobody does."""
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failed: object) -> None:
        self.leave()
        if self.socket is not None:
            self.socket.close()

    def wait(self, seconds: float) -> None:
        """Pass them, with somebody at the door."""
        if not self._tried:
            self._tried = True
            with suppress(StartError):  # a bot that is just ending has the port, and gives it back
                self._open()
        time.sleep(seconds)

    def leave(self) -> None:
        """Answer no more. Who comes from now on waits for the one who serves the socket next."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(LEAVES_WITHIN)

    def _open(self) -> None:
        # Who has not to wait, or polls, does without.
        from bot.serving import Server, listening  # noqa: PLC0415
        from handlers.web.waiting import build_waiting_site  # noqa: PLC0415

        self.socket = listening(self._settings)
        self._server = Server(build_waiting_site(), self._settings)
        serving = self._server.serve([self.socket.dup()])  # which closes what it is given
        self._thread = threading.Thread(target=_run, args=(serving,), name="door", daemon=True)
        self._thread.start()


def _run(serving: Any) -> None:
    asyncio.run(serving)
