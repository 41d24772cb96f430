"""One person's updates go in order, and only so many; nobody waits for another person."""

import asyncio
import datetime as dt

import pytest
from telegram import Chat, Message, Update, User

from handlers.edge.in_turn import AT_ONCE, IN_LINE, InTurn

ASHA, RAVI = 1, 2


def update(number: int, user_id: int, chat: Chat | None = None) -> Update:
    person = User(user_id, first_name="A", is_bot=False)
    when = dt.datetime(2026, 8, 1, tzinfo=dt.UTC)
    chat = chat or Chat(user_id, "private")
    return Update(number, Message(number, when, chat, from_user=person))


@pytest.fixture
def processor() -> InTurn:
    return InTurn()


async def handled(processor: InTurn, *work) -> None:
    """Hand over (user, coroutine) pairs as Telegram's updates come: all at once, in order."""
    await asyncio.gather(
        *(
            processor.process_update(update(number, user_id), coroutine)
            for number, (user_id, coroutine) in enumerate(work)
        )
    )


async def test_one_persons_updates_go_in_order(processor):
    said = []

    async def act(what: str, turns: int) -> None:
        said.append(f"{what} begins")
        for _turn in range(turns):
            await asyncio.sleep(0)
        said.append(f"{what} ends")

    await handled(processor, *((ASHA, act(what, 9 - int(what))) for what in "12345"))
    assert said == [f"{what} {end}" for what in "12345" for end in ("begins", "ends")]


async def test_nobody_waits_for_another_person(processor):
    answered = asyncio.Event()

    async def slow() -> None:
        await asyncio.wait_for(answered.wait(), 5)

    async def quick() -> None:
        answered.set()

    await handled(processor, (ASHA, slow()), (RAVI, quick()))


async def test_an_update_that_fails_lets_the_next_one_in(processor):
    came = []

    async def fails() -> None:
        raise ValueError

    async def comes() -> None:
        came.append(True)

    with pytest.raises(ValueError):  # noqa: PT011 - the bare one raised above
        await processor.process_update(update(1, ASHA), fails())
    await processor.process_update(update(2, ASHA), comes())
    assert came == [True]


async def test_nothing_is_kept_of_people_who_went(processor):
    async def act() -> None:
        await asyncio.sleep(0)

    await handled(processor, *((user_id, act()) for user_id in range(50)))
    assert len(processor._lines) == 0


class Stuck:
    """Updates of which as many get done as ``go`` lets; ``done`` counts them."""

    def __init__(self, processor: InTurn) -> None:
        self.processor = processor
        self.go = asyncio.Semaphore(0)
        self.done = 0
        self.given: list[asyncio.Future[list[None]]] = []

    async def hand_over(self, *updates: Update) -> None:
        process = self.processor.process_update
        self.given.append(asyncio.gather(*(process(one, self._act()) for one in updates)))
        await asyncio.sleep(0)

    async def _act(self) -> None:
        await self.go.acquire()
        self.done += 1

    async def finish(self) -> int:
        for _update in range(AT_ONCE):
            self.go.release()
        await asyncio.gather(*self.given)
        return self.done


@pytest.fixture
def stuck(processor) -> Stuck:
    return Stuck(processor)


async def test_no_flood_of_one_person_takes_the_places_of_the_others(processor, stuck):
    await stuck.hand_over(*(update(number, ASHA) for number in range(2 * AT_ONCE)))
    answered = asyncio.Event()

    async def act() -> None:
        answered.set()

    await asyncio.wait_for(processor.process_update(update(0, RAVI), act()), 5)
    assert answered.is_set()
    assert await stuck.finish() == IN_LINE


async def test_what_does_not_fit_is_dropped_and_one_line_says_so(stuck, caplog):
    await stuck.hand_over(*(update(number, ASHA) for number in range(IN_LINE + 9)))
    dropped = [record.getMessage() for record in caplog.records if "dropped" in record.message]
    assert dropped == [f"More comes from {ASHA} than can be answered; the rest of it is dropped."]
    assert await stuck.finish() == IN_LINE


async def test_once_there_is_room_again_the_next_one_is_taken(stuck):
    await stuck.hand_over(*(update(number, ASHA) for number in range(IN_LINE + 1)))
    stuck.go.release()
    for _turn in range(9):
        await asyncio.sleep(0)
    await stuck.hand_over(*(update(number, ASHA) for number in range(2)))
    assert await stuck.finish() == IN_LINE + 1


async def test_of_a_whole_group_one_is_taken_at_a_time_and_nobody_waits_for_it(stuck):
    group = Chat(-4_000_000_001, "group")
    await stuck.hand_over(*(update(number, number + 1, group) for number in range(2 * AT_ONCE)))
    await stuck.hand_over(update(0, ASHA))
    assert await stuck.finish() == 2
