"""What was read by its ``_id`` is remembered until anything in its collection is written.

Who somebody is and what they are in the middle of is read at every update; from the embedded store
that is a third of an answer's time. Only for a process that writes alone, to which ``DATA_DIR``'s
lock sees: another writer's changes would not be noticed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, cast

from bson import decode, encode
from bson.codec_options import CodecOptions
from pymongo.results import InsertOneResult, UpdateResult

from storage.collection import Collection, Database

MOST = 1000
"""Documents of a collection; then it begins anew, lest strangers fill the memory."""

READS = frozenset({"find", "aggregate", "create_index"})
"""What changes no document. Whatever is not known here counts as a write."""

AWARE: CodecOptions[dict[str, Any]] = CodecOptions(tz_aware=True)


class Remembered:
    """A collection, with all its methods."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._lock = Lock()
        self._writes = 0
        # As BSON: whoever asks gets a document of their own.
        self._known: dict[str, bytes] = {}

    def find_one(self, query: dict[str, Any]) -> dict[str, Any] | None:
        """As the driver's."""
        id = query.get("_id")
        if len(query) != 1 or not isinstance(id, str):
            return self._collection.find_one(query)
        with self._lock:
            known, writes = self._known.get(id), self._writes
        if known is not None:
            return decode(known, AWARE)
        found = self._collection.find_one(query)
        if found is not None:
            self._remember(found, since=writes)
        return found

    def insert_one(self, document: dict[str, Any]) -> InsertOneResult:
        """As the driver's."""
        with self._writing(document) as write:
            inserted = self._collection.insert_one(document)
            write.made = document
        return inserted

    def replace_one(
        self, query: dict[str, Any], document: dict[str, Any], **named: Any
    ) -> UpdateResult:
        """As the driver's."""
        with self._writing(query) as write:
            replaced = self._collection.replace_one(query, document, **named)
            if replaced.matched_count:
                write.made = document
        return replaced

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._collection, name)
        if name in READS:
            return method

        def write(query: dict[str, Any], *args: Any, **named: Any) -> Any:
            with self._writing(query):
                return method(query, *args, **named)

        return write

    @contextmanager
    def _writing(self, query: dict[str, Any]) -> Iterator["_Write"]:
        """What may change is read again: from the beginning on, and after whatever end.

        Who reads in between may find either, and so it is not remembered: :meth:`_remember`. Only
        what was made while nothing else was written is known for certain.
        """
        write = _Write(self._forget(query))
        try:
            yield write
        finally:
            alone = write.number == self._forget(query) - 1
            if alone and write.made is not None:
                self._remember(write.made, since=write.number + 1)

    def _forget(self, query: dict[str, Any]) -> int:
        """Gives how many beginnings and ends of writes there were by then."""
        id = query.get("_id")
        with self._lock:
            if isinstance(id, str):
                self._known.pop(id, None)
            else:
                self._known.clear()
            self._writes += 1
            return self._writes

    def _remember(self, document: dict[str, Any], *, since: int) -> None:
        """Unless a write has begun or ended since: that may be newer."""
        with self._lock:
            if since != self._writes:
                return
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[document["_id"]] = encode(document)


@dataclass
class _Write:
    """``made`` is the document as it is after it."""

    number: int
    made: dict[str, Any] | None = None


class _Remembering:
    def __init__(self, database: Database) -> None:
        self._database = database

    def __getitem__(self, name: str) -> Remembered:
        return Remembered(self._database[name])


def remembering(database: Database) -> Database:
    """The database, whose collections remember."""
    return cast("Database", _Remembering(database))
