"""Collection ``reminders``: which reminder went out. Its id says on what day, to whom and which.

An occurrence, ``<date>:<recipient>:<rung>``, is claimed before it is sent and marked afterwards. A
claim ends by itself, so that one whose process died in between is sent by the next. (When it ends
is exact to a second: ``storage/collection.py``, the third rule.)
"""

import datetime as dt
from collections.abc import Sequence

from pymongo.errors import DuplicateKeyError

from storage.collection import Database
from storage.models import Document
from storage.types import Instant, instant_text


class Occurrence(Document):
    """``lease_until`` is when another may claim it; ``sent_at`` is there once it was sent.

    ``doubts`` counts the sends of which nobody knows whether they arrived. ``until`` is up to when
    it tells of what was posted, for those that tell of a time.
    """

    lease_until: Instant
    sent_at: Instant | None = None
    doubts: int = 0
    until: Instant | None = None


class Reminders:
    def __init__(self, database: Database) -> None:
        self._documents = database["reminders"]

    def prepare(self) -> None:
        """Found by ``_id`` alone."""

    def claim(self, occurrence_id: str, *, now: dt.datetime, lease_seconds: float) -> bool:
        """Whether the caller may send it: nobody sent it, and nobody else holds a claim."""
        lease_until = now + dt.timedelta(seconds=lease_seconds)
        claimed = Occurrence(id=_id(occurrence_id), lease_until=lease_until).stored()
        try:
            self._documents.insert_one(claimed)
        except DuplicateKeyError:
            free = {
                "_id": _id(occurrence_id),
                "sent_at": None,
                "lease_until": {"$lte": instant_text(now)},
            }
            lease = {"$set": {"lease_until": claimed["lease_until"]}}
            return self._documents.update_one(free, lease).matched_count == 1
        return True

    def sent(
        self, occurrence_id: str, *, now: dt.datetime, until: dt.datetime | None = None
    ) -> None:
        """It is in the chat; ``until`` is up to when it tells, if it tells of a time."""
        changes = {"sent_at": instant_text(now)}
        if until is not None:
            changes["until"] = instant_text(until)
        self._documents.update_one({"_id": _id(occurrence_id)}, {"$set": changes})

    def done(self, occurrence_id: str, *, now: dt.datetime) -> None:
        """There is nothing to send of it, once and for all."""
        if self.claim(occurrence_id, now=now, lease_seconds=0):
            self.sent(occurrence_id, now=now)

    def in_doubt(
        self, occurrence_id: str, *, now: dt.datetime, pauses: Sequence[dt.timedelta]
    ) -> bool:
        """It may be in the chat. Whether it is to be sent once more, after the next pause."""
        kept = self.get(occurrence_id)
        doubts = kept.doubts if kept else 0
        if doubts >= len(pauses):
            self.sent(occurrence_id, now=now)
            return False
        later = {"doubts": doubts + 1, "lease_until": instant_text(now + pauses[doubts])}
        self._documents.update_one({"_id": _id(occurrence_id)}, {"$set": later})
        return True

    def get(self, occurrence_id: str) -> Occurrence | None:
        document = self._documents.find_one({"_id": _id(occurrence_id)})
        return Occurrence.read(document) if document else None

    def is_sent(self, occurrence_id: str) -> bool:
        kept = self.get(occurrence_id)
        return kept is not None and kept.sent_at is not None

    def released(self, occurrence_id: str) -> None:
        """Sending certainly failed: the next may claim it at once."""
        self._documents.delete_one({"_id": _id(occurrence_id), "sent_at": None})


def _id(occurrence_id: str) -> str:
    # An id that begins like a date is never found again by the embedded store.
    return f"on {occurrence_id}"
