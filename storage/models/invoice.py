"""What was sold, and what became of it."""

from enum import StrEnum

from pydantic import Field

from storage.models.part import Document, Part
from storage.types import Instant, IsoDate, Paise, Quantity, SignedPaise


class Status(StrEnum):
    """Of an invoice. The first three are the schema's; the fourth is ours."""

    UNPAID = "Unpaid"
    PARTIAL = "Partial"
    PAID = "Paid"
    CANCELLED = "Cancelled"


class InvoiceItem(Part):
    """One line. ``total_price = quantity × price_per_unit``, rounded half up to a paisa, once.

    ``unit`` is what the quantity counts, in the partner's own word; empty where none was said.
    """

    item_name: str
    quantity: Quantity
    unit: str = Field(default="", exclude_if=lambda unit: not unit)
    price_per_unit: Paise
    total_price: Paise


class Reversal(Part):
    """Who took something back, when and why. ``op`` is the entry that did."""

    op: str
    actor: str
    actor_name: str
    at: Instant
    reason: str


class DueInvoice(Document):
    """An invoice as a reminder names it; ``remaining_balance`` is paise."""

    customer_id: str
    created_by_user_id: str
    invoice_number: str = ""
    customer_name: str = ""
    due_date: IsoDate
    remaining_balance: Paise
    created_at: Instant | None = None


class Invoice(Document):
    """Collection ``invoices``: a view of the ledger entry that carries the whole document.

    ``remaining_balance = total_amount - amount_paid``: this invoice's own unpaid part.
    ``previous_balance`` is the customer's balance before it: negative when an advance was held.
    ``customer_*`` are copies made at posting: the paper stays as it was when the customer changes.
    ``advance_used`` is the part of ``amount_paid`` that came out of the customer's advance rather
    than as money handed over. ``balance_after`` is the customer's balance once it was posted,
    negative when an advance was left. Both stay as they were at posting, so that on paper
    ``previous_balance + total_amount - money received with it = balance_after``.
    ``open_due_date`` is the due date while anything remains, else absent. (The store keeps it
    for itself in ``open_due_day`` and ``open_due_place`` too, which have the reminders' indexes.)

    Of a cancelled invoice ``cancelled`` says by whom, when and why. Nothing is paid or due on it:
    what had been paid is the customer's advance, or was given back.
    """

    customer_id: str
    created_by_user_id: str
    invoice_date: IsoDate
    due_date: IsoDate
    previous_balance: SignedPaise
    total_amount: Paise
    amount_paid: Paise
    remaining_balance: Paise
    status: Status = Field(strict=False)
    items: list[InvoiceItem]
    download_link: str
    invoice_number: str = ""
    customer_name: str = ""
    customer_phone: str | None = None
    customer_address: str | None = None
    created_by_name: str = ""
    created_by_phone: str | None = None
    created_at: Instant | None = None
    advance_used: Paise = 0
    balance_after: SignedPaise | None = None
    applied_seq: int = 0
    open_due_date: IsoDate | None = None
    cancelled: Reversal | None = None
