"""Telegram's calls: each brings one update, which is kept before the call is answered."""

import asyncio
import hashlib
import hmac
import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from handlers.web.shell import again

log = logging.getLogger(__name__)

Json = dict[str, Any]

LONGEST = 1024 * 1024
"""Bytes of a call; Telegram's longest updates have some ten thousand."""

LARGEST_ID = 2**63 - 1
"""Of an update; the store's numbers have 64 bits."""

WITHIN = 10.0
"""Seconds for a call to be here whole."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Busy(Exception):
    """The update cannot be kept now. Telegram brings it again."""


class TooLong(Exception):
    """The body of a call is longer than any that Telegram makes."""


def path_of(secret_key: bytes, token: str) -> str:
    """The last part of the address that Telegram calls; another token has another one."""
    return urlsafe_b64encode(_mac(secret_key, f"webhook path {token}")[:16]).decode().rstrip("=")


def secret_of(secret_key: bytes, token: str) -> str:
    """What Telegram shows with each call; 64 characters that its ``secret_token`` allows."""
    return _mac(secret_key, f"webhook secret {token}").hex()


class Webhook:
    """``take`` keeps an update, and lets it be answered later.

    Raises what it cannot do now as :class:`Busy`.
    """

    def __init__(self, secret: str, take: Callable[[Json], Awaitable[None]]) -> None:
        self._secret = secret.encode()
        self._take = take

    async def __call__(self, request: Request) -> Response:
        shown = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(shown, self._secret):
            return PlainTextResponse("Forbidden\n", 403)
        try:
            body = await asyncio.wait_for(_body(request), WITHIN)
        except TooLong:
            return PlainTextResponse("Too long\n", 413, {"Connection": "close"})
        except (TimeoutError, ClientDisconnect):
            return PlainTextResponse("Too slow\n", 408, {"Connection": "close"})
        update = _update(body)
        if update is None:
            log.warning("A call with Telegram's secret brought no update.")
            return PlainTextResponse("No update\n", 400)
        try:
            await self._take(update)
        except Busy:
            return again(503, 1, "Not now.")
        return Response(status_code=200)


async def _body(request: Request) -> bytes:
    declared = request.headers.get("Content-Length", "0")
    if declared.isdecimal() and int(declared) > LONGEST:
        raise TooLong
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            raise TooLong
    return bytes(body)


def _update(body: bytes) -> Json | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        return None
    # Whatever cannot be kept would be brought again for ever.
    return update if abs(update["update_id"]) <= LARGEST_ID else None


def _mac(secret_key: bytes, what: str) -> bytes:
    return hmac.new(secret_key, what.encode(), hashlib.sha256).digest()
