"""Filling an empty store with what was kept elsewhere. It may die in the middle and go on later.

Until it is done a mark in ``meta`` says what is being filled in, and no bot works on such a store.
A store whose data were moved elsewhere has another mark: two that go on from the same books would
each be right, and neither the other's.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from pymongo.errors import BulkWriteError

from storage.collection import Database, count
from storage.contents import BACKED_UP, PASSING
from storage.errors import DoesNotFit, StoreHalfFilled, StoreMoved, StoreNotEmpty
from storage.reading import Reading, paged
from storage.types import instant_text, new_instant

FILLING, MOVED, RESTORED = "filling", "moved", "restored"
"""The ``_id`` of each mark."""

DUPLICATE_KEY = 11000
"""MongoDB's code for an index that takes a value once."""

LEFT_BY_A_START = ("admins", "reminders")
"""What a bot has noted that nobody has used: links that nobody opened, checks of empty books."""


class Filling:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._marks = database["meta"]
        self._reading = Reading(database)

    def check(self, *, moved_to: str = "") -> None:
        """Whether the data here are whole, and the ones to go on with.

        Args:
            moved_to: an address to which they may have been moved all the same.

        Raises:
            StoreHalfFilled: its filling was begun, and not finished.
            StoreMoved: its data are elsewhere by now.
        """
        if mark := self._marks.find_one({"_id": FILLING}):
            raise StoreHalfFilled(mark["source"])
        mark = self._marks.find_one({"_id": MOVED})
        if mark and mark["to"] != moved_to:
            raise StoreMoved(mark["to"])

    def begin(self, source: str) -> bool:
        """Begin to fill this store, or go on with it.

        Args:
            source: names what it is filled with, the same each time.

        Returns:
            Whether it was begun before.

        Raises:
            StoreNotEmpty: somebody's data are here.
            StoreHalfFilled: with another source.
        """
        mark = self._marks.find_one({"_id": FILLING})
        if mark is not None:
            if mark["source"] != source:
                raise StoreHalfFilled(mark["source"])
            return True
        if found := self._found():
            raise StoreNotEmpty(found)
        for name in (*LEFT_BY_A_START, *PASSING):
            self._database[name].delete_many({})
        self._marks.insert_one({"_id": FILLING, "source": source})
        return False

    def put(self, name: str, documents: Sequence[dict[str, Any]]) -> None:
        """Keep those that are not here yet; as many as fit into a reply (``storage.reading``).

        Raises:
            DoesNotFit: one has what is another's alone.
        """
        here = self._reading.these(name, [document["_id"] for document in documents])
        new = [document for document in documents if document["_id"] not in here]
        if not new:
            return
        try:
            self._database[name].insert_many(new, ordered=False)
        except BulkWriteError as error:
            first = error.details["writeErrors"][0]
            if first["code"] != DUPLICATE_KEY:
                raise
            raise DoesNotFit(name, first["errmsg"]) from error

    def drop_others(
        self, name: str, right: Callable[[Sequence[str]], dict[str, dict[str, Any]]]
    ) -> None:
        """Drop what an earlier attempt has put here, and is otherwise or not there any more.

        Args:
            name: of the collection.
            right: gives the documents as they are to be, by their ids.
        """
        for page in paged(name, self._reading.each(name)):
            wanted = right([document["_id"] for document in page])
            wrong = [one["_id"] for one in page if wanted.get(one["_id"]) != one]
            if wrong:
                self._database[name].delete_many({"_id": {"$in": wrong}})

    def finish(self) -> None:
        self._marks.delete_one({"_id": FILLING})

    def mark_restored(self, made_at: dt.datetime) -> None:
        """It is filled from the backup of then (UTC), and nobody was told so yet."""
        mark = {"_id": RESTORED, "made_at": instant_text(made_at)}
        self._marks.replace_one({"_id": RESTORED}, mark, upsert=True)

    def restored(self) -> dt.datetime | None:
        """Of when the backup is that this was filled from, until :meth:`restored_told`; UTC."""
        mark = self._marks.find_one({"_id": RESTORED})
        return new_instant(mark["made_at"]) if mark else None

    def restored_told(self) -> None:
        self._marks.delete_one({"_id": RESTORED})

    def mark_moved(self, to: str) -> None:
        """No bot works here any more."""
        self._marks.replace_one({"_id": MOVED}, {"_id": MOVED, "to": to}, upsert=True)

    def unmark_moved(self) -> bool:
        """Let a bot work here again; whether it was marked."""
        return self._marks.delete_one({"_id": MOVED}).deleted_count == 1

    def _found(self) -> dict[str, int]:
        """How many documents there are that somebody may want, by collection."""
        found = {
            name: count(self._database[name]) for name in BACKED_UP if name not in LEFT_BY_A_START
        }
        found["admins"] = count(self._database["admins"], {"telegram_user_id": {"$gt": 0}})
        return {name: documents for name, documents in found.items() if documents}
