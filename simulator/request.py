"""The door for tests: what PTB takes for HTTP, without a socket."""

import re
from typing import Any
from urllib.parse import unquote

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

from simulator.bot_api import answer
from simulator.calls import Call, Upload
from simulator.telegram import Telegram

_METHOD = re.compile(r"/bot([^/]+)/([A-Za-z]+)$")
_FILE = re.compile(r"/file/bot([^/]+)/(.+)$")


class FakeRequest(BaseRequest):
    """Give it to PTB's builder as ``request`` and as ``get_updates_request``.

    Faults surface as PTB's own HTTP client lets them surface: ``TimedOut`` and ``NetworkError``.
    """

    __slots__ = ("_telegram",)

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def initialize(self) -> None:
        """Nothing is held open."""

    async def shutdown(self) -> None:
        """Nothing is held open."""

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if found := _FILE.search(url):
            return self._download(unquote(found[1]), unquote(found[2]))
        called = _METHOD.search(url)
        if called is None:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        call = Call(called[2], _parameters(request_data), _uploads(request_data))
        reply = await answer(self._telegram, called[1], call)
        if reply.lost:
            raise TimedOut
        if reply.disconnected:
            raise NetworkError("httpx.ReadError: the connection broke")
        return reply.status, reply.body

    def _download(self, token: str, path: str) -> tuple[int, bytes]:
        stored = self._telegram.files.at(path)
        if token != self._telegram.token or stored is None:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        return 200, stored.content


def _parameters(data: RequestData | None) -> dict[str, Any]:
    return dict(data.json_parameters) if data else {}


def _uploads(data: RequestData | None) -> dict[str, Upload]:
    parts = data.multipart_data if data else {}
    return {name: Upload(*_part(value)) for name, value in parts.items()}


def _part(value: tuple[Any, ...]) -> tuple[str, bytes, str]:
    name, content, mime = value
    return str(name), content if isinstance(content, bytes) else content.read(), str(mime or "")
