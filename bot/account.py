"""A customer's account: all of their entries folded, to know what can be taken back, and how.

What comes next is mostly decided from the last entry alone (``bot/ledger.py``). Only to take an
entry back it has to be known where its money went since. Pure; amounts are paise.
"""

from collections import defaultdict
from collections.abc import Sequence

from bot.ledger import Balance, Move, balance, in_order
from storage.models import Allocation, EntryKind, Invoice, LedgerEntry, OpenInvoice


class Account:
    """Read-only, from the entries of one customer in order.

    Attributes:
        entries: by operation, in order.
        balance: where the customer stands.
        invoices: as they were posted, by id; cancelled ones too.
        cancelled: by invoice id, the entry that took it out of the books and is in force.
        undone: by operation, the entry that gave its money back and is in force.
        paid_on: what is paid on each invoice by now.
    """

    def __init__(self, entries: Sequence[LedgerEntry]) -> None:
        self.entries = {entry.op: entry for entry in entries}
        self.balance = balance(entries[-1] if entries else None)
        self.invoices: dict[str, Invoice] = {}
        self.cancelled: dict[str, LedgerEntry] = {}
        self.undone: dict[str, LedgerEntry] = {}
        self.paid_on: dict[str, int] = defaultdict(int)
        for entry in entries:
            self._take_in(entry)

    def _take_in(self, entry: LedgerEntry) -> None:
        if entry.invoice:
            self.invoices[entry.invoice.id] = entry.invoice
        for part in entry.allocations:
            self.paid_on[part.invoice_id] += part.amount
        for taken_back, target in (
            (self.cancelled, entry.invoice_id),
            (self.undone, entry.payment_id),
        ):
            if target is not None and entry.kind is EntryKind.RESTORE:
                del taken_back[target]
            elif target is not None:
                taken_back[target] = entry

    def in_force(self, reversal: LedgerEntry) -> bool:
        """Whether what this entry took back is still taken back by it."""
        by = (
            self.cancelled.get(reversal.invoice_id or ""),
            self.undone.get(reversal.payment_id or ""),
        )
        return any(entry is not None and entry.op == reversal.op for entry in by)

    def reverse(self, *, invoice_id: str | None = None, payment_id: str | None = None) -> Move:
        """Take an invoice out of the books, or the money of an operation, or both.

        What was paid on the invoice becomes advance. Money that goes is taken off the invoices
        that it had paid, then out of the advance, then off those that an advance paid since, the
        first of them first: it may have been this money. What is then still short (a restore has
        put it elsewhere) is taken off the invoices that were paid last.

        Raises:
            InvalidAmount: a balance would pass the largest amount that is kept.
        """
        sheet = _Sheet(self)
        if invoice_id is not None:
            sheet.move(invoice_id, -sheet.paid_on(invoice_id))
            del sheet.due[invoice_id]
        if payment_id is None:
            return sheet.move_of(paid=0)
        origin = self.entries[payment_id]
        for part in origin.own_money:
            sheet.move(part.invoice_id, -min(part.amount, sheet.paid_on(part.invoice_id)))
        sheet.advance -= origin.paid
        for part in self._drawn_since(origin):
            sheet.make_up(part.invoice_id, at_most=part.amount)
        for last in self._paid_last():
            sheet.make_up(last, at_most=sheet.paid_on(last))
        return sheet.move_of(paid=-origin.paid)

    def restore(self, reversal: LedgerEntry) -> Move:
        """Take a reversal back: the invoice is owed again, the money is there again.

        Money goes back to where the reversal took it from, as far as that is still open and there
        is money; else it is advance.
        """
        sheet = _Sheet(self)
        if reversal.invoice_id is not None:
            sheet.due[reversal.invoice_id] = self.invoices[reversal.invoice_id].total_amount
        sheet.advance -= reversal.paid
        for part in reversal.allocations:
            due = sheet.due.get(part.invoice_id, 0)
            sheet.move(part.invoice_id, min(-part.amount, due, sheet.advance))
        return sheet.move_of(paid=-reversal.paid)

    def _drawn_since(self, origin: LedgerEntry) -> list[Allocation]:
        """What invoices and uses of an advance drew from it after this entry, in order."""
        drawn: list[Allocation] = []
        for entry in self.entries.values():
            if entry.seq <= origin.seq:
                continue
            if entry.kind is EntryKind.APPLY and entry.op not in self.undone:
                drawn += entry.allocations
            elif entry.invoice:
                used = entry.invoice.advance_used
                drawn.append(Allocation(invoice_id=entry.invoice.id, amount=used))
        return drawn

    def _paid_last(self) -> list[str]:
        """Every invoice on which something was paid, the one paid last first."""
        latest = dict.fromkeys(
            part.invoice_id
            for entry in reversed(self.entries.values())
            for part in entry.allocations
            if part.amount > 0
        )
        return list(latest)


class _Sheet:
    """To reckon on: what is due on each invoice in the books, and the advance."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.advance = account.balance.advance
        self.due = {
            id: invoice.total_amount - account.paid_on[id]
            for id, invoice in account.invoices.items()
            if id not in account.cancelled
        }
        self.moved: dict[str, int] = defaultdict(int)

    def paid_on(self, invoice_id: str) -> int:
        """What is paid on it here; nothing on one that is not in the books."""
        if invoice_id not in self.due:
            return 0
        return self.account.invoices[invoice_id].total_amount - self.due[invoice_id]

    def move(self, invoice_id: str, amount: int) -> None:
        """Put some of the advance to an invoice; negative takes it back off."""
        if amount:
            self.due[invoice_id] -= amount
            self.advance -= amount
            self.moved[invoice_id] += amount

    def make_up(self, invoice_id: str, *, at_most: int) -> None:
        """Take off an invoice what the advance is short of."""
        short = max(0, -self.advance)
        self.move(invoice_id, -min(short, at_most, self.paid_on(invoice_id)))

    def move_of(self, *, paid: int) -> Move:
        open_invoices = (
            OpenInvoice(
                invoice_id=id,
                number=self.account.invoices[id].invoice_number,
                due_date=self.account.invoices[id].due_date,
                due=due,
            )
            for id, due in self.due.items()
            if due
        )
        allocations = [Allocation(invoice_id=id, amount=to) for id, to in self.moved.items() if to]
        seq = self.account.balance.seq + 1
        return Move(paid, allocations, Balance(seq, in_order(open_invoices), self.advance))
