"""Collection ``payments``: the money received, as views of the ledger's entries."""

from storage.collection import Database, count, show_later
from storage.models import Payment


class Payments:
    def __init__(self, database: Database) -> None:
        self._documents = database["payments"]

    def prepare(self) -> None:
        for field in ("customer_id", "created_at"):
            self._documents.create_index(field)

    def get(self, id: str) -> Payment | None:
        document = self._documents.find_one({"_id": id})
        return Payment.read(document) if document else None

    def bring_up_to(self, payment: Payment, *, new: bool = False) -> None:
        """Show the payment as it is after its ``applied_seq``, unless a later state is shown."""
        show_later(self._documents, payment.stored(), new=new)

    def of_customer(self, customer_id: str, offset: int, limit: int) -> list[Payment]:
        """Some of the customer's payments, newest first."""
        found = self._documents.find({"customer_id": customer_id}).sort("seq", -1)
        return [Payment.read(document) for document in found.skip(offset).limit(limit)]

    def page(self, offset: int, limit: int) -> list[Payment]:
        """Some of all payments, newest first."""
        found = self._documents.find().sort("created_at", -1).skip(offset).limit(limit)
        return [Payment.read(document) for document in found]

    def count(self) -> int:
        return count(self._documents)

    def count_of_customer(self, customer_id: str) -> int:
        return count(self._documents, {"customer_id": customer_id})
