"""Collection ``links``: of which invoices the public link was stopped, or took another's place."""

from pymongo.errors import DuplicateKeyError

from storage.collection import Database
from storage.models import InvoiceLink


class Links:
    def __init__(self, database: Database) -> None:
        self._documents = database["links"]

    def prepare(self) -> None:
        """Found by ``_id`` alone."""

    def get(self, invoice_id: str) -> InvoiceLink:
        """As it stands; of most invoices nothing is kept, and the first link opens them."""
        document = self._documents.find_one({"_id": invoice_id})
        return InvoiceLink.read(document) if document else InvoiceLink(id=invoice_id)

    def put(self, link: InvoiceLink, *, after: InvoiceLink) -> bool:
        """Keep it in place of the one that was read; whether nobody else was first."""
        if after.at is None:
            try:
                self._documents.insert_one(link.stored())
            except DuplicateKeyError:
                return False
            return True
        as_read = {"_id": after.id, "turn": after.turn}
        return self._documents.replace_one(as_read, link.stored()).matched_count == 1
