"""Connections that ask nothing, over a real socket, are closed; whoever asks is served."""

import asyncio
import contextlib

import pytest

from bot.serving import Server, listening
from bot.settings import EXAMPLES, Settings
from handlers.web import impatient
from tests.process.called import free_port
from tests.process.running import until

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"

SOON = 10.0
"""Seconds, on a machine that is busy with something else."""


class Place:
    """A site that answers once it is told to."""

    def __init__(self):
        self.answer = asyncio.Event()
        self.port = 0

    async def __call__(self, _scope, _receive, send):
        await self.answer.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    @contextlib.asynccontextmanager
    async def asks(self, begin=b""):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(begin)
        try:
            yield reader, writer
        finally:
            writer.close()


@pytest.fixture
async def place(monkeypatch):
    monkeypatch.setattr(impatient, "WITHIN", 0.05)
    place = Place()
    place.answer.set()
    settings = Settings(telegram_bot_token=EXAMPLES["telegram_bot_token"], port=free_port())
    server = Server(place, settings)
    serving = asyncio.ensure_future(server.serve([listening(settings)]))
    await until(lambda: server.started, "it listens")
    place.port, place.config = settings.port, server.config
    yield place
    server.should_exit = True
    await serving


async def end_of(reader):
    """What came until the connection was closed."""
    with contextlib.suppress(ConnectionResetError):
        return await asyncio.wait_for(reader.read(), SOON)
    return b""


@pytest.mark.parametrize("begin", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\nA: b"])
async def test_who_asks_nothing_is_left(place, begin):
    async with place.asks(begin) as (reader, _writer):
        assert await end_of(reader) == b""


async def test_and_who_goes_on_like_that_after_an_answer(place):
    async with place.asks(GET) as (reader, writer):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")
        writer.write(GET[:-2])
        assert await end_of(reader) == b""


async def test_one_byte_now_and_then_does_not_help(place):
    async with place.asks() as (reader, writer):
        ended = asyncio.ensure_future(end_of(reader))
        for byte in GET[:-2] * 100:
            if ended.done():
                break
            writer.write(bytes([byte]))
            await asyncio.sleep(0.01)
        assert ended.done()


async def test_who_waits_for_an_answer_gets_it(place):
    place.answer.clear()
    async with place.asks(GET) as (reader, _writer):
        await asyncio.sleep(0.05 * 4)
        place.answer.set()
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")


async def test_but_not_for_ever(place):
    place.answer.clear()
    async with place.asks(GET) as (reader, _writer):
        assert await end_of(reader) == b""
    place.answer.set()


@pytest.fixture
def small(monkeypatch, place):
    monkeypatch.setattr(impatient, "WITHIN", SOON)
    monkeypatch.setattr(impatient, "AT_ONCE", 5)
    place.config.limit_concurrency = 10


async def test_however_many_ask_nothing_the_next_who_asks_is_served(place, small):
    async with contextlib.AsyncExitStack() as many:
        for number in range(20):
            begin = b"" if number % 2 else GET[:-2]
            await many.enter_async_context(place.asks(begin))
        async with place.asks(GET) as (reader, _writer):
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")


async def test_none_that_is_at_work_is_closed_for_them(place, small):
    place.answer.clear()
    async with place.asks(GET) as (reader, _writer), contextlib.AsyncExitStack() as many:
        await asyncio.sleep(0.1)
        for _one in range(20):
            await many.enter_async_context(place.asks())
        place.answer.set()
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")


async def test_who_has_asked_before_is_closed_after_those_that_never_did(place, small):
    async with place.asks(GET) as (reader, writer), contextlib.AsyncExitStack() as many:
        await reader.readuntil(b"\r\n\r\n")
        for _one in range(20):
            await many.enter_async_context(place.asks())
        writer.write(GET)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")
