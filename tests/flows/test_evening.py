"""The evening summary: to whom it comes, and what it says."""

import pytest

from simulator.portraits import portrait
from tests.flows.evenings import (
    MONDAY,
    NAME,
    SATURDAY,
    SUNDAY,
    SWITCHED_ON,
    lines,
    look,
    sell,
    signs_in,
    told,
)
from tests.flows.mornings import tick
from tests.flows.steps import walk, with_customer

NUMBER = "+919876543210"


@pytest.fixture
async def wants_it(firm, partner):
    """The partner's phone, with the summary switched on on Saturday afternoon."""
    await with_customer(firm, partner)
    await walk(*SWITCHED_ON)(partner)
    return partner


async def receive(phone, money: str):
    await walk("/payment", "[Ramesh Kumar]", money, "[✓ Save payment]")(phone)


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


async def test_beside_a_picture_that_is_said_below_it(firm, partner):
    partner.person.show_portrait(portrait("Ravi Kumar"))
    await partner.send("/me")
    card = partner.screen
    await partner.press("🌙 Evening summary: off")
    assert "photo" in card.kept.message
    assert partner.screen.id > card.id
    assert partner.screen.text.startswith("At 20:00 each day")
    assert "🌙 Evening summary: on" in partner.screen.buttons


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


# Who cannot be reached.


@pytest.mark.parametrize("noticed", [True, False], ids=["at once", "when sending"])
async def test_who_blocked_the_bot_finds_one_message_afterwards(firm, wants_it, noticed):
    await sell(wants_it, 1000)
    if not noticed:
        firm.chat.telegram.updates.allowed = ["message"]
    await wants_it.block()
    for day in (SATURDAY, SUNDAY, MONDAY):
        await look(firm, day)
        await tick(firm, NAME)
    await wants_it.block(blocked=False)
    await tick(firm, NAME)
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
    await tick(firm, NAME)
    assert lines(wants_it)[0] == "🌙 2 days up to 20:00, 1 – 2 Aug 2026"
    assert "Invoices: ₹1,030.00 (2)" in lines(wants_it)


async def test_one_who_blocked_the_bot_holds_up_nobody(firm, wants_it):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await walk(*SWITCHED_ON)(sunita)
    await sell(sunita, 1000)
    firm.chat.telegram.updates.allowed = ["message"]
    await wants_it.block()
    await look(firm, SATURDAY)
    assert len(told(sunita)) == 1
