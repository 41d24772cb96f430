"""The entries that are the truth about money, and the payments that show some of them."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from storage.models.invoice import Invoice, Reversal
from storage.models.part import Document, Part
from storage.types import Instant, IsoDate, Paise, SignedPaise


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


class LedgerLine(Document):
    """A ledger entry without its invoice's items and where it led: as an account lists it.

    ``_id`` is the operation id (``op``). ``goods = amount + paid`` is what it adds to the invoices
    in the books, in paise: an invoice's total, negative where one is cancelled. The other side is
    ``paid``, the money received with it, negative when it is taken back. ``allocations`` say what
    it moved to which invoice.

    ``invoice_id`` is the invoice that a CANCEL takes out of the books or a RESTORE puts back;
    ``payment_id`` the operation whose money an UNDO gives back, likewise; an entry may do both.
    ``restores`` is the entry that a RESTORE takes back. ``date`` is the day in the firm's zone
    that the entry is of: the invoice's, the payment's, or that of the reversal.
    """

    seq: int = Field(ge=1)
    kind: EntryKind = Field(strict=False)
    date: IsoDate | None = None
    amount: SignedPaise
    paid: SignedPaise = 0
    allocations: list[Allocation]
    invoice_number: str | None = None
    payment: PaymentDetails | None = None
    invoice_id: str | None = None
    payment_id: str | None = None
    restores: str | None = None
    reason: str = ""
    actor_name: str = ""
    at: Instant

    @property
    def op(self) -> str:
        """The operation this entry came from."""
        return self.id

    @property
    def day(self) -> dt.date:
        """The day it is of."""
        return self.date or self.at.date()

    @property
    def goods(self) -> int:
        return self.amount + self.paid

    @property
    def from_advance(self) -> int:
        """What of ``allocations`` no money that came with it covers: an advance held before."""
        return max(0, sum(part.amount for part in self.allocations) - self.paid)

    @property
    def own_money(self) -> list[Allocation]:
        """What of ``paid`` went to which invoice: ``allocations`` less what its own invoice used.

        An invoice uses an advance for what money does not cover, so never for another invoice.
        """
        parts = (
            Allocation(invoice_id=part.invoice_id, amount=part.amount - self.from_advance)
            if part.invoice_id == self.id
            else part
            for part in self.allocations
        )
        return [part for part in parts if part.amount]


class LedgerEntry(LedgerLine):
    """Collection ``ledger``: append-only. Inserting one is the commit; all else is a view of it.

    All that one operation posts, the entry and the invoice or payment in it, carries this one id,
    so that posting twice is posting once.

    ``before`` and ``after`` are the customer's net balance in paise, Σ open − advance, so
    ``after = before + amount`` where ``amount`` is what this entry adds to it: an invoice of
    10 000 with 6 000 paid at once adds 4 000. ``open`` and ``advance`` are the state *after* the
    entry: ``paid − Σ allocations`` is what it added to the advance.

    ``number_key`` is ``financial year × 10⁷ + serial``: unique, and the one indexed field that the
    next number is found by.
    """

    customer_id: str
    before: SignedPaise
    after: SignedPaise
    open: list[OpenInvoice]
    advance: Paise
    invoice: Invoice | None = None
    number_key: int | None = None
    actor: str
    payload_hash: str

    @property
    def day(self) -> dt.date:
        """Entries of before ``date`` was kept are all of invoices."""
        return self.date or (self.invoice.invoice_date if self.invoice else self.at.date())


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
