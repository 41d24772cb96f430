"""The books as they are kept, for whoever checks them: right or wrong, every document is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pymongo.cursor import Cursor

from storage.collection import WHOLE, Collection, Database, count
from storage.invoices import due_fields
from storage.models import Customer, Document, Invoice, LedgerEntry, Payment

D = TypeVar("D", bound=Document)

PAGE = 200
"""Documents in one reply, which holds 16 MB at most."""


@dataclass(frozen=True)
class Kept(Generic[D]):
    """A document as it is kept. One that cannot be relied on is None, and ``flaw`` says why.

    ``applied_seq`` is whatever stands there.
    """

    id: str
    document: D | None
    flaw: str = ""
    applied_seq: Any = None


@dataclass(frozen=True)
class KeptBooks:
    """All that is kept of one customer's money, the entries by their ``seq``."""

    customer: Kept[Customer] | None
    invoices: list[Kept[Invoice]]
    payments: list[Kept[Payment]]
    entries: list[Kept[LedgerEntry]]


@dataclass(frozen=True)
class Counts:
    """How many documents there are, whoever they are of."""

    entries: int
    invoices: int
    payments: int


class Inspection:
    """Reads all four collections of the books. Its one write is :meth:`set_back`."""

    def __init__(self, database: Database) -> None:
        self._ledger = database["ledger"]
        self._views: dict[type[Document], Collection] = {
            Customer: database["customers"],
            Invoice: database["invoices"],
            Payment: database["payments"],
        }

    def counts(self) -> Counts:
        return Counts(
            count(self._ledger), count(self._views[Invoice]), count(self._views[Payment])
        )

    def customer_ids(self) -> list[str]:
        """The ids of all customers, and of those who are named as such and are not there."""
        # Grouped: the embedded store never answers a distinct in which a text is 24 digits.
        named = (
            group["_id"]
            for collection in (self._ledger, self._views[Invoice], self._views[Payment])
            for group in collection.aggregate(
                [{"$group": {"_id": "$customer_id"}}], batchSize=WHOLE
            )
        )
        there = (
            document["_id"]
            for document in self._views[Customer].find({}, {"_id": 1}, batch_size=WHOLE)
        )
        return sorted({id for id in (*there, *named) if isinstance(id, str)})

    def books_of(self, customer_id: str) -> KeptBooks:
        """One customer's books, and the entries last.

        While the customer's ``applied_seq``, which is read first, is the last entry's, nothing was
        posted in between, and all of it is of one moment.
        """
        customer = self.view(Customer, customer_id)
        invoices = self._of_customer(Invoice, customer_id)
        payments = self._of_customer(Payment, customer_id)
        # ";" is the character after ":", which follows the customer in a position.
        own = {"$gte": f"{customer_id}:", "$lt": f"{customer_id};"}
        entries = [_read(LedgerEntry, document) for document in self._in_order("position", own)]
        return KeptBooks(customer, invoices, payments, entries)

    def numbers(self) -> Iterator[tuple[int, str]]:
        """``number_key`` and invoice number of every entry that has one, by the key.

        Numbers are taken in this order, so what is posted meanwhile makes no gap.
        """
        fields = {"number_key": 1, "invoice_number": 1}
        for one in self._in_order("number_key", {"$gt": 0}, fields):
            yield int(one["number_key"]), str(one.get("invoice_number"))

    def customer_of(self, op: str) -> Any:
        """Whatever the entry of this operation names as its customer; None without one."""
        found = self._ledger.find_one({"_id": op}, {"customer_id": 1})
        return None if found is None else found.get("customer_id")

    def view(self, model: type[D], id: str) -> Kept[D] | None:
        """The view with this id, whoever it is of."""
        found = self._views[model].find_one({"_id": id})
        return None if found is None else _read(model, found)

    def set_back(self, model: type[Document], id: str, applied_seq: Any, to: int) -> None:
        """Have a view pass for older than it says, so that the ledger's is shown in its place.

        Nothing happens when its ``applied_seq`` is not this one any more: it was just written.
        """
        seen = {"_id": id, "applied_seq": applied_seq}
        self._views[model].update_one(seen, {"$set": {"applied_seq": to}})

    def _of_customer(self, model: type[D], customer_id: str) -> list[Kept[D]]:
        kept: list[Kept[D]] = []
        while True:
            found = self._views[model].find({"customer_id": customer_id}).sort("_id", 1)
            page = _one_reply(found.skip(len(kept)))
            kept += (_read(model, document) for document in page)
            if len(page) < PAGE:
                return kept

    def _in_order(
        self, field: str, range_: dict[str, Any], fields: dict[str, int] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Entries by a unique field; the embedded store would hold all that is found at once."""
        while True:
            page = _one_reply(self._ledger.find({field: range_}, fields).sort(field, 1))
            yield from page
            if len(page) < PAGE:
                return
            range_ = {**range_, "$gt": page[-1][field]}


def _one_reply(found: Cursor[dict[str, Any]]) -> list[dict[str, Any]]:
    """The next page: the embedded store ends a lost cursor without a word."""
    return list(found.limit(PAGE).batch_size(PAGE + 1))


def _read(model: type[D], document: dict[str, Any]) -> Kept[D]:
    try:
        read: D | None = model.read(document)
    except ValidationError as error:
        read, flaw = None, _words(error.errors())
    else:
        flaw = _own_flaw(read, document)
    return Kept(str(document["_id"]), None if flaw else read, flaw, document.get("applied_seq"))


def _own_flaw(read: Document | None, document: dict[str, Any]) -> str:
    """What is wrong with a field that the store keeps for its own use, and that no model has."""
    right: dict[str, Any]
    match read:
        case LedgerEntry():
            right = {"position": f"{read.customer_id}:{read.seq:08}"}
        case Invoice():
            right = {"open_due_day": None, "open_due_place": None}
            if read.open_due_date:
                right = due_fields(read.created_by_user_id, read.open_due_date)
        case _:
            return ""
    for field, value in right.items():
        if document.get(field) != value:
            return f"{field}: {document.get(field)} is not {value}"
    return ""


def _words(errors: Iterable[Any]) -> str:
    """``amount_paid: Input should be a valid integer``."""
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in errors)
