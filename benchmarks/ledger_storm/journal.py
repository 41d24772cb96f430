"""What one worker set out to do and what came of it: a file that survives the worker.

A line is written before the books are asked and one after they answered. Whatever was written when
the worker is killed stays, since the system has it; at most the line it was writing is torn.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.ledger_storm.plan import Kind


@dataclass(frozen=True)
class Intent:
    """All that is asked of the books, so that it can be asked again word for word.

    ``position`` is the step's, ``day`` an ISO date, the amounts are paise; ``target`` is the
    operation that it is about, ``standing_on`` the ``seq`` it insists on.
    """

    position: int
    op: str
    kind: Kind
    customer_id: str
    day: str
    total: int
    money: int
    target: str | None
    standing_on: int | None


@dataclass(frozen=True)
class Answer:
    """The entry that the books acknowledged: ``op`` is its own, which the Undo button mints."""

    position: int
    op: str
    seq: int
    amount: int
    after: int
    repeated: bool


@dataclass(frozen=True)
class Refusal:
    """``why`` is the error's name."""

    position: int
    why: str


Line = Intent | Answer | Refusal


class Journal:
    """One worker's, taken up where the last process of that worker left it."""

    def __init__(self, path: Path) -> None:
        self.intents: list[Intent] = []
        self.outcomes: dict[int, Answer | Refusal] = {}
        tail = Tail(path)
        for line in tail.new():
            self._take_in(line)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.truncate(self._file, tail.offset)

    @property
    def open(self) -> Intent | None:
        """What was intended last, if nothing is known of its outcome."""
        last = self.intents[-1] if self.intents else None
        return last if last and last.position not in self.outcomes else None

    def write(self, line: Line) -> None:
        """One call to the system, so that there is nothing left to lose in this process."""
        record = {type(line).__name__: asdict(line)}
        os.write(self._file, json.dumps(record).encode() + b"\n")
        self._take_in(line)

    def close(self) -> None:
        os.close(self._file)

    def _take_in(self, line: Line) -> None:
        if isinstance(line, Intent):
            self.intents.append(line)
        else:
            self.outcomes[line.position] = line


class Tail:
    """Reads what was written to a journal since the last time, as far as the lines are whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.offset = 0

    def new(self) -> Iterator[Line]:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(self.offset)
            whole, newline, _torn = file.read().rpartition(b"\n")
        self.offset += len(whole) + len(newline)
        for text in whole.splitlines():
            yield _parsed(json.loads(text))


def _parsed(record: dict[str, dict[str, Any]]) -> Line:
    ((kind, fields),) = record.items()
    if kind == "Intent":
        return Intent(**fields | {"kind": Kind(fields["kind"])})
    return Answer(**fields) if kind == "Answer" else Refusal(**fields)
