"""What every collection's file needs of the driver.

Three rules hold in all of them, for the embedded store's sake; tests tell when one may go:

* An update or a replacement carries neither datetimes, which it garbles, nor bytes, some of which
  it refuses.
* A hot query asks one indexed field: for two at once no index is used. (One that begins with the
  field that is asked serves, and gives what else is in it without the document.)
* A query names no text that begins like a date where more than a second matters, or where it is
  more than a date: both sides are taken for moments, in whole seconds, and no index is used.
"""

from typing import Any

from pymongo.collection import Collection as MongoCollection
from pymongo.database import Database as MongoDatabase
from pymongo.errors import DuplicateKeyError

Collection = MongoCollection[dict[str, Any]]
Database = MongoDatabase[dict[str, Any]]

WHOLE = 1_000_000
"""Batch size of a find without a limit, so that all of it is one reply (of 16 MB at most): the
embedded store answers a cursor that it has lost, with the connection, as if it were at its end."""

HAS_TEXT = {"$type": "string"}
"""For partial indexes: only documents in which the field holds text."""


def count(collection: Collection, query: dict[str, Any] | None = None) -> int:
    """How many documents match.

    By ``$count``: pymongo's own ``count_documents`` groups them instead, for which the embedded
    store reads every document of the collection (3 s where this takes 2 ms).
    """
    found = collection.aggregate([{"$match": query or {}}, {"$count": "n"}])
    return next((int(row["n"]) for row in found), 0)


def show_later(collection: Collection, view: dict[str, Any], *, new: bool) -> None:
    """Keep a view of the ledger, unless one of a later ``applied_seq`` is kept.

    ``new`` only saves time: nobody has shown it yet, unless they were first.
    """
    earlier = {"_id": view["_id"], "applied_seq": {"$lt": view["applied_seq"]}}
    try:
        if new:
            collection.insert_one(view)
        else:
            collection.replace_one(earlier, view, upsert=True)
    except DuplicateKeyError:
        # There is one: a later one, or one that somebody made just now.
        collection.replace_one(earlier, view)
