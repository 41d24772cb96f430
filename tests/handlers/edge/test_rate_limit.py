"""Where Telegram wants the bot to be slower, the bot waits; and nowhere else."""

import asyncio
import datetime as dt
from collections.abc import Callable

import httpx
import pytest
from aiolimiter import AsyncLimiter
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TimedOut

from handlers.edge import rate_limit
from handlers.edge.outcome import NotSent
from handlers.edge.rate_limit import (
    ANSWER,
    DISPENSABLE,
    LONGER,
    PAUSES,
    RETRIES,
    UNPROMPTED,
    ChatRateLimiter,
)
from tests.hurry import Hurry

STRANGER, PARTNER = 1, 2


@pytest.fixture(autouse=True)
def in_timedeltas(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


class Bot:
    """Calls Telegram, which has something else for the calls in ``instead``, in their order."""

    def __init__(self) -> None:
        self.hurry = Hurry()
        self.limiter = ChatRateLimiter(self.hurry.now, self.hurry.sleep)
        self.instead: list[Exception] = []
        self.called: list[int | None] = []

    async def call(self, chat_id: int | None, endpoint: str = "any"):
        async def callback(told: int | None) -> bool:
            self.called.append(told)
            if self.instead:
                raise self.instead.pop(0)
            return True

        data = {} if chat_id is None else {"chat_id": chat_id}
        return await self.limiter.process_request(callback, [chat_id], {}, endpoint, data, None)

    def in_the_background(self, *chats: int | None) -> asyncio.Future[list[bool]]:
        return asyncio.gather(*map(self.call, chats))


@pytest.fixture
def bot():
    return Bot()


def slower(seconds: float) -> RetryAfter:
    return RetryAfter(dt.timedelta(seconds=seconds))


def not_connected(cause: Callable[[str], Exception] = httpx.ConnectError) -> NetworkError:
    error = NetworkError("no connection")
    error.__cause__ = cause("refused")
    return error


async def settle():
    """Let everything come as far as it gets without time passing."""
    for _turn in range(20):
        await asyncio.sleep(0)


class TestTooManyRequests:
    async def test_the_call_is_made_again_after_as_long_as_telegram_said(self, bot):
        bot.instead = [slower(2), slower(4)]
        assert await bot.call(STRANGER)
        assert bot.hurry.slept == pytest.approx([2 + LONGER, 4 + LONGER])

    async def test_after_some_tries_it_is_given_up_with_the_seconds_still_to_wait(self, bot):
        bot.instead = [slower(1)] * (RETRIES + 1)
        with pytest.raises(NotSent) as given_up:
            await bot.call(STRANGER)
        assert given_up.value.after == pytest.approx(1 + LONGER)
        assert len(bot.called) == RETRIES + 1

    async def test_nobody_is_made_to_wait_longer_than_the_patience_of_an_answer(self, bot):
        bot.instead = [slower(ANSWER.patience + 1)]
        with pytest.raises(NotSent) as given_up:
            await bot.call(STRANGER)
        assert given_up.value.after == pytest.approx(ANSWER.patience + 1 + LONGER)
        assert bot.hurry.slept == []

    async def test_several_holds_share_one_patience(self, bot):
        bot.instead = [slower(ANSWER.patience * 0.6)] * 2
        with pytest.raises(NotSent):
            await bot.call(STRANGER)
        assert sum(bot.hurry.slept) < ANSWER.patience

    async def test_until_then_telegram_is_not_asked_again_for_this_chat(self, bot):
        bot.instead = [slower(300)]
        for _twice in range(2):
            with pytest.raises(NotSent):
                await bot.call(STRANGER)
        assert bot.called == [STRANGER]
        bot.hurry.time += 300 + LONGER
        assert await bot.call(STRANGER)

    @pytest.mark.parametrize("refused", [STRANGER, None], ids=["a chat", "no chat"])
    async def test_nobody_waits_for_what_was_refused_to_another(self, bot, refused):
        bot.instead = [slower(6)]
        bot.hurry.stand_still()
        held = bot.in_the_background(refused)
        await settle()
        assert await bot.call(PARTNER)
        assert await bot.call(None)
        assert bot.called == [refused, PARTNER, None]
        bot.hurry.pass_again()
        assert await held == [True]

    async def test_the_chat_itself_is_left_alone_for_as_long(self, bot):
        bot.instead = [slower(6)]
        bot.hurry.stand_still()
        held = bot.in_the_background(STRANGER, STRANGER, STRANGER)
        await settle()
        assert bot.called == [STRANGER]
        bot.hurry.pass_again()
        assert await held == [True] * 3
        assert bot.hurry.slept == pytest.approx([6 + LONGER] * 3)

    async def test_a_shorter_wait_does_not_end_a_longer_one(self, bot):
        for seconds in (6, 1):
            bot.limiter._hold(STRANGER, seconds)
        assert await bot.call(STRANGER)
        assert bot.hurry.slept == pytest.approx([6 + LONGER])

    async def test_nothing_is_kept_of_chats_that_were_held_once(self, bot):
        bot.instead = [slower(1)] * 50
        await bot.in_the_background(*range(50))
        bot.hurry.time += 60
        bot.instead = [slower(1)]
        await bot.call(STRANGER)
        assert list(bot.limiter._held) == [STRANGER]


class TestNoConnection:
    @pytest.mark.parametrize(
        "cause", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout]
    )
    async def test_a_call_that_never_arrived_is_made_again_after_growing_pauses(self, bot, cause):
        bot.instead = [not_connected(cause)] * len(PAUSES)
        assert await bot.call(PARTNER)
        assert bot.hurry.slept == list(PAUSES) == sorted(PAUSES)

    async def test_in_the_end_it_is_certain_that_it_did_not_arrive(self, bot):
        bot.instead = [not_connected() for _try in range(len(PAUSES) + 1)]
        with pytest.raises(NotSent) as given_up:
            await bot.call(PARTNER)
        assert given_up.value.after == 0

    async def test_what_only_adorns_is_given_up_sooner(self, bot):
        bot.instead = [not_connected() for _try in range(len(PAUSES) + 1)]
        with rate_limit.at(DISPENSABLE), pytest.raises(NotSent):
            await bot.call(PARTNER)
        assert sum(bot.hurry.slept) <= DISPENSABLE.patience

    async def test_the_start_is_left_to_the_library_which_tries_again_itself(self, bot):
        bot.instead = [not_connected()]
        with pytest.raises(NetworkError, match="no connection"):
            await bot.call(None, "getMe")
        assert bot.hurry.slept == []


@pytest.mark.parametrize(
    "error",
    [
        TimedOut(),
        NetworkError("Bad Gateway"),
        not_connected(httpx.ReadError),
        not_connected(httpx.ReadTimeout),
        not_connected(httpx.WriteTimeout),
        not_connected(httpx.RemoteProtocolError),
        BadRequest("Chat not found"),
        BadRequest("Message to be replied not found"),
        ChatMigrated(-5),
    ],
    ids=repr,
)
async def test_what_may_have_arrived_or_was_refused_is_not_made_again(bot, error):
    bot.instead = [error]
    with pytest.raises(type(error)) as raised:
        await bot.call(PARTNER)
    assert raised.value is error
    assert bot.called == [PARTNER]


class TestBulk:
    @pytest.fixture
    def bot(self, bot):
        bot.limiter._bulk = AsyncLimiter(30, 3600)
        return bot

    async def test_what_nobody_asked_for_shares_thirty_a_second(self, bot):
        bulk = ChatRateLimiter()._bulk
        assert (bulk.max_rate, bulk.time_period) == (30, 1)
        with rate_limit.at(UNPROMPTED):
            calls = bot.in_the_background(*range(100))
        await settle()
        assert len(bot.called) == 30
        calls.cancel()

    async def test_an_answer_does_not_wait_behind_it(self, bot):
        with rate_limit.at(UNPROMPTED):
            calls = bot.in_the_background(*range(100))
        await settle()
        assert await bot.call(PARTNER)
        assert bot.called[-1] == PARTNER
        calls.cancel()

    async def test_nor_do_answers_wait_for_each_other(self, bot):
        await bot.in_the_background(*range(1000))
        assert len(bot.called) == 1000


async def test_a_group_is_written_to_twenty_times_a_minute(bot):
    calls = bot.in_the_background(*[-100] * 40)
    await settle()
    assert 20 <= len(bot.called) < 40
    calls.cancel()
