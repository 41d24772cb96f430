"""Collection ``customers``. The balances in it are views of the ledger; profiles are kept here."""

import datetime as dt
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from threading import Lock
from typing import Any

from pymongo.errors import DuplicateKeyError

from storage.collection import HAS_TEXT, WHOLE, Database, count
from storage.directory import Directory, Listed
from storage.errors import AlreadyExists
from storage.folding import fold_name
from storage.models import Customer
from storage.types import instant_text, new_instant

LISTED_FOR = 3600
"""Seconds until the directory is read anew, for the sake of those whom another process renamed.
Whom it added is seen at once."""

PROFILE = {
    "name",
    "name_key",
    "phone",
    "email",
    "address",
    "business_type",
    "language",
    "profile_image",
    "image_id",
}
"""What says who a customer is."""


@dataclass(frozen=True)
class Totals:
    """What all customers owe, and what is held of them in advance, in paise.

    ``entries`` is how many entries of the ledger that shows.
    """

    outstanding: int = 0
    advance: int = 0
    entries: int = 0


class Customers:
    def __init__(self, database: Database) -> None:
        self._documents = database["customers"]
        self._directory: Directory | None = None
        self._listed_at = 0.0
        self._listing = Lock()
        """Held by whoever reads or changes the directory, so that no change is lost to a reader
        of what was before it."""

    def prepare(self) -> None:
        self._documents.create_index(
            "phone", unique=True, partialFilterExpression={"phone": HAS_TEXT}
        )
        for field in ("name_key", "used_at", "muted_at", "reminded_from", "advance"):
            self._documents.create_index(field)

    def add(self, customer: Customer) -> Customer:
        """Keep a new customer; the same id again gives the one that is kept.

        Raises:
            AlreadyExists: ``phone`` is another customer's.
        """
        try:
            self._documents.insert_one(customer.stored())
        except DuplicateKeyError as error:
            kept = self.get(customer.id)
            if kept is None:
                raise AlreadyExists("phone") from error
            return kept
        with self._listing:
            if self._directory is not None:
                self._directory.put(_listed(customer.stored()))
        return customer

    def get(self, id: str) -> Customer | None:
        document = self._documents.find_one({"_id": id})
        return Customer.read(document) if document else None

    def many(self, ids: list[str]) -> list[Customer]:
        """These customers, in this order; an id that is nobody's is left out."""
        if not ids:
            return []  # for which the embedded store reads everybody
        found = self._documents.find({"_id": {"$in": ids}}, batch_size=WHOLE)
        customers = {document["_id"]: Customer.read(document) for document in found}
        return [customers[id] for id in ids if id in customers]

    def update_profile(self, id: str, changes: dict[str, str | None]) -> None:
        """Change who they are, never what they owe. With another phone they are not reminded.

        Args:
            id: whose.
            changes: new values, by field; ``name_key`` goes with ``name``.

        Raises:
            AlreadyExists: ``phone`` is another customer's.
        """
        unknown = changes.keys() - PROFILE
        if unknown:
            raise ValueError(f"not of a profile: {', '.join(sorted(unknown))}")
        if not changes:
            return
        with self._listing:
            # Until it is known what came of it, nobody is listed.
            directory, self._directory = self._directory, None
            try:
                # Whose number it becomes was not asked whether they want to be reminded.
                opt_out = {"reminded_from": None} if "phone" in changes else {}
                self._documents.update_one({"_id": id}, {"$set": {**changes, **opt_out}})
            except DuplicateKeyError as error:
                self._directory = directory
                raise AlreadyExists("phone") from error
            if directory is not None and (listed := directory.get(id)):
                directory.put(_listed({"_id": id, **listed._asdict(), **changes}))
            self._directory = directory

    def mute(self, id: str, at: dt.datetime | None) -> None:
        """Remind no partner of what they owe, since ``at``; None: remind them again."""
        muted_at = instant_text(at) if at else None
        self._documents.update_one({"_id": id}, {"$set": {"muted_at": muted_at}})

    def muted(self) -> list[str]:
        """The ids of those of whom nobody is reminded."""
        found = self._documents.find({"muted_at": {"$gt": ""}}, {"muted_at": 1}, batch_size=WHOLE)
        return [document["_id"] for document in found]

    def remind(self, id: str, since: dt.datetime | None) -> None:
        """Remind them themselves of what falls due from then on; None: never."""
        reminded_from = instant_text(since) if since else None
        self._documents.update_one({"_id": id}, {"$set": {"reminded_from": reminded_from}})

    def remind_from_now(self, id: str, now: dt.datetime) -> None:
        """Those who are reminded themselves are so of what falls due from now on."""
        if_on = {"_id": id, "reminded_from": {"$gt": ""}}
        since = {"$set": {"reminded_from": instant_text(now)}}
        self._documents.update_one(if_on, since)

    def reminded(self) -> list[str]:
        """The ids of those who are reminded themselves."""
        query = {"reminded_from": {"$gt": ""}}
        found = self._documents.find(query, {"reminded_from": 1}, batch_size=WHOLE)
        return [document["_id"] for document in found]

    def bring_up_to(
        self, id: str, *, seq: int, outstanding: int, advance: int, used_at: dt.datetime
    ) -> bool:
        """Show the balances (paise) after ledger entry ``seq``, next after the one shown now.

        Returns:
            Whether they were next. If not, a later state is shown already, or one before is not.
        """
        done = self._documents.update_one(
            {"_id": id, "applied_seq": seq - 1},
            {
                "$set": {
                    "applied_seq": seq,
                    "total_outstanding_balance": outstanding,
                    "advance": advance,
                    "used_at": instant_text(used_at),
                }
            },
        )
        return done.matched_count == 1

    def search(self, text: str, limit: int = 8) -> list[Customer]:
        """Customers for what somebody typed, which is literal text.

        The very name, then names that start with it, then names that contain it; when it is
        digits, phones that contain them come first.
        """
        key, digits = fold_name(text), _phone_digits(text)
        if not key:
            return []
        with self._listing:
            directory = self._up_to_date()
            found = chain(directory.with_phone(digits) if digits else (), directory.named(key))
            ids = list(islice(_distinct(found), limit))
        return self.many(ids)

    def recent(self, limit: int) -> list[Customer]:
        """The last ones added or posted to, latest first."""
        found = self._documents.find().sort("used_at", -1).limit(limit)
        return [Customer.read(document) for document in found]

    def page(self, offset: int, limit: int) -> list[Customer]:
        """Some of all customers, by name."""
        found = self._documents.find().sort("name_key", 1).skip(offset).limit(limit)
        return [Customer.read(document) for document in found]

    def count(self) -> int:
        return count(self._documents)

    def first_added(self) -> dt.datetime | None:
        """When the first one was added, UTC; None: there is none."""
        earliest = {"_id": None, "at": {"$min": "$created_at"}}
        for row in self._documents.aggregate([{"$group": earliest}]):
            return new_instant(row["at"]) if row["at"] else None
        return None

    def advances(self) -> dict[str, int]:
        """What is held in advance, in paise, of whom who owes at the same time; by their ids."""
        fields = {"advance": 1, "total_outstanding_balance": 1}
        found = self._documents.find({"advance": {"$gt": 0}}, fields, batch_size=WHOLE)
        return {
            one["_id"]: int(one["advance"]) for one in found if one["total_outstanding_balance"]
        }

    def totals(self) -> Totals:
        """The balances of all customers together."""
        sums = {
            "_id": None,
            "outstanding": {"$sum": "$total_outstanding_balance"},
            "advance": {"$sum": "$advance"},
            "entries": {"$sum": "$applied_seq"},
        }
        for row in self._documents.aggregate([{"$group": sums}]):
            return Totals(int(row["outstanding"]), int(row["advance"]), int(row["entries"]))
        return Totals()

    def alike(self, name_key: str, phone: str | None) -> list[Customer]:
        """Who may be the same person: the same phone, then the same folded name; "" is none."""
        # Two queries: for $or the embedded store reads every document.
        queries: list[dict[str, Any]] = []
        if phone:
            queries.append({"phone": phone})
        if name_key:
            queries.append({"name_key": name_key})
        found = [
            Customer.read(document)
            for query in queries
            for document in self._documents.find(query, batch_size=WHOLE).sort("name_key", 1)
        ]
        return list({customer.id: customer for customer in found}.values())

    def _up_to_date(self) -> Directory:
        """The directory with everybody who is there; nobody ever leaves the collection."""
        old = time.monotonic() - self._listed_at > LISTED_FOR
        if self._directory is None or old or len(self._directory) != self.count():
            self._listed_at = time.monotonic()
            # By an aggregation: a find costs the embedded store all of every customer.
            fields = {"name_key": 1, "phone": 1}
            found = self._documents.aggregate([{"$project": fields}], batchSize=WHOLE)
            self._directory = Directory(_listed(document) for document in found)
        return self._directory


def _listed(document: dict[str, Any]) -> Listed:
    return Listed(document.get("name_key") or "", document["_id"], document.get("phone") or "")


def _distinct(ids: Iterator[str]) -> Iterator[str]:
    seen = set()
    for id in ids:
        if id not in seen:
            seen.add(id)
            yield id


def _phone_digits(text: str) -> str:
    """The digits of what may be part of a phone, without a leading 0; else nothing."""
    if not all(char.isdecimal() or char.isspace() or char in "+-()." for char in text):
        return ""
    digits = "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())
    known = digits.lstrip("0")
    return known if len(known) >= 3 else ""
