"""getUpdates as Telegram answers it, at both doors."""

import asyncio
import datetime as dt

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict


def texts(updates):
    return [update.effective_message.text for update in updates]


async def test_updates_stay_until_an_offset_confirms_them(bot, ravi):
    ravi.send("one")
    ravi.send("two")
    first = await bot.get_updates()
    assert texts(first) == ["one", "two"]
    assert first[1].update_id == first[0].update_id + 1
    assert texts(await bot.get_updates(offset=first[0].update_id)) == ["one", "two"]
    assert texts(await bot.get_updates(offset=first[1].update_id)) == ["two"]
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()


async def test_a_negative_offset_forgets_all_but_the_last(bot, ravi):
    for text in ("one", "two", "three"):
        ravi.send(text)
    assert texts(await bot.get_updates(offset=-1)) == ["three"]
    assert texts(await bot.get_updates()) == ["three"]


async def test_a_limit_is_kept(bot, ravi):
    ravi.send("one")
    ravi.send("two")
    assert texts(await bot.get_updates(limit=1)) == ["one"]


async def test_a_long_poll_is_answered_when_something_arrives(bot, ravi):
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0.05)
        ravi.send("now")
        assert texts(await asyncio.wait_for(poll, 1)) == ["now"]


async def test_a_long_poll_ends_empty_after_its_time(bot, ravi):
    before = asyncio.get_running_loop().time()
    assert await bot.get_updates(timeout=1) == ()
    assert 0.9 < asyncio.get_running_loop().time() - before < 2


async def test_only_the_newest_of_two_polls_goes_on(bot, ravi):
    old = asyncio.ensure_future(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    new = asyncio.ensure_future(bot.get_updates(timeout=5))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await old
    ravi.send("now")
    assert texts(await new) == ["now"]


async def test_kinds_that_were_not_asked_for_never_come(bot, ravi):
    await bot.get_updates(allowed_updates=["callback_query"])
    ravi.send("one")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    ravi.send("two")
    assert texts(await bot.get_updates()) == ["two"]


async def test_polling_is_refused_while_a_webhook_is_set(bot, ravi):
    assert await bot.set_webhook("https://example.com/hook", secret_token="s" * 8)
    assert (await bot.get_webhook_info()).url == "https://example.com/hook"
    with pytest.raises(Conflict, match="use deleteWebhook to delete the webhook first"):
        await bot.get_updates()
    ravi.send("one")
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_a_webhook_needs_https(bot):
    with pytest.raises(BadRequest, match=r"(?i)an https url must be provided for webhook"):
        await bot.set_webhook("http://example.com/hook")


async def test_taps_wait_two_and_a_half_minutes_and_messages_a_day(bot, telegram, ravi):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("y", callback_data="z")]])
    await bot.send_message(ravi.user_id, "x", reply_markup=markup)
    ravi.press(max(ravi.chat.messages), 0, 0)
    ravi.send("one")
    start = telegram.now()
    telegram.now = lambda: start + dt.timedelta(seconds=151)
    assert texts(await bot.get_updates()) == ["one"]
    telegram.now = lambda: start + dt.timedelta(hours=24, seconds=1)
    assert await bot.get_updates() == ()


def test_delivered_updates_can_come_again(telegram, ravi):
    ravi.send("one")
    [first] = telegram.updates.take()
    telegram.updates.redeliver()
    assert telegram.updates.take() == [first]


def test_an_update_can_be_queued_twice(telegram, ravi):
    telegram.updates.duplicates = 1
    ravi.send("one")
    ravi.send("two")
    ids = [update["update_id"] for update in telegram.updates.take()]
    assert ids == [ids[0], ids[0], ids[0] + 1]


async def test_what_is_handed_out_anew_is_counted(bot, telegram, ravi):
    telegram.updates.duplicates = 1
    ravi.send("one")
    await bot.get_updates()
    assert telegram.updates.repeated == 1
    await bot.get_updates()
    assert telegram.updates.repeated == 3


def test_an_update_shows_the_message_as_it_was(telegram, ravi):
    sent = ravi.send("one")
    ravi.edit(sent.message["message_id"], "two")
    message, edited = telegram.updates.take()
    assert message["message"]["text"] == "one"
    assert edited["edited_message"]["text"] == "two"
