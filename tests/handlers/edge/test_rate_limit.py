"""Where Telegram wants the bot to be slower, the bot waits; and nowhere else."""

import asyncio
import datetime as dt

import pytest
from telegram.error import RetryAfter

from handlers.edge import rate_limit
from handlers.edge.rate_limit import RETRIES, ChatRateLimiter

AN_HOUR = dt.timedelta(hours=1)

STRANGER, PARTNER = 1, 2


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What is to be waited for takes no time, unless Telegram named one."""
    monkeypatch.setattr(rate_limit, "LONGER", 0)
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


class Bot:
    """Calls Telegram, which refuses the next ``refusals`` calls for ``wait``."""

    def __init__(self) -> None:
        self.limiter = ChatRateLimiter()
        self.refusals = 0
        self.wait = dt.timedelta()
        self.called: list[int | None] = []

    async def call(self, chat_id: int | None):
        async def callback(told: int | None) -> bool:
            self.called.append(told)
            if self.refusals:
                self.refusals -= 1
                raise RetryAfter(self.wait)
            return True

        data = {} if chat_id is None else {"chat_id": chat_id}
        return await self.limiter.process_request(callback, [chat_id], {}, "any", data, None)

    def in_the_background(self, *chats: int | None) -> asyncio.Future[list[bool]]:
        return asyncio.gather(*map(self.call, chats))


@pytest.fixture
def bot():
    return Bot()


async def settle():
    """Let everything come as far as it gets without time passing."""
    for _turn in range(20):
        await asyncio.sleep(0)


async def test_a_call_that_was_refused_is_made_again(bot):
    bot.refusals = RETRIES
    assert await bot.call(STRANGER)
    assert bot.called == [STRANGER] * (RETRIES + 1)


async def test_in_the_end_it_is_given_up(bot):
    bot.refusals = RETRIES + 1
    with pytest.raises(RetryAfter):
        await bot.call(STRANGER)


@pytest.mark.parametrize("refused", [STRANGER, None], ids=["a chat", "no chat"])
async def test_nobody_waits_for_what_was_refused_to_another(bot, refused):
    bot.refusals, bot.wait = 1, AN_HOUR
    held = bot.in_the_background(refused)
    await settle()
    assert await asyncio.wait_for(bot.call(PARTNER), 5)
    assert await asyncio.wait_for(bot.call(None), 5)
    assert bot.called == [refused, PARTNER, None]
    held.cancel()


async def test_the_chat_itself_is_left_alone_for_as_long(bot):
    bot.refusals, bot.wait = 1, AN_HOUR
    held = bot.in_the_background(STRANGER)
    await settle()
    others = bot.in_the_background(STRANGER, STRANGER)
    await settle()
    assert bot.called == [STRANGER]
    held.cancel()
    others.cancel()


async def test_nothing_is_kept_of_chats_that_were_held_once(bot):
    bot.refusals = 50
    await bot.in_the_background(*range(50), STRANGER)
    assert bot.limiter._held == {}


async def test_a_longer_wait_replaces_a_shorter_one(bot):
    bot.limiter._hold(STRANGER, 0)
    bot.limiter._hold(STRANGER, AN_HOUR)
    held = bot.in_the_background(STRANGER)
    await asyncio.sleep(0.01)
    await settle()
    assert bot.called == []
    held.cancel()
