"""What the entries of one customer add up to, reckoned afresh from what each of them moves.

For the checks of the books alone: nothing here is shared with the decisions that they check, and
nothing that an entry carries forward is believed. Amounts are paise.
"""

from collections import Counter
from collections.abc import Iterable

from storage.ledger import NUMBERS_A_YEAR
from storage.models import EntryKind, Invoice, LedgerEntry, Status


class Sums:
    """Takes in one entry after the other, wrong ones too: to say what is wrong is for the checks.

    Attributes:
        entries: by operation.
        invoices: as their entries carry them, by id; cancelled ones too.
        cancelled: by invoice id, the entry in force that took it out of the books.
        undone: by operation, the entry in force that gave its money back.
        paid_on: what is on each invoice.
        open: what is left to pay, by invoice id, where something is.
        billed: the totals of the invoices in the books.
        received: the money that came, less what was given back.
        placed: how much of it is on invoices.
        invoice_seq: by invoice id, the ``seq`` of the last entry that says something of it.
        money_seq: by operation, the ``seq`` of the last entry that says something of its money.
    """

    def __init__(self, entries: Iterable[LedgerEntry] = ()) -> None:
        self.entries: dict[str, LedgerEntry] = {}
        self.invoices: dict[str, Invoice] = {}
        self.cancelled: dict[str, LedgerEntry] = {}
        self.undone: dict[str, LedgerEntry] = {}
        self.paid_on: Counter[str] = Counter()
        self.open: dict[str, int] = {}
        self.billed = 0
        self.received = 0
        self.placed = 0
        self.invoice_seq: dict[str, int] = {}
        self.money_seq: dict[str, int] = {}
        for entry in entries:
            self.take_in(entry)

    @property
    def outstanding(self) -> int:
        return sum(self.open.values())

    @property
    def advance(self) -> int:
        """The money that is on no invoice."""
        return self.received - self.placed

    @property
    def net(self) -> int:
        """What the customer owes; negative when the firm owes."""
        return self.billed - self.received

    def take_in(self, entry: LedgerEntry) -> None:
        self.entries[entry.op] = entry
        self.billed += self.billed_by(entry)
        self.received += entry.paid
        self.money_seq[entry.payment_id or entry.op] = entry.seq
        if entry.invoice:
            self.invoices[entry.op] = entry.invoice
        for reversed_, target in (
            (self.cancelled, entry.invoice_id),
            (self.undone, entry.payment_id),
        ):
            if target is not None and entry.kind is EntryKind.RESTORE:
                reversed_.pop(target, None)
            elif target is not None:
                reversed_[target] = entry
        for part in entry.allocations:
            self.paid_on[part.invoice_id] += part.amount
            self.placed += part.amount
        for id in about(entry):
            self.invoice_seq[id] = entry.seq
            self._reckon(id)

    def billed_by(self, entry: LedgerEntry) -> int:
        """What an entry adds to the invoices in the books: a whole invoice, or none."""
        if entry.invoice:
            return entry.invoice.total_amount
        target = self.invoices.get(entry.invoice_id or "")
        if target is None:
            return 0
        return target.total_amount if entry.kind is EntryKind.RESTORE else -target.total_amount

    def due_on(self, invoice_id: str) -> int:
        """What its total leaves to pay, in the books or out of them."""
        return self.invoices[invoice_id].total_amount - self.paid_on[invoice_id]

    def in_turn(self) -> list[str]:
        """The open invoices, those whose money is due longest first; of one day the lower number.

        The hundred thousandth number of a year has a digit more than the one before it. An old
        number, which has no key, stands among the others as it is written.
        """

        def turn(id: str) -> tuple[object, ...]:
            invoice, key = self.invoices[id], self.entries[id].number_key
            number = as_counted(key) if key is not None else invoice.invoice_number
            return invoice.due_date, len(number), number

        return sorted(self.open, key=turn)

    def _reckon(self, id: str) -> None:
        due = self.due_on(id) if id in self.invoices and id not in self.cancelled else 0
        if due:
            self.open[id] = due
        else:
            self.open.pop(id, None)


def as_counted(number_key: int) -> str:
    """The number of this key as ``26-27/00042``, however it is printed."""
    year, serial = divmod(number_key, NUMBERS_A_YEAR)
    return f"{year % 100:02}-{(year + 1) % 100:02}/{serial:05}"


def about(entry: LedgerEntry) -> set[str]:
    """The ids of the invoices that an entry says something of."""
    own = {entry.op} if entry.invoice else set()
    target = {entry.invoice_id} if entry.invoice_id else set()
    return own | target | {part.invoice_id for part in entry.allocations}


def standing(total: int, paid: int) -> dict[str, object]:
    """What an invoice in the books says of itself, when so much of its total is paid."""
    status = Status.PARTIAL if paid else Status.UNPAID
    return {
        "amount_paid": paid,
        "remaining_balance": total - paid,
        "status": Status.PAID if paid == total else status,
    }
