"""Whatever a partner sends is answered once, in order: killed, stopped, or with the store gone."""

import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest

from simulator.telegram import Event
from storage.embedded import embedded_server
from tests.process.live import Live
from tests.process.phone import Phone
from tests.process.running import until

pytestmark = pytest.mark.process

AWAY = "The books cannot be reached just now"
KEY = "a key of thirty-two characters or more"
INVOICE = ("/invoice", "Ramesh Kumar", "wheat", "52", "2425", "rice 10 3200", "dal 2 9000")
"""Typed without waiting for any answer."""

TYPED = "3. dal: 2 × ₹9,000.00 = ₹18,000.00"


async def with_customer(live: Live) -> Phone:
    phone = await live.partner()
    await phone.press("New customer", sees="What is the customer's name")
    await phone.send("Ramesh Kumar", sees="Phone")
    await phone.press("Save now", sees="Ramesh Kumar was added")
    return phone


def said(live: Live, phone: Phone, words: str) -> int:
    """How often the bot has said this to them."""
    messages = live.telegram.chats[phone.user_id].messages.values()
    return sum(one.outgoing and words in one.formatted.text for one in messages)


@pytest.mark.parametrize("answers", [0, 1, 4])
async def test_what_was_typed_before_a_kill_is_answered_after_it(live, answers):
    phone = await with_customer(live)
    with killed_after(live, phone, answers):
        for text in INVOICE:
            await phone.send(text)
        await until(lambda: len(live.telegram.updates.waiting) == 0 or answers, "it is fetched")
        if not answers:
            live.bot.kill()
        assert await live.bot.ended() == -signal.SIGKILL
    await live.start()
    summary = await phone.sees(TYPED)
    assert summary["text"].count("wheat: 52") == 1
    await phone.press("✓ Done", sees="paid now")


@contextmanager
def killed_after(live: Live, phone: Phone, answers: int) -> Iterator[None]:
    """Kill the bot at the call that brings them so many answers; at none of them for 0."""
    left = answers

    def hear(event: Event) -> None:
        nonlocal left
        if event.kind == "message" and event.user_id == phone.user_id:
            kept = live.telegram.chats[phone.user_id].messages[event.data["message_id"]]
            left -= kept.outgoing
            if kept.outgoing and left == 0:
                live.bot.kill()

    live.telegram.watchers.append(hear)
    try:
        yield
    finally:
        live.telegram.watchers.remove(hear)


async def test_what_was_typed_before_a_stop_is_answered_by_then_or_after_it(live):
    phone = await with_customer(live)
    for text in INVOICE:
        await phone.send(text)
    live.bot.signal(signal.SIGTERM)
    assert await live.bot.ended() == 0
    await live.start()
    await phone.sees(TYPED)


async def test_an_update_that_telegram_sends_again_is_answered_once(live):
    phone = await with_customer(live)
    live.telegram.updates.duplicates = 3
    await phone.send("/customers", sees="1 customer")
    await phone.send("/users", sees="admin")  # which is not begun before that is done
    await live.kill()
    live.telegram.updates.redeliver(4)
    await live.start()
    await phone.send("/help", sees="/invoice")
    assert said(live, phone, "1 customer") == 1


class Store:
    """A store of its own, beside the bot, that can be gone for a while."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.uri = ""

    def __enter__(self) -> Self:
        self._serving = embedded_server(self.folder)
        self.uri = self._serving.__enter__()
        return self

    def __exit__(self, *failed: object) -> None:
        self._serving.__exit__(None, None, None)

    @contextmanager
    def gone(self) -> Iterator[None]:
        self.__exit__()
        try:
            yield
        finally:
            self.__enter__()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


@pytest.fixture
async def apart(tmp_path: Path, store: Store) -> AsyncIterator[Live]:
    """The bot, on a store that is not its own."""
    async with Live(tmp_path, MONGODB_URI=store.uri, SECRET_KEY=KEY) as live:
        yield live


async def test_while_the_store_is_gone_everybody_is_told_and_then_answered(apart, store):
    phone = await with_customer(apart)
    await phone.send("/invoice", sees="customer")
    await phone.press("Ramesh Kumar", sees="Which item")
    with store.gone():
        # Not as the answer to this: what they did before may not be marked as done yet.
        await phone.send("wheat")
        await phone.sees(AWAY)
        for text in INVOICE[3:]:
            await phone.send(text)
        await apart.admin.send("/users")
        await apart.admin.sees(AWAY)
    await phone.sees(TYPED)
    await apart.admin.sees("1 partner")
    assert [said(apart, one, AWAY) for one in (phone, apart.admin)] == [1, 1]
    assert "Traceback" not in apart.bot.said


async def test_an_invoice_saved_while_the_store_is_gone_is_saved_once_it_is_back(apart, store):
    phone = await with_customer(apart)
    for text in INVOICE:
        await phone.send(text)
    await phone.sees(TYPED)
    await phone.press("✓ Done", sees="paid now")
    await phone.press("Full", sees="Date")
    with store.gone():
        await phone.press("✓ Save invoice")
        await phone.sees(AWAY)
    await phone.sees("saved")
    assert (await phone.pdf("Ramesh Kumar")).startswith(b"%PDF-")
    assert said(apart, phone, "Invoice 26-27/00001 saved") == 1
