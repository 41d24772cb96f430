"""The documents, as pydantic models: the schema as asked for, and what this product adds to it.

Writing is strict (unknown fields are refused). :meth:`Part.read` is tolerant, so that a document
with fields of a later version, or in the schema's plain form, can be read.
"""

from storage.models.customer import Customer
from storage.models.customer_reminder import CustomerReminder, Reminding
from storage.models.draft import Draft
from storage.models.event import AuditEvent, EventKind
from storage.models.firm import FirmProfile, NumberStyle, PaperForm
from storage.models.follow_up import FollowUp
from storage.models.invoice import DueInvoice, Invoice, InvoiceItem, Reversal, Status
from storage.models.language import Language
from storage.models.ledger import (
    Allocation,
    EntryKind,
    LedgerEntry,
    LedgerLine,
    OpenInvoice,
    Payment,
    PaymentDetails,
    PaymentMethod,
)
from storage.models.link import InvoiceLink
from storage.models.part import Document, Part
from storage.models.shown_list import ShownList
from storage.models.user import SignIn, SignInLimit, User

__all__ = [
    "Allocation",
    "AuditEvent",
    "Customer",
    "CustomerReminder",
    "Document",
    "Draft",
    "DueInvoice",
    "EntryKind",
    "EventKind",
    "FirmProfile",
    "FollowUp",
    "Invoice",
    "InvoiceItem",
    "InvoiceLink",
    "Language",
    "LedgerEntry",
    "LedgerLine",
    "NumberStyle",
    "OpenInvoice",
    "PaperForm",
    "Part",
    "Payment",
    "PaymentDetails",
    "PaymentMethod",
    "Reminding",
    "Reversal",
    "ShownList",
    "SignIn",
    "SignInLimit",
    "Status",
    "User",
]
