"""An HTTP server on loopback that stands for a gateway: keeps what it gets, answers as told."""

import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any


@dataclass
class Answer:
    """Sent as it is; ``body`` as JSON, unless it is bytes.

    Where ``raw`` is given, its pieces are all that is sent, from the line of the status on.
    """

    status: int = 200
    body: Any = b""
    headers: dict[str, str] = field(default_factory=dict)
    raw: Iterable[bytes] | None = None


class LocalServer(ThreadingHTTPServer):
    """``got`` has every request, in order. While ``answering`` is not set, none is answered."""

    def __init__(self, respond: Callable[[SimpleNamespace], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.respond = respond
        self.got: list[SimpleNamespace] = []
        self.answering = threading.Event()
        self.answering.set()

    def handle_error(self, request, client_address):
        # Some tests are about a client that gives up, or a connection that breaks.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: LocalServer

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        request = SimpleNamespace(path=self.path, headers=dict(self.headers), body=body)
        self.server.got.append(request)
        answer = self.server.respond(request)
        self.server.answering.wait(10)
        if answer.raw is not None:
            self.close_connection = True
            for piece in answer.raw:
                self.wfile.write(piece)
            return
        plain = isinstance(answer.body, bytes)
        content = answer.body if plain else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@contextmanager
def serving(respond: Callable[[SimpleNamespace], Answer]) -> Iterator[LocalServer]:
    with LocalServer(respond) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.answering.set()
            server.shutdown()
            thread.join()
