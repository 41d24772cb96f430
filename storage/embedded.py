"""MongoDB inside this process: nx-27017, which speaks MongoDB's wire protocol and keeps SQLite.

It listens on a Unix socket in a folder that only this user can enter: no port, no password, no PID
file. The rest of the product reaches it with the real pymongo, exactly like a MongoDB.

Durability: the client writes with ``w="majority", j=True`` (``storage/database.py``). nx heeds
``w`` only when it is 0 or 1, and turns ``j`` into SQLite's ``PRAGMA synchronous = FULL``, once for
each database (``NeoSQLiteHandler._applied_wc``): every acknowledged write is synced to the disk.
Without ``j`` it would be ``NORMAL``, where a power cut may take acknowledged writes along.
"""

import logging
import os
import socket
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingUnixStreamServer
from typing import Any
from urllib.parse import quote

from neosqlite.collection.aggregation_cursor import AggregationCursor
from nx_27017.handler import NeoSQLiteHandler
from nx_27017.server import handle_client_threaded
from typing_extensions import override

from storage.errors import StoreUnwritable

FOLDER = "database"
"""In ``DATA_DIR``: the SQLite files, and the socket while it is served."""

THREAD = "embedded-store"

LOOK_UP = 0.1
"""Seconds after which whoever accepts connections looks whether it is to end."""

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
            stack.callback(path.unlink, missing_ok=True)
            server = _Server(path, handler)
        except OSError as error:
            raise StoreUnwritable(folder, error.strerror) from error
        except sqlite3.Error as error:
            raise StoreUnwritable(folder, error) from error
        stack.enter_context(_serving(server))
        yield f"mongodb://{quote(str(path), safe='')}"


class _Server(ThreadingUnixStreamServer):
    """A thread for each connection, which does what is asked over it.

    nx's other way, an event loop with threads behind it, takes half as long again for a find: each
    command is passed on twice.
    """

    request_queue_size = 128
    """A full queue refuses a client that does not block, and the driver opens many at once."""

    def __init__(self, path: Path, handler: NeoSQLiteHandler) -> None:
        super().__init__(os.fspath(path), BaseRequestHandler, bind_and_activate=False)
        self._handler = handler
        self._connections = set[socket.socket]()
        path.unlink(missing_ok=True)  # a killed process's: the lock says it is nobody's
        self.server_bind()
        path.chmod(0o600)  # before listening, until which nobody can connect
        self.server_activate()

    @override
    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._connections.add(connection)
        return connection, address

    @override
    def finish_request(self, request: Any, client_address: Any) -> None:
        threading.current_thread().name = THREAD
        handle_client_threaded(request, self._handler)
        self._connections.discard(request)

    def hang_up(self) -> None:
        """End every connection, after the command that it is at."""
        for connection in list(self._connections):
            with suppress(OSError):  # it just ended by itself
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def _serving(server: _Server) -> Iterator[None]:
    """Answer from threads of its own, until the block ends."""
    thread = threading.Thread(
        target=server.serve_forever, args=(LOOK_UP,), name=THREAD, daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.hang_up()
        server.server_close()
        thread.join()
