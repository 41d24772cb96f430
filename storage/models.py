"""The documents, as pydantic models: the schema as asked for, and what this product adds to it.

Writing is strict (unknown fields are refused). :meth:`Part.read` is tolerant, so that a document
with fields of a later version, or in the schema's plain form, can be read.
"""

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
    """How much (paise) of one entry went to one invoice."""

    invoice_id: str
    amount: Paise


class OpenInvoice(Part):
    """An invoice with something left to pay (``due``, paise), as carried in the ledger's head."""

    invoice_id: str
    number: str
    due_date: IsoDate
    due: Paise


class EntryKind(StrEnum):
    INVOICE = "invoice"
    PAYMENT = "payment"
    CANCEL = "cancel"
    UNDO = "undo"
    OPENING = "opening"


class LedgerEntry(Document):
    """Collection ``ledger``: append-only. Inserting one is the commit; all else is a view of it.

    ``_id`` is the operation id (``op``): all that one operation posts, the entry and the invoice
    or payment in it, carries this one id, so that posting twice is posting once.

    ``before`` and ``after`` are the customer's net balance in paise, Σ open − advance, so
    ``after = before + amount`` where ``amount`` is what this entry adds to it: an invoice of
    10 000 with 6 000 paid at once adds 4 000. ``paid`` is the money received with it. ``open`` and
    ``advance`` are the state *after* the entry; ``allocations`` say which invoices the entry's
    money, and the advance it used, went to. ``number_key`` is ``financial year × 10⁷ + serial``:
    unique, and the one indexed field that the next number is found by.
    """

    customer_id: str
    seq: int = Field(ge=1)
    kind: EntryKind = Field(strict=False)
    amount: SignedPaise
    before: SignedPaise
    after: SignedPaise
    paid: Paise = 0
    open: list[OpenInvoice]
    allocations: list[Allocation]
    advance: Paise
    invoice: Invoice | None = None
    invoice_number: str | None = None
    number_key: int | None = None
    actor: str
    at: Instant
    payload_hash: str

    @property
    def op(self) -> str:
        """The operation this entry came from."""
        return self.id


class Payment(Document):
    """Collection ``payments``: a view of the money received with the entry whose op is ``_id``."""

    customer_id: str
    amount: Paise
    payment_date: IsoDate
    allocations: list[Allocation]
    method: str = "cash"
    reference: str | None = None
    created_by_user_id: str
    created_at: Instant
    seq: int


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
    Save; whoever finds a draft so looks whether it was saved. ``seen`` are the latest updates
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
    seen: list[int] = []
    chat_id: int
    parent: dict[str, Any] | None = None
    updated_at: Instant
