"""The port while the bot waits for its books: who answers there, and who comes after."""

import asyncio
import socket

import httpx
import pytest

from bot.door import Door
from bot.settings import EXAMPLES, Settings
from tests.process.called import free_port


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def settings(port, tmp_path):
    return Settings(
        telegram_bot_token=EXAMPLES["telegram_bot_token"],
        public_url="https://books.example.net",
        port=port,
        data_dir=tmp_path,
    )


@pytest.fixture
def door(settings):
    with Door(settings) as door:
        yield door


def ask(port, path="/healthz", method="GET"):
    with httpx.Client(trust_env=False, timeout=20) as client:
        return client.request(method, f"http://127.0.0.1:{port}{path}")


def is_open(port):
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def test_who_has_not_to_wait_opens_none(door, port):
    assert door.socket is None
    assert not is_open(port)


def test_who_waits_is_well_and_says_so(door, port):
    door.wait(0)
    answer = ask(port)
    assert (answer.status_code, answer.json()) == (200, {"status": "waiting"})
    assert answer.headers["x-robots-tag"]


@pytest.mark.parametrize(("method", "path"), [("POST", "/telegram/x"), ("GET", "/i/x.pdf")])
def test_all_others_are_to_come_again(door, port, method, path):
    door.wait(0)
    answer = ask(port, path, method)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"


async def test_who_comes_once_it_has_left_waits_for_the_next(door, port):
    door.wait(0)
    door.leave()
    coming = asyncio.ensure_future(asyncio.to_thread(ask, port))
    await asyncio.sleep(0.2)
    assert not coming.done()

    connection, _address = await asyncio.to_thread(door.socket.accept)
    with connection:
        connection.setblocking(True)
        await asyncio.to_thread(connection.recv, 1000)
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert (await coming).status_code == 204


def test_when_it_is_over_nobody_listens(settings, port):
    with Door(settings) as door:
        door.wait(0)
        assert is_open(port)
    assert not is_open(port)


def test_a_port_that_another_has_is_no_reason_not_to_wait(settings, port):
    with socket.create_server(("127.0.0.1", port)), Door(settings) as door:
        door.wait(0)
        assert door.socket is None


def test_who_polls_has_none(settings, port):
    with Door(settings.model_copy(update={"public_url": None})) as door:
        door.wait(0)
        assert not is_open(port)
