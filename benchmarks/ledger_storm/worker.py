"""A worker: takes the plan's steps one after the other, and writes down what came of each."""

import time
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import TypeVar

from benchmarks.ledger_storm.books import Books, Place, ask
from benchmarks.ledger_storm.journal import Answer, Intent, Journal, Refusal, Tail
from benchmarks.ledger_storm.plan import DAYS, Kind, Plan, Step
from bot.errors import UserError
from bot.posting import balance_of
from storage.models import EntryKind, LedgerEntry, User

WAIT = 2.0
"""Seconds that one waits for the other to do a step together; the other may be dead."""
RECENT = 20
"""Of how many last entries one is taken back: few, so that two workers often choose the same."""

T = TypeVar("T")


def work(plan: Plan, number: int, place: Place, line: Connection) -> None:
    """Be worker ``number`` until told to finish. What the last one left open comes first."""
    journal = Journal(place.journal(number))
    try:
        worker = _Worker(plan, number, place, journal, line)
        place.on_the_books(f"worker-{number}", worker.work)
    finally:
        journal.close()


class _Worker:
    def __init__(
        self, plan: Plan, number: int, place: Place, journal: Journal, line: Connection
    ) -> None:
        self.plan = plan
        self.number = number
        self.place = place
        self.journal = journal
        self.line = line
        self.name = User(
            id=f"{number:024}",
            name=f"Partner {number}",
            phone=f"+9198765432{number:02}",
            registration_date=DAYS[0],
        )
        self._heard: dict[int, tuple[Tail, set[str]]] = {}

    def work(self, books: Books) -> None:
        if self.journal.open:
            self._ask(books, self.journal.open)
        while not self.line.poll():
            step = self.plan.step(self.number, len(self.journal.intents))
            intent = self._intent(books, step)
            self.journal.write(intent)
            if step.partner is not None:
                self._meet(step.partner, intent.op)
            self._ask(books, intent)

    def _ask(self, books: Books, intent: Intent) -> None:
        try:
            entry, repeated = ask(books, intent, self.name)
        except UserError as error:
            self.journal.write(Refusal(intent.position, type(error).__name__))
        else:
            answer = Answer(
                intent.position, entry.op, entry.seq, entry.amount, entry.after, repeated
            )
            self.journal.write(answer)

    def _meet(self, partner: int, op: str) -> None:
        """Wait until the other has written down the same intent, so that both ask at once."""
        tail, heard = self._heard.setdefault(partner, (Tail(self.place.journal(partner)), set()))
        end = time.monotonic() + WAIT
        while op not in heard and time.monotonic() < end and not self.line.poll():
            heard.update(line.op for line in tail.new() if isinstance(line, Intent))
            time.sleep(0.001)

    # What the plan leaves open

    def _intent(self, books: Books, step: Step) -> Intent:
        if step.kind is Kind.REPEAT:
            return self._earlier(step) or self._told(step, Kind.INVOICE)
        if step.target:
            return self._told(step, step.kind, step.target)
        stands = balance_of(books.store, step.customer_id)
        # The Undo button stands on no balance.
        seq = stands.seq if step.careful and step.kind is not Kind.UNDO else None
        told = self._told(step, step.kind, standing_on=seq)
        match step.kind:
            case Kind.PAYMENT_FOR_ONE if stands.open:
                chosen = _pick(stands.open, step.choice)
                return replace(told, target=chosen.invoice_id)
            case Kind.OVERPAYMENT:
                return replace(told, money=stands.outstanding + step.money)
            case Kind.FROM_ADVANCE if stands.advance and stands.open:
                most = min(stands.advance, stands.outstanding)
                return replace(told, money=1 + step.choice % most)
            case Kind.CANCEL | Kind.UNDO_PAYMENT | Kind.UNDO:
                last = books.store.ledger.entries(step.customer_id, max(0, stands.seq - RECENT))
                if targets := [entry.op for entry in last if _suits(entry, step.kind)]:
                    return replace(told, target=_pick(targets, step.choice))
            case Kind.PAYMENT:
                return told
        return self._told(step, Kind.INVOICE, standing_on=seq)

    def _told(
        self, step: Step, kind: Kind, target: str | None = None, standing_on: int | None = None
    ) -> Intent:
        return Intent(
            position=len(self.journal.intents),
            op=step.op,
            kind=kind,
            customer_id=step.customer_id,
            day=step.day.isoformat(),
            total=step.total,
            money=step.money if step.paid or kind is not Kind.INVOICE else 0,
            target=target,
            standing_on=standing_on,
        )

    def _earlier(self, step: Step) -> Intent | None:
        """One that was acknowledged. Undo is none: once put back, it is another operation."""
        acknowledged = [
            intent
            for intent in self.journal.intents
            if isinstance(self.journal.outcomes[intent.position], Answer)
            and intent.kind is not Kind.UNDO
        ]
        if not acknowledged:
            return None
        return replace(_pick(acknowledged, step.choice), position=len(self.journal.intents))


def _suits(entry: LedgerEntry, kind: Kind) -> bool:
    match kind:
        case Kind.CANCEL:
            return entry.kind is EntryKind.INVOICE
        case Kind.UNDO_PAYMENT:
            received = entry.kind in (EntryKind.INVOICE, EntryKind.PAYMENT) and entry.paid
            return bool(received) or entry.kind is EntryKind.APPLY
        case _:
            return entry.kind is not EntryKind.RESTORE


def _pick(among: Sequence[T], choice: int) -> T:
    return among[choice % len(among)]
