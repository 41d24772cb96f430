"""What stands paid on an invoice, as its paper lists it: the payments so far.

:func:`settled` is pure. Amounts are paise.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from storage.models import (
    Allocation,
    EntryKind,
    Invoice,
    LedgerLine,
    PaymentDetails,
    PaymentMethod,
)

if TYPE_CHECKING:  # what draws the papers loads this file, and needs no database driver
    from storage.store import Store


class Source(StrEnum):
    """Where what settles an invoice came from."""

    PAYMENT = "payment"
    """Money handed over, with the invoice or later."""
    ADVANCE = "advance"
    """Money that was held already."""
    BEFORE = "before"
    """Paid in the books before these, which tell no more of it."""


@dataclass(frozen=True)
class Settlement:
    """A part of what is paid on an invoice: ``amount`` paise, more than 0.

    ``day`` is a day in the firm's zone. ``method`` is that of a payment, else None.
    """

    day: dt.date
    amount: int
    source: Source
    method: PaymentMethod | None = None
    reference: str | None = None


def settlements_of(store: "Store", invoice: Invoice) -> tuple[Settlement, ...]:
    """What stands on this invoice as it is shown here, oldest first: in sum its ``amount_paid``.

    What was undone, cancelled or given back is not there; what was put back is.
    """
    if not invoice.amount_paid:
        return ()
    posted = store.ledger.by_op(invoice.id)
    if posted is None:
        return ()
    # There may be later ones by now than the invoice shows.
    since = store.ledger.lines(
        invoice.customer_id, after_seq=posted.seq, upto_seq=invoice.applied_seq
    )
    return settled([posted, *since], invoice.id)


def from_advance(settlements: Iterable[Settlement]) -> int:
    """What of these was held already, in paise; the rest is money that was handed over."""
    return sum(one.amount for one in settlements if one.source is Source.ADVANCE)


def settled(entries: Iterable[LedgerLine], invoice_id: str) -> tuple[Settlement, ...]:
    """What stands on this invoice after these entries: its own, and its customer's since."""
    paid = _Paid(invoice_id)
    for entry in entries:
        paid.take_in(entry)
    return tuple(
        Settlement(money.day, paid.on_it[money], money.source, money.method, money.reference)
        for money in sorted(paid.on_it, key=_age)
        if paid.on_it[money]
    )


@dataclass(frozen=True)
class _Money:
    """What one entry brought from one source. Undoing ``undo_of`` is what gives it back."""

    day: dt.date
    seq: int
    source: Source
    undo_of: str | None = None
    method: PaymentMethod | None = None
    reference: str | None = None


class _Paid:
    """The money on one invoice.

    A reversal says how much came off, and not of which money. That follows from the order in which
    it takes (``Account.reverse``), and it is kept for what may put it back.
    """

    def __init__(self, invoice_id: str) -> None:
        self.invoice_id = invoice_id
        self.on_it: Counter[_Money] = Counter()
        self._taken: defaultdict[str | None, Counter[_Money]] = defaultdict(Counter)
        self._undone: set[str | None] = set()
        self._seqs: dict[str | None, int] = {}

    def take_in(self, entry: LedgerLine) -> None:
        self._seqs[entry.op] = entry.seq
        moved = _to(self.invoice_id, entry.allocations)
        match entry.kind:
            case EntryKind.CANCEL | EntryKind.UNDO:
                self._undone.add(entry.payment_id)
                self._take_off(entry, -moved)
            case EntryKind.RESTORE:
                self._undone.discard(entry.payment_id)
                self._put_back(entry, moved)
            case _:
                self.on_it.update(dict(_brought(entry, self.invoice_id)))

    def _take_off(self, entry: LedgerLine, amount: int) -> None:
        for money in self._in_turn(entry.payment_id):
            part = min(amount, self.on_it[money])
            self.on_it[money] -= part
            self._taken[entry.op][money] = part
            amount -= part

    def _in_turn(self, payment_id: str | None) -> list[_Money]:
        """That of the payment itself, then what an advance paid since, then what was paid last."""
        since = self._seqs.get(payment_id, 0)

        def turn(money: _Money) -> tuple[int, int]:
            if money.undo_of == payment_id:
                return 0, money.seq
            if money.source is Source.ADVANCE and money.seq > since:
                return 1, money.seq
            return 2, -money.seq

        return sorted(self.on_it, key=turn)

    def _put_back(self, entry: LedgerLine, amount: int) -> None:
        """The oldest first. For what was undone meanwhile there is only the advance held now."""
        taken = self._taken[entry.restores]
        for money in sorted(taken, key=_age):
            if money.undo_of is None or money.undo_of not in self._undone:
                part = min(amount, taken[money])
                self.on_it[money] += part
                amount -= part
        self.on_it[_Money(entry.day, entry.seq, Source.ADVANCE)] += amount


def _age(money: _Money) -> tuple[dt.date, int]:
    return money.day, money.seq


def _brought(entry: LedgerLine, invoice_id: str) -> Iterator[tuple[_Money, int]]:
    """What an entry put to this invoice, of money that came with it and of the advance."""
    yield _own(entry), _to(invoice_id, entry.own_money)
    if entry.op == invoice_id:
        yield _Money(entry.day, entry.seq, Source.ADVANCE), entry.from_advance


def _to(invoice_id: str, parts: Iterable[Allocation]) -> int:
    return sum(part.amount for part in parts if part.invoice_id == invoice_id)


def _own(entry: LedgerLine) -> _Money:
    match entry.kind:
        case EntryKind.OPENING:
            return _Money(entry.day, entry.seq, Source.BEFORE)
        case EntryKind.APPLY:
            return _Money(entry.day, entry.seq, Source.ADVANCE, undo_of=entry.op)
    details = entry.payment or PaymentDetails()
    return _Money(
        entry.day, entry.seq, Source.PAYMENT, entry.op, details.method, details.reference
    )
