"""Answers that are too long for one message, and those that take long to make."""

import threading
from dataclasses import replace

import pytest

from bot.i18n import fill
from handlers import customers
from handlers.edge import outgoing, sending
from handlers.screen import Choice, Document, Screen
from simulator.request import FakeRequest
from tests.flows.pictures import jpeg
from tests.flows.screens import text


class TestLong:
    LINES = tuple(f"{number:03} wheat & rice 🌾" for number in range(500))

    @pytest.fixture
    def listing(self, monkeypatch):
        """A list of customers that no message holds."""
        again = ((Choice("Again", "cl:0"),),)
        monkeypatch.setattr(
            customers, "listing", lambda *_: text("\n".join(self.LINES), choices=again)
        )

    def shown(self, phone, since: int) -> list[str]:
        return [
            line
            for one in phone.messages
            if one.id > since
            for line in one.text.split("\n")
            if line
        ]

    @pytest.mark.usefixtures("listing")
    async def test_all_of_it_comes_and_the_buttons_under_the_last(self, partner):
        asked = await partner.send("/customers")
        assert self.shown(partner, asked.id) == list(self.LINES)
        *before, last = [one for one in partner.messages if one.id > asked.id]
        assert len(before) == 2
        assert [one.buttons for one in before] == [[], []]
        assert last.buttons == ["Again"]

    @pytest.mark.usefixtures("listing")
    async def test_in_place_of_what_was_pressed_it_goes_on_below(self, partner, monkeypatch):
        with monkeypatch.context() as patch:
            short = text("one", choices=((Choice("Again", "cl:0"),),))
            patch.setattr(customers, "listing", lambda *_: short)
            asked = await partner.send("/customers")
        await partner.press("Again")
        assert self.shown(partner, asked.id) == list(self.LINES)
        assert partner.messages[-3].id == asked.id + 1
        assert partner.messages[-3].buttons == []
        assert partner.screen.buttons == ["Again"]

    async def test_under_a_file_there_is_room_for_less(self, firm, partner):
        bot, chat_id = firm.chat.application.bot, partner.person.user_id
        caption = "\n".join(self.LINES[:60])
        screen = text(caption, photo=jpeg(), choices=((Choice("Back", "menu"),),))
        await outgoing.send(bot, screen, chat_id)
        words, photo = partner.messages[-2:]
        assert (words.text, words.buttons) == (caption, [])
        assert (photo.text, photo.buttons) == ("", ["Back"])
        paper = Document("Long.pdf", lambda: b"%PDF-1.7", fill("{caption}", caption=caption))
        await outgoing.send(bot, Screen(documents=(paper,)), chat_id)
        words, sent = partner.messages[-2:]
        assert words.text == caption
        assert (sent.document.name, sent.document.caption) == ("Long.pdf", "")

    async def test_a_toast_ends_at_a_word(self, partner, monkeypatch):
        screen = text("wheat", choices=((Choice("Again", "cl:0"),),))
        toasting = replace(screen, toast="wheat " * 100)
        monkeypatch.setattr(customers, "listing", lambda *_: toasting)
        await partner.send("/customers")
        await partner.press("Again")
        assert partner.answers[-1].text == "wheat " * 32 + "wheat…"


class TestTakingLong:
    async def test_a_paper_is_shown_as_being_made_for_as_long_as_it_is(
        self, firm, partner, monkeypatch
    ):
        monkeypatch.setattr(sending, "SHOWN_AS_WORKING_AFTER", 0)
        monkeypatch.setattr(sending, "SHOWN_AS_WORKING_EVERY", 0)
        shown, carried = threading.Semaphore(0), FakeRequest.do_request

        async def carry(self, url, *arguments, **named):
            if url.endswith("/sendChatAction"):
                shown.release()
            return await carried(self, url, *arguments, **named)

        monkeypatch.setattr(FakeRequest, "do_request", carry)

        def make() -> bytes:
            assert all(shown.acquire(timeout=10) for _times in range(3))
            return b"%PDF-1.7"

        screen = Screen(documents=(Document("Slow.pdf", make),))
        await outgoing.send(firm.chat.application.bot, screen, partner.person.user_id)
        assert partner.screen.document.name == "Slow.pdf"
        assert partner.person.typing is None
