"""Telegram's calls: who may make them, and what is kept of them before they are answered."""

import asyncio
import json

import pytest
from telegram.ext import CallbackContext

from handlers.edge.admins import NoAdminReached
from handlers.web.webhook import LONGEST, SECRET_HEADER
from storage.errors import StoreUnavailable

# PTB says so of its own error, until an environment variable is set.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def telegram(firm, web):
    """What Telegram knows: where to call, and what to show."""
    application = firm.chat.application
    await application.bot_data["web"].webhook.register(application.bot)
    return firm.chat.telegram.settings["webhook"]


@pytest.fixture
def update(firm, telegram):
    """What a partner has typed, on its way."""
    return typed(firm, "/start")


def typed(firm, text):
    phone = firm.chat.phone("Stranger", f"+9198765{len(firm.chat.telegram.people):05d}")
    phone.person.send(text)
    (update,) = firm.chat.telegram.updates.take()
    return update


async def call(web, telegram, body, **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    shown = {SECRET_HEADER: telegram["secret_token"]} | headers
    return await web.post(telegram["url"], content=content, headers=shown)


def kept(firm):
    return {one.update_id for one in firm.store.inbox.waiting()}


async def test_what_it_brings_is_kept_and_let_through(firm, web, telegram, update):
    answer = await call(web, telegram, update)
    assert (answer.status_code, answer.content) == (200, b"")
    assert kept(firm) == {update["update_id"]}
    assert firm.chat.application.update_queue.qsize() == 1


async def test_what_it_brings_twice_is_let_through_once(firm, web, telegram, update):
    for _time in range(2):
        assert (await call(web, telegram, update)).status_code == 200
    assert firm.chat.application.update_queue.qsize() == 1


@pytest.mark.parametrize("shown", [None, "", "wrong", "schlüssel"])
async def test_without_its_secret_nothing_is_taken(firm, web, telegram, update, shown):
    headers = {SECRET_HEADER: shown.encode()} if shown is not None else {}
    answer = await web.post(telegram["url"], content=json.dumps(update), headers=headers)
    assert answer.status_code == 403
    assert not kept(firm)


async def test_at_another_address_there_is_nothing(web, telegram, update):
    answer = await web.post(
        telegram["url"] + "x",
        content=json.dumps(update),
        headers={SECRET_HEADER: telegram["secret_token"]},
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_it_is_only_called(web, telegram, method):
    answer = await web.request(
        method, telegram["url"], headers={SECRET_HEADER: telegram["secret_token"]}
    )
    assert answer.status_code == 405


async def test_what_is_too_long_is_not_read(firm, web, telegram, update):
    long = {**update, "padding": "x" * LONGEST}
    assert (await call(web, telegram, long)).status_code == 413
    assert not kept(firm)


async def test_nor_when_it_does_not_say_how_long_it_is(firm, web, telegram):
    async def endless():
        for _piece in range(LONGEST // 1024 + 2):
            yield b"x" * 1024

    answer = await web.post(
        telegram["url"], content=endless(), headers={SECRET_HEADER: telegram["secret_token"]}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"\xff\xfe",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": 1180591620717411303424}',
        b'{"update_id": 1.5}',
        b"[" * 100_000,
        b'{"update_id": null}',
    ],
)
async def test_garbage_is_refused(firm, web, telegram, garbage):
    assert (await call(web, telegram, garbage)).status_code == 400
    assert not kept(firm)


async def test_an_update_that_cannot_be_read_is_set_aside(firm, web, telegram, caplog):
    assert (await call(web, telegram, {"update_id": 7, "message": 5})).status_code == 200
    assert "Update 7 cannot be read" in caplog.text
    assert firm.chat.application.update_queue.qsize() == 0


async def test_while_the_store_is_away_telegram_keeps_it(firm, web, telegram, update, monkeypatch):
    def away(*_, **__):
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(firm.store.inbox, "keep", away)
        answer = await call(web, telegram, update)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert (await call(web, telegram, update)).status_code == 200
    assert firm.chat.application.update_queue.qsize() == 1


async def test_many_at_once_are_each_let_through_once(firm, web, telegram):
    updates = [typed(firm, "/start") for _person in range(20)]
    answers = await asyncio.gather(*(call(web, telegram, one) for one in updates * 3))
    assert {answer.status_code for answer in answers} == {200}
    assert firm.chat.application.update_queue.qsize() == 20


async def test_its_address_and_its_secret_are_not_the_token(firm, telegram):
    token = firm.chat.telegram.token
    assert token not in telegram["url"] + telegram["secret_token"]
    assert len(telegram["secret_token"]) == 64


async def test_while_nothing_can_be_kept_it_is_not_well(firm, web, telegram, update, monkeypatch):
    def full(*_given, **_named):
        raise StoreUnavailable

    with monkeypatch.context() as away:
        away.setattr(firm.store.inbox, "keep", full)
        assert (await call(web, telegram, update)).status_code == 503
        assert (await web.get("/healthz")).json()["store"] == "away"
    assert (await call(web, telegram, update)).status_code == 200
    assert (await web.get("/healthz")).json()["store"] == "ok"


class TestWhereTelegramCalls:
    OTHER = "https://other.example.net/telegram/x"

    @pytest.fixture
    def tick(self, firm, in_web_mode):
        assert in_web_mode is None
        """Lets it look once; gives why the bot was stopped, if it was."""
        application = firm.chat.application
        stopped = []
        tick = application.bot_data["web"].webhook
        tick._stop = stopped.append

        async def ticked():
            await tick(CallbackContext(application))
            return stopped

        return ticked

    async def test_here_it_is_left(self, telegram, tick):
        assert telegram["url"]
        assert await tick() == []

    async def test_it_is_told_where_the_start_has_not_managed_to(self, firm, tick):
        """The address that it knows may be this bot's own, of before ``PUBLIC_URL`` changed."""
        await firm.chat.application.bot.set_webhook(self.OTHER)
        assert await tick() == []
        assert firm.chat.telegram.settings["webhook"]["url"].startswith("https://books.example")

    async def test_whoever_polled_meanwhile_has_ended_it_and_it_begins_anew(
        self, firm, telegram, tick
    ):
        url = telegram["url"]
        await firm.chat.application.bot.delete_webhook()
        assert await tick() == []
        assert firm.chat.telegram.settings["webhook"]["url"] == url

    @pytest.mark.usefixtures("telegram")
    async def test_elsewhere_another_bot_has_taken_over_and_this_one_stops(self, firm, tick):
        await firm.chat.application.bot.set_webhook(self.OTHER)
        (why,) = await tick()
        assert why.startswith("Another bot with this TELEGRAM_BOT_TOKEN")
        assert firm.chat.telegram.settings["webhook"]["url"] == self.OTHER
        assert "This bot runs twice" in firm.admin.last.text

    @pytest.mark.usefixtures("telegram")
    async def test_it_stops_though_no_admin_can_be_told(self, firm, tick, monkeypatch):
        def nobody(_text):
            raise NoAdminReached

        monkeypatch.setattr(firm.chat.application.bot_data["web"].webhook, "_tell", nobody)
        await firm.chat.application.bot.set_webhook(self.OTHER)
        assert len(await tick()) == 1
