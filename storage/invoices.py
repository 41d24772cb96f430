"""Collection ``invoices``: views of the ledger's entries. Nothing in it is decided here."""

import datetime as dt
from typing import Any

from storage.collection import WHOLE, Database, count, show_later
from storage.folding import fold_name
from storage.models import Invoice, InvoiceItem

OPEN_EACH = 20
"""How many open invoices a customer may have before others are looked for no further."""

LATEST = 50
"""How many invoices back the items that people sell of late are looked for."""


class Invoices:
    def __init__(self, database: Database) -> None:
        self._documents = database["invoices"]

    def prepare(self) -> None:
        for field in ("customer_id", "created_at", "invoice_number", "open_due_day"):
            self._documents.create_index(field)

    def get(self, id: str) -> Invoice | None:
        return self._one({"_id": id})

    def by_number(self, number: str) -> Invoice | None:
        return self._one({"invoice_number": number})

    def bring_up_to(self, invoice: Invoice, *, new: bool = False) -> None:
        """Show the invoice as it is after its ``applied_seq``, unless a later state is shown."""
        document = invoice.stored()
        if invoice.open_due_date is None:
            del document["open_due_date"]
        else:
            document["open_due_day"] = _day_number(invoice.open_due_date)
        show_later(self._documents, document, new=new)

    def of_customer(self, customer_id: str, offset: int, limit: int) -> list[Invoice]:
        """Some of the customer's invoices, newest first."""
        return self._newest({"customer_id": customer_id}, offset, limit)

    def count_of_customer(self, customer_id: str) -> int:
        return count(self._documents, {"customer_id": customer_id})

    def page(self, offset: int, limit: int) -> list[Invoice]:
        """Some of all invoices, newest first."""
        return self._newest({}, offset, limit)

    def count(self) -> int:
        return count(self._documents)

    def due_by(self, day: dt.date) -> list[Invoice]:
        """Every invoice with something left to pay that was due by this day, oldest due first."""
        due = {"open_due_day": {"$lte": _day_number(day)}}
        found = self._documents.find(due, batch_size=WHOLE).sort("open_due_day", 1)
        return [Invoice.read(document) for document in found]

    def longest_due(self, limit: int) -> list[str]:
        """The ids of customers with an open invoice, those whose is due longest first."""
        found = self._documents.find({"open_due_day": {"$gt": 0}}, {"customer_id": 1})
        # A few invoices each: whoever has more than that many does not push others out for long.
        oldest = found.sort("open_due_day", 1).limit(limit * OPEN_EACH)
        return list(dict.fromkeys(invoice["customer_id"] for invoice in oldest))[:limit]

    def recent_items(self, limit: int) -> list[InvoiceItem]:
        """The items sold of late, newest first: each name once by each unit, at its last price."""
        latest = self._documents.find({}, {"items": 1}).sort("created_at", -1).limit(LATEST)
        items: dict[tuple[str, str], InvoiceItem] = {}
        for document in latest:
            for stored in document["items"]:
                item = InvoiceItem.read(stored)
                items.setdefault((fold_name(item.item_name), item.unit), item)
        return list(items.values())[:limit]

    def _one(self, query: dict[str, Any]) -> Invoice | None:
        document = self._documents.find_one(query)
        return Invoice.read(document) if document else None

    def _newest(self, query: dict[str, Any], offset: int, limit: int) -> list[Invoice]:
        found = self._documents.find(query).sort("created_at", -1).skip(offset).limit(limit)
        return [Invoice.read(document) for document in found]


def _day_number(day: dt.date) -> int:
    """``20260815``: a number that sorts. The embedded store uses no index for dates as text."""
    return day.year * 10_000 + day.month * 100 + day.day
