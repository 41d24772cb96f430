"""The evening summary as it comes: to whom, when, once, and what it says."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from simulator.faults import lost_answer
from tests.flows.steps import walk, with_customer

SATURDAY, SUNDAY, MONDAY, TUESDAY = (dt.date(2026, 8, day) for day in range(1, 5))
NUMBER = "+919876543210"


@pytest.fixture
async def wants_it(firm, partner):
    """The partner's phone, with the summary switched on on Saturday afternoon."""
    await with_customer(firm, partner)
    await walk("/me", "[🌙 Evening summary: off]")(partner)
    return partner


async def sell(phone, rupees: int, paid: str = "[Nothing]"):
    steps = ["/invoice", "[Ramesh Kumar]", f"wheat 1 {rupees}", "[✓ Done]", paid]
    owed = [] if paid == "[Full]" else ["+15"]
    await walk(*steps, *owed, "[✓ Save invoice]")(phone)


async def receive(phone, money: str):
    await walk("/payment", "[Ramesh Kumar]", money, "[✓ Save payment]")(phone)


async def tick(firm):
    """What the scheduler does every half minute."""
    (job,) = firm.chat.application.job_queue.get_jobs_by_name("evenings")
    await job.callback(SimpleNamespace(bot=firm.chat.application.bot))


async def look(firm, day: dt.date, hour: int = 20, minute: int = 0):
    """Set the clock of the firm's zone, and tick."""
    firm.clock.moment = dt.datetime.combine(day, dt.time(hour, minute), firm.clock.zone)
    await tick(firm)


def told(phone) -> list[str]:
    return [one.text for one in phone.messages if one.from_bot and " up to 20:00" in one.text]


def lines(phone) -> list[str]:
    """Of the only summary that came."""
    (one,) = told(phone)
    return one.split("\n")


async def signs_in(firm, phone):
    await phone.share_contact()
    await phone.send(firm.code())


# Whoever wants it.


async def test_nobody_gets_it_who_did_not_ask_for_it(firm, partner):
    await with_customer(firm, partner)
    await sell(partner, 1000)
    await look(firm, SATURDAY)
    assert told(partner) == []


async def test_it_is_switched_on_and_off_in_me(firm, partner):
    await partner.send("/me")
    await partner.press("🌙 Evening summary: off")
    assert "At 20:00 each day" in partner.screen.text
    assert "The first is of 1 Aug 2026." in partner.screen.text
    await partner.press("🌙 Evening summary: on")
    assert "You get no evening summary any more." in partner.screen.text
    assert "🌙 Evening summary: off" in partner.screen.buttons


async def test_switched_off_again_it_stays_away(firm, wants_it):
    await sell(wants_it, 1000)
    await walk("/me", "[🌙 Evening summary: on]")(wants_it)
    await look(firm, SATURDAY)
    assert told(wants_it) == []


async def test_a_button_pressed_twice_switches_once(firm, partner):
    await partner.send("/me")
    card = partner.screen
    await partner.press("🌙 Evening summary: off")
    firm.clock.advance(days=1)
    await partner.press_old(card, "🌙 Evening summary: off")
    assert firm.store.users.by_phone(NUMBER).evening_from == SATURDAY


async def test_a_partner_hears_of_what_the_others_did(firm, wants_it):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await sell(sunita, 1000)
    await look(firm, SATURDAY)
    assert "Invoices: ₹1,000.00 (1)" in lines(wants_it)
    assert told(sunita) == []


# What it says.


async def test_the_figures_of_the_day(firm, wants_it):
    await sell(wants_it, 5000, paid="1500")
    await sell(wants_it, 2000, paid="[Full]")
    await receive(wants_it, "700 upi 4821")
    await receive(wants_it, "300 cash")
    await wants_it.press("↩ Undo")
    await sell(wants_it, 900)
    await walk("[✕ Cancel invoice]", "[Wrong amount]", "[✓ Yes, do it]")(wants_it)
    await look(firm, SATURDAY)
    assert lines(wants_it) == [
        "🌙 The day up to 20:00, 1 Aug 2026",
        "",
        "Invoices: ₹7,900.00 (3)",
        "",
        "Collected: ₹4,500.00",
        "• cash: ₹3,800.00",
        "• UPI: ₹700.00",
        "",
        "Invoices cancelled: ₹900.00 (1)",
        "Payments undone: ₹300.00 (1)",
        "",
        "Outstanding: ₹2,800.00",
    ]


async def test_an_advance_that_is_held_is_told_beside_what_is_owed(firm, wants_it):
    await receive(wants_it, "300 cheque 77")
    await look(firm, SATURDAY)
    assert lines(wants_it)[2:] == [
        "Collected: ₹300.00",
        "• cheque: ₹300.00",
        "",
        "Outstanding: ₹0.00",
        "Advances held: ₹300.00",
    ]


async def test_what_comes_after_it_is_in_the_next(firm, wants_it):
    await sell(wants_it, 1000)
    await look(firm, SATURDAY)
    firm.clock.advance(hours=1)
    await sell(wants_it, 30)
    await look(firm, SUNDAY)
    assert "Invoices: ₹30.00 (1)" in told(wants_it)[1]
    assert "Outstanding: ₹1,030.00" in told(wants_it)[1]


# When.


async def test_at_the_set_time_and_not_before(firm, wants_it):
    await sell(wants_it, 1000)
    await look(firm, SATURDAY, 19, 59)
    assert told(wants_it) == []
    await look(firm, SATURDAY, 20, 0)
    assert len(told(wants_it)) == 1


async def test_a_day_on_which_nothing_was_posted_is_silent(firm, wants_it):
    await look(firm, SATURDAY)
    await look(firm, SUNDAY)
    assert told(wants_it) == []
    firm.clock.advance(hours=1)
    await sell(wants_it, 1000)
    await look(firm, MONDAY)
    assert lines(wants_it)[0] == "🌙 The day up to 20:00, 3 Aug 2026"


async def test_once_a_day_however_often_asked_and_across_restarts(firm, wants_it):
    await sell(wants_it, 1000)
    for minute in (0, 10, 20):
        await look(firm, SATURDAY, 20, minute)
        await tick(firm)
        await firm.chat.restart()
    assert len(told(wants_it)) == 1


async def test_two_bots_on_one_store_send_it_once(firm, wants_it):
    await sell(wants_it, 1000)
    first = firm.chat.application
    await firm.chat._start()
    second = firm.chat.application
    for application in (first, second):
        firm.chat.application = application
        await look(firm, SATURDAY)
    await first.shutdown()
    assert len(told(wants_it)) == 1


async def test_killed_between_claiming_and_sending_it_goes_out_a_little_later(firm, wants_it):
    await sell(wants_it, 1000)
    user = firm.store.users.by_phone(NUMBER)
    firm.clock.moment = dt.datetime.combine(SATURDAY, dt.time(20), firm.clock.zone)
    occurrence, now = f"2026-08-01:{user.id}:evening", firm.clock.now()
    assert firm.store.reminders.claim(occurrence, now=now, lease_seconds=120)
    await firm.chat.restart()
    await look(firm, SATURDAY, 20, 1)
    assert told(wants_it) == []
    await look(firm, SATURDAY, 20, 2)
    assert len(told(wants_it)) == 1


async def test_a_send_without_an_answer_is_not_repeated_at_once(firm, wants_it):
    await sell(wants_it, 1000)
    firm.chat.telegram.faults.plan("sendMessage", lost_answer(), 1)
    await look(firm, SATURDAY)
    await look(firm, SATURDAY, 20, 1)
    assert len(told(wants_it)) == 1


@pytest.mark.parametrize(
    "sunday", [dt.date(2027, 3, 28), dt.date(2026, 10, 25)], ids=["spring", "autumn"]
)
async def test_once_a_day_as_the_clocks_change(firm, wants_it, sunday):
    firm.clock.zone = ZoneInfo("Europe/Berlin")
    for day in (sunday - dt.timedelta(days=1), sunday, sunday + dt.timedelta(days=1)):
        firm.clock.moment = dt.datetime.combine(day, dt.time(12), firm.clock.zone)
        if day < sunday:
            await signs_in(firm, wants_it)
        await sell(wants_it, 1000)
        firm.clock.moment = dt.datetime.combine(day, dt.time(18), firm.clock.zone)
        for _half_an_hour in range(11):
            await tick(firm)
            firm.clock.advance(minutes=30)
    assert [one.split("\n")[2] for one in told(wants_it)] == ["Invoices: ₹1,000.00 (1)"] * 3
    assert "Outstanding: ₹3,000.00" in told(wants_it)[-1]


async def test_in_another_time_zone_no_day_is_told_twice(firm, wants_it):
    await sell(wants_it, 1000)
    await look(firm, SATURDAY)
    firm.clock.zone = ZoneInfo("Europe/Berlin")
    await firm.chat.restart()
    await look(firm, SATURDAY)
    assert len(told(wants_it)) == 1


# After a downtime.


async def test_three_days_down_are_one_message_that_says_so(firm, wants_it):
    await sell(wants_it, 1000)
    firm.clock.advance(days=1)
    await sell(wants_it, 200)
    firm.clock.advance(days=2)
    await sell(wants_it, 30)
    await firm.chat.restart()
    await look(firm, TUESDAY, 20, 20)
    assert lines(wants_it)[:5] == [
        "This was meant for 20:00.",
        "",
        "🌙 4 days up to 20:00, 1 – 4 Aug 2026",
        "",
        "Invoices: ₹1,230.00 (3)",
    ]
    await look(firm, TUESDAY, 23)
    assert len(told(wants_it)) == 1


async def test_missed_in_the_evening_it_comes_in_the_morning(firm, wants_it):
    await sell(wants_it, 1000)
    await firm.chat.restart()
    firm.clock.moment = dt.datetime.combine(SUNDAY, dt.time(9), firm.clock.zone)
    await sell(wants_it, 30)
    await tick(firm)
    assert lines(wants_it) == [
        "This was meant for 20:00.",
        "",
        "🌙 The day up to 20:00, 1 Aug 2026",
        "",
        "Invoices: ₹1,000.00 (1)",
        "",
        "Outstanding: ₹1,000.00",
    ]
    await look(firm, SUNDAY)
    assert "Invoices: ₹30.00 (1)\n\nOutstanding: ₹1,030.00" in told(wants_it)[1]
    assert "meant for" not in told(wants_it)[1]


async def test_a_few_minutes_are_not_called_late(firm, wants_it):
    await sell(wants_it, 1000)
    await look(firm, SATURDAY, 20, 10)
    assert lines(wants_it)[0].startswith("🌙")


# Who cannot be reached.


@pytest.mark.parametrize("noticed", [True, False], ids=["at once", "when sending"])
async def test_who_blocked_the_bot_finds_one_message_afterwards(firm, wants_it, noticed):
    await sell(wants_it, 1000)
    if not noticed:
        firm.chat.telegram.updates.allowed = ["message"]
    await wants_it.block()
    for day in (SATURDAY, SUNDAY, MONDAY):
        await look(firm, day)
        await tick(firm)
    await wants_it.block(blocked=False)
    await tick(firm)
    assert told(wants_it) == []
    await wants_it.send("/start")
    for hour in (20, 21):
        await look(firm, MONDAY, hour, 30)
    assert lines(wants_it)[2] == "🌙 The day up to 20:00, 1 Aug 2026"


async def test_who_is_signed_out_hears_nothing_until_they_sign_in(firm, wants_it):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await wants_it.send("/logout")
    await sell(sunita, 1000)
    await look(firm, SATURDAY)
    firm.clock.advance(hours=1)
    await sell(sunita, 30)
    await look(firm, SUNDAY)
    assert told(wants_it) == []
    await signs_in(firm, wants_it)
    await tick(firm)
    assert lines(wants_it)[0] == "🌙 2 days up to 20:00, 1 – 2 Aug 2026"
    assert "Invoices: ₹1,030.00 (2)" in lines(wants_it)


async def test_one_who_blocked_the_bot_holds_up_nobody(firm, wants_it):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await walk("/me", "[🌙 Evening summary: off]")(sunita)
    await sell(sunita, 1000)
    firm.chat.telegram.updates.allowed = ["message"]
    await wants_it.block()
    await look(firm, SATURDAY)
    assert len(told(sunita)) == 1
