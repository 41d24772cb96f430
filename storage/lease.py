"""Collection ``lease``: which process works on a database that more than one can reach.

One document. Its holder raises ``beats`` again and again, and whoever sees them rise knows that it
lives: two machines need not agree on the time for that.
"""

import pymongo
from pymongo.errors import DuplicateKeyError

from storage.collection import Database
from storage.errors import TakenOver
from storage.ids import new_id
from storage.models import Part

THE_ONE = "bot"

GIVEN_UP_AFTER = 3.0
"""Seconds until a beat is given up. What the driver waits is far longer, and a connection that was
lost without a word would keep back the beats of a process that is at work on the others."""


class Held(Part):
    """Who holds it, and how far it has counted."""

    holder: str
    beats: int


class Lease:
    """The lease as one process has it, or might: under an id that no other has.

    All of it raises the driver's own errors when the database is away (``store_errors``).
    """

    def __init__(self, database: Database) -> None:
        self._documents = database["lease"]
        self._holder = new_id()
        self._had = False
        self.lost = False
        """Whether this process had it, and has found it taken over."""
        self.taken_over = False
        """Whether this process took it from one that stood still, and may move again."""

    def look(self) -> Held | None:
        """Who holds it; None when nobody does."""
        document = self._documents.find_one({"_id": THE_ONE})
        return Held.read(document) if document else None

    def take(self, seen: Held | None) -> bool:
        """Take it if it is as it was seen; of several who try, one has it."""
        mine = Held(holder=self._holder, beats=0).stored()
        if seen is None:
            try:
                self._documents.insert_one({"_id": THE_ONE, **mine})
            except DuplicateKeyError:
                # It may be this one's own: the driver asks again when the first answer was lost.
                self._had = self._is_mine()
                return self._had
            self._had = True
            return True
        as_seen = {"_id": THE_ONE, **seen.stored()}
        taken = self._documents.update_one(as_seen, {"$set": mine}).matched_count == 1
        self._had = self.taken_over = taken
        return taken

    def check(self) -> None:
        """See that nobody has taken it over yet: whoever does finds all that is written by now.

        Raises:
            TakenOver: somebody has.
        """
        if self._had and not self._is_mine():
            self.lost = True
            raise TakenOver

    def beat(self) -> bool:
        """Show that this process lives; False when the lease is not its own any more."""
        with pymongo.timeout(GIVEN_UP_AFTER):
            beaten = self._documents.update_one(self._mine(), {"$inc": {"beats": 1}})
        self.lost = beaten.matched_count == 0
        return not self.lost

    def give_back(self) -> None:
        """Let the next process start at once. Does nothing if it is not this one's."""
        with pymongo.timeout(GIVEN_UP_AFTER):
            self._documents.delete_one(self._mine())

    def _is_mine(self) -> bool:
        held = self.look()
        return held is not None and held.holder == self._holder

    def _mine(self) -> dict[str, str]:
        return {"_id": THE_ONE, "holder": self._holder}
