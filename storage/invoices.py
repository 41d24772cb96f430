"""Collection ``invoices``: views of the ledger's entries. Nothing in it is decided here."""

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

from pymongo import ASCENDING

from storage.collection import WHOLE, Database, count, show_later
from storage.folding import fold_name
from storage.models import DueInvoice, Invoice, InvoiceItem

OPEN_EACH = 20
"""How many open invoices a customer may have before others are looked for no further."""

LATEST = 50
"""How many invoices back the items that people sell of late are looked for."""

SOLD_FOR = 60.0
"""Seconds."""

REMINDED = {field: 1 for field in DueInvoice.model_fields if field != "id"}

DUE_INDEX = ("open_due_place", "created_at", "remaining_balance")
"""What is due, in the order in which it is told, and what is left of it. That is added up from the
index alone: to parse 2 800 due invoices, of a hundred thousand, took the sweep half its time."""


@dataclass(frozen=True)
class DueDay:
    """What falls due on one day: how many invoices, and what is left on them, in paise."""

    day: dt.date
    count: int
    left: int


@dataclass(frozen=True)
class DueCustomer:
    """What one customer owes that is due: since when, on how many invoices, how much in paise."""

    customer_id: str
    oldest: dt.date
    count: int
    left: int


class Invoices:
    def __init__(self, database: Database) -> None:
        self._documents = database["invoices"]
        self._sold: tuple[float, list[InvoiceItem]] | None = None
        """What is sold of late, and until when that is not read again, by ``time.monotonic``. It
        is asked at each step of each invoice; an invoice that this process keeps ends it."""

    def prepare(self) -> None:
        """Make the indexes; and in books of an earlier version, what its invoices are found by."""
        for field in (
            "customer_id",
            "created_at",
            "invoice_number",
            "open_due_day",
        ):
            self._documents.create_index(field)
        self._documents.create_index([(field, ASCENDING) for field in DUE_INDEX])
        for name, index in self._documents.index_information().items():
            # An earlier version's: the embedded store would go on with it, as the narrower one.
            if index["key"] == [(DUE_INDEX[0], ASCENDING)]:
                self._documents.drop_index(name)
        placeless = {"open_due_day": {"$gt": 0}, "open_due_place": None}
        fields = {"created_by_user_id": 1, "open_due_day": 1}
        for document in self._documents.find(placeless, fields, batch_size=WHOLE):
            day = document["open_due_day"]
            place = _place(document["created_by_user_id"], day)
            self._documents.update_one(
                {"_id": document["_id"], "open_due_day": day}, {"$set": {"open_due_place": place}}
            )

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
            document |= due_fields(invoice.created_by_user_id, invoice.open_due_date)
        show_later(self._documents, document, new=new)
        self._sold = None

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

    def makers_of_open(self) -> list[str]:
        """The ids of the partners who made the invoices with something left to pay."""
        makers: list[str] = []
        beyond = ""
        # From each one's first place to the next one's: partners are few, their invoices many.
        while found := self._documents.find_one(
            {"open_due_place": {"$gt": beyond}},
            {"open_due_place": 1},
            sort=[("open_due_place", ASCENDING)],
        ):
            makers.append(found["open_due_place"].rpartition(":")[0])
            beyond = f"{makers[-1]};"  # the character after ":"
        return makers

    def due_days(self, maker: str, day: dt.date) -> list[DueDay]:
        """What was due by this day of the invoices that this partner made, summed up by day."""
        sums = {
            "_id": "$open_due_place",
            "count": {"$sum": 1},
            "left": {"$sum": "$remaining_balance"},
        }
        pipeline = [{"$match": _due_by(maker, day)}, {"$group": sums}]
        return [
            DueDay(_day(int(row["_id"].rpartition(":")[2])), int(row["count"]), int(row["left"]))
            for row in self._documents.aggregate(pipeline, batchSize=WHOLE)
        ]

    def oldest_due(self, maker: str, day: dt.date, limit: int) -> list[DueInvoice]:
        """Some of them, those that are due longest first, of one day as they were made."""
        # An aggregation, for which the embedded store reads no more than it gives.
        pipeline: list[dict[str, Any]] = [
            {"$match": _due_by(maker, day)},
            {"$sort": {"open_due_place": ASCENDING, "created_at": ASCENDING}},
            {"$limit": limit},
            {"$project": REMINDED},
        ]
        found = self._documents.aggregate(pipeline, batchSize=WHOLE)
        return [DueInvoice.read(document) for document in found]

    def due_many(self, ids: list[str]) -> list[DueInvoice]:
        """Those of these invoices on which anything is left to pay."""
        if not ids:
            return []  # for which the embedded store reads all
        found = self._documents.find({"_id": {"$in": ids}}, REMINDED, batch_size=WHOLE)
        return [DueInvoice.read(one) for one in found if one["remaining_balance"]]

    def open_of(self, customer_id: str) -> list[DueInvoice]:
        """The customer's invoices with something left to pay, those due longest first."""
        theirs = self._documents.aggregate(
            [
                {"$match": {"customer_id": customer_id}},
                {"$match": {"open_due_day": {"$gt": 0}}},
                {"$project": REMINDED},
            ],
            batchSize=WHOLE,
        )
        return sorted(map(DueInvoice.read, theirs), key=lambda one: (one.due_date, one.id))

    def due_customers(self, day: dt.date) -> list[DueCustomer]:
        """Who owes what was due by this day; whose is due longest comes first."""
        sums = {
            "_id": "$customer_id",
            "oldest": {"$min": "$open_due_day"},
            "count": {"$sum": 1},
            "left": {"$sum": "$remaining_balance"},
        }
        due = {"open_due_day": {"$gt": 0, "$lte": _day_number(day)}}
        found = self._documents.aggregate([{"$match": due}, {"$group": sums}], batchSize=WHOLE)
        customers = [
            DueCustomer(one["_id"], _day(int(one["oldest"])), int(one["count"]), int(one["left"]))
            for one in found
        ]
        return sorted(customers, key=lambda one: (one.oldest, -one.left, one.customer_id))

    def longest_due(self, limit: int) -> list[str]:
        """The ids of customers with an open invoice, those whose is due longest first."""
        # A few invoices each: whoever has more than that many does not push others out for long.
        oldest = self._documents.aggregate(
            [
                {"$match": {"open_due_day": {"$gt": 0}}},
                {"$sort": {"open_due_day": ASCENDING}},
                {"$limit": limit * OPEN_EACH},
                {"$project": {"customer_id": 1}},
            ],
            batchSize=WHOLE,
        )
        return list(dict.fromkeys(invoice["customer_id"] for invoice in oldest))[:limit]

    def recent_items(self, limit: int) -> list[InvoiceItem]:
        """The items sold of late, newest first: each name once by each unit, at its last price.

        What another process has sold is among them within ``SOLD_FOR``.
        """
        sold = self._sold
        if sold is None or sold[0] < time.monotonic():
            until = time.monotonic() + SOLD_FOR
            sold = self._sold = until, self._read_recent_items()
        return sold[1][:limit]

    def _read_recent_items(self) -> list[InvoiceItem]:
        latest = self._documents.find({}, {"items": 1}).sort("created_at", -1).limit(LATEST)
        items: dict[tuple[str, str], InvoiceItem] = {}
        for document in latest:
            for stored in document["items"]:
                item = InvoiceItem.read(stored)
                items.setdefault((fold_name(item.item_name), item.unit), item)
        return list(items.values())

    def _one(self, query: dict[str, Any]) -> Invoice | None:
        document = self._documents.find_one(query)
        return Invoice.read(document) if document else None

    def _newest(self, query: dict[str, Any], offset: int, limit: int) -> list[Invoice]:
        found = self._documents.find(query).sort("created_at", -1).skip(offset).limit(limit)
        return [Invoice.read(document) for document in found]


def due_fields(maker: str, due: dt.date) -> dict[str, Any]:
    """What the store keeps for itself of an invoice with something left to pay.

    Its due date as a number, and with the partner who made it as a text: both sort, and begin an
    index. (For dates as text the embedded store uses none, nor for a query of two fields.)
    """
    day = _day_number(due)
    return {"open_due_day": day, "open_due_place": _place(maker, day)}


def _due_by(maker: str, day: dt.date) -> dict[str, Any]:
    return {"open_due_place": {"$gt": f"{maker}:", "$lte": _place(maker, _day_number(day))}}


def _day_number(day: dt.date) -> int:
    """``20260815``."""
    return day.year * 10_000 + day.month * 100 + day.day


def _day(number: int) -> dt.date:
    return dt.date(number // 10_000, number // 100 % 100, number % 100)


def _place(maker: str, day: int) -> str:
    return f"{maker}:{day}"
