"""The real ``python -m bot`` as a child process, in an environment and a folder of its own."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

from tests.log_guard import GUARD

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds for anything to happen on a machine that is busy with something else."""

T = TypeVar("T")

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def bare_environment(home: Path) -> dict[str, str]:
    """As little as a process can be started with, so that nothing of this machine gets in.

    ``PYTHONPATH`` stands for the checkout as the working directory, where a developer's own
    ``.env`` may lie.
    """
    return {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(CHECKOUT)}


class Child:
    """A process in ``folder``, where its ``.env`` and its data are; killed when the block ends.

    ``settings`` are all it has in its environment besides :func:`bare_environment`.
    """

    def __init__(
        self, folder: Path, settings: Mapping[str, str] | None = None, module: str = "bot"
    ) -> None:
        self.folder = folder
        self.settings = dict(settings or {})
        GUARD.watch_settings(self.settings)
        self.module = module
        self._child: asyncio.subprocess.Process | None = None

    @property
    def command(self) -> tuple[str, ...]:
        return sys.executable, "-m", self.module

    @property
    def environment(self) -> dict[str, str]:
        return bare_environment(self.folder) | self.settings

    async def start(self) -> None:
        """Start it, or start another one after the last has ended. What it says is added up."""
        with self._log.open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                *self.command,
                env=self.environment,
                cwd=self.folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent if _LIBC else None,
            )

    @property
    def pid(self) -> int:
        assert self._child, "it was never started"
        return self._child.pid

    @property
    def said(self) -> str:
        """All that was written on standard output and standard error."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, and do not wait for what comes of it."""
        assert self._child, "it was never started"
        if self._child.returncode is None:
            # send_signal() would bury a child that has just died, and how it ended with it.
            with suppress(ProcessLookupError):
                os.kill(self._child.pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)

    async def ended(self, within: float = PATIENCE) -> int:
        """Wait for its end; gives the exit code, negative for the signal that killed it."""
        assert self._child, "it was never started"
        try:
            return await asyncio.wait_for(self._child.wait(), within)
        except TimeoutError:
            raise AssertionError(f"it goes on after {within} s; it said:\n{self.said}") from None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *failed: object) -> None:
        if self._child:
            self.kill()
            await self._child.wait()
        if failed == (None, None, None):
            GUARD.check_text(self.said)

    @property
    def _log(self) -> Path:
        return self.folder / f"{self.module}.log"


@dataclass
class Ended:
    code: int | None
    said: str
    complained: str


async def command(folder: Path, *arguments: str, **settings: str) -> Ended:
    """Run ``python -m bot`` with these arguments, in this folder, with no other settings."""
    GUARD.watch_settings(settings)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        env=bare_environment(folder) | settings,
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        said, complained = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError:
        process.kill()
        raise
    ended = Ended(process.returncode, said.decode(), complained.decode())
    assert "Traceback" not in ended.said + ended.complained
    GUARD.check_text(ended.said + ended.complained)
    return ended


async def until(condition: Callable[[], T], what: str, within: float = PATIENCE) -> T:
    """Wait until the condition is true; gives what it gave. Fails with ``what`` was waited for."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while not (value := condition()):
        assert loop.time() < deadline, f"{what}: not within {within} s"
        await asyncio.sleep(0.01)
    return value


def _die_with_parent() -> None:
    """Linux: not even a killed test leaves a bot behind."""
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
