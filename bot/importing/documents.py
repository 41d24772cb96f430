"""Old documents as our models, as far as each adds up within itself. Pure; amounts are paise."""

import datetime as dt
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.errors import InvalidAmount, InvalidInput, InvalidText
from bot.importing.fields import Fields, within
from bot.importing.ids import IMPORT, kept_id
from bot.importing.invoices import OldInvoice, read_invoice
from bot.importing.reading import OldDocument, Reading
from bot.money import format_plain
from bot.phones import parse_phone
from bot.text import fold_name, parse_email, shown
from storage.models import Customer, User

ADDRESS_LIMIT = 160

KNOWN = {
    "customers": "_id name phone email address business_type total_outstanding_balance "
    "profile_image",
    "invoices": "_id customer_id created_by_user_id invoice_date due_date previous_balance "
    "total_amount amount_paid remaining_balance status items download_link invoice_number",
    "users": "_id name phone role registration_date profile_image",
}
"""The schema's fields, and a number that the paper may have had."""


@dataclass(frozen=True)
class Firm:
    """``region`` (ISO 3166) is that of phones without a country code, ``today`` the firm's day."""

    region: str
    zone: ZoneInfo
    today: dt.date


@dataclass(frozen=True)
class OldCustomer:
    """``owes`` is the old ``total_outstanding_balance``, to be held against the invoices."""

    where: str
    customer: Customer
    owes: int


@dataclass(frozen=True)
class OldUser:
    where: str
    user: User


@dataclass(frozen=True)
class OldBooks:
    """What adds up, and what does not: ``refused``, in words.

    Of refused documents is kept whom they are about, as far as that can be read:
    ``refused_customers`` by id, ``refused_invoices`` as where one is and the id of its customer.
    """

    customers: list[OldCustomer] = field(default_factory=list)
    users: list[OldUser] = field(default_factory=list)
    invoices: list[OldInvoice] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    refused_customers: set[str] = field(default_factory=set)
    refused_invoices: list[tuple[str, str]] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)

    @property
    def excused(self) -> set[str]:
        """Customers of refused documents: what then is missing of theirs is no further fault."""
        return self.refused_customers | {customer_id for _, customer_id in self.refused_invoices}


def understand(reading: Reading, firm: Firm) -> OldBooks:
    """Each document as one of our models, or a refusal."""
    books = OldBooks(refused=[*reading.refused], ignored=reading.ignored.copy())
    for document in reading.documents:
        fields = Fields(document.fields, firm.zone)
        try:
            _check_keys(document)
            _take_in(books, document, fields, firm)
        except InvalidInput as error:
            books.refused.append(f"{document.where}: {error}")
            _excuse(books, document, fields)
        unknown = document.fields.keys() - set(KNOWN[document.collection].split())
        books.ignored.update(f"“{shown(name)}” of {document.collection}" for name in unknown)
    return books


def _check_keys(document: OldDocument) -> None:
    if document.twice:
        keys = ", ".join(f"“{shown(key)}”" for key in document.twice)
        raise InvalidText(
            f"{keys} stands in it more than once in one object. Keep the one that is right"
        )


def _take_in(books: OldBooks, document: OldDocument, fields: Fields, firm: Firm) -> None:
    match document.collection:
        case "customers":
            books.customers.append(_customer(document.where, fields, firm))
        case "users":
            books.users.append(_user(document.where, fields, firm))
        case _:
            books.invoices.append(read_invoice(document.where, fields, firm.today))


def _excuse(books: OldBooks, document: OldDocument, fields: Fields) -> None:
    with suppress(InvalidInput):
        if document.collection == "customers":
            books.refused_customers.add(kept_id("customers", fields.id("_id")))
        elif document.collection == "invoices":
            customer_id = kept_id("customers", fields.id("customer_id"))
            books.refused_invoices.append((document.where, customer_id))


def _customer(where: str, fields: Fields, firm: Firm) -> OldCustomer:
    name = fields.line("name", "customer's name")
    owes = fields.balance("total_outstanding_balance")
    if owes < 0:
        raise InvalidAmount(
            f"total_outstanding_balance is {format_plain(owes)}: an advance cannot be brought in. "
            "Write 0, and record it as a payment in the bot afterwards"
        )
    customer = Customer(
        id=kept_id("customers", fields.id("_id")),
        name=name,
        name_key=fold_name(name),
        phone=_phone(fields, firm, mobile=False) if fields.has("phone") else None,
        email=_email(fields),
        address=fields.optional_line("address", "address", ADDRESS_LIMIT),
        business_type=fields.optional_line("business_type", "business type"),
        profile_image=fields.link("profile_image"),
        created_by_user_id=IMPORT,
    )
    return OldCustomer(where, customer, owes)


def _user(where: str, fields: Fields, firm: Firm) -> OldUser:
    role = fields.optional_line("role", "role")
    if role not in ("partner", None):
        raise InvalidText(
            f"role is “{role}”. Whoever is brought in may do all that a partner may: write "
            "“partner” if that is right, else take the document out"
        )
    user = User(
        id=kept_id("users", fields.id("_id")),
        name=fields.line("name", "partner's name"),
        phone=_phone(fields, firm, mobile=True),
        registration_date=fields.day("registration_date"),
        profile_image=fields.link("profile_image"),
    )
    return OldUser(where, user)


def _phone(fields: Fields, firm: Firm, *, mobile: bool) -> str:
    typed = fields.phone("phone")
    with within("phone"):
        return parse_phone(typed, firm.region, mobile=mobile)


def _email(fields: Fields) -> str | None:
    typed = fields.optional_line("email", "email", limit=300)
    with within("email"):
        return parse_email(typed) if typed else None
