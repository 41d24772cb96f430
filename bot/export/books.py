"""One customer's books as an export shows them: what of them is in a period, and where they stood.

All of it is reckoned from the entries, so that the sheets agree, whatever is posted while they are
read. Pure; amounts are paise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.account import Account
from bot.export.period import Period
from storage.models import (
    Customer,
    EntryKind,
    Invoice,
    LedgerEntry,
    PaymentDetails,
    Status,
)


@dataclass(frozen=True)
class Line:
    """An entry, and the customer's balance before and after it, down the days.

    ``about`` is the entry that it is about: the one whose invoice or money it takes back or puts
    back; else itself. ``taken_back`` is the one that took this one back, and is in force.
    """

    customer: Customer
    entry: LedgerEntry
    before: int
    about: LedgerEntry
    taken_back: LedgerEntry | None

    @property
    def after(self) -> int:
        return self.before + self.entry.amount


@dataclass(frozen=True)
class Issued:
    """An invoice, and what has become of it by now. ``cancelled`` took it out of the books."""

    customer: Customer
    entry: LedgerEntry
    invoice: Invoice
    paid: int
    cancelled: LedgerEntry | None

    @property
    def left(self) -> int:
        """What is left to pay; nothing on a cancelled one."""
        return 0 if self.cancelled else self.invoice.total_amount - self.paid

    @property
    def status(self) -> Status:
        if self.cancelled:
            return Status.CANCELLED
        if not self.left:
            return Status.PAID
        return Status.PARTIAL if self.paid else Status.UNPAID


@dataclass(frozen=True)
class Received:
    """Money that came. ``invoices`` are the numbers of those it was put to as it was posted.

    ``advance`` is what that left over. ``undone`` gave it back, and is in force.
    """

    customer: Customer
    entry: LedgerEntry
    details: PaymentDetails
    invoices: tuple[str, ...]
    advance: int
    undone: LedgerEntry | None


class CustomerBooks:
    """``entries`` are all of the customer's, by ``seq``; what is ``open`` in them is not asked."""

    def __init__(self, customer: Customer, entries: Sequence[LedgerEntry], period: Period) -> None:
        self.customer = customer
        self._account = Account(entries)
        in_order = sorted(entries, key=lambda entry: (entry.day, entry.seq))
        self.opening = sum(entry.amount for entry in in_order if period.is_after(entry.day))
        self._entries = [entry for entry in in_order if entry.day in period]
        self.goods = sum(entry.goods for entry in self._entries)
        self.paid = sum(entry.paid for entry in self._entries)
        self._restored = {entry.restores: entry for entry in entries if entry.restores}

    @property
    def closing(self) -> int:
        """At the end of the period, negative where an advance was held."""
        return self.opening + self.goods - self.paid

    @property
    def net(self) -> int:
        """By now, likewise."""
        return sum(entry.amount for entry in self._account.entries.values())

    @property
    def outstanding(self) -> int:
        """What is left by now on all invoices."""
        return sum(issued.left for issued in self._issued(self._account.entries.values()))

    @property
    def advance(self) -> int:
        """What is held by now beyond them."""
        return self.outstanding - self.net

    def lines(self) -> Iterator[Line]:
        balance = self.opening
        for entry in self._entries:
            about = self._account.entries[entry.invoice_id or entry.payment_id or entry.op]
            yield Line(self.customer, entry, balance, about, self._taken_back(entry))
            balance += entry.amount

    def invoices(self) -> Iterator[Issued]:
        return self._issued(self._entries)

    def payments(self) -> Iterator[Received]:
        numbers = {id: one.invoice_number for id, one in self._account.invoices.items()}
        for entry in self._entries:
            if entry.paid > 0 and entry.kind in (EntryKind.INVOICE, EntryKind.PAYMENT):
                parts = entry.own_money
                yield Received(
                    self.customer,
                    entry,
                    entry.payment or PaymentDetails(),
                    tuple(numbers.get(part.invoice_id, part.invoice_id) for part in parts),
                    entry.paid - sum(part.amount for part in parts),
                    self._account.undone.get(entry.op),
                )

    def _issued(self, entries: Iterable[LedgerEntry]) -> Iterator[Issued]:
        for entry in entries:
            if entry.invoice:
                yield Issued(
                    self.customer,
                    entry,
                    entry.invoice,
                    self._account.paid_on[entry.op],
                    self._account.cancelled.get(entry.op),
                )

    def _taken_back(self, entry: LedgerEntry) -> LedgerEntry | None:
        for taken_back in (self._account.cancelled, self._account.undone, self._restored):
            if by := taken_back.get(entry.op):
                return by
        return None
