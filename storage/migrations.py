"""The schema's version, and the steps that bring an older store forward: collection ``meta``.

The version is the number of steps that are done. A step may die in the middle and is begun again
then, so each finds by itself what is left to do. It runs while no other process works on the
books, and never backward: a store of a later version is not touched.
"""

from collections.abc import Callable
from dataclasses import dataclass

from storage.collection import Database, count
from storage.errors import SchemaTooNew

VERSION = "schema"
"""The ``_id`` of the document with the version."""


@dataclass(frozen=True)
class Migration:
    """``left`` counts the documents that ``run`` looks through."""

    what: str
    left: Callable[[Database], int]
    run: Callable[[Database], None]


def _forget_messages(database: Database) -> None:
    # Of all: the embedded store does not find by ``$exists`` a field that holds null.
    database["reminders"].update_many({}, {"$unset": {"message_id": ""}})


MIGRATIONS = (
    Migration(
        "a sent reminder no longer names its message, which nothing ever read",
        lambda database: count(database["reminders"]),
        _forget_messages,
    ),
)

NEWEST = len(MIGRATIONS)
"""The version that this program reads and writes."""


@dataclass(frozen=True)
class Pending:
    """A step that is not done: where it leads, and how many documents it looks through."""

    version: int
    what: str
    documents: int


class Schema:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._documents = database["meta"]

    def version(self) -> int:
        """Of the store as it is; 0 where none was noted, as before there were versions.

        Raises:
            SchemaTooNew: this program does not know it.
        """
        noted = self._documents.find_one({"_id": VERSION})
        version = int(noted["version"]) if noted else 0
        if version > NEWEST:
            raise SchemaTooNew(version, NEWEST)
        return version

    def pending(self) -> list[Pending]:
        """What :meth:`bring_forward` would do.

        Raises:
            SchemaTooNew: this program does not know the version.
        """
        done = self.version()
        return [
            Pending(number, step.what, step.left(self._database))
            for number, step in enumerate(MIGRATIONS[done:], done + 1)
        ]

    def bring_forward(self) -> list[Pending]:
        """Do what is not done, step by step; gives what that was.

        Raises:
            SchemaTooNew: this program does not know the version.
        """
        steps = self.pending()
        for step in steps:
            MIGRATIONS[step.version - 1].run(self._database)
            self.note(step.version)
        return steps

    def note(self, version: int) -> None:
        """Keep that the documents here are of this version."""
        noted = {"_id": VERSION, "version": version}
        self._documents.replace_one({"_id": VERSION}, noted, upsert=True)
