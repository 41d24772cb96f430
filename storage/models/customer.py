"""Whom the firm sells to."""

from pydantic import Field

from storage.models.language import Language
from storage.models.part import Document
from storage.types import Instant, Paise


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
    language: Language | None = Field(default=None, strict=False)
    """What they are written to in; None: in the firm's."""
    total_outstanding_balance: Paise = 0
    profile_image: str | None = None
    name_key: str = ""
    image_id: str | None = None
    advance: Paise = 0
    applied_seq: int = 0
    created_by_user_id: str | None = None
    created_at: Instant | None = None
    muted_at: Instant | None = None
    """Since when no partner is reminded of what they owe; None: all are."""
    reminded_from: Instant | None = None
    """Since when they are reminded themselves; None: they never are."""
    used_at: Instant | None = None
    """When they were added, or an entry was last posted: the order of the recent ones."""
