"""From ``DATA_DIR`` to a MongoDB by one command, for which the embedded store's server stands."""

import asyncio
import signal

import pytest

from bot.lease import BEAT
from storage.database import open_remote
from storage.embedded import embedded_server
from storage.errors import StoreHalfFilled
from tests.process.live import Live
from tests.process.running import Child, command, until
from tests.process.test_start import refusal

pytestmark = pytest.mark.process


@pytest.fixture
def mongodb(tmp_path):
    (tmp_path / "server").mkdir()
    with embedded_server(tmp_path / "server") as uri:
        yield uri


async def test_the_books_and_whoever_is_signed_in_go_on_there(tmp_path, mongodb):
    async with Live(tmp_path) as live:
        ravi = await live.partner()
        await ravi.press("New customer", sees="What is the customer's name")
        await ravi.send("Ramesh Kumar", sees="Phone")
        await ravi.press("Save now", sees="was added")
        await ravi.press("New invoice", sees="item")

        running = await command(tmp_path, "move-data", "--to", mongodb)
        assert "The bot works on the data in data. Stop it first" in running.complained

        live.bot.signal(signal.SIGTERM)
        assert await live.bot.ended() == 0
        moved = await command(tmp_path, "move-data", "--to", mongodb)
        assert (moved.code, moved.complained) == (0, "")
        assert moved.said.count("1 customer, 0 entries, 0 differences") == 2
        assert "drafts: 1" in moved.said
        assert "SECRET_KEY to what is in data/secret.key" in moved.said

        refused = await refusal(tmp_path, {})
        assert refused.code == 1
        assert "These data were moved to the MongoDB at " in refused.lines[-1]

        key = (tmp_path / "data" / "secret.key").read_text(encoding="ascii")
        live.bot.settings |= {"MONGODB_URI": mongodb, "SECRET_KEY": key}
        await live.start()
        await ravi.send("wheat 52 2425", sees="1,26,100")
        assert "its data is in MongoDB" in live.bot.said


async def test_it_can_be_undone(tmp_path, mongodb):
    async with Live(tmp_path) as live:
        await live.partner()
        live.bot.signal(signal.SIGTERM)
        assert await live.bot.ended() == 0
        nothing = await command(tmp_path, "move-data", "--undo")
        assert "nothing to undo" in nothing.complained
        await command(tmp_path, "move-data", "--to", mongodb)
        undone = await command(tmp_path, "move-data", "--undo")
        assert (undone.code, undone.complained) == (0, "")
        await live.start()
        await live.admin.send("/users", sees="1 partner")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://db.example.net", "--to is not the address of a MongoDB"),
        ("mongodb://127.0.0.1:1/arhtiya", "The MongoDB at 127.0.0.1:1 does not answer"),
    ],
)
async def test_an_address_that_is_none_is_one_line(tmp_path, address, words):
    refused = await command(tmp_path, "move-data", "--to", address)
    assert refused.code == 1
    assert words in refused.complained
    assert len(refused.complained.splitlines()) == 1


WAITS = "this one waits until that one stops"
KEY = "a key of thirty-two characters or more"


class Moving(Child):
    """``move-data`` from one MongoDB to another, which takes some seconds."""

    def __init__(self, folder, source, target):
        folder.mkdir()
        super().__init__(folder, {"MONGODB_URI": source, "SECRET_KEY": KEY})
        self.target = target

    @property
    def command(self):
        return (*super().command, "move-data", "--to", self.target)


async def crawled(child):
    """Let what was stopped show that it lives, and get hardly further."""
    await asyncio.sleep(BEAT)
    child.signal(signal.SIGCONT)
    await asyncio.sleep(0.02)
    child.signal(signal.SIGSTOP)


@pytest.fixture
def another(tmp_path):
    (tmp_path / "another").mkdir()
    with embedded_server(tmp_path / "another") as uri:
        yield uri


@pytest.fixture
async def stopped(tmp_path, mongodb):
    """A firm whose data are in a MongoDB, and take a while to move; its bot is stopped."""
    async with Live(tmp_path, MONGODB_URI=mongodb, SECRET_KEY=KEY) as live:
        await live.partner()
        live.bot.signal(signal.SIGTERM)
        assert await live.bot.ended() == 0
        many = [{"_id": f"9{number:08}", "rev": 1} for number in range(4_000)]
        with open_remote(mongodb) as store:
            store._database["sign_in_limits"].insert_many(many)
        live.telegram.set_online(online=False)
        yield live


async def test_a_bot_that_waited_for_the_move_does_not_work_on_what_moved(
    stopped, tmp_path, mongodb, another
):
    async with Moving(tmp_path / "moving", mongodb, another) as moving:
        await until(lambda: "Here: " in moving.said, "it moves")
        moving.signal(signal.SIGSTOP)
        await stopped.bot.start()
        for _beat in range(60):
            if WAITS in stopped.bot.said:
                break
            await crawled(moving)
        assert WAITS in stopped.bot.said
        moving.signal(signal.SIGCONT)
        assert await moving.ended() == 0
    assert await stopped.bot.ended() == 1
    assert "These data were moved to the MongoDB at " in stopped.bot.said.splitlines()[-1]


async def test_a_move_that_stood_still_while_a_bot_took_over_hands_nothing_over(
    stopped, tmp_path, mongodb, another
):
    async with Moving(tmp_path / "moving", mongodb, another) as moving:
        await until(lambda: "ledger: " in moving.said, "it moves")
        moving.signal(signal.SIGSTOP)
        await stopped.bot.start()
        await until(lambda: stopped.bot.said.count("its data is in MongoDB") == 2, "it took over")
        moving.signal(signal.SIGCONT)
        assert await moving.ended() == 1
        assert "another one has taken over its books" in moving.said.splitlines()[-1]
    with open_remote(mongodb) as store:
        store.filling.check()
    with open_remote(another, unfinished=True) as store, pytest.raises(StoreHalfFilled):
        store.filling.check()
