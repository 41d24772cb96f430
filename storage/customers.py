"""Collection ``customers``. The balances in it are views of the ledger; profiles are kept here."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from pymongo.errors import DuplicateKeyError

from storage.collection import HAS_TEXT, Database, count
from storage.errors import AlreadyExists
from storage.folding import fold_name
from storage.models import Customer
from storage.types import instant_text

LAST = "\U0010ffff"
"""Sorts after every other character."""


PROFILE = {
    "name",
    "name_key",
    "phone",
    "email",
    "address",
    "business_type",
    "profile_image",
    "image_id",
}
"""What says who a customer is."""


class Customers:
    def __init__(self, database: Database) -> None:
        self._documents = database["customers"]

    def prepare(self) -> None:
        self._documents.create_index(
            "phone", unique=True, partialFilterExpression={"phone": HAS_TEXT}
        )
        for field in ("name_key", "used_at"):
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
        return customer

    def get(self, id: str) -> Customer | None:
        document = self._documents.find_one({"_id": id})
        return Customer.read(document) if document else None

    def many(self, ids: list[str]) -> list[Customer]:
        """These customers, in this order; an id that is nobody's is left out."""
        return [customer for id in ids if (customer := self.get(id)) is not None]

    def update_profile(self, id: str, changes: dict[str, str | None]) -> None:
        """Change who they are, never what they owe.

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
        try:
            self._documents.update_one({"_id": id}, {"$set": changes})
        except DuplicateKeyError as error:
            raise AlreadyExists("phone") from error

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
        by_phone = {"phone": {"$regex": digits}}
        starting = {"name_key": {"$gte": key, "$lt": key + LAST}}
        containing = {"name_key": {"$regex": re.escape(key)}}
        queries = [by_phone, starting, containing] if digits else [starting, containing]
        # Lazily: the queries after the one that fills the list are never sent.
        found = chain.from_iterable(self._by_name(query, limit) for query in queries)
        return list(islice(_distinct(found), limit))

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

    def alike(self, name_key: str, phone: str | None) -> list[Customer]:
        """Who may be the same person: the same phone, then the same folded name; "" is none."""
        # Two queries: for $or the embedded store reads every document.
        queries: list[dict[str, Any]] = []
        if phone:
            queries.append({"phone": phone})
        if name_key:
            queries.append({"name_key": name_key})
        return list(_distinct(chain.from_iterable(self._by_name(query) for query in queries)))

    def _by_name(self, query: dict[str, Any], limit: int = 0) -> Iterator[Customer]:
        found = self._documents.find(query).sort("name_key", 1).limit(limit)
        return (Customer.read(document) for document in found)


def _distinct(customers: Iterator[Customer]) -> Iterator[Customer]:
    seen = set()
    for customer in customers:
        if customer.id not in seen:
            seen.add(customer.id)
            yield customer


def _phone_digits(text: str) -> str:
    """The digits of what may be part of a phone, without a leading 0; else nothing."""
    if not all(char.isdecimal() or char.isspace() or char in "+-()." for char in text):
        return ""
    digits = "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())
    known = digits.lstrip("0")
    return known if len(known) >= 3 else ""
