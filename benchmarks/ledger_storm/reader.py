"""Reads the books all along, beside those who write, and holds every read against the last ones.

A read takes one customer: first what is shown of them, then their entries. Each must be a
beginning of the one true history, so every read can be judged by itself and by what was read
before.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count, pairwise
from multiprocessing.connection import Connection

from benchmarks.ledger_storm.books import Books, Place
from benchmarks.ledger_storm.plan import Plan
from benchmarks.ledger_storm.violation import Kind, Violation
from bot.books_check import check_customer
from storage.models import Customer, EntryKind, LedgerEntry
from storage.store import Store

ALL_OF_THEM = 10
"""Every so manieth read of a customer takes all of their entries, the others only the last."""
AGAIN = 10
"""How many entries that were read before such a read takes once more."""
PAUSE = 0.01
"""Seconds between two reads, so that most of the machine is left to those who write."""


@dataclass
class Findings:
    """``reads`` of one customer each, of ``entries`` in all; violations, each once."""

    reads: int = 0
    entries: int = 0
    violations: dict[Violation, None] = field(default_factory=dict)


def read_all_along(plan: Plan, place: Place, line: Connection) -> None:
    """Read until told to finish, then all once more; sends the :class:`Findings`."""
    reader = Reader()

    def read(books: Books) -> None:
        for number in count():
            told = line.poll()
            for customer_id in plan.customer_ids:
                reader.read(books.store, customer_id, whole=told or not number % ALL_OF_THEM)
                time.sleep(PAUSE)
            if told:
                return

    place.on_the_books("reader", read)
    line.send(reader.findings)


class Reader:
    def __init__(self) -> None:
        self.findings = Findings()
        self._known: dict[str, list[LedgerEntry]] = defaultdict(list)
        self._numbers: dict[int, str] = {}
        self._shown: dict[str, int] = defaultdict(int)
        self._totals: dict[str, int] = {}
        self._booked = 0

    def read(self, store: Store, customer_id: str, *, whole: bool) -> None:
        """Read one customer, ``whole`` or only the end, and note what is wrong."""
        known = self._known[customer_id]
        start = 0 if whole else max(0, len(known) - AGAIN)
        shown = store.customers.get(customer_id)
        entries = store.ledger.entries(customer_id, start)
        self.findings.reads += 1
        self.findings.entries += len(entries)
        self._hold_against_known(customer_id, known[start:], entries)
        self._take_in(known, entries[len(known) - start :])
        self._note(Kind.CHAIN, check_customer(known) if whole else _links(known[start:]))
        if shown:
            self._check_shown(shown, known)

    def _hold_against_known(
        self, customer_id: str, before: list[LedgerEntry], now: list[LedgerEntry]
    ) -> None:
        """What was there is there, as it was."""
        if len(now) < len(before):
            self._note(Kind.CHANGED, [f"{customer_id} had {len(before) - len(now)} entries more"])
        self._note(
            Kind.CHANGED,
            [
                f"{old} was read, then {new}"
                for old, new in zip(before, now, strict=False)
                if old != new
            ],
        )

    def _take_in(self, known: list[LedgerEntry], new: list[LedgerEntry]) -> None:
        """As in a bank: what all customers owe is what was invoiced less what was paid."""
        known += new
        for entry in new:
            self._booked += self._invoiced(entry) - entry.paid
            if entry.number_key is not None:
                first = self._numbers.setdefault(entry.number_key, entry.op)
                if first != entry.op:
                    self._note(Kind.NUMBERS, [f"{first} and {entry.op} have one number"])
        owed = sum(entries[-1].after for entries in self._known.values() if entries)
        if owed != self._booked:
            self._note(Kind.TOTAL, [f"{owed} is owed, {self._booked} was booked"])

    def _check_shown(self, shown: Customer, known: list[LedgerEntry]) -> None:
        """What is shown was read first, so it is at most as new as the ledger, and true of it."""
        seq = shown.applied_seq
        if seq < self._shown[shown.id]:
            self._note(Kind.VIEW, [f"{shown.id} showed {self._shown[shown.id]}, then {seq}"])
        self._shown[shown.id] = seq
        if seq > len(known):
            self._note(Kind.VIEW, [f"{shown.id} shows {seq}, of {len(known)} entries"])
            return
        due = sum(part.due for part in known[seq - 1].open) if seq else 0
        advance = known[seq - 1].advance if seq else 0
        if (shown.total_outstanding_balance, shown.advance) != (due, advance):
            self._note(Kind.VIEW, [f"{shown} is not after entry {seq}: {due}, {advance}"])

    def _invoiced(self, entry: LedgerEntry) -> int:
        """What this entry adds to all that was invoiced; a cancel takes it out again."""
        if entry.invoice:
            self._totals[entry.op] = entry.invoice.total_amount
            return entry.invoice.total_amount
        total = self._totals.get(entry.invoice_id or "", 0)
        return total if entry.kind is EntryKind.RESTORE else -total

    def _note(self, kind: Kind, errors: Iterable[str]) -> None:
        self.findings.violations |= dict.fromkeys(Violation(kind, error) for error in errors)


def _links(entries: list[LedgerEntry]) -> list[str]:
    """As ``check_customer``, of a piece out of the middle."""
    errors = []
    for last, entry in pairwise(entries):
        if entry.seq != last.seq + 1:
            errors.append(f"{entry.op} with seq {entry.seq} comes after {last.seq}")
        if entry.before != last.after:
            errors.append(f"{entry.op} starts at {entry.before}, not at {last.after}")
    for entry in entries:
        if sum(part.due for part in entry.open) - entry.advance != entry.after:
            errors.append(f"{entry.op} ends at {entry.after}, not at what is open less advance")
    return errors
