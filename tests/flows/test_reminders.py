"""What is due, once a day, as it reads in the chat."""

import datetime as dt

import pytest

from simulator.faults import lost_answer, server_error
from tests.flows.mornings import SECOND, morning, sell, tick, told
from tests.flows.steps import walk


@pytest.fixture
async def ramesh(firm, partner):
    await walk("/customer", "Ramesh Kumar", "[Save now]")(partner)


async def test_at_the_set_time_and_not_before(firm, partner, ramesh):
    await sell(firm, partner, due="2/8")
    await morning(firm, SECOND, 8, 59)
    await tick(firm)
    assert told(partner) == []
    firm.clock.advance(minutes=1)
    await tick(firm)
    (digest,) = told(partner)
    assert digest.split("\n") == [
        "⏰ To collect: ₹1,26,100.00, 2 Aug 2026",
        "",
        "Due today",
        "1. Ramesh Kumar: ₹1,26,100.00 (26-27/00001)",
    ]


async def test_overdue_comes_first_and_says_how_late(firm, partner, ramesh):
    await sell(firm, partner, due="3/8")
    await sell(firm, partner, due="1/8")
    await sell(firm, partner, due="2/8")
    await sell(firm, partner, due="6/8")
    await sell(firm, partner, due="7/8")
    await morning(firm, dt.date(2026, 8, 3))
    await tick(firm)
    (digest,) = told(partner)
    assert digest.split("\n") == [
        "⏰ To collect: ₹3,78,300.00, 3 Aug 2026",
        "Overdue: ₹2,52,200.00 (2)",
        "Due today: ₹1,26,100.00 (1)",
        "Coming by 6 Aug 2026: ₹1,26,100.00 (1)",
        "",
        "Overdue",
        "1. Ramesh Kumar: ₹1,26,100.00 (26-27/00002), 2 days late",
        "2. Ramesh Kumar: ₹1,26,100.00 (26-27/00003), 1 day late",
        "",
        "Due today",
        "3. Ramesh Kumar: ₹1,26,100.00 (26-27/00001)",
        "",
        "Due in the next 3 days",
        "4. Ramesh Kumar: ₹1,26,100.00 (26-27/00004), 6 Aug 2026",
    ]


async def test_once_a_day_however_often_asked_and_across_restarts(firm, partner, ramesh):
    await sell(firm, partner)
    for _restart in range(3):
        await tick(firm)
        firm.clock.advance(minutes=10)
        await tick(firm)
        await firm.chat.restart()
    assert len(told(partner)) == 1
    await morning(firm, SECOND)
    await tick(firm)
    assert len(told(partner)) == 2


async def test_whose_session_has_ended_is_told_nothing_until_they_sign_in(firm, partner, ramesh):
    await sell(firm, partner, due="2/8")
    await morning(firm, dt.date(2026, 8, 20))
    await tick(firm)
    assert told(partner) == []
    await partner.share_contact()
    await partner.send(firm.code())
    await tick(firm)
    assert len(told(partner)) == 1


async def test_nothing_when_nothing_is_due(firm, partner, ramesh):
    await sell(firm, partner, due="8/8")
    before = len(partner.messages)
    await tick(firm)
    assert len(partner.messages) == before


async def test_what_was_made_after_the_set_time_is_no_news(firm, partner, ramesh):
    """Nor after a restart, although it is due today."""
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1", "[✓ Done]", "[Nothing]", "1/8")(partner)
    await partner.press("✓ Save invoice")
    await firm.chat.restart()
    await tick(firm)
    assert told(partner) == []
    await morning(firm, SECOND)
    await tick(firm)
    assert "1 day late" in told(partner)[0]


async def test_what_cannot_be_read_of_one_holds_up_nobody(firm, partner, ramesh, caplog):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    for phone in (sunita, partner):
        await sell(firm, phone)
    mine = firm.store.users.by_phone("+919876543210").id
    invoices = firm.store.invoices._documents
    invoices.update_one({"created_by_user_id": mine}, {"$set": {"due_date": "soon"}})
    await tick(firm)
    await tick(firm)
    assert (len(told(partner)), len(told(sunita))) == (0, 1)
    assert caplog.text.count(f"Partner {mine} cannot be told: ValidationError") == 1


async def test_what_is_paid_is_not_asked_for_again(firm, partner, ramesh):
    await sell(firm, partner, paid="Full")
    await sell(firm, partner)
    await tick(firm)
    (digest,) = told(partner)
    assert "26-27/00002" in digest
    assert "26-27/00001" not in digest


async def test_each_partner_hears_of_their_own(firm, partner, ramesh):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await sell(firm, partner)
    await sell(firm, sunita)
    await tick(firm)
    assert "26-27/00001" in told(partner)[0]
    assert "26-27/00002" not in told(partner)[0]
    assert "26-27/00002" in told(sunita)[0]


async def test_when_a_partner_left_the_others_are_told(firm, partner, ramesh):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await sell(firm, partner)
    firm.store.users.set_active(firm.store.users.by_phone("+919876543210").id, False)
    await tick(firm)
    assert told(partner) == []
    assert "26-27/00001" in told(sunita)[0]


async def test_when_a_partner_signed_out_the_others_are_told(firm, partner, ramesh):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await sell(firm, partner)
    await partner.send("/logout")
    await tick(firm)
    assert told(partner) == []
    assert "26-27/00001" in told(sunita)[0]


async def test_when_a_partner_blocked_the_bot_the_others_are_told_at_once(firm, partner, ramesh):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await sell(firm, partner)
    await partner.block()
    await tick(firm)
    assert "26-27/00001" in told(sunita)[0]


async def test_a_block_that_is_only_noticed_when_sending_is_handed_on(firm, partner, ramesh):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await sell(firm, partner)
    firm.chat.telegram.updates.allowed = ["message"]
    await partner.block()
    await tick(firm)
    assert firm.store.users.by_phone("+919876543210").reachable is False
    firm.clock.advance(seconds=30)
    await tick(firm)
    assert "26-27/00001" in told(sunita)[0]
    assert len(told(sunita)) == 1


async def test_unblocked_and_heard_from_they_are_reminded_again(firm, partner, ramesh):
    await sell(firm, partner)
    await partner.block()
    await tick(firm)
    await partner.block(blocked=False)
    await partner.send("/start")
    await morning(firm, SECOND)
    await tick(firm)
    assert len(told(partner)) == 1


async def test_one_partner_who_cannot_be_written_to_holds_up_nobody(firm, partner, ramesh):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await sell(firm, partner)
    await sell(firm, sunita)
    firm.chat.telegram.faults.plan("sendMessage", server_error(), 1)
    await tick(firm)
    assert len(told(partner)) + len(told(sunita)) == 1
    firm.clock.advance(minutes=5)
    await tick(firm)
    assert (len(told(partner)), len(told(sunita))) == (1, 1)


async def test_a_send_without_an_answer_is_not_repeated_at_once(firm, partner, ramesh):
    await sell(firm, partner)
    firm.chat.telegram.faults.plan("sendMessage", lost_answer(), 1)
    await tick(firm)
    firm.clock.advance(seconds=30)
    await tick(firm)
    assert len(told(partner)) == 1


async def test_many_invoices_are_one_message_with_pages(firm, partner):
    name = "<&>" * 25 + "Ram"
    await walk("/customer", name, "[Save now]")(partner)
    for _invoice in range(8):
        await walk("/invoice", f"[{name[:30]}]", "a 1 1", "[✓ Done]", "[Nothing]", "1/8")(partner)
        await partner.press("✓ Save invoice")
    await morning(firm, SECOND)
    await tick(firm)
    (digest,) = told(partner)
    assert digest.count(name) == 6
    assert "₹8.00" in digest
    await partner.press("›")
    assert partner.screen.text.count(name) == 2
    assert "7. <&>" in partner.screen.text
    assert "2 / 2" in partner.screen.buttons


async def test_an_empty_page_of_a_list_that_has_become_short_is_the_last(firm, partner, ramesh):
    await sell(firm, partner)
    await tick(firm)
    partner.person.tap(partner.screen.kept.message, "dl:7")
    await firm.chat.pump()
    assert "1. Ramesh Kumar" in partner.screen.text


async def test_a_reminder_leaves_a_draft_where_it_is(firm, partner, ramesh):
    await sell(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "rice")(partner)
    await tick(firm)
    await partner.send("10")
    assert "Price of one rice" in partner.screen.text


async def test_the_scheduler_drops_nothing_that_is_late(firm):
    (job,) = firm.chat.application.job_queue.get_jobs_by_name("reminders")
    assert job.job.misfire_grace_time is None
    assert job.job.coalesce is True
    assert job.job.max_instances == 1
