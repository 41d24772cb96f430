"""A bot that is started by what a deployment's own file says, not by the tests' command."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.process.called import Called
from tests.process.live import Live
from tests.process.running import Child, bare_environment

BIN = Path(sys.executable).parent


class ByCommand(Child):
    """``given`` is the command, with its environment beside what any process has here."""

    def __init__(
        self, folder: Path, settings: Mapping[str, str], *given: str, **environment: str
    ) -> None:
        super().__init__(folder, settings)
        self._given = given
        self._own = environment

    @property
    def command(self) -> tuple[str, ...]:
        return self._given

    @property
    def environment(self) -> dict[str, str]:
        python_first = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
        return bare_environment(self.folder) | python_first | self._own | self.settings


Make = Callable[[Path, dict[str, str]], Child]
"""Makes the process of its folder and its settings."""


class LiveBy(Live):
    def __init__(self, folder: Path, make: Make, **settings: str) -> None:
        super().__init__(folder, **settings)
        self._make = make

    def child(self, settings: dict[str, str]) -> Child:
        return self._make(self.folder, settings)


class CalledBy(LiveBy, Called):
    """In web mode."""
