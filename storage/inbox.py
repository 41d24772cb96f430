"""Collection ``inbox``: Telegram's updates, kept before Telegram is told that they arrived.

An update waits until it was handled, or set aside because it cannot be. Of what was handled no
more than its id stays, for as long as Telegram may send it once more; its content may have been a
sign-in code.
"""

import datetime as dt
import json
from collections.abc import Sequence

from pydantic import Field
from pymongo.errors import BulkWriteError

from storage.collection import WHOLE, Database
from storage.models import Document, Draft

KEPT_FOR = dt.timedelta(hours=48)
"""Telegram gives an update up after 24 hours."""

DUPLICATE_KEY = 11000


class Arrival(Document):
    """One update; ``_id`` is Telegram's number of it, as text.

    ``waiting`` is that number while it waits, and not there afterwards; so is ``body``, the update
    as Telegram's JSON. ``tries`` counts how often it was begun since it last had nothing to do but
    wait. ``kept_at``, in Unix seconds since the embedded store finds no range of moments by an
    index, is when it came, was done or was set aside.
    """

    kept_at: int
    waiting: int | None = None
    body: str | None = None
    tries: int = Field(default=1, ge=0)
    marks: list[str] = []
    """What was done of it that is not to be done twice, in the words of whoever did it."""
    ended: str | None = None
    """The draft that it ended, as JSON."""
    reference: str | None = None
    """Under which the log says why it was set aside. Its ``body`` is then still there, unless a
    code may be in it."""

    @property
    def update_id(self) -> int:
        return int(self.id)


class Inbox:
    def __init__(self, database: Database) -> None:
        self._documents = database["inbox"]

    def prepare(self) -> None:
        """Make the indexes that :meth:`waiting` and :meth:`forget` find by."""
        for field in ("waiting", "kept_at"):
            self._documents.create_index(field)

    def keep(self, bodies: Sequence[tuple[int, str]], *, now: dt.datetime) -> set[int]:
        """Keep updates, given as their ids and JSON texts.

        Returns:
            The ids of those that were not kept before.
        """
        arrivals = [
            Arrival(id=str(id), kept_at=_seconds(now), waiting=id, body=body).stored()
            for id, body in bodies
        ]
        try:
            self._documents.insert_many(arrivals, ordered=False)
        except BulkWriteError as error:
            refused = {found["index"]: found["code"] for found in error.details["writeErrors"]}
            if set(refused.values()) != {DUPLICATE_KEY}:
                raise
            return {id for index, (id, _body) in enumerate(bodies) if index not in refused}
        return {id for id, _body in bodies}

    def get(self, update_id: int) -> Arrival | None:
        document = self._documents.find_one({"_id": str(update_id)})
        return Arrival.read(document) if document else None

    def waiting(self) -> list[Arrival]:
        """Whatever waits, in the order in which Telegram numbered it."""
        found = self._documents.find({"waiting": {"$gt": 0}}, batch_size=WHOLE)
        return [Arrival.read(document) for document in found.sort("waiting", 1)]

    def count_try(self, update_id: int) -> None:
        """It is begun once more."""
        self._documents.update_one({"_id": str(update_id)}, {"$inc": {"tries": 1}})

    def waits_to_be_told(self, update_id: int) -> None:
        """It did its work, and ended no process; what came of it waits for Telegram."""
        self._documents.update_one({"_id": str(update_id)}, {"$set": {"tries": 0}})

    def mark(self, update_id: int, what: str) -> None:
        """Note that this was done of it, until it is done altogether."""
        self._documents.update_one({"_id": str(update_id)}, {"$push": {"marks": what}})

    def is_marked(self, update_id: int, what: str) -> bool:
        """Whether this was done of it before."""
        kept = self.get(update_id)
        return kept is not None and what in kept.marks

    def note_ended(self, update_id: int, draft: Draft) -> None:
        """It ended this draft, which is not there any more when it is handled again."""
        ended = json.dumps(draft.stored())
        self._documents.update_one({"_id": str(update_id)}, {"$set": {"ended": ended}})

    def ended(self, update_id: int) -> Draft | None:
        """The draft that it ended; None if it ended none, or is done."""
        kept = self.get(update_id)
        return Draft.read(json.loads(kept.ended)) if kept and kept.ended else None

    def done(self, update_id: int, *, now: dt.datetime) -> None:
        """It was handled: whoever finds it again does nothing. What was set aside stays so."""
        handled = {"_id": str(update_id), "kept_at": _seconds(now)}
        self._documents.replace_one({"_id": str(update_id), "reference": None}, handled)

    def set_aside(
        self, update_id: int, reference: str, *, now: dt.datetime, keep_body: bool
    ) -> None:
        """It cannot be handled, for the reason that the log gives under this reference."""
        gone = {"waiting": ""} if keep_body else {"waiting": "", "body": ""}
        self._documents.update_one(
            {"_id": str(update_id)},
            {"$set": {"reference": reference, "kept_at": _seconds(now)}, "$unset": gone},
        )

    def forget(self, *, now: dt.datetime) -> int:
        """Delete what is older than ``KEPT_FOR`` and waits no more; gives how many that were."""
        old = {"kept_at": {"$lt": _seconds(now - KEPT_FOR)}, "waiting": None}
        return self._documents.delete_many(old).deleted_count


def _seconds(moment: dt.datetime) -> int:
    return int(moment.timestamp())
