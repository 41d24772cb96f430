"""Rows put in order on disk: so many that they need not fit into memory."""

import heapq
import pickle
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

AT_ONCE = 4_000
"""Rows that are sorted in memory."""

Row = tuple[tuple[Any, ...], tuple[Any, ...]]
"""What it is sorted by, and what stands in it."""


class Ordered:
    """Takes rows in any order, and gives them in that of their keys, of which none is twice.

    ``folder`` is where they lie meanwhile; whoever made it takes it away.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: list[Row] = []
        self._runs: list[Path] = []

    def add(self, key: tuple[Any, ...], values: tuple[Any, ...]) -> None:
        self._rows.append((key, values))
        if len(self._rows) == AT_ONCE:
            self._put_away()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        self._rows.sort()
        with ExitStack() as opened:
            runs = [opened.enter_context(run.open("rb")) for run in self._runs]
            for _key, values in heapq.merge(self._rows, *map(_unpickled, runs)):
                yield values

    def _put_away(self) -> None:
        self._rows.sort()
        with NamedTemporaryFile(dir=self._folder, delete=False) as run:
            for row in self._rows:
                pickle.dump(row, run)
        self._runs.append(Path(run.name))
        self._rows = []


def _unpickled(run: IO[bytes]) -> Iterator[Row]:
    while True:
        try:
            row: Row = pickle.load(run)  # noqa: S301 - what was just put there
        except EOFError:
            return
        yield row
