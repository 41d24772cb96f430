"""Both doors to the same fake: in process, and over HTTP on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest
import uvicorn
from telegram import Bot
from telegram.request import HTTPXRequest

from simulator.http import build_app
from simulator.request import FakeRequest
from simulator.stream import Stream
from simulator.telegram import Telegram


@pytest.fixture
def telegram():
    return Telegram()


@pytest.fixture
def ravi(telegram):
    """Somebody who has already started the bot."""
    person = telegram.person("Ravi Kumar", "+919876543210")
    person.send("/start")
    telegram.updates.take()
    return person


@dataclass(frozen=True)
class Served:
    root: str
    stream: Stream


@asynccontextmanager
async def serving(telegram: Telegram) -> AsyncIterator[Served]:
    """Uvicorn without its main loop, which takes a fifth of a second to end."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        stream = Stream(telegram)
        config = uvicorn.Config(build_app(telegram, stream, port), log_config=None, lifespan="off")
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup([listening])
        try:
            yield Served(f"http://127.0.0.1:{port}", stream)
        finally:
            stream.close()
            for connection in list(server.server_state.connections):
                connection.shutdown()
            for listener in server.servers:
                listener.close()
            while tasks := server.server_state.tasks:
                await asyncio.wait(tasks)


@pytest.fixture
async def served(telegram):
    async with serving(telegram) as server:
        yield server


@pytest.fixture
async def page(served):
    """What the page's scripts have: HTTP on loopback."""
    async with httpx.AsyncClient(base_url=served.root, trust_env=False) as client:
        yield client


@pytest.fixture(params=["in process", "over HTTP"])
async def bot(request, telegram):
    """A real PTB bot at either door."""
    if request.param == "in process":
        door = FakeRequest(telegram)
        async with Bot(telegram.token, request=door, get_updates_request=door) as ptb:
            yield ptb
        return
    async with serving(telegram) as server:
        # Nothing here is encrypted, and reading the machine's certificates takes long.
        quick = {"read_timeout": 0.5, "connect_timeout": 0.5, "httpx_kwargs": {"verify": False}}
        async with Bot(
            telegram.token,
            base_url=f"{server.root}/bot",
            base_file_url=f"{server.root}/file/bot",
            request=HTTPXRequest(**quick),
            get_updates_request=HTTPXRequest(**quick),
        ) as ptb:
            yield ptb
