"""All that is kept, one document after the other, for whoever takes it elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from pymongo import ASCENDING

from storage.collection import Database, count
from storage.contents import AFTER_THE_LEDGER, BEFORE_THE_LEDGER
from storage.errors import ChangedMeanwhile
from storage.ledger import NUMBERS_A_YEAR, position

PAGE = 25
"""Documents in one reply, which holds 16 MB at most: see ``storage.ledger.PAGE``. While the
embedded store makes one, others wait: with 100 three times as long, and all of it is no faster."""

PAGES = {"images": 2}
"""Of collections whose documents are larger."""

NOBODY_ELSES = {"customers": ("phone",), "users": ("phone", "telegram_user_id")}
"""What may pass from one to another while they are read, and is in no store twice."""

NOTHING_SHOWN = {"applied_seq": 0, "total_outstanding_balance": 0, "advance": 0}
"""What a customer shows before their first entry."""

Taken = tuple[str, dict[str, Any]]
"""A collection's name, and one of its documents."""


def paged(name: str, documents: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """A collection's documents, as many at a time as fit into a reply."""
    rest = iter(documents)
    while page := list(islice(rest, PAGES.get(name, PAGE))):
        yield page


class Reading:
    """By aggregations alone: the embedded store pages through a find without any index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def each(self, name: str) -> Iterator[dict[str, Any]]:
        """All documents of a collection, by ``_id``."""
        return self._in_order(name, "_id")

    def these(self, name: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Those of these documents that are there, by ``_id``; as many as fit into a reply."""
        pipeline = [{"$match": {"_id": {"$in": list(ids)}}}]
        found = self._database[name].aggregate(pipeline, batchSize=len(ids) + 1)
        return {document["_id"]: document for document in found}

    def snapshot(self) -> Iterator[Taken]:
        """What a backup holds, of one moment, while others go on posting.

        That moment is the ledger's: of each customer the entries up to one of them, and of the
        invoice numbers all up to the last. Whatever else shows the ledger was read before it, and
        so may lag behind it as any view may, and never runs ahead.

        Raises:
            ChangedMeanwhile: a phone passed from one to another; read it all again.
        """
        taken = set[tuple[str, str, object]]()
        for name, document in self._snapshot():
            for field in NOBODY_ELSES.get(name, ()):
                one = (name, field, document.get(field))
                if one in taken:
                    raise ChangedMeanwhile(f"{name}.{field}")
                if one[2] is not None:
                    taken.add(one)
            yield name, document

    def _snapshot(self) -> Iterator[Taken]:
        known = set()
        for name in BEFORE_THE_LEDGER:
            for document in self.each(name):
                if name == "customers":
                    known.add(document["_id"])
                yield name, document
        cut = _Cut()
        for entry in self._ledger(cut):
            yield "ledger", entry
        for customer in self._added_since(known, cut):
            yield "customers", customer
        for name in AFTER_THE_LEDGER:
            for document in self.each(name):
                yield name, document

    def _ledger(self, cut: "_Cut") -> Iterator[dict[str, Any]]:
        there, read = count(self._database["ledger"]), 0
        for entry in self._in_order("ledger", "position"):
            cut.take_in(entry)
            yield entry
            read += 1
        while missing := self._missing(cut):
            for entry in self._up_to(missing, cut):
                cut.take_in(entry)
                yield entry
        if read < there:
            # Broken ones, which have no place, are not for a backup to leave out.
            for entry in self.each("ledger"):
                if not isinstance(entry.get("position"), str):
                    yield entry

    def _added_since(self, known: set[str], cut: "_Cut") -> Iterator[dict[str, Any]]:
        """Customers of entries that were read, who may have been posted to after the moment."""
        for id in sorted(cut.heads.keys() - known):
            if (customer := self._database["customers"].find_one({"_id": id})) is not None:
                yield {**customer, **NOTHING_SHOWN}

    def _missing(self, cut: "_Cut") -> dict[str, str]:
        """Up to which position entries are missing, by customer, for the numbers to have no gap.

        Numbers are taken in order, so that each of these was there before one that was read.
        """
        if count(self._database["ledger"]) == sum(cut.heads.values()):
            return {}
        missing: dict[str, str] = {}
        fields = {"number_key": 1, "position": 1}
        for one in self._in_order("ledger", "number_key", after=0, fields=fields):
            if isinstance(one.get("position"), str) and cut.lacks(one):
                customer_id = one["position"].rpartition(":")[0]
                missing[customer_id] = max(one["position"], missing.get(customer_id, ""))
        return missing

    def _up_to(self, ends: dict[str, str], cut: "_Cut") -> Iterator[dict[str, Any]]:
        for customer_id, last in ends.items():
            after = position(customer_id, cut.heads[customer_id])
            yield from self._in_order("ledger", "position", after=after, upto=last)

    def _in_order(
        self,
        name: str,
        by: str,
        *,
        after: Any = "",
        upto: Any = None,
        fields: dict[str, int] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """By a unique field, a page at a time; each page is one reply, which cannot be cut off."""
        most, range_ = PAGES.get(name, PAGE), {} if upto is None else {"$lte": upto}
        while True:
            pipeline: list[dict[str, Any]] = [
                {"$match": {by: {"$gt": after, **range_}}},
                {"$sort": {by: ASCENDING}},
                {"$limit": most},
                *([{"$project": fields}] if fields else []),
            ]
            page = list(self._database[name].aggregate(pipeline, batchSize=most + 1))
            yield from page
            if len(page) < most:
                return
            after = page[-1][by]


class _Cut:
    """How much of the ledger was read: the last ``seq`` by customer, the last serial by year."""

    def __init__(self) -> None:
        self.heads = Counter[str]()
        self._serials = Counter[int]()

    def take_in(self, entry: dict[str, Any]) -> None:
        customer_id, _colon, seq = entry["position"].rpartition(":")
        if not seq.isdecimal():
            return  # a broken one, which is read like all others
        self.heads[customer_id] = int(seq)
        if isinstance(key := entry.get("number_key"), int):
            year, serial = divmod(key, NUMBERS_A_YEAR)
            self._serials[year] = max(serial, self._serials[year])

    def lacks(self, entry: dict[str, Any]) -> bool:
        """Whether a later number than this entry's was read, and it was not."""
        year, serial = divmod(entry["number_key"], NUMBERS_A_YEAR)
        customer_id, _colon, seq = entry["position"].rpartition(":")
        return (
            serial < self._serials[year] and seq.isdecimal() and int(seq) > self.heads[customer_id]
        )
