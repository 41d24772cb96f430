"""What can be known of a call that failed: asked of PTB's real HTTP client, on this machine."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from handlers.edge.outcome import InDoubt, NotSent, is_gone, is_unknown, never_arrived


@asynccontextmanager
async def server(answer: bytes | None):
    """Reads a request and answers with these bytes; None is a server that never does."""
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if answer is None:
            await over.wait()
        else:
            writer.write(answer)
        writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = listening.sockets[0].getsockname()
    try:
        yield f"http://{host}:{port}/"
    finally:
        over.set()
        listening.close()
        await listening.wait_closed()


@asynccontextmanager
async def http(**options):
    request = HTTPXRequest(httpx_kwargs={"trust_env": False}, **options)
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


def answered(status: str, body: str = '{"ok":false}') -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


async def failure(url: str, **options) -> TelegramError:
    async with http(**options) as request:
        with pytest.raises(TelegramError) as failed:
            await request.post(url)
        return failed.value


async def test_where_nobody_listens_nothing_arrives():
    async with server(b"") as url:
        pass
    error = await failure(url)
    assert never_arrived(error)


async def test_what_waits_for_a_free_connection_in_vain_does_not_arrive():
    async with server(None) as url, http(connection_pool_size=1, pool_timeout=0.01) as request:
        first = asyncio.ensure_future(request.post(url))
        await asyncio.sleep(0.05)
        with pytest.raises(TelegramError) as failed:
            await request.post(url)
        assert never_arrived(failed.value)
        first.cancel()


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        answered("502 Bad Gateway"),
        answered("500 Oops", "<html>"),
        answered("200 OK", "<"),
    ],
    ids=["silence", "hung up", "502", "500 that is no JSON", "an answer that is no JSON"],
)
async def test_what_was_sent_and_not_answered_may_have_arrived(answer):
    async with server(answer) as url:
        error = await failure(url, read_timeout=0.1)
    assert is_unknown(error)
    assert not never_arrived(error)


@pytest.mark.parametrize("status", ["400 Bad Request", "401 No", "403 Forbidden", "409 Conflict"])
async def test_what_was_refused_is_not_unknown(status):
    async with server(answered(status)) as url:
        error = await failure(url)
    assert not is_unknown(error)
    assert not never_arrived(error)


def test_what_did_not_arrive_for_certain_is_not_unknown():
    assert not is_unknown(NotSent("no connection"))
    assert is_unknown(InDoubt())


def test_the_words_of_a_doubt_name_no_customer():
    doubt = InDoubt("Invoice 26-27-00001 Ramesh Kumar.pdf")
    assert "Ramesh Kumar" in doubt.document
    assert str(doubt) == doubt.message == "Nobody knows whether a document arrived"


@pytest.mark.parametrize(
    ("error", "gone"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), True),
        (Forbidden("Forbidden: user is deactivated"), True),
        (BadRequest("Bad Request: chat not found"), True),
        (BadRequest("Bad Request: message is too long"), False),
        (NetworkError("Bad Gateway"), False),
    ],
    ids=str,
)
def test_who_is_gone_for_good(error, gone):
    assert is_gone(error) is gone
