"""Old books to bring in: the schema's own examples, with an amount and a phone made to fit."""

import json
import re
import uuid
from decimal import Decimal
from typing import Any

from bot.importing.command import import_books
from bot.importing.documents import Firm, understand
from bot.importing.ids import kept_id
from bot.importing.planning import Plan, make_plan
from bot.importing.reading import Reading, read_files
from bot.settings import EXAMPLES, load_settings

RAMESH = kept_id("customers", "unique_customer_id")
BILL = kept_id("invoices", "unique_invoice_id")
PARTNER = kept_id("users", "unique_user_id")


def customer(**changes: Any) -> dict[str, Any]:
    return {
        "_id": "unique_customer_id",
        "name": "Customer Name",
        "phone": "123-456-7890",
        "email": "customer@example.com",
        "address": "Customer Address",
        "business_type": "Retail",
        "total_outstanding_balance": 4000,
        "profile_image": "url_to_customer_image.jpg",
    } | changes


def item(**changes: Any) -> dict[str, Any]:
    return {
        "item_name": "Product A",
        "quantity": 10,
        "price_per_unit": 500,
        "total_price": 5000,
    } | changes


def invoice(**changes: Any) -> dict[str, Any]:
    return {
        "_id": "unique_invoice_id",
        "customer_id": "unique_customer_id",
        "created_by_user_id": "unique_user_id",
        "invoice_date": "2024-08-01",
        "due_date": "2024-08-15",
        "previous_balance": 2000,
        "total_amount": 10000,
        "amount_paid": 6000,
        "remaining_balance": 4000,
        "status": "Partial",
        "items": [item(), item(item_name="Product B")],
        "download_link": "invoice_url.pdf",
    } | changes


def bill(total: Any, paid: Any = 0, **changes: Any) -> dict[str, Any]:
    """An invoice over one thing, with all that follows from its total and what was paid."""
    left = total - paid
    sold = item(quantity=1, price_per_unit=total, total_price=total)
    return invoice(
        total_amount=total,
        amount_paid=paid,
        remaining_balance=left,
        status="Partial" if paid and left else "Unpaid" if left else "Paid",
        items=[sold],
        **changes,
    )


def user(**changes: Any) -> dict[str, Any]:
    return {
        "_id": "unique_user_id",
        "name": "Partner Name",
        "phone": "98765-43211",
        "role": "partner",
        "registration_date": "2024-08-01",
        "profile_image": "url_to_user_image.jpg",
    } | changes


def without(document: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in names}


def as_json(value: Any) -> str:
    """JSON with decimals as plain numbers, digit by digit."""
    mark = uuid.uuid4().hex
    text = json.dumps(value, default=lambda number: f"{mark}{number}")
    return re.sub(rf'"{mark}([^"]+)"', r"\1", text)


class Import:
    """An import into these books, of one file or several."""

    def __init__(self, store, clock, folder) -> None:
        self.store, self.clock, self.folder = store, clock, folder
        self.settings = load_settings(
            _env_file=None, telegram_bot_token=EXAMPLES["telegram_bot_token"]
        )

    def file(self, text: str | bytes, name: str = "old.json"):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, text: str | bytes, name: str = "old.json"):
        return read_files([self.file(text, name)])

    def plan(self, customers=(), invoices=(), users=()) -> Plan:
        """What bringing these in would do."""
        return self.plan_of(self._reading(customers, invoices, users))

    def plan_of(self, reading: Reading) -> Plan:
        firm = Firm("IN", self.clock.zone, self.clock.today())
        return make_plan(self.store, understand(reading, firm))

    def run(self, customers=(), invoices=(), users=(), *, dry_run=False) -> int:
        """Bring these in; the exit code."""
        reading = self._reading(customers, invoices, users)
        return import_books(self.store, self.clock, self.settings, reading, dry_run=dry_run)

    def _reading(self, customers, invoices, users):
        books = {"customers": customers, "invoices": invoices, "users": users}
        return self.read(as_json({name: list(listed) for name, listed in books.items()}))


def whole(store) -> dict[str, list[Any]]:
    """Every document of every collection."""
    database = store._database
    return {
        name: sorted(database[name].find(), key=lambda document: str(document["_id"]))
        for name in database.list_collection_names()
    }


def decimal(paise: int) -> Decimal:
    """Rupees, as the old books have them."""
    return Decimal(paise).scaleb(-2)
