"""The documents, as pydantic models: the schema as asked for, and what this product adds to it.

Writing is strict (unknown fields are refused). :meth:`Part.read` is tolerant, so that a document
with fields of a later version, or in the schema's plain form, can be read.
"""

import datetime as dt
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from storage.types import Flag, Instant, IsoDate, Paise, Quantity, SignedPaise


class Part(BaseModel):
    """A piece of a document. Frozen: a change is a new value."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)

    def stored(self) -> dict[str, Any]:
        """The form that goes into MongoDB."""
        return self.model_dump(by_alias=True)

    @classmethod
    def read(cls, document: dict[str, Any]) -> Self:
        """Read what the store holds.

        Raises:
            pydantic.ValidationError: a field is missing or of the wrong kind.
        """
        return cls.model_validate(document, extra="ignore")


class Document(Part):
    """A document with an id of its own: ``str(ObjectId())``."""

    id: str = Field(alias="_id")


class Status(StrEnum):
    """Of an invoice. The first three are the schema's; the fourth is ours."""

    UNPAID = "Unpaid"
    PARTIAL = "Partial"
    PAID = "Paid"
    CANCELLED = "Cancelled"


class Customer(Document):
    """Collection ``customers``. ``name_key`` is the name folded for search and duplicates.

    ``total_outstanding_balance`` (paise) is Σ ``remaining_balance`` of the customer's invoices and
    ``advance`` (paise) is what was paid beyond them. Both are views of the ledger's entry number
    ``applied_seq``; 0 means that nothing was posted yet.
    """

    name: str
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    business_type: str | None = None
    total_outstanding_balance: Paise = 0
    profile_image: str | None = None
    name_key: str = ""
    image_id: str | None = None
    advance: Paise = 0
    applied_seq: int = 0
    created_by_user_id: str | None = None
    created_at: Instant | None = None
    used_at: Instant | None = None
    """When they were added, or an entry was last posted: the order of the recent ones."""


class InvoiceItem(Part):
    """One line. ``total_price = quantity × price_per_unit``, rounded half up to a paisa, once."""

    item_name: str
    quantity: Quantity
    price_per_unit: Paise
    total_price: Paise


class Reversal(Part):
    """Who took something back, when and why. ``op`` is the entry that did."""

    op: str
    actor: str
    actor_name: str
    at: Instant
    reason: str


class Invoice(Document):
    """Collection ``invoices``: a view of the ledger entry that carries the whole document.

    ``remaining_balance = total_amount - amount_paid``: this invoice's own unpaid part.
    ``previous_balance`` is the customer's balance before it: negative when an advance was held.
    ``customer_*`` are copies made at posting: the paper stays as it was when the customer changes.
    ``advance_used`` is the part of ``amount_paid`` that came out of the customer's advance rather
    than as money handed over. ``balance_after`` is the customer's balance once it was posted,
    negative when an advance was left. Both stay as they were at posting, so that on paper
    ``previous_balance + total_amount - money received with it = balance_after``.
    ``open_due_date`` is the due date while anything remains, else absent. (The store keeps it as a
    number too, ``open_due_day``, with the index that the reminders ask by.)

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

    @property
    def from_advance(self) -> int:
        """What of ``amount_paid`` is ``advance_used`` still, in paise; an undo takes it off."""
        return min(self.advance_used, self.amount_paid)


class User(Document):
    """Collection ``users``: a partner. The admin is not one of them."""

    name: str
    phone: str
    role: str = "partner"
    registration_date: IsoDate
    profile_image: str | None = None
    active: Flag = True
    telegram_user_id: int | None = None
    chat_id: int | None = None
    reachable: Flag = True
    """False once Telegram said that they blocked the bot; true again with their next message."""


class Allocation(Part):
    """How much (paise) one entry moved to one invoice; negative where it took it away again."""

    invoice_id: str
    amount: SignedPaise


class OpenInvoice(Part):
    """An invoice with something left to pay (``due``, paise), as carried in the ledger's head."""

    invoice_id: str
    number: str
    due_date: IsoDate
    due: Paise


class EntryKind(StrEnum):
    """What an entry of the ledger records."""

    INVOICE = "invoice"
    PAYMENT = "payment"
    APPLY = "apply"
    """An advance that was held, put to open invoices; no money came."""
    CANCEL = "cancel"
    UNDO = "undo"
    RESTORE = "restore"
    """A cancel or an undo was a slip: it is taken back."""
    OPENING = "opening"
    """An invoice of the books before these, as it stood when it was brought in."""


class PaymentMethod(StrEnum):
    CASH = "cash"
    BANK = "bank"
    UPI = "upi"
    CHEQUE = "cheque"
    OTHER = "other"


class PaymentDetails(Part):
    """How money came. ``invoice_id`` is the one invoice that it was for; None: the oldest due."""

    method: PaymentMethod = Field(default=PaymentMethod.CASH, strict=False)
    reference: str | None = None
    invoice_id: str | None = None


class LedgerEntry(Document):
    """Collection ``ledger``: append-only. Inserting one is the commit; all else is a view of it.

    ``_id`` is the operation id (``op``): all that one operation posts, the entry and the invoice
    or payment in it, carries this one id, so that posting twice is posting once.

    ``before`` and ``after`` are the customer's net balance in paise, Σ open − advance, so
    ``after = before + amount`` where ``amount`` is what this entry adds to it: an invoice of
    10 000 with 6 000 paid at once adds 4 000. ``paid`` is the money received with it, negative
    when it is taken back. ``open`` and ``advance`` are the state *after* the entry.
    ``allocations`` say what it moved to which invoice, so ``paid − Σ allocations`` is what it
    added to the advance.

    ``invoice_id`` is the invoice that a CANCEL takes out of the books or a RESTORE puts back;
    ``payment_id`` the operation whose money an UNDO gives back, likewise; an entry may do both.
    ``restores`` is the entry that a RESTORE takes back. ``date`` is the day in the firm's zone
    that the entry is of: the invoice's, the payment's, or that of the reversal.

    ``number_key`` is ``financial year × 10⁷ + serial``: unique, and the one indexed field that the
    next number is found by.
    """

    customer_id: str
    seq: int = Field(ge=1)
    kind: EntryKind = Field(strict=False)
    date: IsoDate | None = None
    amount: SignedPaise
    before: SignedPaise
    after: SignedPaise
    paid: SignedPaise = 0
    open: list[OpenInvoice]
    allocations: list[Allocation]
    advance: Paise
    invoice: Invoice | None = None
    invoice_number: str | None = None
    number_key: int | None = None
    payment: PaymentDetails | None = None
    invoice_id: str | None = None
    payment_id: str | None = None
    restores: str | None = None
    reason: str = ""
    actor: str
    actor_name: str = ""
    at: Instant
    payload_hash: str

    @property
    def op(self) -> str:
        """The operation this entry came from."""
        return self.id

    @property
    def day(self) -> dt.date:
        """The day it is of (entries of before ``date`` was kept are all of invoices)."""
        return self.date or (self.invoice.invoice_date if self.invoice else self.at.date())

    @property
    def own_money(self) -> list[Allocation]:
        """What of ``paid`` went to which invoice: ``allocations`` less the advance it used."""
        used = self.invoice.advance_used if self.invoice else 0
        parts = (
            Allocation(invoice_id=part.invoice_id, amount=part.amount - used)
            if part.invoice_id == self.id
            else part
            for part in self.allocations
        )
        return [part for part in parts if part.amount]


class LedgerLine(Document):
    """A ledger entry as an account lists it: without its invoice and where it led.

    ``goods = amount + paid`` is what it adds to the invoices in the books, in paise: an invoice's
    total, negative where one is cancelled. The other side is ``paid``, money received.
    """

    seq: int
    kind: EntryKind = Field(strict=False)
    date: IsoDate
    amount: SignedPaise
    paid: SignedPaise = 0
    invoice_number: str | None = None
    payment: PaymentDetails | None = None
    invoice_id: str | None = None
    payment_id: str | None = None
    reason: str = ""
    actor_name: str = ""
    at: Instant

    @property
    def goods(self) -> int:
        return self.amount + self.paid


class Payment(Document):
    """Collection ``payments``: a view of the money received with the entry whose op is ``_id``.

    ``allocations`` are as it was posted, in paise; what they leave of ``amount`` became advance.
    ``undone`` says by whom, when and why the money was taken out of the books again.
    """

    customer_id: str
    amount: Paise
    payment_date: IsoDate
    allocations: list[Allocation]
    method: PaymentMethod = Field(default=PaymentMethod.CASH, strict=False)
    reference: str | None = None
    created_by_user_id: str
    created_by_name: str = ""
    created_at: Instant
    seq: int
    applied_seq: int = 0
    undone: Reversal | None = None


class SignIn(Document):
    """Collection ``authentication``: one per Telegram user (``_id`` = the user id as text).

    First the code that was sent, then the session that it opened. ``otp`` and ``session_token``
    are HMAC-SHA256 hex digests, never the secrets themselves. ``phone`` is the number that the
    code went to; ``challenge`` names that one code, ``attempts`` are the guesses counted at it.
    """

    phone: str
    otp: str | None = None
    otp_expiration: Instant | None = None
    verified: Flag = False
    session_token: str | None = None
    session_expiration: Instant | None = None
    user_id: str = ""
    chat_id: int = 0
    challenge: str = ""
    attempts: int = Field(default=0, ge=0)
    last_seen: Instant | None = None
    """When the session was last used, to within a few minutes."""


class SignInLimit(Document):
    """Collection ``sign_in_limits``: what was tried of late, for one phone or one Telegram user.

    ``_id`` is ``phone:+919876543210`` or ``telegram:123456789``. ``sends`` and ``failures`` hold
    only the moments that still count, oldest first; ``locks`` how often in a row too many failures
    led to a lock. ``rev`` guards every write; 0 was never stored.
    """

    sends: list[Instant] = []
    failures: list[Instant] = []
    locks: int = Field(default=0, ge=0)
    locked_until: Instant | None = None
    rev: int = Field(ge=0)


class Draft(Document):
    """Collection ``drafts``: the one thing a person is in the middle of; ``_id`` is who.

    ``_id`` is the Telegram user id as text. ``op`` is the id of the work itself, minted when the
    draft opens; what is saved in the end carries it, so saving twice is saving once. ``rev``
    guards every write, and stands in the buttons of what was shown of it. ``trail`` are the steps
    behind, for Back. ``touched``: the person has put something in. ``saving``: they have pressed
    Save; whoever finds a draft so looks whether it was saved. ``changed_at``: other figures were
    shown then than the ones that were to be saved. ``seen`` are the latest updates
    taken, so that a repeated one does nothing. ``parent`` is the draft that waits for this one (an
    invoice that needs a new customer).
    """

    op: str
    flow: str
    step: str
    answers: dict[str, Any] = {}
    trail: list[str] = []
    editing: bool = False
    rev: int = 0
    touched: bool = False
    saving: bool = False
    changed_at: Instant | None = None
    seen: list[int] = []
    chat_id: int
    parent: dict[str, Any] | None = None
    updated_at: Instant
