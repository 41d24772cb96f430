"""Collection ``follow_ups``: what was agreed about invoices that are due, one each."""

import datetime as dt

from storage.collection import WHOLE, Database
from storage.models import FollowUp


class FollowUps:
    def __init__(self, database: Database) -> None:
        self._documents = database["follow_ups"]

    def prepare(self) -> None:
        self._documents.create_index("until_day")

    def put(self, follow_up: FollowUp) -> None:
        """Agree this, in place of what was agreed about the invoice before."""
        # As a number it is found by its index, which a date as text is not.
        kept = {**follow_up.stored(), "until_day": follow_up.until.toordinal()}
        self._documents.replace_one({"_id": follow_up.id}, kept, upsert=True)

    def get(self, invoice_id: str) -> FollowUp | None:
        document = self._documents.find_one({"_id": invoice_id})
        return FollowUp.read(document) if document else None

    def drop(self, invoice_id: str) -> None:
        self._documents.delete_one({"_id": invoice_id})

    def since(self, day: dt.date) -> list[FollowUp]:
        """Those of invoices that come back on this day or later."""
        coming = {"until_day": {"$gte": day.toordinal()}}
        return [FollowUp.read(one) for one in self._documents.find(coming, batch_size=WHOLE)]
