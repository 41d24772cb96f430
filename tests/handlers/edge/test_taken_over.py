"""A bot whose books another process has taken over leaves Telegram to that one."""

import pytest
from telegram.request import HTTPXRequest

from handlers.edge.intake import Intake
from handlers.edge.polling import KeepingBot
from handlers.edge.store_away import StoreAway
from storage.lease import Lease


class Telegram(HTTPXRequest):
    """Counts what it is asked for, and has nothing for anybody."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        self.asked += 1
        return 200, b'{"ok": true, "result": []}'


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
