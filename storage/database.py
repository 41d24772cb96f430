"""Opening the store: the embedded one in ``DATA_DIR``, or the MongoDB at ``MONGODB_URI``."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymongo
from pymongo import MongoClient
from pymongo.errors import (
    ConfigurationError,
    ConnectionFailure,
    ExecutionTimeout,
    InvalidURI,
    OperationFailure,
    WTimeoutError,
)

from storage.embedded import FOLDER, embedded_server
from storage.errors import StoreUnavailable, StoreUnwritable
from storage.lock import locked
from storage.opened_file import OpenedFile
from storage.store import Store

DEFAULT_NAME = "arhtiya"
EXAMPLE = "e.g. mongodb://name:password@db.example.net/arhtiya"

AWAY_AFTER_MS = 5_000
"""How long a server is looked for before it counts as away."""

ANSWER_MS = 30_000
"""How long a server may take to answer, and its majority to have a write."""

AWAY = (ConnectionFailure, ExecutionTimeout, WTimeoutError)
"""The database did not answer in time: a connection broke, or was never made, or nobody wrote."""

FULL_OR_BROKEN = re.compile(
    "disk is full|disk I/O error|readonly database|unable to open database|OutOfDiskSpace"
    "|database is locked|database table is locked|database is busy"
)
"""SQLite's words for a disk that takes nothing more, or a file that another program holds; and
MongoDB's for the disk."""

Client = MongoClient[dict[str, Any]]


@contextmanager
def open_store(uri: str | None, data_dir: Path, *, unfinished: bool = False) -> Iterator[Store]:
    """The store, prepared, until the block ends. ``data_dir`` is held by one process at a time.

    Args:
        uri: a MongoDB's, whose path names the database (``arhtiya`` when it has none); None is
            the embedded store in ``data_dir``.
        data_dir: made when it is not there.
        unfinished: also one that is no bot's to work on, for whoever fills it or moved it.

    Raises:
        StoreLocked: another process works on this ``data_dir``.
        StoreUnwritable: ``data_dir`` cannot be used.
        StoreUnavailable: the MongoDB does not answer, or does not let us in.
        StoreHalfFilled, StoreMoved: see ``storage.filling``.
    """
    with locked(data_dir):
        if uri is None:
            with embedded_server(data_dir) as embedded, _client(embedded) as client:
                yield _embedded_store(client, data_dir, unfinished=unfinished)
        else:
            with open_remote(uri, unfinished=unfinished) as store:
                yield store


@contextmanager
def open_remote(
    uri: str, *, unfinished: bool = False, named: str = "MONGODB_URI"
) -> Iterator[Store]:
    """The store in a MongoDB, beside whatever is open.

    Args:
        uri: as of :func:`open_store`, like ``unfinished``.
        unfinished: likewise.
        named: where the address was given, for the words of an error.

    Raises:
        StoreUnavailable: it does not answer, or does not let us in.
        StoreHalfFilled, StoreMoved: see ``storage.filling``.
    """
    with _client(uri, named) as client:
        yield _remote_store(client, named, unfinished=unfinished)


@contextmanager
def store_errors() -> Iterator[None]:
    """Around the whole of a use case: the driver's words for "away" become the store's one.

    Raises:
        StoreUnavailable: the database did not answer in time, or its disk takes nothing more.
            Whether the write under way was made is unknown; doing the same again finds out.
    """
    try:
        yield
    except AWAY as error:
        raise StoreUnavailable("The database does not answer.") from error
    except OperationFailure as error:
        if found := FULL_OR_BROKEN.search(_words(error)):
            raise StoreUnavailable(f"The database cannot write: {found[0]}.") from error
        raise


def file_of_books(data_dir: Path) -> Path:
    """Where the embedded store in ``data_dir`` has the books, once it was opened."""
    return data_dir / FOLDER / f"{DEFAULT_NAME}.db"


def _client(uri: str, named: str = "MONGODB_URI") -> Client:
    try:
        return MongoClient(
            uri,
            tz_aware=True,
            w="majority",
            journal=True,
            # Whatever the address says: a copy that lags would show money that was paid as owed.
            readPreference="primary",
            # Not timeoutMS: an away server would then be looked for until that is over.
            serverSelectionTimeoutMS=AWAY_AFTER_MS,
            connectTimeoutMS=AWAY_AFTER_MS,
            socketTimeoutMS=ANSWER_MS,
            wTimeoutMS=ANSWER_MS,
        )
    except (InvalidURI, ConfigurationError, ValueError) as error:
        # Its words may hold a part of the password.
        raise StoreUnavailable(f"{named} is not the address of a MongoDB, {EXAMPLE}") from error


def _embedded_store(client: Client, data_dir: Path, *, unfinished: bool) -> Store:
    file = OpenedFile(file_of_books(data_dir))
    store = Store(client[DEFAULT_NAME], alone=True, check_file=file.check)
    try:
        store.ping()
        store.prepare(unfinished=unfinished)
    except OperationFailure as error:
        raise StoreUnwritable(data_dir / FOLDER, _words(error)) from error
    return store


def _remote_store(client: Client, named: str, *, unfinished: bool) -> Store:
    database = client.get_default_database(DEFAULT_NAME)
    hosts = _hosts(client)
    store = Store(database, address=f"{hosts}/{database.name}")
    try:
        # An operation's own time is longer than a person waits for a start.
        with pymongo.timeout(AWAY_AFTER_MS / 1000):
            store.ping()
        store.prepare(unfinished=unfinished)
    except AWAY as error:
        raise StoreUnavailable(
            f"The MongoDB at {hosts} does not answer. Start it, or correct {named}, {EXAMPLE}"
        ) from error
    except OperationFailure as error:
        raise StoreUnavailable(
            f"The MongoDB at {hosts} refuses us ({_words(error)}). "
            f"Correct the name and password in {named}, {EXAMPLE}"
        ) from error
    return store


def _hosts(client: Client) -> str:
    """Its hosts, without a name or a password: ``db1.example.net:27017, db2…``."""
    servers = client.topology_description.server_descriptions()
    return ", ".join(f"{host}:{port}" if port else host for host, port in servers)


def _words(error: OperationFailure) -> str:
    """The server's own. The driver's would quote what was to be written, codes and books too."""
    if not error.details:
        return str(error)
    details: Any = error.details
    failed = [details, *details.get("writeErrors", ()), *details.get("writeConcernErrors", ())]
    words = "; ".join(str(one["errmsg"]) for one in failed if "errmsg" in one)
    return words or type(error).__name__
