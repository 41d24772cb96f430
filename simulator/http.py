"""The door for people and real Bot API clients: HTTP on loopback.

Telegram's paths for the bot, the page for people, and a place where SMS are delivered. A page
elsewhere on the web must not drive it, so the Host and the Origin of every request are checked,
nor frame it, and nothing that is served runs but the page's own scripts.
"""

import asyncio
import logging
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders, UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.bot_api import Reply, answer
from simulator.calls import Call, Upload
from simulator.errors import Impossible
from simulator.formatting import typed
from simulator.page_api import page_routes
from simulator.stream import Stream
from simulator.telegram import Telegram

log = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "page"
LOOPBACK = ("127.0.0.1", "localhost")
_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_FRAMED_POLICY = "frame-ancestors 'self'"
"""Of PDFs: the page frames them, and the browser's own viewer needs what the other one forbids."""


def build_app(telegram: Telegram, stream: Stream, port: int) -> Starlette:
    """The whole HTTP side. ``port`` is the one it is served on: other Hosts are turned away."""

    async def page(_request: Request) -> Response:
        return FileResponse(PAGE / "index.html")

    return Starlette(
        routes=[
            *bot_routes(telegram),
            *page_routes(telegram, stream),
            Route("/", page),
            Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
        ],
        middleware=[Middleware(_SameOrigin, port=port)],
        exception_handlers={404: _not_found},
    )


def bot_routes(telegram: Telegram) -> list[Route]:
    """What the bot's own process talks to: the Bot API, its files, and the SMS gateway."""

    async def bot_api(request: Request) -> Response:
        call = await _call(request)
        reply = await _unless_gone(request, answer(telegram, request.path_params["token"], call))
        if reply is not None and reply.lost:
            await _gone(request)
        if reply is None or reply.lost or reply.disconnected:
            return _BrokenOff()
        return Response(reply.body, reply.status, media_type="application/json")

    async def download(request: Request) -> Response:
        stored = telegram.files.at(request.path_params["path"])
        if request.path_params["token"] != telegram.token or stored is None:
            return await _not_found(request, None)
        return Response(stored.content, media_type="application/octet-stream")

    async def sms(request: Request) -> Response:
        try:
            text = typed((await request.json())["message"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return PlainTextResponse('{"message": "…"} is expected', 400)
        except Impossible as impossible:
            return PlainTextResponse(str(impossible), 400)
        if telegram.sms(request.path_params["phone"], text) is None:
            log.warning("An SMS went to a number that no simulated phone has")
        return JSONResponse({"ok": True})

    return [
        Route("/bot{token}/{method}", bot_api, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download),
        Route("/sms/{phone}", sms, methods=["POST"]),
    ]


async def _not_found(_request: Request, _error: Exception | None) -> Response:
    return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, 404)


class _SameOrigin:
    """Turns away what was not addressed to this server, or sent by a page from elsewhere."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {host if port == 80 else f"{host}:{port}" for host in LOOPBACK}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        host = request.headers.get("host", "")
        origin = request.headers.get("origin")
        allowed = host in self._hosts and (origin is None or origin in self._origins)
        app = self._app if allowed else PlainTextResponse("Only from this machine's page", 403)
        await app(scope, receive, _guarded(send, scope["path"]))


def _guarded(send: Send, path: str) -> Send:
    """Send with the headers that hold for every answer.

    The page and its state are always fetched anew: a newer version must show at once.
    """

    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            framed = headers.get("content-type") == "application/pdf"
            headers["Content-Security-Policy"] = _FRAMED_POLICY if framed else _POLICY
            headers["Referrer-Policy"] = "no-referrer"
            headers["X-Content-Type-Options"] = "nosniff"
            if not path.startswith("/files/"):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending


class _BrokenOff(Response):
    """Stops before its announced end, so that the client sees a broken connection."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"ok":', "more_body": True})


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Reply]) -> Reply | None:
    """What the work results in, or nothing if the client goes away before (a poll, mostly)."""
    async with asyncio.TaskGroup() as tasks:
        answering = tasks.create_task(work)
        gone = tasks.create_task(_gone(request))
        await asyncio.wait((answering, gone), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        answering.cancel()
    return None if answering.cancelled() else answering.result()


async def _gone(request: Request) -> None:
    """Wait until the client gives up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _call(request: Request) -> Call:
    """Read a call as the Bot API takes it: query string, JSON, form or multipart."""
    parameters: dict[str, Any] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            body = await request.json()
        except (ValueError, RecursionError):
            body = None
        parameters |= body if isinstance(body, dict) else {}
    elif kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    content = await value.read()
                    uploads[name] = Upload(value.filename or "", content, value.content_type or "")
                else:
                    parameters[name] = value
    return Call(request.path_params["method"], parameters, uploads)
