"""An old invoice as one of our models, as far as it adds up within itself. Pure; in paise."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import InvalidAmount, InvalidDate, InvalidInput, InvalidText
from bot.importing.fields import Fields, within
from bot.importing.ids import IMPORT, kept_id
from bot.invoices import MAX_ITEMS
from bot.money import format_plain, line_total
from bot.text import tidy
from bot.units import UNIT_LIMIT
from storage.models import Invoice, InvoiceItem, Status


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


def read_invoice(where: str, fields: Fields, today: dt.date) -> OldInvoice:
    """An old invoice that adds up within itself.

    Raises:
        InvalidInput: it does not; all that is wrong with it is said at once.
    """
    _check_all(
        lambda: fields.id("_id"),
        lambda: fields.id("customer_id"),
        lambda: _dates(fields, today),
        lambda: _total(fields, _items(fields)),
        lambda: _paid(fields, fields.amount("total_amount")),
    )
    old_id = fields.id("_id")
    invoice_date, due_date = _dates(fields, today)
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


def _dates(fields: Fields, today: dt.date) -> tuple[dt.date, dt.date]:
    invoice_date = fields.day("invoice_date")
    if invoice_date > today:
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
        unit=_unit(fields),
        price_per_unit=price,
        total_price=total,
    )


def _unit(fields: Fields) -> str:
    unit = (fields.optional_line("unit", "unit", UNIT_LIMIT) or "").casefold()
    # On paper it stands after the quantity: a figure in it would make that another one.
    if any(character.isnumeric() or character in "×*/" for character in unit):
        raise InvalidText(f"unit “{unit}” is not a word, e.g. bags")
    return unit


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
