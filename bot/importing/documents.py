"""Old documents as our models, as far as each adds up within itself. Pure; amounts are paise."""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.errors import InvalidAmount, InvalidDate, InvalidInput, InvalidText
from bot.importing.fields import Fields, within
from bot.importing.reading import OldDocument, Reading
from bot.invoices import MAX_ITEMS
from bot.money import format_plain, line_total
from bot.phones import parse_phone
from bot.text import fold_name, parse_email, shown, tidy
from storage.models import Customer, Invoice, InvoiceItem, Status, User

ADDRESS_LIMIT = 160

OBJECT_ID = re.compile(r"[0-9a-f]{24}")

IMPORT = "import"
"""Who made what none of the old users made: an id that no partner has."""

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
class OldInvoice:
    """``invoice`` is as before anything was ``paid``; ``number`` is the one that the paper had."""

    where: str
    old_id: str
    invoice: Invoice
    paid: int
    number: str | None

    @property
    def remaining(self) -> int:
        return self.invoice.total_amount - self.paid


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


def kept_id(collection: str, old_id: str) -> str:
    """The id under which an old document is kept: always the same, so that twice is once.

    Its own, in lower case, where that is the text of an ObjectId; else ``d`` and 23 digits of
    its digest. All decimal digits are no ObjectId here: the embedded store may take such text
    for a number.
    """
    own = old_id.lower()
    if OBJECT_ID.fullmatch(own) and not own.isdecimal():
        return own
    named = f"{collection}:{old_id}".encode("utf-8", "surrogatepass")
    return f"d{hashlib.sha256(named).hexdigest()[:23]}"


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
            books.invoices.append(_invoice(document.where, fields, firm))


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


def _invoice(where: str, fields: Fields, firm: Firm) -> OldInvoice:
    _check_all(
        lambda: fields.id("_id"),
        lambda: fields.id("customer_id"),
        lambda: _dates(fields, firm),
        lambda: _total(fields, _items(fields)),
        lambda: _paid(fields, fields.amount("total_amount")),
    )
    old_id = fields.id("_id")
    invoice_date, due_date = _dates(fields, firm)
    items = _items(fields)
    total = _total(fields, items)
    paid = _paid(fields, total)
    maker = fields.id("created_by_user_id") if fields.has("created_by_user_id") else None
    invoice = Invoice(
        id=kept_id("invoices", old_id),
        customer_id=kept_id("customers", fields.id("customer_id")),
        created_by_user_id=IMPORT if maker is None else kept_id("users", maker),
        invoice_date=invoice_date,
        due_date=due_date,
        previous_balance=0,
        total_amount=total,
        amount_paid=0,
        remaining_balance=total,
        status=Status.UNPAID,
        items=items,
        # Not ours to make: the bot's name is not known here. The old paper may still be there.
        download_link=fields.link("download_link") or "",
    )
    number = tidy(fields.id("invoice_number")) if fields.has("invoice_number") else None
    return OldInvoice(where, old_id, invoice, paid, number)


def _check_all(*reads: Callable[[], object]) -> None:
    """Say at once whatever is wrong with any of these, and each fault once."""
    faults = {}
    for read in reads:
        try:
            read()
        except InvalidInput as error:
            faults[str(error)] = error
    if faults:
        raise InvalidInput("; ".join(faults))


def _dates(fields: Fields, firm: Firm) -> tuple[dt.date, dt.date]:
    invoice_date = fields.day("invoice_date")
    if invoice_date > firm.today:
        raise InvalidDate(f"invoice_date is {invoice_date}, which is still to come")
    due_date = fields.day("due_date") if fields.has("due_date") else invoice_date
    if due_date < invoice_date:
        raise InvalidDate(f"due_date is {due_date}, before the invoice_date, {invoice_date}")
    return invoice_date, due_date


def _items(fields: Fields) -> list[InvoiceItem]:
    listed = fields.values.get("items")
    if not isinstance(listed, list) or not listed:
        raise InvalidText("items are missing: an invoice has at least one")
    if len(listed) > MAX_ITEMS:
        raise InvalidText(f"it has {len(listed)} items; at most {MAX_ITEMS} fit on an invoice")
    items = []
    for place, values in enumerate(listed, 1):
        with within(f"item {place}"):
            if not isinstance(values, dict):
                raise InvalidText("it is no document, with item_name, quantity and prices")
            items.append(_item(Fields(values, fields.zone)))
    return items


def _item(fields: Fields) -> InvoiceItem:
    quantity, price = fields.quantity("quantity"), fields.amount("price_per_unit")
    total, expected = fields.amount("total_price"), line_total(quantity, price)
    if total != expected:
        raise InvalidAmount(
            f"total_price is {format_plain(total)}, but quantity × price_per_unit is "
            f"{format_plain(expected)}"
        )
    return InvoiceItem(
        item_name=fields.line("item_name", "item's name"),
        quantity=quantity,
        price_per_unit=price,
        total_price=total,
    )


def _total(fields: Fields, items: list[InvoiceItem]) -> int:
    total, expected = fields.amount("total_amount"), sum(item.total_price for item in items)
    if total != expected:
        raise InvalidAmount(
            f"total_amount is {format_plain(total)}, but the items add up to "
            f"{format_plain(expected)}"
        )
    return total


def _paid(fields: Fields, total: int) -> int:
    """What was paid on it, once what remains and the status agree."""
    paid, remaining = fields.amount("amount_paid"), fields.amount("remaining_balance")
    if paid > total:
        raise InvalidAmount(
            f"amount_paid is {format_plain(paid)}, more than the total_amount, "
            f"{format_plain(total)}. Write the total, and record the rest as a payment in the bot "
            "afterwards"
        )
    own = total - paid
    if remaining != own:
        raise InvalidAmount(_not_what_remains(fields, remaining, own))
    expected = Status.PARTIAL if paid and own else Status.UNPAID if own else Status.PAID
    status = fields.line("status", "status")
    if status != expected:
        raise InvalidText(f"status is “{status}”, but by its amounts it is “{expected}”")
    return paid


def _not_what_remains(fields: Fields, remaining: int, own: int) -> str:
    previous = fields.balance("previous_balance") if fields.has("previous_balance") else 0
    if remaining == own + previous:
        return (
            f"remaining_balance is {format_plain(remaining)}: it includes the previous balance, "
            f"{format_plain(previous)}. What is left of this invoice alone is {format_plain(own)}"
        )
    return (
        f"remaining_balance is {format_plain(remaining)}, but total_amount − amount_paid is "
        f"{format_plain(own)}"
    )
