"""Nothing half-made is written over, and nothing is posted but what the screen showed."""

import pytest

from tests.flows.steps import walk, with_customer


@pytest.mark.parametrize("other", ["/customer", "[➕ New customer]", "/invoice"])
async def test_lines_that_were_typed_are_asked_about(firm, partner, other):
    await with_customer(firm, partner)
    await walk("Ramesh", "[Ramesh Kumar]", "[🧾 New invoice]")(partner)
    await walk("wheat 52 2425", "rice 10 3200", other)(partner)
    assert "You are in the middle of this" in partner.screen.text
    await partner.press("Go on")
    assert "rice: 10" in partner.screen.text


async def test_an_edit_that_was_begun_is_asked_about(firm, partner):
    await with_customer(firm, partner)
    await walk("Ramesh", "[Ramesh Kumar]", "[Edit]", "[✎ Phone]", "98765 11111")(partner)
    await partner.send("/invoice")
    assert "You are in the middle of this" in partner.screen.text


async def test_a_form_that_nothing_was_put_into_gives_way_in_silence(partner):
    await walk("/customer", "/invoice")(partner)
    assert "For which customer?" in partner.screen.text


async def test_the_save_button_of_an_older_summary_saves_nothing(firm, partner):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1000", "[✓ Done]", "0", "+15")(partner)
    first = partner.screen
    await walk("what?", "[✎ Items]", "gram 1 50000", "[✓ Done]")(partner)
    await partner.press_old(first, "✓ Save invoice")
    assert "out of date" in partner.answers[-1].text
    assert firm.store.invoices.count() == 0


async def test_a_price_that_moved_since_it_was_offered_is_offered_again(firm, partner):
    await with_customer(firm, partner)
    other = await firm.signed_in("Sunita Devi", "+919876500000")
    sale = ("[✓ Done]", "[Nothing]", "[+15]", "[✓ Save invoice]")
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1000", *sale)(partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat", "10")(partner)
    firm.clock.advance(minutes=1)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 9000", *sale)(other)
    await partner.press("As last time: ₹1,000.00")
    assert "out of date" in partner.answers[-1].text
    assert "As last time: ₹9,000.00" in partner.screen.buttons


async def test_an_item_button_means_the_item_it_names(firm, partner):
    await with_customer(firm, partner)
    other = await firm.signed_in("Sunita Devi", "+919876500000")
    sale = ("[✓ Done]", "[Nothing]", "[+15]", "[✓ Save invoice]")
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1000", *sale)(partner)
    await walk("/invoice", "[Ramesh Kumar]")(partner)
    firm.clock.advance(minutes=1)
    await walk("/invoice", "[Ramesh Kumar]", "gram 1 6000", *sale)(other)
    await partner.press("wheat")
    assert "How much wheat?" in partner.screen.text


async def test_money_that_was_typed_does_not_grow_with_the_lines(firm, partner):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1000", "[✓ Done]", "1000")(partner)
    await walk("[✎ Items]", "rice 1 500", "[✓ Done]")(partner)
    assert "Paid now: ₹1,000.00" in partner.screen.text
    assert "Left on this invoice: ₹500.00" in partner.screen.text


async def test_after_full_a_new_total_asks_what_was_received(firm, partner):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1000", "[✓ Done]", "[Full]")(partner)
    await walk("[✎ Items]", "rice 1 500", "[✓ Done]")(partner)
    assert "How much is paid now?" in partner.screen.text


async def test_keep_goes_on_with_the_line_that_is_being_typed(firm, partner):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1000", "[✓ Done]", "[Nothing]", "[+15]")(
        partner
    )
    await walk("[✎ Items]", "rice", "10", "[‹ Back]", "[✓ Keep 10]", "3200", "[✓ Done]")(partner)
    assert "rice: 10 × ₹3,200.00" in partner.screen.text


async def test_updates_that_come_again_change_nothing(firm, partner):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "rice 10 3200")(partner)
    firm.chat.telegram.updates.redeliver(2)
    await firm.chat.pump()
    assert "Total ₹1,58,100.00" in partner.screen.text


async def test_two_partners_edit_one_customer_and_both_edits_stay(firm, partner):
    await with_customer(firm, partner)
    other = await firm.signed_in("Sunita Devi", "+919876500000")
    await walk("Ramesh", "[Ramesh Kumar]", "[Edit]")(partner)
    await walk("Ramesh", "[Ramesh Kumar]", "[Edit]", "[✎ Phone]", "98765 22222", "[✓ Save]")(other)
    await walk("[✎ Address]", "Shop 12", "[✓ Save]")(partner)
    (customer,) = firm.store.customers.recent(5)
    assert (customer.phone, customer.address) == ("+919876522222", "Shop 12")


async def test_midnight_between_summary_and_save_shows_the_new_day(firm, partner):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1000", "[✓ Done]", "[Nothing]", "[+15]")(
        partner
    )
    firm.clock.advance(hours=12)
    await partner.press("✓ Save invoice")
    assert "Date 2 Aug 2026" in partner.screen.text
    assert firm.store.invoices.count() == 0
    firm.clock.advance(seconds=2)
    await partner.press("✓ Save invoice")
    assert firm.store.invoices.count() == 1


async def test_what_waits_behind_is_named_before_it_is_dropped(firm, partner):
    await with_customer(firm, partner)
    await walk("Ramesh", "[Ramesh Kumar]")(partner)
    card = partner.screen
    await walk("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]", "[+15]")(
        partner
    )
    await walk("[✎ Customer]", "[➕ New customer]", "Mahesh")(partner)
    await partner.press_old(card, "💵 Payment")
    assert "New invoice · Ramesh Kumar › New customer · Mahesh" in partner.screen.text
