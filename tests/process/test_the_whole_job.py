"""The whole job with the real bot over HTTP, from the first partner to the PDF; and kill -9."""

import io
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pypdf
import pytest

from simulator.telegram import Event
from tests.process.live import Live
from tests.process.phone import Phone

pytestmark = pytest.mark.process

INVOICE = (
    ("send", "/invoice", "For which customer"),
    ("press", "Ramesh Kumar", "Which item"),
    ("send", "wheat", "How much wheat"),
    ("send", "52", "Price of one wheat"),
    ("send", "2425", "1. wheat: 52 × ₹2,425.00 = ₹1,26,100.00"),
    ("send", "rice 10 3200", "2. rice: 10 × ₹3,200.00 = ₹32,000.00"),
    ("press", "✓ Done", "How much is paid now"),
    ("send", "50k", "When is the rest due"),
    ("press", "+15", "Left on this invoice: ₹1,08,100.00"),
    ("press", "✓ Save invoice", "saved"),
)
"""What the partner does, and what the bot answers, step by step."""


@pytest.fixture
async def ravi(live: Live) -> Phone:
    """A signed-in partner with one customer."""
    phone = await live.partner()
    await phone.press("New customer", sees="What is the customer's name")
    await phone.send("Ramesh Kumar", sees="Phone")
    await phone.press("Save now", sees="Ramesh Kumar was added")
    return phone


async def do(phone: Phone, *steps: tuple[str, str, str]):
    for act, what, sees in steps:
        await getattr(phone, act)(what, sees=sees)


async def numbers_listed(phone: Phone) -> list[str]:
    """The numbers of all invoices, as the bot lists them."""
    listed = await phone.send("/invoices", sees="invoice")
    labels = [button["text"] for row in listed["buttons"] for button in row]
    return [label.split(" · ")[0] for label in labels if "/" in label]


async def assert_saved_once(phone: Phone):
    (number,) = await numbers_listed(phone)
    card = await phone.press(number, sees="This invoice: ₹1,58,100.00")
    for words in ("Ramesh Kumar", "1. wheat: 52", "2. rice: 10", "₹50,000.00", "₹1,08,100.00"):
        assert words in card["text"]
    await phone.send("/customers", sees="1 customer")
    await phone.press("Ramesh Kumar", sees="Balance: ₹1,08,100.00")


async def test_killed_as_each_answer_arrives_it_goes_on_and_saves_once(live, ravi):
    for step in INVOICE:
        with killed_as_it_says(live, ravi, step[-1]):
            await do(ravi, step)
        assert await live.bot.ended() == -signal.SIGKILL
        await live.start()
        await ravi.send("/fence", sees="I do not know /fence")  # what it was at, it has answered

    await ravi.press("PDF again")
    assert (await ravi.pdf("Ramesh Kumar")).startswith(b"%PDF-")
    await assert_saved_once(ravi)
    await ravi.send("/cancel", sees="There is nothing to cancel")


@contextmanager
def killed_as_it_says(live: Live, phone: Phone, words: str) -> Iterator[None]:
    """Kill the bot at the very call that brings these words to the phone: it never hears back."""

    def hear(event: Event) -> None:
        if event.kind == "message" and event.user_id == phone.user_id:
            message = live.telegram.chats[phone.user_id].messages[event.data["message_id"]]
            if message.outgoing and words in message.formatted.text:
                live.bot.kill()

    live.telegram.watchers.append(hear)
    try:
        yield
    finally:
        live.telegram.watchers.remove(hear)


async def test_from_the_first_partner_to_the_pdf_with_ctrl_c_in_the_middle(live, ravi):
    await do(ravi, *INVOICE[:4])

    live.bot.signal(signal.SIGINT)
    assert await live.bot.ended() == 0
    await live.start()

    await do(ravi, *INVOICE[4:])
    text = pypdf.PdfReader(io.BytesIO(await ravi.pdf("Ramesh Kumar"))).pages[0].extract_text()
    for words in ("Ramesh Kumar", "wheat", "rice", "1,58,100.00", "50,000.00", "1,08,100.00"):
        assert words in text
    await assert_saved_once(ravi)
    assert "ERROR" not in live.bot.said


@pytest.fixture
async def unclaimed(tmp_path):
    """A bot without ADMIN_IDS."""
    async with Live(tmp_path, ADMIN_IDS="") as live:
        yield live


async def test_without_admin_ids_the_link_in_the_log_makes_one_admin(unclaimed):
    live = unclaimed
    stranger = await Phone.added(live.http, "Mallory", "+919800000001")
    (link,) = re.findall(r"https://t\.me/\S+\?start=([\w-]+)", live.bot.said)

    await stranger.send("/start admin_guessed", sees="share your phone number")
    await live.admin.send(f"/start {link}", sees="You are the admin")
    await stranger.send(f"/start {link}", sees="share your phone number")

    said = live.bot.said
    await live.kill()
    await live.start()
    assert "?start=" not in live.bot.said.removeprefix(said)
    await live.admin.send("/adduser Ravi Kumar +91 98765 43210", sees="Ravi Kumar")
