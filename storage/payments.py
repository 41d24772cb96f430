"""Collection ``payments``: the money received, as views of the ledger's entries."""

from contextlib import suppress

from pymongo.errors import DuplicateKeyError

from storage.collection import Database
from storage.models import Payment


class Payments:
    def __init__(self, database: Database) -> None:
        self._documents = database["payments"]

    def prepare(self) -> None:
        self._documents.create_index("customer_id")

    def bring_up_to(self, payment: Payment) -> None:
        """Show the payment. It never changes: an undone one is another entry of the ledger."""
        with suppress(DuplicateKeyError):
            self._documents.insert_one(payment.stored())

    def of_customer(self, customer_id: str, offset: int, limit: int) -> list[Payment]:
        """Some of the customer's payments, newest first."""
        found = self._documents.find({"customer_id": customer_id}).sort("seq", -1)
        return [Payment.read(document) for document in found.skip(offset).limit(limit)]
