"""Papers are drawn in a process beside the bot's, so that nobody waits for somebody else's.

Drawing is plain Python and holds the interpreter's lock for up to 5 ms at a time. An answer to a
person passes from thread to thread, and would wait for it at each turn.

``python -m bot.drawing FD SECONDS`` is that process: it draws what comes over the socket ``FD``
until the other end is closed, however the bot ended, each within so many seconds. What it loads
need not be loaded by the bot.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from threading import Lock
from typing import Any, ParamSpec, Protocol, Self

from bot.i18n import current_language, speaking

log = logging.getLogger(__name__)

P = ParamSpec("P")

LONGEST = 60
"""Seconds after which a drawing is given up."""

NICE = 10
"""How far it stands back for the bot where both want the same processor."""

ATTEMPTS = 2
"""A process that was killed, for want of memory say, may have been so for another paper."""


class DrawingFailed(Exception):
    """The process that drew ended, again, or took too long."""


class Draw(Protocol):
    """Calls what renders a paper, in the current language."""

    def __call__(
        self, render: Callable[P, bytes], /, *args: P.args, **named: P.kwargs
    ) -> bytes: ...


def draw_here(render: Callable[P, bytes], /, *args: P.args, **named: P.kwargs) -> bytes:
    """Draw in this very process."""
    return render(*args, **named)


class DrawingProcess:
    """One process that draws papers, one after the other; ended with the block.

    It is started by the first paper, and again by the next one after it ended; which it does after
    each where it is not ``lasting``. One that takes longer than ``longest`` seconds is given up.
    """

    def __init__(self, *, longest: int = LONGEST, lasting: bool = True) -> None:
        self._longest = longest
        self._lasting = lasting
        self._turn = Lock()
        self._child: _Child | None = None
        self._closed = False

    def draw(self, render: Callable[P, bytes], /, *args: P.args, **named: P.kwargs) -> bytes:
        """Have a paper drawn, and wait for it (in a worker thread). The bytes are the same.

        Args:
            render: a function of a module, which the other process imports by its name.

        Raises:
            DrawingFailed: the process ended twice over it, or it took too long.
        """
        job = current_language(), render, args, named
        with self._turn:
            drawn = self._drawn(job)
            if not self._lasting:
                self._end()
        # With an error of its own it comes out here, where the log can tell the way it took.
        return render(*args, **named) if drawn is None else drawn

    def close(self) -> None:
        """End the process, in the middle of a paper too."""
        self._closed = True
        if (child := self._child) is not None:
            child.kill()  # who waits for a paper of it hears so, and lets go of the turn
        with self._turn:
            self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _drawn(self, job: tuple[Any, ...]) -> bytes | None:
        for _attempt in range(ATTEMPTS):
            if self._closed:
                break
            try:
                self._child = self._child or _Child(self._longest)
            except OSError as error:
                log.warning("A paper is drawn by the bot itself; no process starts: %s", error)
                return None
            try:
                return self._child.draw(job)
            except (EOFError, OSError):
                code, self._child = self._child.end(), None
            if code == -signal.SIGALRM:
                raise DrawingFailed(f"A paper took longer than {self._longest} s.")
            log.warning("The process that draws papers ended (exit code %s).", code)
        raise DrawingFailed("The process that draws papers ended.")


class _Child:
    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._socket, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-m", "bot.drawing", str(theirs.fileno()), str(longest)],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def draw(self, job: tuple[Any, ...]) -> bytes | None:
        self._socket.send(job)
        # Its own alarm is sooner, unless it cannot even be woken.
        if not self._socket.poll(self._longest + 5):
            raise TimeoutError
        drawn: bytes | None = self._socket.recv()
        return drawn

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int:
        """End it if it has not; its exit code, negative for the signal that it ended by."""
        self._socket.close()
        self._process.kill()
        return self._process.wait()


def _serve(socket: Connection, longest: int) -> None:
    """Draw what comes until the other end is closed, each within so many seconds."""
    # Ctrl-C, and a platform's SIGTERM, go to all processes: the bot may still want papers.
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, signal.SIG_IGN)
    os.nice(NICE)
    try:
        while True:
            job = socket.recv_bytes()
            signal.alarm(longest)  # ends the process, whatever it hangs in
            drawn = _draw(job)
            signal.alarm(0)
            socket.send(drawn)
    except (EOFError, OSError):
        return


def _draw(job: bytes) -> bytes | None:
    """The paper; None when it cannot be drawn."""
    try:
        language, render, args, named = pickle.loads(job)  # noqa: S301 - the bot's own words
        with speaking(language):
            drawn: bytes = render(*args, **named)
            return drawn
    except Exception:  # noqa: BLE001 - the bot draws it again and sees which
        return None


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
