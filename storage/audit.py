"""Collection ``audit``: who came in and who changed what, newest first."""

from pymongo import DESCENDING
from pymongo.errors import DuplicateKeyError

from storage.collection import Database, count
from storage.models import AuditEvent


class Audit:
    def __init__(self, database: Database) -> None:
        self._documents = database["audit"]

    def prepare(self) -> None:
        """Make the index that :meth:`page` sorts by."""
        self._documents.create_index("at")

    def note(self, event: AuditEvent) -> AuditEvent:
        """Keep an event; of two with the same id the first, which is returned."""
        try:
            self._documents.insert_one(event.stored())
        except DuplicateKeyError:
            return self.get(event.id) or event
        return event

    def get(self, id: str) -> AuditEvent | None:
        document = self._documents.find_one({"_id": id})
        return AuditEvent.read(document) if document else None

    def count(self) -> int:
        return count(self._documents)

    def page(self, offset: int, limit: int) -> list[AuditEvent]:
        """The events of a page, newest first."""
        found = (
            self._documents.find()
            .sort([("at", DESCENDING), ("_id", DESCENDING)])
            .skip(offset)
            .limit(limit)
        )
        return [AuditEvent.read(document) for document in found]
