"""The ledger storm: workers post on one embedded server while all of them are killed at random.

They call the use cases themselves, several at once for the same few customers. A reader checks
the books all along. In the end the books are held against what the workers were told.
"""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from benchmarks.ledger_storm.books import Books, OpenBooks, Place, open_books
from benchmarks.ledger_storm.journal import Answer, Line, Refusal, Tail
from benchmarks.ledger_storm.judge import Told, judge, told
from benchmarks.ledger_storm.plan import Plan, Strike
from benchmarks.ledger_storm.processes import Child, serve
from benchmarks.ledger_storm.reader import Findings, read_all_along
from benchmarks.ledger_storm.violation import Kind, Violation
from benchmarks.ledger_storm.worker import work
from storage.models import Customer

FINISH_SECONDS = 60.0
"""How long anybody may take to start or to finish, on a machine busy with something else."""
LOOK = 0.002
"""Seconds between two looks at how far the workers are."""


@dataclass
class Report:
    """``operations`` were acknowledged, ``repeated`` of them not for the first time.

    ``refused`` could not be done as the books stood. ``kills`` counts by who was killed.
    """

    plan: Plan
    operations: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    findings: Findings = field(default_factory=Findings)
    violations: list[Violation] = field(default_factory=list)

    def __str__(self) -> str:
        wrong: Counter[str] = Counter(violation.kind for violation in self.violations)
        lines = [
            f"seed        {self.plan.seed}",
            f"workers     {self.plan.workers}, for {self.plan.customers} customers",
            f"operations  {_in_all(self.operations)}",
            f"repeated    {self.repeated} of them",
            f"refused     {_in_all(self.refused)}",
            f"kills       {_in_all(self.kills)}",
            f"reads       {self.findings.reads}, of {self.findings.entries} entries",
            f"violations  {_in_all(wrong)}",
        ]
        return "\n".join([*lines, *(f"  {violation}" for violation in self.violations)])


def storm(
    folder: Path,
    plan: Plan,
    *,
    seconds: float = inf,
    operations: float = inf,
    opener: OpenBooks = open_books,
) -> Report:
    """Run one, for so long or until so many operations were acknowledged.

    ``folder`` is empty, has a short path (there will be a socket in it), and keeps the data and
    the journals.
    """
    server = Child("server", folder, serve, folder / "data")
    firm = _Firm(plan, Place(folder, _started(server), opener), server)
    try:
        firm.open()
        firm.rage(seconds, operations)
        firm.finish()
        return firm.report
    finally:
        firm.close()


class _Firm:
    def __init__(self, plan: Plan, place: Place, server: Child) -> None:
        self.plan = plan
        self.place = place
        self.server = server
        self.report = Report(plan)
        self.workers = [
            Child(f"worker-{number}", place.folder, work, plan, number, place)
            for number in range(plan.workers)
        ]
        self.reader = Child("reader", place.folder, read_all_along, plan, place)
        self.tails = [Tail(place.journal(number)) for number in range(plan.workers)]
        self.journals: list[list[Line]] = [[] for _worker in self.tails]
        self.acknowledged = 0

    def open(self) -> None:
        """Start everybody."""
        self.place.on_the_books("judge", self._add_customers)
        for child in (*self.workers, self.reader):
            child.start()

    def rage(self, seconds: float, operations: float) -> None:
        """Kill as the plan has it; whoever is killed is started again at once."""
        end = time.monotonic() + seconds
        due = 0

        def over() -> bool:
            self._hear()
            return (
                time.monotonic() > end or self.acknowledged >= operations or bool(self._troubles())
            )

        for strike in self.plan.strikes():
            due += strike.after
            while self.acknowledged < due and not over():
                time.sleep(LOOK)
            if over():
                return
            self._strike(strike)
        while not over():
            time.sleep(LOOK)

    def finish(self) -> None:
        """Have everybody finish, restart the server, and judge."""
        for worker in self.workers:
            worker.finish()
        for worker in self.workers:
            worker.join(FINISH_SECONDS)
        self.reader.finish()
        try:
            self.report.findings = self.reader.said(FINISH_SECONDS)
        except (TimeoutError, EOFError) as error:
            self._wrong(Kind.PROCESS, f"the reader did not finish: {error!r}")
        self.reader.join(FINISH_SECONDS)
        for child in (*self.workers, self.reader):
            if child.alive:
                self._wrong(Kind.PROCESS, f"{child.name} never finished")
        for trouble in self._troubles():
            self._wrong(Kind.PROCESS, trouble)
        self.report.violations += self.report.findings.violations
        self._hear()
        asked = told(self.journals)
        self._count(asked)
        self._restart_server()

        def audit(books: Books) -> None:
            books.catch_up()
            self.report.violations += judge(books.store, asked)

        self.place.on_the_books("judge", audit)

    def close(self) -> None:
        for child in (*self.workers, self.reader, self.server):
            child.kill()

    def _add_customers(self, books: Books) -> None:
        for number, id in enumerate(self.plan.customer_ids):
            books.store.customers.add(Customer(id=id, name=f"Customer {number}"))

    def _strike(self, strike: Strike) -> None:
        time.sleep(strike.delay)
        if strike.worker is None:
            self._restart_server()
            self.report.kills["of the server"] += 1
        else:
            self.workers[strike.worker].kill()
            self.workers[strike.worker].start()
            self.report.kills["of a worker"] += 1

    def _restart_server(self) -> None:
        self.server.kill()
        assert _started(self.server) == self.place.uri, "everybody knows it by that"

    def _hear(self) -> None:
        for tail, lines in zip(self.tails, self.journals, strict=True):
            new = list(tail.new())
            lines.extend(new)
            self.acknowledged += sum(isinstance(line, Answer) for line in new)

    def _troubles(self) -> list[str]:
        children = (self.server, *self.workers, self.reader)
        return [child.trouble for child in children if child.trouble]

    def _wrong(self, kind: Kind, what: str) -> None:
        self.report.violations.append(Violation(kind, what))

    def _count(self, asked: list[Told]) -> None:
        for one in asked:
            if isinstance(one.outcome, Answer):
                self.report.operations[one.intent.kind] += 1
                self.report.repeated += one.outcome.repeated
            elif isinstance(one.outcome, Refusal):
                self.report.refused[one.outcome.why] += 1


def _started(server: Child) -> str:
    """Start it; gives its URI once it answers."""
    server.start()
    return str(server.said(FINISH_SECONDS))


def _in_all(counts: Mapping[str, int]) -> str:
    each = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    return f"{sum(counts.values())} ({each})" if each else "0"
