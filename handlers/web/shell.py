"""Around every answer of the site: what may be done with it, and what becomes of a failure."""

import logging
import secrets
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handlers.edge.traces import way_of
from storage.errors import StorageError

log = logging.getLogger(__name__)

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""Unless an answer says otherwise. Nothing here is a page, and nothing is for search engines."""


class Shell:
    """An address of the site holds a token: none is logged, whatever happens."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are served
            answer = _failed(error)
            if not begun:
                await answer(scope, receive, guarded)


def _failed(error: Exception) -> PlainTextResponse:
    if isinstance(error, StorageError):
        log.warning("A request found no store: %s", type(error).__name__)
        return again(503, 5, "The books are away for a moment. Try again.")
    reference = secrets.token_hex(3).upper()
    log.error("[%s] A request failed: %s", reference, way_of(error))
    return PlainTextResponse(f"This failed. Reference: {reference}", 500)


def again(status: int, seconds: float, why: str, **headers: Any) -> PlainTextResponse:
    """Not now: when to try again."""
    return PlainTextResponse(f"{why}\n", status, {"Retry-After": f"{seconds:.0f}", **headers})
