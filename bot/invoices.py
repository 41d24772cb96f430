"""Making an invoice: what is asked for, what it would do to the balance, and posting it once."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bot.clock import Clock
from bot.entries import Asking, decide_invoice
from bot.errors import (
    InvalidAmount,
    InvalidDate,
    InvalidQuantity,
    InvalidText,
    NotThere,
)
from bot.i18n import _
from bot.ledger import check_cap, payload_hash, settle
from bot.money import line_total
from bot.numbering import DEFAULT_NUMBERING, Numbering, number_key
from bot.posting import balance_of, head_as_shown, post
from bot.quantity import MAX_QUANTITY
from storage.errors import OperationConflict
from storage.models import (
    Customer,
    EntryKind,
    Invoice,
    InvoiceItem,
    LedgerEntry,
    OpenInvoice,
    Status,
    User,
)
from storage.store import Store
from storage.types import quantity_text

MAX_ITEMS = 1000


@dataclass(frozen=True)
class NewItem:
    """One line as a partner gives it. ``price_per_unit`` is in paise, ``unit`` "" if unsaid."""

    name: str
    quantity: Decimal
    price_per_unit: int
    unit: str = ""

    @property
    def total(self) -> int:
        return line_total(self.quantity, self.price_per_unit)


@dataclass(frozen=True)
class NewInvoice:
    """What a partner asks for. ``op`` is minted once, when they begin, and is the invoice's id.

    ``paid`` (paise) is the money handed over with it. The dates are days in the firm's zone.
    """

    op: str
    customer_id: str
    items: tuple[NewItem, ...]
    paid: int
    invoice_date: dt.date
    due_date: dt.date

    @property
    def total(self) -> int:
        return sum(item.total for item in self.items)


@dataclass(frozen=True)
class Preview:
    """What posting would do, in paise, standing on the customer's ledger entry ``seq``.

    ``amount_paid`` is what goes to this invoice: of the money handed over, and ``advance_used``.
    ``after`` is the total due, negative when an advance is left; ``advance_after`` says which.
    """

    seq: int
    before: int
    total: int
    paid: int
    advance_used: int
    amount_paid: int
    remaining: int
    after: int
    advance_after: int


@dataclass(frozen=True)
class Posted:
    """The entry and its invoice as they were posted; ``repeated`` when by an earlier call."""

    entry: LedgerEntry
    invoice: Invoice
    repeated: bool


def preview(store: Store, order: NewInvoice) -> Preview:
    """What posting this would do to the balance; what it did, once it was posted. Writes nothing.

    Raises:
        InvalidInput: the order cannot be posted as it is.
    """
    _check(order)
    posted = store.ledger.by_op(order.op)
    if posted is not None and posted.invoice is not None:
        return _as_posted(posted, posted.invoice)
    before = balance_of(store, order.customer_id)
    owed = OpenInvoice(invoice_id=order.op, number="", due_date=order.due_date, due=order.total)
    settled = settle(before, owed, order.paid)
    return Preview(
        seq=before.seq,
        before=before.net,
        total=order.total,
        paid=order.paid,
        advance_used=settled.advance_used,
        amount_paid=settled.amount_paid,
        remaining=order.total - settled.amount_paid,
        after=settled.after.net,
        advance_after=settled.after.advance,
    )


def _as_posted(entry: LedgerEntry, invoice: Invoice) -> Preview:
    return Preview(
        seq=entry.seq - 1,
        before=entry.before,
        total=invoice.total_amount,
        paid=entry.paid,
        advance_used=invoice.advance_used,
        amount_paid=invoice.amount_paid,
        remaining=invoice.remaining_balance,
        after=entry.after,
        advance_after=entry.advance,
    )


def create_invoice(
    store: Store,
    clock: Clock,
    order: NewInvoice,
    *,
    by: User,
    link: Callable[[str], str],
    standing_on: int | None,
    numbering: Numbering = DEFAULT_NUMBERING,
) -> Posted:
    """Post an invoice exactly once, however often this is called with the same ``order.op``.

    Args:
        store: the books.
        clock: tells when.
        order: what is asked for.
        by: the partner who makes it.
        link: gives the ``download_link`` of an invoice id.
        standing_on: the ``seq`` of the entry that the preview stood on; None posts on any.
        numbering: how the firm numbers its invoices.

    Raises:
        InvalidInput: the order cannot be posted as it is.
        NotThere: there is no such customer.
        BalanceChanged: another entry was posted since; nothing was posted.
        NumbersUsedUp: no number of this year is left in this style.
        OperationConflict: this operation posted something else.
        StoreUnavailable: it is unknown whether it was posted; call again with the same order.
    """
    _check(order)
    asked = _hash(order)
    year = numbering.year_of(order.invoice_date)

    def decide() -> LedgerEntry:
        customer = store.customers.get(order.customer_id)
        if customer is None:
            raise NotThere(_("This customer is not in the books."))
        head = head_as_shown(store, order.customer_id, standing_on)
        serial = store.ledger.last_number(year) + 1
        asking = Asking(order.op, by, clock.now(), asked)
        number = numbering.number(year, serial)
        return decide_invoice(
            head,
            _draw_up(order, customer, asking, number=number, link=link(order.op)),
            paid=order.paid,
            number_key=number_key(year, serial),
            asking=asking,
        )

    entry, repeated = post(store, order.op, asked, decide)
    if entry.invoice is None:
        raise OperationConflict(order.op)
    return Posted(entry, entry.invoice, repeated)


def _draw_up(
    order: NewInvoice, customer: Customer, asking: Asking, *, number: str, link: str
) -> Invoice:
    """The invoice before anything is paid. It copies whom it names: paper does not change."""
    return Invoice(
        id=order.op,
        customer_id=customer.id,
        customer_name=customer.name,
        customer_phone=customer.phone,
        customer_address=customer.address,
        created_by_user_id=asking.by.id,
        created_by_name=asking.by.name,
        created_by_phone=asking.by.phone,
        created_at=asking.at,
        invoice_number=number,
        invoice_date=order.invoice_date,
        due_date=order.due_date,
        items=[
            InvoiceItem(
                item_name=item.name,
                quantity=item.quantity,
                unit=item.unit,
                price_per_unit=item.price_per_unit,
                total_price=item.total,
            )
            for item in order.items
        ],
        previous_balance=0,
        total_amount=order.total,
        amount_paid=0,
        remaining_balance=order.total,
        status=Status.UNPAID,
        download_link=link,
    )


def _hash(order: NewInvoice) -> str:
    return payload_hash(
        EntryKind.INVOICE,
        {
            "customer_id": order.customer_id,
            "items": [
                hashed_item(item.name, item.quantity, item.price_per_unit, item.unit)
                for item in order.items
            ],
            "paid": order.paid,
            "invoice_date": order.invoice_date.isoformat(),
            "due_date": order.due_date.isoformat(),
        },
    )


def hashed_item(name: str, quantity: Decimal, price: int, unit: str) -> list[str | int]:
    """How an item stands in a payload hash. Without a unit it is as before there were any.

    So whoever posts again what an earlier version may have posted is not told of a conflict.
    """
    item: list[str | int] = [name, quantity_text(quantity), price]
    return [*item, unit] if unit else item


def _check(order: NewInvoice) -> None:
    if not order.items:
        raise InvalidText(_("An invoice needs at least one item, e.g. wheat 52 2425."))
    if len(order.items) > MAX_ITEMS:
        raise InvalidText(
            _("An invoice holds at most {most} items. Put the rest on a second invoice.").format(
                most=MAX_ITEMS
            )
        )
    for item in order.items:
        _check_item(item)
    if order.paid < 0:
        raise InvalidAmount(_("What was paid is 0 or more, e.g. 50000."))
    check_cap(order.total)
    if order.due_date < order.invoice_date:
        raise InvalidDate(
            _("The due date cannot be before the invoice date. Type a later day, e.g. +15.")
        )


def _check_item(item: NewItem) -> None:
    if not item.name.strip():
        raise InvalidText(_("Each item needs a name, e.g. wheat."))
    quantity = item.quantity
    fits = quantity.is_finite() and 0 < quantity <= MAX_QUANTITY
    if not fits or quantity != round(quantity, 3):
        raise InvalidQuantity(
            _("A quantity is more than 0, with at most three decimals, e.g. 52.5.")
        )
    if item.price_per_unit < 0:
        raise InvalidAmount(_("A price is 0 or more, e.g. 2425."))
    check_cap(item.price_per_unit)
