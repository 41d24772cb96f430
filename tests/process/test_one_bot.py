"""One bot at a time on the books of a MongoDB: a deployment's next one, a slip, and a frozen one.

The embedded store's server stands for the MongoDB: both reach it, and no folder locks it.
"""

import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.embedded import embedded_server
from tests.process.live import Live
from tests.process.running import Child, until

pytestmark = pytest.mark.process

KEY = "a key of thirty-two characters or more"
WAITS = "this one waits until that one stops"
WORKS = "runs; its data is in MongoDB"


@pytest.fixture
def mongodb(tmp_path: Path) -> Iterator[str]:
    with embedded_server(tmp_path) as uri:
        yield uri


@pytest.fixture
async def live(tmp_path: Path, mongodb: str) -> AsyncIterator[Live]:
    async with Live(tmp_path, MONGODB_URI=mongodb, SECRET_KEY=KEY) as live:
        yield live


@asynccontextmanager
async def another(live: Live, says: str) -> AsyncIterator[Child]:
    """A second bot on the same books, which has said one of the two."""
    folder = live.folder / "another"
    folder.mkdir(exist_ok=True)
    async with Child(folder, live.bot.settings) as newcomer:
        await until(lambda: WAITS in newcomer.said or WORKS in newcomer.said, "it starts")
        assert says in newcomer.said
        yield newcomer


async def test_a_deployments_next_bot_answers_once_the_last_has_stopped(live):
    async with another(live, WAITS) as newcomer:
        await live.admin.send("/start", sees="You are the admin")
        assert WORKS not in newcomer.said

        live.bot.signal(signal.SIGTERM)
        assert await live.bot.ended() == 0

        await live.admin.send("/help", sees="/adduser")
        newcomer.signal(signal.SIGTERM)
        assert await newcomer.ended() == 0
        assert newcomer.said.count(WAITS) == 1


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_one_that_waits_stops_when_asked_and_that_is_no_failure(live, told):
    async with another(live, WAITS) as newcomer:
        newcomer.signal(told)

        assert await newcomer.ended() == 0
        assert "Traceback" not in newcomer.said
    await live.admin.send("/start", sees="You are the admin")


async def test_a_frozen_bot_that_was_taken_for_dead_stops_and_the_other_goes_on(live):
    live.bot.signal(signal.SIGSTOP)
    async with another(live, WORKS):
        live.bot.signal(signal.SIGCONT)

        assert await live.bot.ended() == 1
        assert "another one has taken over its books" in live.bot.said.splitlines()[-1]
        assert "Traceback" not in live.bot.said
        await live.admin.send("/start", sees="You are the admin")
