"""A bot whose books another process has taken over leaves Telegram to that one."""

import json

import pytest
from telegram.request import HTTPXRequest

from handlers.edge.intake import Intake, NotKept
from handlers.edge.polling import KeepingBot
from handlers.edge.store_away import StoreAway
from storage.lease import Lease

PERSON = {"id": 3, "first_name": "Asha", "is_bot": False}

# PTB says so of its own error, until an environment variable is set.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


class Telegram(HTTPXRequest):
    """Counts what it is asked for; ``has`` is what it answers."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.has: list[dict[str, object]] = []

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        self.asked += 1
        return 200, json.dumps({"ok": True, "result": self.has}).encode()


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def bot(mongomock_store, clock, telegram) -> KeepingBot:
    intake = Intake(mongomock_store, clock, StoreAway(mongomock_store), frozenset)
    return KeepingBot(intake, token="1:a", get_updates_request=telegram)  # noqa: S106


async def test_who_holds_the_books_asks_for_updates(bot, telegram, mongomock_store):
    mongomock_store.lease.take(None)
    mongomock_store.lease.beat()

    await bot.get_updates()

    assert telegram.asked == 1


async def test_who_finds_them_taken_over_asks_for_none(bot, telegram, mongomock_store):
    another = Lease(mongomock_store._database)
    mongomock_store.lease.take(None)
    another.take(another.look())
    mongomock_store.lease.beat()

    assert await bot.get_updates() == ()

    assert telegram.asked == 0


async def test_what_it_wrote_too_late_for_the_other_to_see_does_not_count_as_kept(
    bot, telegram, mongomock_store, clock
):
    another = Lease(mongomock_store._database)
    mongomock_store.lease.take(None)
    another.take(another.look())
    chat = {"id": 3, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": PERSON, "text": "/start"}
    telegram.has = [{"update_id": 7, "message": message}]

    with pytest.raises(NotKept):  # and so Telegram is not asked for what comes after it
        await bot.get_updates()

    mongomock_store.lease = another
    others = Intake(mongomock_store, clock, StoreAway(mongomock_store), frozenset)
    (brought,) = await others.take(bot, telegram.has)
    assert others.admits(brought)
