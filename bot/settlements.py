"""What stands paid on an invoice, line by line, as its paper says it: "payments so far".

:func:`settled` is pure. Amounts are paise.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from storage.models import EntryKind, Invoice, LedgerEntry, PaymentDetails, PaymentMethod
from storage.store import Store


class Source(StrEnum):
    """Where what settles an invoice came from."""

    PAYMENT = "payment"
    """Money handed over: with the invoice, or later."""
    ADVANCE = "advance"
    """Money that was held already."""
    BEFORE = "before"
    """It was paid in the books before these, which tell no more of it."""


@dataclass(frozen=True)
class Settlement:
    """A part of what is paid on an invoice: ``amount`` paise, more than 0.

    ``day`` is a day in the firm's zone. ``method`` is None where no money came: out of the
    advance, or before these books.
    """

    day: dt.date
    amount: int
    source: Source
    method: PaymentMethod | None = None
    reference: str | None = None


@dataclass(frozen=True)
class _Money:
    """Of one kind, and of one entry. ``undo_of`` is the operation whose undo gives it back."""

    seq: int
    day: dt.date
    source: Source
    undo_of: str | None = None
    method: PaymentMethod | None = None
    reference: str | None = None


def settlements_of(store: Store, invoice: Invoice) -> tuple[Settlement, ...]:
    """What stands on this invoice as it is shown here, oldest first: in sum its ``amount_paid``.

    What was undone, cancelled or given back is not there; what was put back is.
    """
    if not invoice.amount_paid:
        return ()
    posted = store.ledger.by_op(invoice.id)
    if posted is not None and posted.seq == invoice.applied_seq:
        return settled([posted], invoice.id)
    entries = store.ledger.history(invoice.customer_id)
    # By now there may be later ones than it shows.
    return settled((one for one in entries if one.seq <= invoice.applied_seq), invoice.id)


def settled(entries: Iterable[LedgerEntry], invoice_id: str) -> tuple[Settlement, ...]:
    """What stands on this invoice after these entries, all of its customer's, in order."""
    paid = _Paid(invoice_id)
    for entry in entries:
        paid.take_in(entry)
    return tuple(
        Settlement(money.day, amount, money.source, money.method, money.reference)
        for money, amount in sorted(paid.on_it.items(), key=lambda part: _age(part[0]))
    )


class _Paid:
    """What is paid on one invoice, by where it came from.

    An entry says how much came off, not what of it. That is told as docs/decisions/0006 has it.
    """

    def __init__(self, invoice_id: str) -> None:
        self.invoice_id = invoice_id
        self.on_it: dict[_Money, int] = {}
        self._taken: dict[str, list[tuple[_Money, int]]] = {}
        self._undone: set[str] = set()
        self._seqs: dict[str, int] = {}

    def take_in(self, entry: LedgerEntry) -> None:
        self._seqs[entry.op] = entry.seq
        moved = sum(one.amount for one in entry.allocations if one.invoice_id == self.invoice_id)
        if entry.kind is EntryKind.RESTORE:
            self._undone.discard(entry.payment_id or "")
            self._put_back(entry, moved)
        elif entry.kind in (EntryKind.CANCEL, EntryKind.UNDO):
            self._undone.add(entry.payment_id or "")
            self._take_off(entry, -moved)
        else:
            for money, amount in _brought(entry, self.invoice_id):
                self._put(money, amount)

    def _put(self, money: _Money, amount: int) -> None:
        if amount:
            self.on_it[money] = self.on_it.get(money, 0) + amount

    def _take_off(self, entry: LedgerEntry, amount: int) -> None:
        taken = self._taken[entry.op] = []
        for money in self._in_turn(entry.payment_id):
            part = min(amount, self.on_it[money])
            if not part:
                break
            taken.append((money, part))
            amount -= part
            self.on_it[money] -= part
        self.on_it = {money: left for money, left in self.on_it.items() if left}

    def _in_turn(self, undo_of: str | None) -> list[_Money]:
        """The money of the operation itself, then advances since, then what was paid last."""
        since = self._seqs.get(undo_of or "", 0)

        def turn(money: _Money) -> tuple[int, int]:
            if money.undo_of == undo_of:
                return 0, money.seq
            if money.source is Source.ADVANCE and money.seq > since:
                return 1, money.seq
            return 2, -money.seq

        return sorted(self.on_it, key=turn)

    def _put_back(self, entry: LedgerEntry, amount: int) -> None:
        """What was taken, as far as it is not undone by now; else it is of the advance held."""
        for money, taken in sorted(
            self._taken[entry.restores or ""], key=lambda one: _age(one[0])
        ):
            part = min(amount, taken) if money.undo_of not in self._undone else 0
            self._put(money, part)
            amount -= part
        self._put(_Money(entry.seq, entry.day, Source.ADVANCE), amount)


def _age(money: _Money) -> tuple[dt.date, int, bool]:
    """Oldest first; of one entry the money that came with it before the advance."""
    return money.day, money.seq, money.source is Source.ADVANCE


def _brought(entry: LedgerEntry, invoice_id: str) -> Iterator[tuple[_Money, int]]:
    """What an entry put to this invoice: money that came with it, and an advance."""
    own = sum(one.amount for one in entry.own_money if one.invoice_id == invoice_id)
    yield _money_of(entry), own
    if entry.invoice and entry.op == invoice_id:
        yield _Money(entry.seq, entry.day, Source.ADVANCE), entry.invoice.advance_used


def _money_of(entry: LedgerEntry) -> _Money:
    if entry.kind is EntryKind.OPENING:
        return _Money(entry.seq, entry.day, Source.BEFORE)
    if entry.kind is EntryKind.APPLY:
        return _Money(entry.seq, entry.day, Source.ADVANCE, entry.op)
    details = entry.payment or PaymentDetails()
    return _Money(
        entry.seq, entry.day, Source.PAYMENT, entry.op, details.method, details.reference
    )
