"""Whatever goes wrong when somebody signs in, the partner hears of it; and hears of it once."""

from types import SimpleNamespace

import pytest
from telegram import Update

from handlers.edge import incoming
from handlers.gate import respond
from simulator.faults import flood, lost_answer, lost_request
from tests.flows.conftest import PARTNER
from tests.flows.test_users import card_of


@pytest.fixture
async def thief(firm, partner):
    """Somebody who got hold of the partner's number, with a code on its way to them."""
    firm.clock.advance(minutes=2)
    partner.person.phone = "+919800000000"
    thief = firm.chat.phone("Thief", PARTNER[1])
    await thief.share_contact()
    return thief


def told(phone, *, of="Thief") -> list[str]:
    """The notices that say that an account of this name has signed in."""
    here = "with this Telegram account" if phone.person.name == of else f"account, {of}"
    return [one.text for one in phone.messages if one.text.startswith("🔐") and here in one.text]


async def tick(firm):
    """What the scheduler does every half minute."""
    (job,) = firm.chat.application.job_queue.get_jobs_by_name("sign-ins")
    await job.callback(SimpleNamespace(bot=firm.chat.application.bot))


async def a_while_later(firm):
    """Whoever claimed to send it has had the time."""
    firm.clock.advance(minutes=2)
    await tick(firm)


async def test_the_thief_blocks_the_bot_before_it_can_answer(firm, partner, thief):
    thief.person.send(firm.code())
    thief.person.block()
    await firm.chat.pump()
    assert len(told(partner)) == 1
    assert partner.screen.buttons == ["Not me: sign out"]


async def test_who_had_blocked_the_bot_is_told_once_that_is_over(firm, partner, thief):
    await partner.block()
    await thief.send(firm.code())
    for _tick in range(2):
        await a_while_later(firm)
    await partner.block(blocked=False)
    assert told(partner) == []
    await a_while_later(firm)
    assert (len(told(thief)), len(told(partner))) == (1, 1)


@pytest.mark.parametrize("fault", [lost_request, lost_answer])
@pytest.mark.parametrize("which", [1, 2])
async def test_a_send_gets_no_answer(firm, partner, thief, fault, which):
    """Of one that may have arrived there is one more, and no third."""
    firm.chat.telegram.faults.plan("sendMessage", fault(), which)
    await thief.send(firm.code())
    for _minutes in range(3):
        await a_while_later(firm)
    messages = [len(told(thief)), len(told(partner))]
    assert all(1 <= count <= (2 if fault is lost_answer else 1) for count in messages)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_telegram_refuses_for_a_while(firm, partner, thief, monkeypatch):
    """What certainly did not arrive goes out with the next tick."""
    monkeypatch.setattr("handlers.edge.rate_limit.RETRIES", 0)
    firm.chat.telegram.faults.plan("sendMessage", flood(1), 2)
    await thief.send(firm.code())
    assert told(partner) == []
    await tick(firm)
    assert (len(told(thief)), len(told(partner))) == (1, 1)


async def killed_before_the_answer(firm, thief):
    """Everything is written, nothing sent. Whether Telegram hands the update out again or not."""
    thief.person.send(firm.code())
    (update,) = firm.chat.telegram.updates.take()
    receiver = firm.chat.application.handlers[0][0].callback.__self__
    bot = firm.chat.application.bot
    respond(receiver._desk, incoming.read(Update.de_json(update, bot), bot))
    await firm.chat.restart()
    return update


@pytest.mark.parametrize("again", [False, True])
async def test_the_bot_is_killed_before_it_can_answer(firm, partner, thief, again):
    update = await killed_before_the_answer(firm, thief)
    if again:
        application = firm.chat.application
        await application.process_update(Update.de_json(update, application.bot))
    await tick(firm)
    assert (len(told(thief)), len(told(partner))) == (1, 1)
    await partner.press("Not me: sign out")
    assert "signed out everywhere" in partner.screen.text


async def test_the_bot_is_killed_while_it_tells_them(firm, partner, thief):
    await killed_before_the_answer(firm, thief)
    (event, *_older) = firm.store.audit.page(0, 1)
    chat_id = partner.person.chat.id
    firm.store.reminders.claim(
        f"sign-in {event.id} {chat_id}", now=firm.clock.now(), lease_seconds=120
    )
    await tick(firm)
    assert told(partner) == []
    await a_while_later(firm)
    assert len(told(partner)) == 1


async def test_the_books_go_on_far_before_the_bot_is_back(firm, partner, thief):
    """The sign-in is no longer among the newest events."""
    await killed_before_the_answer(firm, thief)
    for number in range(60):
        await firm.admin.send(f"/adduser Partner +9198110000{number:02}")
        await firm.admin.press("✓ Add")
    await tick(firm)
    assert len(told(partner)) == 1


async def test_a_day_later_nobody_is_told_any_more(firm, partner, thief):
    await killed_before_the_answer(firm, thief)
    firm.clock.advance(days=1)
    await tick(firm)
    assert told(partner) == []


async def test_nobody_is_told_twice(firm, partner, thief):
    await thief.send(firm.code())
    for _restart in range(2):
        await tick(firm)
        await a_while_later(firm)
        await firm.chat.restart()
    assert (len(told(thief)), len(told(partner))) == (1, 1)


async def test_two_bots_on_one_store_tell_it_once(firm, partner, thief):
    await killed_before_the_answer(firm, thief)
    first = firm.chat.application
    await firm.chat._start()
    second = firm.chat.application
    for application in (first, second):
        firm.chat.application = application
        await tick(firm)
    await first.shutdown()
    assert (len(told(thief)), len(told(partner))) == (1, 1)


async def sign_out_themselves(firm, partner):
    await partner.send("/logout")


async def sign_out_by_the_admin(firm, partner):
    await card_of(firm.admin)
    await firm.admin.press("Sign out everywhere")


@pytest.mark.parametrize("sign_out", [sign_out_themselves, sign_out_by_the_admin])
async def test_the_partner_was_signed_out_when_the_thief_came(firm, partner, sign_out):
    """They are told, but end nothing: who holds that chat now may be anybody."""
    await sign_out(firm, partner)
    firm.clock.advance(minutes=2)
    partner.person.phone = "+919800000000"
    thief = firm.chat.phone("Thief", PARTNER[1])
    await thief.share_contact()
    await thief.send(firm.code())
    assert len(told(partner)) == 1
    assert "Call your admin, who can sign it out." in partner.screen.text
    assert partner.screen.buttons == []


async def test_a_partner_who_signs_in_again_where_they_were_is_told_in_one_message(firm, partner):
    await partner.send("/logout")
    firm.clock.advance(minutes=2)
    await partner.share_contact()
    await partner.send(firm.code())
    assert len(told(partner, of=partner.person.name)) == 2
    (event, *_older) = firm.store.audit.page(0, 1)
    assert (event.chat_id, event.former_chat_id) == (partner.person.chat.id, None)
