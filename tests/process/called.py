"""The real bot process in web mode, and what Telegram does then: call it, until it takes it."""

import asyncio
import signal
import socket
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from handlers.web.webhook import SECRET_HEADER
from tests.process.live import Live
from tests.process.running import PATIENCE, until

PUBLIC = "https://books.example.net"
METRICS_TOKEN = "what-may-read-the-metrics"  # noqa: S105 - of these tests

AGAIN = 0.05
"""Seconds until a call that was not taken is made again; Telegram takes longer."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Called(Live):
    """As :class:`Live`, but that the bot is called. ``site`` asks it as from the network."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        of_the_web = {
            "PUBLIC_URL": PUBLIC,
            "PORT": str(self.port),
            "METRICS_TOKEN": METRICS_TOKEN,
        }
        super().__init__(folder, **(of_the_web | settings))
        self.waiting = deque[dict[str, Any]]()
        self.statuses = list[int]()
        self._calling: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        self.site = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}", timeout=PATIENCE, trust_env=False
        )
        await super().__aenter__()
        self._calling = asyncio.ensure_future(self._call())
        return self

    async def __aexit__(self, *failed: object) -> None:
        if self._calling:
            self._calling.cancel()
            with suppress(asyncio.CancelledError):
                await self._calling
        await super().__aexit__(*failed)
        await self.site.aclose()

    async def start(self) -> None:
        """Start the bot; it can be called when this returns."""
        await self.bot.start()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while not await self._is_well():
            assert loop.time() < deadline, f"the bot did not start:\n{self.bot.said}"
            await asyncio.sleep(0.02)
        await until(
            lambda: self.telegram.settings.get("webhook"), "Telegram is told where to call"
        )

    async def kill(self) -> None:
        self.bot.kill()
        assert await self.bot.ended() == -signal.SIGKILL

    async def call(self, update: Any, **headers: str) -> httpx.Response:
        """What Telegram does to bring an update."""
        known = self.telegram.settings["webhook"]
        shown = {SECRET_HEADER: known["secret_token"]} | headers
        return await self.site.post(urlsplit(known["url"]).path, json=update, headers=shown)

    async def _is_well(self) -> bool:
        try:
            return (await self.site.get("/healthz")).status_code == 200
        except httpx.TransportError:
            return False

    async def _call(self) -> None:
        """One call after the other, each until it is taken."""
        while True:
            self.waiting += self.telegram.updates.take()
            if not self.waiting:
                await asyncio.sleep(0.005)
                continue
            try:
                answer = await self.call(self.waiting[0])
            except httpx.TransportError:
                await asyncio.sleep(AGAIN)
                continue
            self.statuses.append(answer.status_code)
            if answer.is_success:
                self.waiting.popleft()
            else:
                await asyncio.sleep(AGAIN)
