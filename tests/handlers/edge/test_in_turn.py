"""One person's updates go in order; nobody waits for another person."""

import asyncio
import datetime as dt

import pytest
from telegram import Chat, Message, Update, User

from handlers.edge.in_turn import OF_A_CROWD, InTurn

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


async def test_of_a_crowd_a_few_go_at_a_time_and_others_do_not_wait_for_it():
    async def is_held_back(whose: int) -> bool:
        return whose != RAVI

    processor, at_work, most, answered = InTurn(is_held_back), [], [], asyncio.Event()

    async def of_the_crowd() -> None:
        at_work.append(True)
        most.append(len(at_work))
        await asyncio.wait_for(answered.wait(), 5)
        at_work.pop()

    async def quick() -> None:
        answered.set()

    crowd = [(100 + number, of_the_crowd()) for number in range(20)]
    await handled(processor, *crowd, (RAVI, quick()))

    assert len(most) == 20
    assert max(most) == OF_A_CROWD


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
    assert len(processor._turns) == 0


async def test_nobody_in_a_group_waits_for_it_in_private(processor):
    group, answered = Chat(-4_000_000_001, "group"), asyncio.Event()

    async def slow() -> None:
        await asyncio.wait_for(answered.wait(), 5)

    async def quick() -> None:
        answered.set()

    await asyncio.gather(
        processor.process_update(update(1, ASHA, group), slow()),
        processor.process_update(update(2, ASHA), quick()),
    )
