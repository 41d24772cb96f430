"""Collection ``ledger``: append-only, and the only truth about money. One insert is the commit.

There are no transactions here. Two writers that decide from the same head build an entry with the
same ``position``, two that take the same invoice number one with the same ``number_key``. A unique
index lets one of them in; the other reads and decides again. See docs/decisions/0001.

``position`` is ``customer_id:seq`` in one text that sorts, made for the embedded store, whose
indexes over two fields do not speed up finds.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from pymongo import ASCENDING, DESCENDING, WriteConcern
from pymongo.errors import DuplicateKeyError

from storage.collection import HAS_TEXT, WHOLE, Database, count
from storage.errors import Outpaced
from storage.models import LedgerEntry, LedgerLine

PAGE = 100
"""Entries in one reply, which holds 16 MB at most: 160 kB for each. With 1 000 invoices open, one
has 110 kB."""

LINES = 1_000
"""Lines in one reply, likewise: 16 kB for each. One that paid 100 invoices has 7 kB."""

LINE = {field: 1 for field in LedgerLine.model_fields if field != "id"}

NUMBERS_A_YEAR = 10_000_000
"""``number_key = financial year × 10⁷ + serial``."""


class Ledger:
    def __init__(self, database: Database) -> None:
        self._entries = database.get_collection(
            "ledger", write_concern=WriteConcern("majority", j=True)
        )
        self._customers = database["customers"]
        self._last_numbers: dict[int, int] = {}

    def prepare(self) -> None:
        """Make the indexes: they are what makes an insert a commit.

        ``_id`` is the operation id, which makes that unique too. (By ``at`` it is only read.)
        """
        self._entries.create_index("position", unique=True)
        self._entries.create_index("at")
        for field, kind in (("number_key", {"$type": "number"}), ("invoice_number", HAS_TEXT)):
            self._entries.create_index(field, unique=True, partialFilterExpression={field: kind})

    def by_op(self, op: str) -> LedgerEntry | None:
        """What this operation posted, if it did."""
        found = self._entries.find_one({"_id": op})
        return None if found is None else LedgerEntry.read(found)

    def numbered(self, number_key: int) -> LedgerEntry | None:
        """The invoice with this number, however it is written."""
        found = self._entries.find_one({"number_key": number_key})
        return None if found is None else LedgerEntry.read(found)

    def head(self, customer_id: str) -> LedgerEntry | None:
        """The customer's last entry, which says where they stand; None before the first."""
        found = self._entries.find_one(
            {"position": _positions(customer_id)}, sort=[("position", DESCENDING)]
        )
        return None if found is None else LedgerEntry.read(found)

    def entries(self, customer_id: str, after_seq: int = 0) -> list[LedgerEntry]:
        """The customer's entries with a higher ``seq`` than this, in order."""
        return [LedgerEntry.read(entry) for entry in self._in_order(customer_id, after_seq)]

    def history(self, customer_id: str) -> list[LedgerEntry]:
        """All of the customer's entries, in order; what is ``open`` the last alone says.

        Every entry carries all that was open after it: with many open invoices that is nearly all
        there is to read, and of the earlier ones (whose ``open`` is empty here) nobody asks it.
        """
        last = self.head(customer_id)
        if last is None:
            return []
        found = self._projected(customer_id, {"open": 0}, PAGE)
        # By now there may be later ones than the last.
        earlier = (entry for entry in found if entry["seq"] < last.seq)
        return [*(LedgerEntry.read({**entry, "open": []}) for entry in earlier), last]

    def lines(
        self, customer_id: str, *, after_seq: int = 0, upto_seq: int | None = None
    ) -> list[LedgerLine]:
        """The customer's entries after one ``seq``, up to another, in order, as lines.

        By an aggregation, in which the embedded store reads those fields alone: a find costs it
        the whole of every entry, with its invoice's items, and so does a field within another.
        """
        lines = self._projected(customer_id, LINE, LINES, after_seq, upto_seq)
        return [LedgerLine.read(self._dated(line)) for line in lines]

    def since(self, moment: dt.datetime) -> list[LedgerLine]:
        """All customers' entries posted at this moment (UTC) or later, newest first, as lines.

        From the newest back: by its index the embedded store sorts moments, and finds none.
        """
        found: dict[str, LedgerLine] = {}
        for offset in itertools.count(0, PAGE):
            pipeline: list[dict[str, Any]] = [
                {"$sort": {"at": DESCENDING}},
                {"$skip": offset},
                {"$limit": PAGE},
                {"$project": LINE},
            ]
            page = self._entries.aggregate(pipeline, batchSize=PAGE + 1)
            lines = [LedgerLine.read(line) for line in page]
            # What is posted meanwhile moves others to the next page, where they come again.
            found |= {line.op: line for line in lines if line.at >= moment}
            if len(lines) < PAGE or lines[-1].at < moment:
                break
        return list(found.values())

    def count(self) -> int:
        return count(self._entries)

    def _dated(self, line: dict[str, Any]) -> dict[str, Any]:
        """The line with its day, which an entry of before ``date`` was kept has in its invoice."""
        if line.get("date") is not None:
            return line
        entry = self._entries.find_one({"_id": line["_id"]})
        return line if entry is None else {**line, "date": LedgerEntry.read(entry).day}

    def has_moved_since(self, op: str) -> bool:
        """Whether anything was posted for the customer after what this operation posted."""
        place: list[dict[str, Any]] = [
            {"$match": {"_id": op}},
            {"$project": {"customer_id": 1, "seq": 1}},
        ]
        posted = next(iter(self._entries.aggregate(place)), None)
        if posted is None:
            return False
        later = self._projected(posted["customer_id"], {"seq": 1}, 1, posted["seq"])
        return next(later, None) is not None

    def about(self, customer_id: str, invoice_id: str) -> list[LedgerEntry]:
        """What of :meth:`history` made, paid, cancelled or restored this invoice, in order."""
        return [
            entry
            for entry in self.history(customer_id)
            if invoice_id in (entry.op, entry.invoice_id)
            or any(part.invoice_id == invoice_id for part in entry.allocations)
        ]

    def last_number(self, financial_year: int) -> int:
        """The highest serial of an invoice number in this financial year; 0 when there is none.

        As far as this process knows: others may have taken more since. Whoever builds on that is
        outpaced as they append, and then it is read again. (Serials only grow: what is not taken
        after one that was is the next.)
        """
        known = self._last_numbers.get(financial_year)
        if known is None:
            known = self._last_numbers[financial_year] = self._read_last_number(financial_year)
        return known

    def _read_last_number(self, financial_year: int) -> int:
        first = financial_year * NUMBERS_A_YEAR
        found = self._entries.find_one(
            {"number_key": {"$gt": first, "$lt": first + NUMBERS_A_YEAR}},
            {"number_key": 1},
            sort=[("number_key", DESCENDING)],
        )
        return 0 if found is None else int(found["number_key"]) - first

    def append(self, entry: LedgerEntry) -> None:
        """Commit. Once this returns, the entry is on the disk of the majority.

        Raises:
            Outpaced: the operation, the place after the head or the invoice number is taken.
        """
        place = position(entry.customer_id, entry.seq)
        try:
            self._entries.insert_one({**entry.stored(), "position": place})
        except DuplicateKeyError as error:
            self._last_numbers.clear()
            raise Outpaced(f"{entry.op} at {place}") from error
        if entry.number_key is not None:
            financial_year, serial = divmod(entry.number_key, NUMBERS_A_YEAR)
            known = self._last_numbers.get(financial_year, 0)
            self._last_numbers[financial_year] = max(serial, known)

    def _in_order(self, customer_id: str, after_seq: int) -> Iterator[dict[str, Any]]:
        """The customer's documents after this ``seq``, a page at a time.

        Each page is one reply: the embedded store answers a cursor that it has lost as if it were
        at its end, and what is decided on half of the entries is wrong.
        """
        while True:
            query = {"position": _positions(customer_id, after_seq)}
            cursor = self._entries.find(query, sort=[("position", ASCENDING)])
            page = list(cursor.limit(PAGE).batch_size(PAGE + 1))
            yield from page
            if len(page) < PAGE:
                return
            after_seq = page[-1]["seq"]

    def _projected(
        self,
        customer_id: str,
        fields: dict[str, int],
        at_once: int,
        after_seq: int = 0,
        upto_seq: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """These fields of the customer's documents, likewise, so many in a page."""
        while upto_seq is None or after_seq < upto_seq:
            pipeline: list[dict[str, Any]] = [
                {"$match": {"position": _positions(customer_id, after_seq, upto_seq)}},
                {"$sort": {"position": ASCENDING}},
                {"$limit": at_once},
                {"$project": fields},
            ]
            page = list(self._entries.aggregate(pipeline, batchSize=at_once + 1))
            yield from page
            if len(page) < at_once:
                return
            after_seq = page[-1]["seq"]

    def customers_behind(self) -> list[str]:
        """The ids of the customers whose views do not show all of their entries yet.

        ``seq`` has no gaps, so as long as nothing is behind there are as many entries as the
        ``applied_seq`` of all customers add up to. (That sum is taken first: what is posted in
        between can then only make them differ.) Only if they do is the ledger read for who it is.
        """
        if self._applied() == count(self._entries):
            return []
        shown = {
            customer["_id"]: customer.get("applied_seq", 0)
            for customer in self._customers.find({}, {"applied_seq": 1}, batch_size=WHOLE)
        }
        heads = self._entries.aggregate(
            [{"$group": {"_id": "$customer_id", "seq": {"$max": "$seq"}}}], batchSize=WHOLE
        )
        return sorted(
            head["_id"] for head in heads if head["seq"] > shown.get(head["_id"], head["seq"])
        )

    def _applied(self) -> int:
        sums = self._customers.aggregate(
            [{"$group": {"_id": None, "entries": {"$sum": "$applied_seq"}}}]
        )
        return next((int(row["entries"]) for row in sums), 0)


def position(customer_id: str, seq: int) -> str:
    """Where an entry stands, in one text that sorts."""
    return f"{customer_id}:{seq:08}"


def _positions(
    customer_id: str, after_seq: int = 0, upto_seq: int | None = None
) -> dict[str, str]:
    # ";" is the character after ":", so this ends with the customer's last position.
    end = f"{customer_id};" if upto_seq is None else position(customer_id, upto_seq + 1)
    return {"$gt": position(customer_id, after_seq), "$lt": end}
