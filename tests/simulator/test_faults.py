"""Faults on demand, as a bot meets them at either door."""

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from simulator import faults
from simulator.faults import Weather


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


async def test_it_is_known_which_call_met_what_and_whose_chat_it_was_about(bot, telegram, ravi):
    telegram.faults.plan("sendMessage", faults.disconnected())
    telegram.faults.plan("answerCallbackQuery", faults.lost_answer())
    telegram.faults.plan("getMe", faults.server_error(503))
    with pytest.raises(NetworkError):
        await bot.send_message(ravi.user_id, "x")
    with pytest.raises(TimedOut):
        await bot.answer_callback_query(telegram.new_tap(ravi.user_id))
    with pytest.raises(NetworkError):
        await bot.get_me()
    assert [(one.method, str(one.fault), one.chat_id) for one in telegram.faults.struck] == [
        ("sendMessage", "disconnect", ravi.user_id),
        ("answerCallbackQuery", "lost answer", ravi.user_id),
        ("getMe", "503", 0),
    ]


async def test_what_was_refused_for_now_is_not_lost(bot, telegram, ravi, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    telegram.faults.plan("sendMessage", faults.flood(1))
    telegram.faults.plan("sendMessage", faults.lost_answer())
    with pytest.raises(RetryAfter):
        await bot.send_message(ravi.user_id, "x")
    assert telegram.faults.lost[ravi.user_id] == 0
    with pytest.raises(TimedOut):
        await bot.send_message(ravi.user_id, "x")
    assert telegram.faults.lost[ravi.user_id] == 1


def what_strikes(weather, method, calls=2000):
    return [fault and str(fault) for fault in (weather.strike(method) for _ in range(calls))]


def test_weather_strikes_the_share_of_calls_that_it_was_given():
    weather = Weather(1, {"sendMessage": 0.1})
    struck = [one for one in what_strikes(weather, "sendMessage") if one]
    assert 150 < len(struck) < 250
    assert set(struck) == {"429", "502", "lost request", "lost answer", "disconnect"}
    assert len(weather.struck) == len(struck)
    assert not any(what_strikes(weather, "sendDocument"))


def test_weather_is_the_same_for_the_same_seed_whatever_else_is_called():
    shares = {"sendMessage": 0.1, "sendDocument": 0.1}
    alone, among_others, another = Weather(1, shares), Weather(1, shares), Weather(2, shares)
    what_strikes(among_others, "sendDocument")
    expected = what_strikes(alone, "sendMessage")
    assert what_strikes(among_others, "sendMessage") == expected
    assert what_strikes(another, "sendMessage") != expected


def test_what_is_planned_strikes_in_any_weather_until_it_clears():
    weather = Weather(1, {"sendMessage": 1.0})
    weather.plan("sendMessage", faults.server_error(599))
    weather.plan("sendMessage", faults.server_error(599))
    assert str(weather.strike("sendMessage")) == "599"
    weather.clear()
    assert weather.strike("sendMessage") is None
