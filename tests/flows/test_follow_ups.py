"""What partners do about an invoice that is due, from the list: taken down, and left in peace."""

import datetime as dt

import pytest

from tests.flows.mornings import morning, sell, tick, told
from tests.flows.steps import walk, with_customer

TODAY = dt.date(2026, 8, 1)


@pytest.fixture
async def digest(firm, partner):
    """The morning's message, of two invoices."""
    await with_customer(firm, partner)
    await sell(firm, partner, due="1/8")
    await sell(firm, partner, due="2/8")
    await tick(firm)
    return partner.screen


def digest_now(partner, digest):
    """What its message says by now."""
    return next(one for one in partner.messages if one.id == digest.id)


async def test_a_row_of_buttons_for_each_invoice(digest):
    assert digest.buttons[:6] == [
        "1 · 💵 Paid",
        "🤝 Promise",
        "⋯",
        "2 · 💵 Paid",
        "🤝 Promise",
        "⋯",
    ]


async def test_paid_takes_a_tap_for_how_it_came_and_one_to_save(firm, partner, digest):
    await partner.press_old(digest, "1 · 💵 Paid")
    assert "26-27/00001: ₹1,26,100.00. How did it come?" in partner.screen.text
    await partner.press("Cash")
    assert "26-27/00001: ₹1,26,100.00, paid in full" in partner.screen.text
    await partner.press("✓ Save payment")
    assert "✅ Payment of ₹1,26,100.00 recorded" in partner.screen.text


async def test_and_the_list_above_is_brought_up_to_date(firm, partner, digest):
    await partner.press_old(digest, "1 · 💵 Paid")
    await walk("[Cash]", "[✓ Save payment]")(partner)
    now = digest_now(partner, digest).text
    assert "26-27/00001" not in now
    assert "Due in the next 3 days\n1. Ramesh Kumar: ₹1,26,100.00 (26-27/00002)" in now


async def test_what_was_paid_since_it_was_shown_is_not_paid_again(firm, partner, digest):
    await walk("/payment", "[Ramesh Kumar]", "126100 cash", "[✓ Save payment]")(partner)
    await partner.press_old(digest, "1 · 💵 Paid")
    assert "⚠️ Nothing is left to pay on this invoice." in partner.screen.text
    now = next(one for one in partner.messages if one.id == digest.id)
    assert "(26-27/00001)" not in now.text, "the line is gone from the list in which it stood"


async def test_of_what_was_paid_in_part_the_rest_is_taken(firm, partner, digest):
    await walk("/payment", "[Ramesh Kumar]", "100000 cash", "[✓ Save payment]")(partner)
    await partner.press_old(digest, "1 · 💵 Paid")
    assert "₹26,100.00. How did it come?" in partner.screen.text


async def test_all_that_is_left_is_what_is_left_when_it_is_saved(firm, partner, digest):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await partner.press_old(digest, "1 · 💵 Paid")
    await walk("/payment", "[Ramesh Kumar]", "100000 cash", "[✓ Save payment]")(sunita)
    await partner.press("Cash")
    assert "26-27/00001: ₹26,100.00, paid in full" in partner.screen.text
    assert "advance" not in partner.screen.text


async def test_a_promise_is_for_the_day_on_the_button_after_midnight_too(firm, partner, digest):
    await partner.press_old(digest, "🤝 Promise")
    await morning(firm, TODAY + dt.timedelta(days=1), 0, 1)
    await partner.press("+2 · 3 Aug 2026")
    assert "for 3 Aug 2026" in partner.screen.text


@pytest.mark.parametrize("typed", ["31/7", "30 july"])
async def test_a_day_that_has_just_passed_is_none_of_next_year(partner, digest, typed):
    await partner.press_old(digest, "🤝 Promise")
    await partner.send(typed)
    assert "⚠️" in partner.screen.text


@pytest.mark.parametrize("taps", [["💤 3 days"], ["⏰ Remind again now"]])
async def test_what_another_partner_agreed_and_holds_no_more_is_named(firm, partner, digest, taps):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await partner.press("⋯")
    await partner.press("💤 7 days")
    await walk("/invoices", "[26-27/00001]", "[⏰ Follow up]")(partner)
    card = partner.screen
    await walk("/invoices", "[26-27/00001]", "[⏰ Follow up]", "[🤝 Promise]", "20/8")(sunita)
    await partner.press_old(card, *taps)
    assert "No more: 🤝 Promised for 20 Aug 2026, says Sunita Devi" in partner.screen.text


async def test_a_promise_leaves_it_in_peace_until_that_day(firm, partner, digest):
    await partner.press_old(digest, "🤝 Promise")
    assert "Promise · Ramesh Kumar · 26-27/00001" in partner.screen.text
    await partner.press("+2 · 3 Aug 2026")
    assert partner.screen.text == (
        "🤝 Ramesh Kumar promised ₹1,26,100.00 on 26-27/00001 for 3 Aug 2026. "
        "It comes back that day."
    )
    assert "26-27/00001" not in digest_now(partner, digest).text

    await morning(firm, TODAY + dt.timedelta(days=1))
    await tick(firm)
    assert "26-27/00001" not in told(partner)[-1]

    await morning(firm, TODAY + dt.timedelta(days=2))
    await tick(firm)
    assert "Promised for today\n1. Ramesh Kumar: ₹1,26,100.00 (26-27/00001)" in told(partner)[-1]
    assert "🤝 promised for today" in told(partner)[-1]


async def test_a_promise_that_was_broken_is_named_with_the_invoice(firm, partner, digest):
    await partner.press_old(digest, "🤝 Promise")
    await partner.send("kal")
    await morning(firm, TODAY + dt.timedelta(days=4))
    await tick(firm)
    line = "(26-27/00001), 4 days late · 🤝 promised for 2 Aug 2026"
    assert line in told(partner)[-1]


async def test_paid_before_the_day_it_was_promised_for_it_does_not_come_back(
    firm, partner, digest
):
    await partner.press_old(digest, "🤝 Promise")
    await partner.press("+3 · 4 Aug 2026")
    await walk("/payment", "[Ramesh Kumar]", "126100 cash", "[✓ Save payment]")(partner)
    await morning(firm, TODAY + dt.timedelta(days=3))
    await tick(firm)
    assert "26-27/00001" not in told(partner)[-1]


@pytest.mark.parametrize("typed", ["-1", "soon", "31/7/2020"])
async def test_no_day_to_promise_is_said_to_be_none(partner, digest, typed):
    await partner.press_old(digest, "🤝 Promise")
    await partner.send(typed)
    assert "⚠️" in partner.screen.text
    assert "By which day did they promise" in partner.screen.text


@pytest.mark.parametrize(("label", "days"), [("💤 3 days", 3), ("💤 7 days", 7)])
async def test_put_off_it_comes_back_as_due_as_it_was(firm, partner, digest, label, days):
    await partner.press_old(digest, "⋯")
    assert "🧾 26-27/00001 · Ramesh Kumar" in partner.screen.text
    await partner.press(label)
    assert partner.screen.text.startswith("💤 26-27/00001 comes back on ")
    assert "(26-27/00001)" not in partner.screen.text
    await morning(firm, TODAY + dt.timedelta(days=days))
    await tick(firm)
    assert f"1. Ramesh Kumar: ₹1,26,100.00 (26-27/00001), {days} days late" in told(partner)[-1]


async def test_what_was_put_off_by_mistake_is_back_at_a_tap(firm, partner, digest):
    await partner.press_old(digest, "⋯")
    await partner.press("💤 3 days")
    await walk("/invoices", "[26-27/00001]", "[⏰ Follow up]")(partner)
    assert "💤 Put off until 4 Aug 2026 by Ravi Kumar" in partner.screen.text
    await partner.press("⏰ Remind again now")
    assert firm.store.follow_ups.since(TODAY) == []


async def test_a_muted_customer_is_in_nobodys_list_until_they_are_not(firm, partner, digest):
    await partner.press_old(digest, "⋯")
    await partner.press("🔕 Mute customer")
    assert "🔕 No reminders about Ramesh Kumar any more." in partner.screen.text
    assert "26-27" not in partner.screen.text
    await morning(firm, TODAY + dt.timedelta(days=1))
    await tick(firm)
    assert len(told(partner)) == 0
    await walk("/customers", "[Ramesh Kumar]")(partner)
    assert "🔕" in partner.screen.text
    await partner.press("🔔 Remind again")
    await morning(firm, TODAY + dt.timedelta(days=2))
    await tick(firm)
    assert "26-27/00001" in told(partner)[-1]


async def test_the_reminder_on_whatsapp_asks_for_what_is_left_at_that_moment(
    firm, partner, digest
):
    await walk("/payment", "[Ramesh Kumar]", "100000 cash", "[✓ Save payment]")(partner)
    await partner.press_old(digest, "⋯")
    link = digest_now(partner, digest).link("📲 Remind on WhatsApp")
    assert link.startswith("https://wa.me/?text=")
    assert "26%2C100.00" in link
    assert "1%2C26%2C100" not in link


async def test_back_leads_to_the_list_as_it_is_now(firm, partner, digest):
    await partner.press_old(digest, "⋯")
    await partner.press("‹ Back")
    assert partner.screen.id == digest.id
    assert digest.text.endswith(partner.screen.text)


async def test_a_tap_that_comes_again_after_a_death_puts_off_once(firm, partner, digest):
    await partner.press_old(digest, "⋯")
    await partner.press("💤 3 days")
    await firm.chat.restart()
    (follow_up,) = firm.store.follow_ups.since(TODAY)
    assert follow_up.until == TODAY + dt.timedelta(days=3)
