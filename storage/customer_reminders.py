"""Collection ``customer_reminders``: which invoices customers were reminded of, and when.

Each is claimed before it is sent, for good: unlike a partner's digest it is lost rather than sent
twice. A claim ends only when it is known that nobody got it.
"""

import datetime as dt

from pymongo.errors import DuplicateKeyError

from storage.collection import WHOLE, Database
from storage.models import CustomerReminder, Reminding
from storage.types import instant_text


class CustomerReminders:
    def __init__(self, database: Database) -> None:
        self._documents = database["customer_reminders"]

    def prepare(self) -> None:
        self._documents.create_index("invoice_id")

    def get(self, id: str) -> CustomerReminder | None:
        document = self._documents.find_one({"_id": id})
        return CustomerReminder.read(document) if document else None

    def claim(
        self, id: str, invoice_id: str, *, was: CustomerReminder | None, now: dt.datetime
    ) -> bool:
        """Whether the caller, and nobody else ever, may send it. ``was``: as it was read."""
        claimed = CustomerReminder(
            id=id, invoice_id=invoice_id, state=Reminding.CLAIMED, at=now
        ).stored()
        if was is None:
            try:
                self._documents.insert_one(claimed)
            except DuplicateKeyError:
                return False
            return True
        free = {"_id": id, "state": Reminding.FREE.value, "refusals": was.refusals}
        taken = {"$set": {"state": claimed["state"], "at": claimed["at"]}}
        return self._documents.update_one(free, taken).matched_count == 1

    def sent(self, id: str, *, now: dt.datetime) -> None:
        """The gateway took it."""
        self._end_claim(id, {"state": Reminding.SENT.value, "at": instant_text(now)})

    def released(self, id: str) -> None:
        """It was not sent after all."""
        self._end_claim(id, {"state": Reminding.FREE.value})

    def refused(self, id: str, *, refusals: int, now: dt.datetime) -> None:
        """The gateway did not take it, which makes so many refusals; nobody got it."""
        free = {"state": Reminding.FREE.value, "refusals": refusals, "at": instant_text(now)}
        self._end_claim(id, free)

    def of_invoice(self, invoice_id: str) -> list[CustomerReminder]:
        """All that the customer was, or may have been, reminded of this invoice; latest last."""
        found = self._documents.find({"invoice_id": invoice_id}, batch_size=WHOLE)
        return sorted(map(CustomerReminder.read, found), key=lambda one: one.at)

    def _end_claim(self, id: str, changes: dict[str, object]) -> None:
        claimed = {"_id": id, "state": Reminding.CLAIMED.value}
        self._documents.update_one(claimed, {"$set": changes})
