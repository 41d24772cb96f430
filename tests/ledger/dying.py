"""A database that dies at a chosen write: the process is killed, or the answer never comes."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from pymongo.errors import DuplicateKeyError

WRITES = {
    "insert_one",
    "insert_many",
    "update_one",
    "update_many",
    "replace_one",
    "delete_one",
    "delete_many",
    "bulk_write",
    "find_one_and_update",
    "find_one_and_replace",
    "find_one_and_delete",
}


class Killed(BaseException):
    """The end of the process: nothing on its way out may catch it."""


@dataclass(frozen=True)
class Death:
    """After so many ``writes``: before the next one is made, or ``after``, before its answer."""

    writes: int
    after: bool


class MortalDatabase:
    """The database given, until a write in a block of :meth:`dying` is the one to die at."""

    def __init__(self, database) -> None:
        self._database = database
        self._death: Death | None = None
        self._error: type[BaseException] = Killed
        self._writes = 0
        self.died = False

    def __getattr__(self, name):
        return getattr(self._database, name)

    def __getitem__(self, name):
        return _MortalCollection(self._database[name], self)

    def get_collection(self, name, **options):
        return _MortalCollection(self._database.get_collection(name, **options), self)

    @contextmanager
    def dying(self, death: Death | None, error: type[BaseException] = Killed) -> Iterator[None]:
        """Raise this error at the write that ``death`` says; from then on at every one."""
        self._death, self._error, self._writes, self.died = death, error, 0, False
        try:
            yield
        finally:
            self._death = None

    def write(self, method, *args, **kwargs):
        self._writes += 1
        if self._death is None or self._writes <= self._death.writes:
            return method(*args, **kwargs)
        if self._death.after and not self.died:
            with suppress(DuplicateKeyError):  # that answer too is lost
                method(*args, **kwargs)
        self.died = True
        raise self._error


class _MortalCollection:
    def __init__(self, collection, database: MortalDatabase) -> None:
        self._collection, self._database = collection, database

    def __getattr__(self, name):
        attribute = getattr(self._collection, name)
        if name not in WRITES:
            return attribute
        return lambda *args, **kwargs: self._database.write(attribute, *args, **kwargs)
