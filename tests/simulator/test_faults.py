"""Faults on demand, as a bot meets them at either door."""

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from simulator import faults


def bot_texts(person):
    return [kept.message["text"] for kept in person.chat.messages.values() if kept.outgoing]


async def test_a_flood_is_answered_with_the_seconds_to_wait(bot, telegram, ravi, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    telegram.faults.plan("sendMessage", faults.flood(7))
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(ravi.user_id, "x")
    assert refused.value.retry_after.total_seconds() == 7
    assert bot_texts(ravi) == []
    await bot.send_message(ravi.user_id, "y")
    assert bot_texts(ravi) == ["y"]


async def test_a_server_error_does_nothing(bot, telegram, ravi):
    telegram.faults.plan("sendMessage", faults.server_error(502), times=2)
    for _ in range(2):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(ravi.user_id, "x")
    assert bot_texts(ravi) == []
    await bot.send_message(ravi.user_id, "y")


async def test_a_lost_request_did_nothing(bot, telegram, ravi):
    telegram.faults.plan("sendMessage", faults.lost_request())
    with pytest.raises(TimedOut):
        await bot.send_message(ravi.user_id, "x")
    assert bot_texts(ravi) == []


async def test_a_lost_answer_took_effect(bot, telegram, ravi):
    telegram.faults.plan("sendMessage", faults.lost_answer())
    with pytest.raises(TimedOut):
        await bot.send_message(ravi.user_id, "x")
    assert bot_texts(ravi) == ["x"]


async def test_a_broken_connection_did_nothing(bot, telegram, ravi):
    telegram.faults.plan("sendMessage", faults.disconnected())
    with pytest.raises(NetworkError) as broken:
        await bot.send_message(ravi.user_id, "x")
    assert not isinstance(broken.value, TimedOut)
    assert bot_texts(ravi) == []


async def test_a_fault_strikes_its_own_method_or_any(bot, telegram, ravi):
    telegram.faults.plan("sendDocument", faults.server_error())
    telegram.faults.plan("*", faults.server_error())
    with pytest.raises(NetworkError):
        await bot.get_me()
    assert await bot.get_me()
    telegram.faults.clear()
    await bot.send_document(ravi.user_id, b"x", filename="x.txt")
