"""Each update that was dealt with is one event in the log: of what kind, how long, and how."""

import logging

import pytest

from handlers.edge.answering import Answering
from tests.flows.pictures import jpeg


@pytest.fixture
def events(caplog):
    caplog.set_level(logging.INFO, "handlers.edge.receive")
    return lambda: [record.about for record in caplog.records if hasattr(record, "about")]


async def test_what_was_answered_says_so_and_nothing_of_whom(partner, events):
    await partner.send("/customers")
    await partner.press("Customers")
    first, second = events()
    assert first.keys() == {"update_id", "kind", "milliseconds", "outcome"}
    assert (first["kind"], first["outcome"]) == ("message", "answered")
    assert first["milliseconds"] >= 0
    assert second["update_id"] == first["update_id"] + 1


async def test_a_button_is_a_callback_query(partner, events):
    await partner.send("/invoice")
    await partner.press("Cancel")
    assert [event["kind"] for event in events()] == ["message", "callback_query"]


async def test_what_was_set_aside_was_not_answered(partner, events, monkeypatch):
    async def fail(*_given, **_named):
        raise RuntimeError

    monkeypatch.setattr(Answering, "think", fail)
    await partner.send("/customers")
    assert [event["outcome"] for event in events()] == ["set aside"]


async def test_the_rest_of_an_album_is_passed_over(partner, events):
    await partner.send_album(jpeg(), jpeg())
    assert [event["outcome"] for event in events()] == ["answered", "passed over"]
