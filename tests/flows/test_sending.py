"""What a person gets when Telegram, or the way to it, is not in the mood."""

import asyncio
import logging
from types import SimpleNamespace

import httpx
import pytest
from aiolimiter import AsyncLimiter
from telegram.error import NetworkError

from handlers import customers
from handlers.edge import outgoing
from handlers.edge.once import send_once
from handlers.edge.outcome import InDoubt, NotSent
from handlers.edge.rate_limit import PAUSES
from handlers.screen import Choice, Document
from simulator.faults import Fault, disconnected, flood, lost_answer, lost_request, server_error
from simulator.request import FakeRequest
from tests.flows.screens import text
from tests.flows.steps import PARTNER_STEPS, walk, with_customer

# The library announces another type for its own attribute.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

PAPER = Document("Invoice 1.pdf", lambda: b"%PDF-1.7")

SAVED = "Invoice 26-27/00001 saved"


def refused(description: str, status: int = 400) -> Fault:
    answer = {"ok": False, "error_code": status, "description": description}
    return Fault("answer", status=status, answer=answer)


BLOCKED = refused("Forbidden: bot was blocked by the user", 403)


@pytest.fixture
def faults(firm, hurry):
    return firm.chat.telegram.faults


@pytest.fixture
def pull_the_plug(monkeypatch, hurry):
    """Let the next calls of a method find no connection."""

    def pull(method: str, times: int) -> None:
        left, carried = times, FakeRequest.do_request

        async def carry(self, url, *arguments, **named):
            nonlocal left
            if left and url.endswith(f"/{method}"):
                left -= 1
                raise NetworkError("no connection") from httpx.ConnectError("refused")
            return await carried(self, url, *arguments, **named)

        monkeypatch.setattr(FakeRequest, "do_request", carry)

    return pull


def count(phone, words: str) -> int:
    return sum(words in message.text for message in phone.messages if message.from_bot)


def papers(phone) -> list:
    return [one for one in phone.messages if "document" in one.kept.message]


@pytest.fixture
async def ready(firm, partner):
    """An invoice that only has to be saved."""
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    return partner


class TestSlower:
    async def test_an_answer_that_is_refused_for_now_comes_after_that(
        self, partner, faults, hurry
    ):
        faults.plan("sendMessage", flood(7))
        await partner.send("/customers")
        assert count(partner, "There is no customer yet") == 1
        assert hurry.slept == pytest.approx([7], abs=1)

    @pytest.mark.parametrize("method", ["sendDocument", "editMessageText"])
    async def test_so_does_each_part_of_a_longer_one(self, ready, faults, hurry, method):
        faults.plan(method, flood(3), times=2)
        await ready.press("✓ Save invoice")
        assert len(hurry.slept) == 2
        assert count(ready, SAVED) == 1
        assert len(papers(ready)) == 1

    @pytest.mark.usefixtures("running")
    @pytest.mark.parametrize("method", ["sendDocument", "editMessageText"])
    async def test_after_minutes_it_goes_on_where_it_was(self, firm, ready, faults, hurry, method):
        faults.plan(method, flood(600))
        await ready.press("✓ Save invoice")
        assert sum(hurry.slept) == pytest.approx(600, abs=1)
        assert count(ready, SAVED) == 1
        assert len(papers(ready)) == 1
        assert not firm.store.inbox.waiting()

    @pytest.mark.usefixtures("running")
    async def test_nobody_else_hears_of_it_a_second_time(self, firm, partner, faults, hurry):
        await firm.admin.send("/users")
        await firm.admin.press("Ravi Kumar")
        faults.plan("editMessageText", flood(600))
        await firm.admin.press("Sign out everywhere")
        assert sum(hurry.slept) == pytest.approx(600, abs=1)
        assert count(firm.admin, "is signed out everywhere") == 1
        assert count(partner, "The admin has signed you out") == 1

    async def test_a_tap_that_cannot_be_answered_for_minutes_has_its_answer(self, ready, faults):
        faults.plan("answerCallbackQuery", flood(600))
        await ready.press("✓ Save invoice")
        assert count(ready, SAVED) == 1
        assert len(papers(ready)) == 1

    async def test_a_chat_that_is_closed_for_minutes_is_left_alone(
        self, firm, partner, faults, hurry
    ):
        faults.plan("sendMessage", flood(600))
        bot, chat_id = firm.chat.application.bot, partner.person.user_id
        for _twice in range(2):
            with pytest.raises(NotSent) as not_sent:
                await outgoing.send(bot, text("wheat"), chat_id)
            assert not_sent.value.after == pytest.approx(600, abs=1)
        hurry.time += 601
        await outgoing.send(bot, text("rice"), chat_id)
        assert (count(partner, "wheat"), count(partner, "rice")) == (0, 1)

    async def test_answers_pass_what_nobody_asked_for(self, firm, ready):
        await ready.press("✓ Save invoice")
        firm.clock.advance(days=20)
        await ready.share_contact()
        await ready.send(firm.code())
        application = firm.chat.application
        application.bot.rate_limiter._bulk = bulk = AsyncLimiter(1, 3600)
        await bulk.acquire()
        (job,) = application.job_queue.get_jobs_by_name("reminders")
        digests = asyncio.ensure_future(job.callback(SimpleNamespace(bot=application.bot)))
        await ready.send("/customers")
        await ready.send("/invoices")
        assert "26-27/00001" in " ".join(ready.screen.buttons)
        assert not digests.done()
        assert count(ready, "To collect") == 0
        digests.cancel()


class TestNoConnection:
    async def test_what_did_not_arrive_is_sent_again(self, partner, pull_the_plug, hurry):
        pull_the_plug("sendMessage", times=len(PAUSES))
        await partner.send("/customers")
        assert count(partner, "There is no customer yet") == 1
        assert hurry.slept == list(PAUSES)

    @pytest.mark.parametrize("method", ["sendDocument", "editMessageText"])
    async def test_so_is_each_part_of_a_longer_answer(self, ready, pull_the_plug, hurry, method):
        pull_the_plug(method, times=len(PAUSES))
        await ready.press("✓ Save invoice")
        assert hurry.slept == list(PAUSES)
        assert count(ready, SAVED) == 1
        assert len(papers(ready)) == 1

    async def test_in_the_end_it_is_certain_and_nothing_more_is_tried(
        self, firm, partner, pull_the_plug, hurry
    ):
        pull_the_plug("sendMessage", times=len(PAUSES) + 1)
        bot, chat_id = firm.chat.application.bot, partner.person.user_id
        with pytest.raises(NotSent):
            await outgoing.send(bot, text("wheat", documents=(PAPER,)), chat_id)
        assert hurry.slept == list(PAUSES)
        assert (count(partner, "wheat"), papers(partner)) == (0, [])


class TestInDoubt:
    @pytest.mark.parametrize(
        "fault", [lost_answer(), lost_request(), server_error(), disconnected()]
    )
    @pytest.mark.parametrize("method", ["sendMessage", "sendDocument"])
    async def test_one_part_keeps_no_other_back_and_is_not_sent_again(
        self, firm, partner, faults, fault, method
    ):
        bot, chat_id = firm.chat.application.bot, partner.person.user_id
        faults.plan(method, fault)
        with pytest.raises(InDoubt) as doubt:
            await outgoing.send(bot, text("wheat", documents=(PAPER,)), chat_id)
        assert doubt.value.document == ("Invoice 1.pdf" if method == "sendDocument" else "")
        arrived = 1 if fault.takes_effect else 0
        seen = {"sendMessage": count(partner, "wheat"), "sendDocument": len(papers(partner))}
        assert seen.pop(method) == arrived
        assert list(seen.values()) == [1]

    async def test_the_rest_of_a_reply_goes_out_and_the_person_hears_of_it(
        self, firm, ready, faults
    ):
        faults.plan("editMessageText", lost_request())
        faults.plan("sendMessage", lost_request())
        await ready.press("✓ Save invoice")
        assert len(papers(ready)) == 1
        assert "What was saved is safe" in ready.screen.text
        assert firm.store.invoices.count() == 1

    async def test_an_edit_in_doubt_is_sent_below(self, ready, faults):
        faults.plan("editMessageText", lost_answer())
        await ready.press("✓ Save invoice")
        assert count(ready, SAVED) == 2
        assert count(ready, "What was saved is safe") == 0


class TestEdits:
    @pytest.fixture
    async def question(self, partner):
        await walk("/customer", "Ramesh Kumar")(partner)
        return partner.screen

    async def test_one_that_changes_nothing_is_fine(self, partner, monkeypatch):
        screen = text("wheat", choices=((Choice("Again", "cl:0"),),))
        monkeypatch.setattr(customers, "listing", lambda *_: screen)
        await partner.send("/customers")
        for _twice in range(2):
            await partner.press("Again")
        assert count(partner, "wheat") == 1

    @pytest.mark.parametrize(
        "why",
        ["message can't be edited", "message to edit not found", "MESSAGE_ID_INVALID"],
    )
    async def test_what_cannot_be_edited_is_answered_below(self, partner, question, faults, why):
        faults.plan("editMessageText", refused(f"Bad Request: {why}"))
        await partner.press("Skip")
        assert "Email" in partner.screen.text
        assert partner.screen.id > question.id

    async def test_a_message_too_old_to_be_seen_is_edited_by_its_number(
        self, firm, partner, question
    ):
        data = question.button_rows[0][0]["callback_data"]
        bare = {"chat": question.kept.message["chat"], "message_id": question.id, "date": 0}
        partner.person.tap(bare, data)
        await firm.chat.pump()
        assert "Email" in partner.screen.text
        assert partner.screen.id == question.id

    @pytest.mark.parametrize("fault", [lost_request(), refused("Bad Request: not found")])
    async def test_what_came_of_it_is_sent_below_if_it_cannot_stand_in_its_place(
        self, firm, partner, faults, fault
    ):
        faults.plan("editMessageText", fault)
        screen = text("Checking", work=lambda: text("Checked"))
        await outgoing.send(firm.chat.application.bot, screen, partner.person.user_id)
        assert partner.screen.text == "Checked"


class TestGone:
    @pytest.mark.parametrize(
        ("method", "act"),
        [
            ("sendMessage", "/customers"),
            ("editMessageText", "[✓ Save invoice]"),
            ("sendDocument", "[✓ Save invoice]"),
        ],
    )
    async def test_who_blocks_the_bot_is_marked_until_they_write_again(
        self, firm, ready, faults, method, act
    ):
        faults.plan(method, BLOCKED)
        await walk(act)(ready)
        assert firm.store.users.by_phone("+919876543210").reachable is False
        await ready.send("/menu")
        assert firm.store.users.by_phone("+919876543210").reachable is True

    @pytest.mark.usefixtures("partner")
    @pytest.mark.parametrize("gone", [BLOCKED, refused("Bad Request: chat not found")])
    async def test_so_is_who_is_written_to_from_elsewhere(self, firm, faults, gone, caplog):
        await firm.admin.send("/users")
        await firm.admin.press("Ravi Kumar")
        faults.plan("sendMessage", gone)
        await firm.admin.press("Sign out everywhere")
        assert firm.store.users.by_phone("+919876543210").reachable is False
        assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


class TestOnce:
    @pytest.fixture
    def send(self, firm, partner):
        async def send() -> bool:
            screen = text("wheat", occurrence="a digest")
            bot, chat_id = firm.chat.application.bot, partner.person.user_id
            desk = SimpleNamespace(store=firm.store, clock=firm.clock)
            return await send_once(desk, bot, screen, chat_id)

        return send

    async def test_what_did_not_arrive_goes_out_with_a_later_tick(
        self, partner, faults, hurry, send
    ):
        faults.plan("sendMessage", flood(60))
        assert not await send()
        assert not await send()
        hurry.time += 61
        assert await send()
        assert count(partner, "wheat") == 1

    async def test_what_may_have_arrived_waits_for_its_claim_to_end(
        self, firm, partner, faults, send
    ):
        faults.plan("sendMessage", lost_request())
        assert not await send()
        assert not await send()
        firm.clock.advance(minutes=3)
        assert await send()
        assert count(partner, "wheat") == 1

    async def test_what_is_refused_for_good_is_logged_and_not_tried_for_ever(
        self, firm, partner, faults, send, caplog
    ):
        faults.plan("sendMessage", refused("Bad Request: can't parse entities"))
        assert await send()
        assert "a digest is refused for good" in caplog.text
        firm.clock.advance(minutes=3)
        assert await send()
        assert count(partner, "wheat") == 0
