"""The sheets of an export: which columns they have, and what stands in them.

Every row has the customer that it is of. Names and titles are English msgids.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.export.books import CustomerBooks, Issued, Line, Received
from bot.export.cells import Kind
from bot.export.workbook import Column
from bot.i18n import N_, _
from bot.methods import method_word
from bot.text import fold_name
from storage.models import Customer, EntryKind, InvoiceItem, LedgerEntry, Status

TEXT, MONEY, QUANTITY = Kind.TEXT, Kind.MONEY, Kind.QUANTITY
COUNT, DAY, MOMENT = Kind.COUNT, Kind.DAY, Kind.MOMENT

KINDS = {
    EntryKind.INVOICE: N_("Invoice"),
    EntryKind.PAYMENT: N_("Payment"),
    EntryKind.APPLY: N_("Advance used"),
    EntryKind.CANCEL: N_("Invoice cancelled"),
    EntryKind.UNDO: N_("Undone"),
    EntryKind.RESTORE: N_("Put back"),
    EntryKind.OPENING: N_("Brought forward"),
}
STATUSES = {
    Status.UNPAID: N_("Unpaid"),
    Status.PARTIAL: N_("Partly paid"),
    Status.PAID: N_("Paid"),
    Status.CANCELLED: N_("Cancelled"),
}

BALANCE_OPENS, BALANCE_CLOSES = N_("Opening balance"), N_("Closing balance")
TOTAL, AMOUNT = N_("Total"), N_("Amount")
GOODS, MONEY_IN = N_("Goods"), N_("Money")


@dataclass(frozen=True)
class Table:
    """``rows`` are what it has of one customer's books; ``key`` is the order of them all.

    ``cells`` are its columns, and what each holds of a row.
    """

    name: str
    rows: Callable[[CustomerBooks], Iterable[Any]]
    key: Callable[[Any], tuple[Any, ...]]
    cells: tuple[tuple[Column, Callable[[Any], Any]], ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for column, _of in self.cells)

    def values(self, row: Any) -> tuple[Any, ...]:
        return tuple(of(row) for _column, of in self.cells)


@dataclass(frozen=True)
class Sold:
    """An item of an invoice, and its place there, from 1."""

    issued: Issued
    place: int
    item: InvoiceItem

    @property
    def customer(self) -> Customer:
        return self.issued.customer


def _sold(books: CustomerBooks) -> Iterable[Sold]:
    for issued in books.invoices():
        for place, item in enumerate(issued.invoice.items, 1):
            yield Sold(issued, place, item)


def _name(row: Any) -> str:
    return str(row.customer.name)


def _by_name(row: Any) -> tuple[str, str]:
    return fold_name(row.customer.name), row.customer.id


def _one_line(lines: str | None) -> str | None:
    return lines and ", ".join(lines.splitlines())


def _who(entry: LedgerEntry | None) -> str | None:
    """Who posted it. What came with old books names the partner who once made the invoice."""
    if entry is None:
        return None
    return _("Import") if entry.kind is EntryKind.OPENING else entry.actor_name


def _at(entry: LedgerEntry | None) -> Any:
    return entry and entry.at


def _issued_key(issued: Issued) -> tuple[Any, ...]:
    return issued.entry.day, issued.entry.number_key or 0, issued.entry.seq, issued.entry.op


def _line_invoice(line: Line) -> str | None:
    return line.about.invoice.invoice_number if line.about.invoice else None


CUSTOMERS = Table(
    name=N_("Customers"),
    rows=lambda books: (books,),
    key=_by_name,
    cells=(
        (Column(N_("Name"), TEXT, 28), _name),
        (Column(N_("Phone"), TEXT), lambda row: row.customer.phone),
        (Column(N_("Email"), TEXT, 24), lambda row: row.customer.email),
        (Column(N_("Address"), TEXT, 30), lambda row: _one_line(row.customer.address)),
        (Column(N_("Kind of business"), TEXT), lambda row: row.customer.business_type),
        (Column(BALANCE_OPENS, MONEY), lambda books: books.opening),
        (Column(GOODS, MONEY), lambda books: books.goods),
        (Column(MONEY_IN, MONEY), lambda books: books.paid),
        (Column(BALANCE_CLOSES, MONEY), lambda books: books.closing),
        (Column(N_("Left to pay now"), MONEY), lambda books: books.outstanding),
        (Column(N_("Advance held now"), MONEY), lambda books: books.advance),
        (Column(N_("Balance now"), MONEY), lambda books: books.net),
        (Column(N_("Added at"), MOMENT), lambda row: row.customer.created_at),
        (Column(N_("Customer id"), TEXT, 26), lambda row: row.customer.id),
    ),
)

INVOICES = Table(
    name=N_("Invoices"),
    rows=CustomerBooks.invoices,
    key=_issued_key,
    cells=(
        (Column(N_("Number"), TEXT), lambda row: row.invoice.invoice_number),
        (Column(N_("Date"), DAY), lambda row: row.entry.day),
        (Column(N_("Due date"), DAY), lambda row: row.invoice.due_date),
        (Column(N_("Customer"), TEXT, 28), _name),
        (Column(N_("Kind"), TEXT), lambda row: _(KINDS[row.entry.kind])),
        (Column(TOTAL, MONEY), lambda row: row.invoice.total_amount),
        (Column(N_("Paid by now"), MONEY), lambda row: row.paid),
        (Column(N_("Left to pay now"), MONEY), lambda row: row.left),
        (Column(N_("Status now"), TEXT, 12), lambda row: _(STATUSES[row.status])),
        (Column(N_("Made at"), MOMENT), lambda row: row.invoice.created_at),
        (Column(N_("Made by"), TEXT), lambda row: row.invoice.created_by_name),
        (Column(N_("Cancelled at"), MOMENT), lambda row: _at(row.cancelled)),
        (Column(N_("Cancelled by"), TEXT), lambda row: _who(row.cancelled)),
        (
            Column(N_("Reason"), TEXT, 24),
            lambda row: row.cancelled and row.cancelled.reason,
        ),
        (Column(N_("Invoice id"), TEXT, 26), lambda row: row.entry.op),
        (Column(N_("Customer id"), TEXT, 26), lambda row: row.customer.id),
    ),
)

ITEMS = Table(
    name=N_("Items"),
    rows=_sold,
    key=lambda row: (*_issued_key(row.issued), row.place),
    cells=(
        (Column(N_("Invoice"), TEXT), lambda row: row.issued.invoice.invoice_number),
        (Column(N_("Date"), DAY), lambda row: row.issued.entry.day),
        (Column(N_("Customer"), TEXT, 28), _name),
        (Column(N_("Line"), COUNT), lambda row: row.place),
        (Column(N_("Item"), TEXT, 28), lambda row: row.item.item_name),
        (Column(N_("Quantity"), QUANTITY), lambda row: row.item.quantity),
        (Column(N_("Unit"), TEXT, 8), lambda row: row.item.unit),
        (Column(N_("Price per unit"), MONEY), lambda row: row.item.price_per_unit),
        (Column(TOTAL, MONEY), lambda row: row.item.total_price),
        (
            Column(N_("Status now"), TEXT, 12),
            lambda row: _(STATUSES[row.issued.status]),
        ),
        (Column(N_("Invoice id"), TEXT, 26), lambda row: row.issued.entry.op),
    ),
)


def _received_key(received: Received) -> tuple[Any, ...]:
    return received.entry.day, received.entry.at, received.entry.op


PAYMENTS = Table(
    name=N_("Payments"),
    rows=CustomerBooks.payments,
    key=_received_key,
    cells=(
        (Column(N_("Date"), DAY), lambda row: row.entry.day),
        (Column(N_("Customer"), TEXT, 28), _name),
        (Column(AMOUNT, MONEY), lambda row: row.entry.paid),
        (Column(N_("Method"), TEXT, 10), lambda row: method_word(row.details.method)),
        (Column(N_("Reference"), TEXT), lambda row: row.details.reference),
        (Column(N_("Put to invoices"), TEXT, 30), lambda row: ", ".join(row.invoices)),
        (Column(N_("Kept as advance"), MONEY), lambda row: row.advance),
        (Column(N_("Posted at"), MOMENT), lambda row: row.entry.at),
        (Column(N_("Posted by"), TEXT), lambda row: row.entry.actor_name),
        (
            Column(N_("Status now"), TEXT, 12),
            lambda row: _("Undone") if row.undone else _("In the books"),
        ),
        (Column(N_("Undone at"), MOMENT), lambda row: _at(row.undone)),
        (Column(N_("Undone by"), TEXT), lambda row: _who(row.undone)),
        (Column(N_("Reason"), TEXT, 24), lambda row: row.undone and row.undone.reason),
        (Column(N_("Entry id"), TEXT, 26), lambda row: row.entry.op),
        (Column(N_("Customer id"), TEXT, 26), lambda row: row.customer.id),
    ),
)

LEDGER = Table(
    name=N_("Ledger"),
    rows=CustomerBooks.lines,
    key=lambda row: (*_by_name(row), row.entry.day, row.entry.seq),
    cells=(
        (Column(N_("Date"), DAY), lambda row: row.entry.day),
        (Column(N_("Customer"), TEXT, 28), _name),
        (Column(N_("Entry"), COUNT), lambda row: row.entry.seq),
        (Column(N_("Kind"), TEXT), lambda row: _(KINDS[row.entry.kind])),
        (Column(N_("Invoice"), TEXT), _line_invoice),
        (Column(N_("Balance before"), MONEY), lambda row: row.before),
        (Column(GOODS, MONEY), lambda row: row.entry.goods),
        (Column(MONEY_IN, MONEY), lambda row: row.entry.paid),
        (Column(N_("Balance after"), MONEY), lambda row: row.after),
        (
            Column(N_("Method"), TEXT, 10),
            lambda row: row.entry.payment and method_word(row.entry.payment.method),
        ),
        (
            Column(N_("Reference"), TEXT),
            lambda row: row.entry.payment and row.entry.payment.reference,
        ),
        (Column(N_("Reason"), TEXT, 24), lambda row: row.entry.reason),
        (Column(N_("Posted at"), MOMENT), lambda row: row.entry.at),
        (Column(N_("Posted by"), TEXT), lambda row: _who(row.entry)),
        (Column(N_("Taken back at"), MOMENT), lambda row: _at(row.taken_back)),
        (Column(N_("Taken back by"), TEXT), lambda row: _who(row.taken_back)),
        (Column(N_("Entry id"), TEXT, 26), lambda row: row.entry.op),
        (
            Column(N_("About entry"), TEXT, 26),
            lambda row: None if row.about is row.entry else row.about.op,
        ),
        (Column(N_("Customer id"), TEXT, 26), lambda row: row.customer.id),
    ),
)

TABLES = (CUSTOMERS, INVOICES, ITEMS, PAYMENTS, LEDGER)
