"""The firm as its papers name it."""

from enum import StrEnum

from pydantic import Field

from storage.models.event import AuditEvent
from storage.models.language import Language
from storage.models.part import Document
from storage.types import Phone


class NumberStyle(StrEnum):
    """How an invoice number shows the financial year; the value is the example of 2026-27."""

    DASHED = "26-27"
    JOINED = "2627"


class PaperForm(StrEnum):
    """What the firm's invoices and receipts are made for."""

    A4 = "A4"
    ROLL = "80mm"
    """The paper of a receipt printer: 80 mm wide, as long as it takes."""


class FirmProfile(Document):
    """Collection ``firm``: its one document, ``_id`` ``"firm"``; all of it may be left empty.

    ``phone`` is E.164, ``address`` may have several lines, ``logo_id`` is a picture of
    ``images``. ``number_prefix`` stands before every invoice number, ``first_month`` begins the
    financial year (1 to 12). ``due_days`` after its date an invoice falls due; None: it is asked.
    ``terms`` stand at the foot of every invoice. What falls due within ``remind_days`` is in the
    partners' morning message already. Customers who have no language of their own are written to
    in ``language``.
    """

    name: str | None = None
    address: str | None = None
    phone: Phone | None = None
    gstin: str | None = None
    upi_id: str | None = None
    logo_id: str | None = None
    number_prefix: str = ""
    number_style: NumberStyle = Field(default=NumberStyle.DASHED, strict=False)
    first_month: int = Field(default=4, ge=1, le=12)
    due_days: int | None = Field(default=None, ge=0, le=365)
    remind_days: int = Field(default=3, ge=0, le=30)
    language: Language = Field(default=Language.ENGLISH, strict=False)
    terms: str | None = None
    paper: PaperForm = Field(default=PaperForm.A4, strict=False)
    rev: int = Field(default=0, ge=0)
    """Guards every write; 0 was never stored."""
    last_change: AuditEvent | None = None
    """Written together with what it changed, so that it is known before the audit has it too."""
