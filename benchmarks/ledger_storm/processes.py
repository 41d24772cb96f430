"""The processes of the storm: the server, the workers and the reader, which can be killed."""

import multiprocessing
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from storage.embedded import embedded_server
from storage.lock import locked

# Forked from a clean process that has everything imported: up again in a moment, and sharing no
# lock that a killed one could have held.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [f"benchmarks.ledger_storm.{name}" for name in ("worker", "reader", "processes")]
)


class Child:
    """One process, and after it died another one like it.

    ``main`` is called with ``args`` and the child's end of a line. Whatever comes down that line,
    or that it is cut because this process is gone, tells it to finish.
    """

    def __init__(self, name: str, folder: Path, main: Callable[..., None], *args: Any) -> None:
        self.name = name
        self._errors = folder / f"{name}.error"
        self._main = main
        self._args = args
        self._process: Any = None
        self._line: Connection

    def start(self) -> None:
        self._line, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(
            target=_run, args=(self._errors, self._main, *self._args, theirs), daemon=True
        )
        self._process.start()
        theirs.close()

    def said(self, within: float) -> Any:
        """What it sends next.

        Raises:
            TimeoutError: it sends nothing.
            EOFError: it has died.
        """
        if not self._line.poll(within):
            raise TimeoutError(f"{self.name} says nothing for {within} s")
        return self._line.recv()

    def kill(self) -> None:
        """SIGKILL, whatever it is doing; it is dead when this returns, if it ever lived."""
        if self._process is None:
            return
        self._process.kill()
        self._process.join()
        self._line.close()

    def finish(self) -> None:
        """Tell it to finish. Hears nothing of one that is dead."""
        try:
            self._line.send(None)
        except BrokenPipeError:
            return

    def join(self, within: float) -> None:
        """Wait for its end."""
        self._process.join(within)

    @property
    def trouble(self) -> str:
        """Why it ended by itself, or that it has not ended; empty when all is well."""
        if self._process and self._process.exitcode:
            said = self._errors.read_text() if self._errors.exists() else ""
            return f"{self.name} ended with {self._process.exitcode}: {said}"
        return ""

    @property
    def alive(self) -> bool:
        return bool(self._process.is_alive())


def serve(folder: Path, line: Connection) -> None:
    """Be the embedded server of this folder; sends the URI once it answers."""
    with locked(folder), embedded_server(folder) as uri:
        line.send(uri)
        line.poll(None)


def _run(errors: Path, main: Callable[..., None], *args: Any) -> None:
    try:
        main(*args)
    except Exception:  # noqa: BLE001 - whatever it is, it becomes a violation
        errors.write_text(traceback.format_exc())
        sys.exit(1)
