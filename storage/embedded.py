"""MongoDB inside this process: nx-27017, which speaks MongoDB's wire protocol and keeps SQLite.

It listens on a Unix socket in a folder that only this user can enter: no port, no password, no PID
file. The rest of the product reaches it with the real pymongo, exactly like a MongoDB.

Durability: the client writes with ``w="majority", j=True`` (``storage/database.py``). nx heeds
``w`` only when it is 0 or 1, and turns ``j`` into SQLite's ``PRAGMA synchronous = FULL``, once for
each database (``NeoSQLiteHandler._applied_wc``): every acknowledged write is synced to the disk.
Without ``j`` it would be ``NORMAL``, where a power cut may take acknowledged writes along.
"""

import asyncio
import logging
import os
import socket
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from neosqlite.collection.aggregation_cursor import AggregationCursor
from nx_27017.handler import NeoSQLiteHandler
from nx_27017.server import handle_client

from storage.errors import StoreUnwritable

FOLDER = "database"
"""In ``DATA_DIR``: the SQLite files, and the socket while it is served."""

MAX_SOCKET_PATH = 100
"""Bytes. The systems' own limits are 104 (macOS) and 108 (Linux), with the closing NUL."""

for _name in ("nx_27017", "neosqlite"):
    # They report each query that SQLite cannot answer alone, and failed commands with all that was
    # in them. The failures themselves reach us through pymongo.
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# Before each aggregation it counts the whole collection, to choose a way that it then never takes
# (``_use_quez``). Of a statement that was 10 ms of 12, once the ledger had 200 000 entries.
AggregationCursor._estimate_result_size = lambda _cursor: 0  # noqa: SLF001


@contextmanager
def embedded_server(data_dir: Path) -> Iterator[str]:
    """Serve the data in ``data_dir``, whose lock the caller holds; gives the URI for pymongo.

    Raises:
        StoreUnwritable: the folder or the files in it cannot be used.
    """
    folder = data_dir.absolute() / FOLDER
    with ExitStack() as stack:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            handler = NeoSQLiteHandler(data_dir=str(folder))
            stack.callback(handler.close_all)
            path = folder / "mongo.sock"
            if len(os.fsencode(path)) > MAX_SOCKET_PATH:
                private = stack.enter_context(tempfile.TemporaryDirectory(prefix="arhtiya-"))
                path = Path(private) / "mongo.sock"
            listening = stack.enter_context(_listening(path))
        except OSError as error:
            raise StoreUnwritable(folder, error.strerror) from error
        except sqlite3.Error as error:
            raise StoreUnwritable(folder, error) from error
        stack.enter_context(_serving(handler, listening))
        yield f"mongodb://{quote(str(path), safe='')}"


@contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    path.unlink(missing_ok=True)  # left behind by a killed process: the lock says it is nobody's
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(path))
            path.chmod(0o600)  # before listen(), until which nobody can connect
            listening.listen()
            yield listening
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _serving(handler: NeoSQLiteHandler, listening: socket.socket) -> Iterator[None]:
    """Answer on the socket from a thread with an event loop of its own."""
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):  # the end; Python 3.11 would print it otherwise
            await handle_client(reader, writer, handler)

    async def serve() -> None:
        server = await asyncio.start_unix_server(answer, sock=listening)
        end = asyncio.Event()
        started.set_result((asyncio.get_running_loop(), end))
        await end.wait()
        # Without wait_closed(), which from Python 3.12 on waits for the clients to hang up.
        # asyncio.run ends their tasks and waits for the commands still at work in its threads.
        server.close()

    thread = threading.Thread(
        target=lambda: asyncio.run(serve()), name="embedded-store", daemon=True
    )
    thread.start()
    loop, end = started.result()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()
