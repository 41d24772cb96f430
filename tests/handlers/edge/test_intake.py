"""What Telegram hands out is kept before it is told so, and let through once, and not too much."""

import asyncio
import datetime as dt
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pymongo.errors import AutoReconnect
from telegram import Chat, Message, Update, User

from handlers.edge.intake import (
    BUSY,
    CROWD,
    IN_LINE,
    IN_LINE_OF_OURS,
    MOST,
    Intake,
    NotKept,
    Queue,
)
from handlers.edge.store_away import StoreAway
from storage.models import User as Partner

ASHA, RAVI, MALLORY = 1, 2, 3
ADMIN = 9
WHEN = dt.datetime(2026, 8, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def update(number: int, user_id: int = MALLORY, chat: Chat | None = None) -> Update:
    person = User(user_id, first_name="A", is_bot=False)
    chat = chat or Chat(user_id, "private")
    return Update(number, Message(number, WHEN, chat, from_user=person, text=f"say {number}"))


def updates(count: int, user_id: int = MALLORY, first: int = 1) -> list[Update]:
    return [update(number, user_id) for number in range(first, first + count)]


class FakeBot:
    """Writes down whom it tells something."""

    def __init__(self) -> None:
        self.told: list[int] = []

    async def send_message(self, chat_id: int, text: str, **_named: object) -> None:
        assert "books cannot be reached" in text
        self.told.append(chat_id)


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
def intake(mongomock_store, clock) -> Intake:
    mongomock_store.users.add(
        Partner(
            id="ravi",
            name="Ravi Kumar",
            phone="+919876543210",
            registration_date=WHEN.date(),
            telegram_user_id=RAVI,
            chat_id=RAVI,
        )
    )
    return Intake(mongomock_store, clock, StoreAway(mongomock_store), lambda: frozenset({ADMIN}))


@pytest.fixture
def queue(intake) -> Queue:
    return Queue(intake)


def as_it_comes(batch: list[Update]) -> list[dict]:
    return [json.loads(one.to_json()) for one in batch]


async def let_through(intake, queue, bot, *batches: list[Update]) -> list[int]:
    """The ids of what the queue takes when Telegram hands out these, batch by batch."""
    for batch in batches:
        for one in await intake.take(bot, as_it_comes(batch)):
            await queue.put(one)
    return [queue.get_nowait().update_id for _ in range(queue.qsize())]


async def test_what_is_let_through_is_in_the_store(intake, queue, bot, mongomock_store):
    assert await let_through(intake, queue, bot, [update(7)]) == [7]
    (kept,) = mongomock_store.inbox.waiting()
    assert Update.de_json(json.loads(kept.body), None) == update(7)


async def test_what_comes_twice_is_let_through_once(intake, queue, bot):
    assert await let_through(intake, queue, bot, [update(7), update(7)], [update(7)]) == [7]


async def test_what_is_done_is_not_let_through_again(intake, queue, bot, mongomock_store, clock):
    await let_through(intake, queue, bot, [update(7)])
    mongomock_store.inbox.done(7, now=clock.now())
    intake.leave(update(7))
    assert await let_through(intake, queue, bot, [update(7), update(8)]) == [8]


async def test_what_an_earlier_process_left_comes_before_anything_new(
    intake, queue, bot, mongomock_store, clock
):
    mongomock_store.inbox.keep([(7, update(7).to_json())], now=clock.now())
    ((left, tries),) = await intake.left(bot)
    assert (left, tries) == (update(7), 1)
    assert intake.begin(left)
    assert await let_through(intake, queue, bot, [update(7), update(8)]) == [8]


async def test_a_store_that_is_away_leaves_everything_at_telegram(
    intake, queue, bot, mongomock_store, monkeypatch
):
    def away(*_, **__):
        raise AutoReconnect("connection closed")

    batch = [update(7, ASHA), update(8, ASHA), update(9, RAVI)]
    with monkeypatch.context() as patch:
        patch.setattr(mongomock_store.inbox._documents, "insert_many", away)
        for _asked_again in range(3):
            with pytest.raises(NotKept):
                await intake.take(bot, as_it_comes(batch))
    assert bot.told == [ASHA, RAVI]
    assert await let_through(intake, queue, bot, batch) == [7, 8, 9]


UNREADABLE = {"update_id": 8, "message": {"message_id": 1, "date": 1, "chat": {"id": 3}}}


async def test_what_cannot_be_read_keeps_back_nothing_beside_it(
    intake, queue, bot, mongomock_store, caplog
):
    batch = [*as_it_comes([update(7)]), UNREADABLE, *as_it_comes([update(9, RAVI)])]
    came = await intake.take(bot, batch)
    assert [one.update_id for one in came] == [7, 8, 9]
    for one in came:
        await queue.put(one)
    assert [queue.get_nowait().update_id for _ in range(queue.qsize())] == [7, 9]
    (said,) = [record.getMessage() for record in caplog.records]
    aside = mongomock_store.inbox.get(8)
    assert aside.reference in said
    assert json.loads(aside.body) == UNREADABLE


async def test_nor_does_it_when_it_was_left_by_an_earlier_process(
    intake, bot, mongomock_store, clock
):
    mongomock_store.inbox.keep(
        [(8, json.dumps(UNREADABLE)), (9, update(9).to_json())], now=clock.now()
    )
    assert [one.update_id for one, _tries in await intake.left(bot)] == [9]


async def test_what_the_library_cannot_write_is_kept_as_it_came(intake, queue, bot):
    """A pinned message that cannot be seen any more, which it reads and cannot write."""
    gone = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
    (pinned,) = as_it_comes([update(7)])
    pinned["message"]["pinned_message"] = gone
    came = await intake.take(bot, [pinned, *as_it_comes([update(8)])])
    for one in came:
        await queue.put(one)
    assert queue.qsize() == 2


async def test_what_was_kept_unheard_is_let_through(
    intake, queue, bot, mongomock_store, monkeypatch
):
    """The store had it; the connection broke before it could say so."""
    keep = mongomock_store.inbox.keep

    def unheard(*given, **named):
        keep(*given, **named)
        raise AutoReconnect("connection closed")

    with monkeypatch.context() as patch:
        patch.setattr(mongomock_store.inbox, "keep", unheard)
        with pytest.raises(NotKept):
            await intake.take(bot, as_it_comes([update(7)]))
    assert await let_through(intake, queue, bot, [update(7)]) == [7]


async def test_nothing_is_kept_without_what_came_before_it(intake, queue, bot, mongomock_store):
    """Told to stop, the bot cancels the poll, and polls a last time; no thread was free yet."""
    threads = ThreadPoolExecutor(1)
    asyncio.get_running_loop().set_default_executor(threads)
    busy = threading.Event()
    threads.submit(busy.wait)
    polling = asyncio.ensure_future(intake.take(bot, as_it_comes([update(7)])))
    await asyncio.sleep(0)
    polling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await polling
    busy.set()
    await intake.take(bot, as_it_comes([update(7), update(8)]))
    assert [one.update_id for one in mongomock_store.inbox.waiting()] == [7, 8]


async def test_no_flood_of_one_stranger_is_kept(intake, queue, bot, caplog):
    assert len(await let_through(intake, queue, bot, updates(IN_LINE + 9))) == IN_LINE
    dropped = [record.getMessage() for record in caplog.records if "dropped" in record.message]
    assert dropped == [f"More comes from {MALLORY} than can be answered; the rest is dropped."]


@pytest.mark.parametrize("ours", [RAVI, ADMIN])
async def test_a_partner_may_send_at_once_what_did_not_go_out_all_day(intake, queue, bot, ours):
    sent = updates(IN_LINE_OF_OURS + 9, ours)
    assert len(await let_through(intake, queue, bot, sent)) == IN_LINE_OF_OURS


async def test_once_there_is_room_again_the_next_one_is_taken(intake, queue, bot):
    await let_through(intake, queue, bot, updates(IN_LINE))
    assert await let_through(intake, queue, bot, [update(900)]) == []
    intake.leave(update(1))
    assert await let_through(intake, queue, bot, [update(901), update(902)]) == [901]


async def test_a_few_who_send_much_leave_everybody_room_for_one(intake, queue, bot):
    loud = [update(number, 1000 + number % 11) for number in range(CROWD + 99)]
    assert len(await let_through(intake, queue, bot, loud)) == CROWD
    one_each = [update(9000, ASHA), update(9001, RAVI), update(9002, ASHA), update(9003, RAVI)]
    assert await let_through(intake, queue, bot, one_each) == [9000, 9001, 9003]


async def test_a_crowd_of_strangers_leaves_room_for_partners(intake, queue, bot):
    crowd = [update(number, 10_000 + number) for number in range(MOST + 9)]
    assert len(await let_through(intake, queue, bot, crowd)) == MOST
    assert await let_through(intake, queue, bot, [update(19000, ASHA), update(19001, RAVI)]) == [
        19001
    ]


async def test_who_a_stranger_is_is_asked_once_for_all_that_is_dropped(
    intake, queue, bot, mongomock_store, monkeypatch
):
    asked, find = [], mongomock_store.users.by_telegram_user
    monkeypatch.setattr(
        mongomock_store.users, "by_telegram_user", lambda id: asked.append(id) or find(id)
    )
    for batch in range(4):
        await let_through(intake, queue, bot, updates(100, first=1 + 100 * batch))
    assert asked == [MALLORY]


@pytest.mark.parametrize(("waiting", "held_back"), [(BUSY, []), (BUSY + 1, [MALLORY])])
async def test_while_much_waits_strangers_go_behind_partners_and_admins(
    intake, queue, bot, waiting, held_back
):
    crowd = [update(number, 1000 + number) for number in range(waiting)]
    await let_through(intake, queue, bot, crowd)
    asked = (MALLORY, RAVI, ADMIN)
    assert [one for one in asked if await intake.is_held_back(one)] == held_back


async def test_of_a_whole_group_one_is_taken_at_a_time_and_none_is_kept(
    intake, queue, bot, mongomock_store
):
    group = Chat(-4_000_000_001, "group")
    batch = [update(number, number, group) for number in range(1, 99)]
    assert await let_through(intake, queue, bot, batch) == [1]
    assert mongomock_store.inbox.waiting() == []


async def test_nothing_is_remembered_of_who_went(intake, queue, bot):
    await let_through(intake, queue, bot, updates(IN_LINE + 1), updates(3, ASHA, first=900))
    for one in [*updates(IN_LINE), *updates(3, ASHA, first=900)]:
        intake.begin(one)
        intake.leave(one)
    kept = [intake._here, intake._lines, intake._begun]
    assert not any([*kept, intake._overflowing, intake._turned_away])
