"""All accounts as they are kept, one customer after the other: for whoever takes the books out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pymongo import ASCENDING

from storage.collection import WHOLE, Database

PAGE = 100
"""Entries in one reply, which holds 16 MB at most; likewise customers."""


@dataclass(frozen=True)
class KeptAccount:
    """A customer's document, and those of all their entries by ``seq``, read by nobody yet.

    Without ``open``, all that was open after an entry: nobody asks it of all of them, and with
    many open invoices it is nearly all there is. ``customer`` is None where the entries name one
    who is not there.
    """

    customer_id: str
    customer: dict[str, Any] | None
    entries: list[dict[str, Any]]


class Accounts:
    def __init__(self, database: Database) -> None:
        self._entries = database["ledger"]
        self._customers = database["customers"]

    def each(self) -> Iterator[KeptAccount]:
        """Every account, those without an entry last; one of them is in memory at a time.

        What is posted meanwhile is in it or not, and nothing that came before it is missing.
        """
        seen = set()
        for customer_id, entries in groupby(self._in_order(), key=_customer_id):
            seen.add(customer_id)
            customer = self._customers.find_one({"_id": customer_id})
            yield KeptAccount(customer_id, customer, list(entries))
        there = self._customers.find({}, {"_id": 1}, batch_size=WHOLE)
        idle = sorted(one["_id"] for one in there if one["_id"] not in seen)
        for at in range(0, len(idle), PAGE):
            page = {"_id": {"$in": idle[at : at + PAGE]}}
            for customer in self._customers.find(page, batch_size=WHOLE):
                yield KeptAccount(customer["_id"], customer, [])

    def _in_order(self) -> Iterator[dict[str, Any]]:
        """All entries by customer and ``seq``; each page is one reply, which cannot be cut off."""
        after = ""
        while True:
            pipeline: list[dict[str, Any]] = [
                {"$match": {"position": {"$gt": after}}},
                {"$sort": {"position": ASCENDING}},
                {"$limit": PAGE},
                {"$project": {"open": 0}},
            ]
            page = list(self._entries.aggregate(pipeline, batchSize=PAGE + 1))
            yield from page
            if len(page) < PAGE:
                return
            after = page[-1]["position"]


def _customer_id(entry: dict[str, Any]) -> str:
    return str(entry["customer_id"])
