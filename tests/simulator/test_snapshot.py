"""What survives a restart of the simulator."""

import asyncio
import json

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import Conflict

from simulator.errors import CannotStart
from simulator.request import FakeRequest
from simulator.snapshot import SKIPPED_IDS, Snapshot
from simulator.telegram import BOT_ID, Telegram
from simulator.view import bot_view, phone_view


def restarted(directory):
    telegram = Telegram(token=f"{BOT_ID}:new")
    assert Snapshot(telegram, directory).load()
    return telegram


async def test_phones_chats_files_and_what_waits_are_the_same(telegram, ravi, tmp_path):
    door = FakeRequest(telegram)
    async with Bot(telegram.token, request=door, get_updates_request=door) as bot:
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Save", callback_data="s")]])
        await bot.send_message(ravi.user_id, "<b>₹5</b>", "HTML", reply_markup=buttons)
        await bot.send_document(ravi.user_id, b"%PDF", filename="a.pdf")
        await bot.send_message(ravi.user_id, "x", reply_markup=ReplyKeyboardMarkup([["Menu"]]))
        await bot.set_my_commands([("start", "Begin")])
    telegram.person("Asha", "+919810012345", "hi", role="admin").block()
    telegram.sms(ravi.phone, "1")
    telegram.updates.take()
    ravi.send("waiting")
    Snapshot(telegram, tmp_path).save()

    again = restarted(tmp_path)
    assert [phone_view(person) for person in again.people.values()] == [
        phone_view(person) for person in telegram.people.values()
    ]
    assert bot_view(again) == bot_view(telegram)
    assert again.token == telegram.token
    [stored] = again.files.by_id.values()
    assert (stored.name, stored.content) == ("a.pdf", b"%PDF")
    [waiting] = again.updates.take()
    assert waiting["message"]["text"] == "waiting"

    newest = max(telegram.chats[ravi.user_id].messages)
    sent = again.people[ravi.user_id].send("next")
    assert sent.message["message_id"] == newest + 1
    [update] = again.updates.take()
    assert update["update_id"] == waiting["update_id"] + 1 + SKIPPED_IDS


async def test_a_webhook_still_stops_polling(telegram, ravi, tmp_path):
    door = FakeRequest(telegram)
    async with Bot(telegram.token, request=door, get_updates_request=door) as bot:
        await bot.set_webhook("https://example.com/")
    Snapshot(telegram, tmp_path).save()
    door = FakeRequest(restarted(tmp_path))
    async with Bot(telegram.token, request=door, get_updates_request=door) as bot:
        with pytest.raises(Conflict, match="webhook"):
            await bot.get_updates()


async def test_changes_are_written_by_themselves(telegram, ravi, tmp_path):
    snapshot = Snapshot(telegram, tmp_path)
    keeper = asyncio.ensure_future(snapshot.keep())
    ravi.send("x")
    for _ in range(100):
        await asyncio.sleep(0.05)
        if (tmp_path / "state.json").exists():
            break
    keeper.cancel()
    assert len(restarted(tmp_path).chats[ravi.user_id].messages) == 2


def test_without_a_snapshot_there_is_nothing_to_load(telegram, tmp_path):
    assert not Snapshot(telegram, tmp_path / "none").load()


def test_only_its_owner_can_read_it(telegram, ravi, tmp_path):
    ravi.send_document(b"x", "x.txt")
    Snapshot(telegram, tmp_path).save()
    [file] = (tmp_path / "files").iterdir()
    assert [oct(path.stat().st_mode)[-3:] for path in (tmp_path / "state.json", file)] == [
        "600",
        "600",
    ]


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", '{"version": 1}', '{"version": 99}'])
def test_a_snapshot_that_cannot_be_read_is_named(telegram, tmp_path, content):
    (tmp_path / "state.json").write_text(content)
    with pytest.raises(CannotStart, match=r"state\.json .*to begin anew"):
        Snapshot(telegram, tmp_path).load()


def test_a_file_that_is_missing_is_named(telegram, ravi, tmp_path):
    ravi.send_document(b"x", "x.txt")
    Snapshot(telegram, tmp_path).save()
    [file] = (tmp_path / "files").iterdir()
    file.unlink()
    with pytest.raises(CannotStart, match=file.name):
        Snapshot(telegram, tmp_path).load()


def test_a_place_that_cannot_be_written_is_named(telegram, tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(CannotStart, match=r"taken.* cannot be written"):
        Snapshot(telegram, tmp_path / "taken").save()


def test_a_half_written_file_never_takes_the_place_of_a_whole_one(telegram, ravi, tmp_path):
    snapshot = Snapshot(telegram, tmp_path)
    snapshot.save()
    (tmp_path / ".state.json.new").write_text("{")
    ravi.send("x")
    snapshot.save()
    assert json.loads((tmp_path / "state.json").read_text())["version"] == 1
