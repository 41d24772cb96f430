"""What stays in the store of an update that could not be answered: no code, whatever it is in."""

import json

import pytest

from handlers.edge import answering
from storage.inbox import Arrival
from tests.flows.pictures import jpeg

# The library announces another type for its own attribute, which nothing here reads.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def broken(*_, **__):
    raise ValueError


def aside(firm) -> list[Arrival]:
    found = firm.store.inbox._documents.find()
    return [Arrival.read(one) for one in found if one.get("reference")]


@pytest.fixture
async def unheard(firm, partner, monkeypatch):
    """A partner to whom nothing is answered, and what they wrote before that."""
    written = await partner.send("hello")
    monkeypatch.setattr(answering, "respond", broken)
    return partner, written


async def test_of_a_code_that_cannot_be_answered_nothing_is_kept(firm, monkeypatch):
    await firm.add_partner("Ravi Kumar", "+919876543210")
    phone = firm.chat.phone("Ravi", "+919876543210")
    await phone.share_contact()
    monkeypatch.setattr(firm.store.users, "link_telegram", broken)
    await phone.send(firm.code())
    assert "Something went wrong" in phone.screen.text
    (kept,) = aside(firm)
    assert kept.body is None


async def test_what_was_typed_besides_stays_for_whoever_looks_into_it(firm, unheard):
    partner, _written = unheard
    await partner.send("wheat 52")
    (kept,) = aside(firm)
    assert json.loads(kept.body)["message"]["text"] == "wheat 52"


async def test_nor_is_a_code_that_a_text_was_changed_into(firm, unheard):
    partner, written = unheard
    await partner.edit(written, "it is 123 456")
    (kept,) = aside(firm)
    assert kept.body is None


async def test_nor_one_below_a_picture(firm, unheard):
    partner, _written = unheard
    await partner.send_photo(jpeg(), "१२३४५६")
    (kept,) = aside(firm)
    assert kept.body is None


async def test_nor_one_in_what_cannot_be_read(firm):
    person = {"id": 5, "is_bot": False, "first_name": "Ravi"}
    chat = {"id": 5, "type": "private"}
    unreadable = {"message_id": 9, "date": "soon", "chat": chat, "from": person, "text": "123456"}
    firm.chat.telegram.updates.add("message", unreadable)
    await firm.chat.pump()
    (kept,) = aside(firm)
    assert kept.body is None


async def test_nor_in_what_an_earlier_process_has_left_unread(firm):
    left = {"update_id": 777, "message": {"message_id": 9, "date": "soon", "text": "123456"}}
    firm.store.inbox.keep([(777, json.dumps(left))], now=firm.clock.now())
    await firm.chat.restart()
    assert firm.store.inbox.get(777).body is None
