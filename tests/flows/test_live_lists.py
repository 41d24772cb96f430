"""The newest list of a chat follows the books: a payment by anybody is off it where it stands."""

import datetime as dt

import pytest

from storage.errors import StoreUnavailable
from tests.flows.mornings import morning, sell, tick
from tests.flows.steps import walk, with_customer

PAYS = ("/payment", "[Ramesh Kumar]", "26100 cash", "[✓ Save payment]")
TODAY = dt.date(2026, 8, 1)


@pytest.fixture
async def digest(firm, partner):
    """The morning's message, of two invoices."""
    await with_customer(firm, partner)
    await sell(firm, partner, due="1/8")
    await sell(firm, partner, due="2/8")
    await tick(firm)
    return partner.screen


@pytest.fixture
async def sunita(firm):
    return await firm.signed_in("Sunita Devi", "+919876500000")


def now(phone, message):
    """What it says by now."""
    return next(one for one in phone.messages if one.id == message.id)


async def pay(firm, phone):
    await walk(*PAYS)(phone)
    await tick(firm, "lists")


async def test_a_payment_recorded_below_it(firm, partner, digest):
    assert "To collect: ₹1,26,100.00" in digest.text
    await pay(firm, partner)
    assert "To collect: ₹1,00,000.00" in now(partner, digest).text


async def test_a_payment_that_another_partner_recorded(firm, partner, digest, sunita):
    await pay(firm, sunita)
    assert "To collect: ₹1,00,000.00" in now(partner, digest).text


async def test_a_payment_that_was_taken_back(firm, partner, digest):
    await pay(firm, partner)
    await partner.press("↩ Undo")
    await tick(firm, "lists")
    assert "To collect: ₹1,26,100.00" in now(partner, digest).text


async def test_what_another_partner_put_off(firm, partner, digest, sunita):
    await walk("/due", "[Ramesh Kumar]", "[🤝 Promise]", "[+1 · 2 Aug 2026]")(sunita)
    await tick(firm, "lists")
    assert "To collect: ₹0.00" in now(partner, digest).text


async def test_the_round_and_one_customers_page_of_it(firm, partner, digest, sunita):
    await walk("/due")(partner)
    listed = partner.screen
    await pay(firm, sunita)
    assert "To collect: ₹1,00,000.00" in now(partner, listed).text
    await partner.press_old(now(partner, listed), "Ramesh Kumar")
    await pay(firm, sunita)
    assert "1. 26-27/00001: ₹73,900.00" in now(partner, listed).text


async def test_only_the_newest_of_a_chat(firm, partner, digest):
    await partner.send("/due")
    await pay(firm, partner)
    assert "To collect: ₹1,26,100.00" in now(partner, digest).text


async def test_what_took_its_place_follows_too(firm, partner, digest, sunita):
    await partner.press("⋯")
    await pay(firm, sunita)
    assert "Left: ₹1,00,000.00" in now(partner, digest).text
    assert "1%2C00%2C000.00" in whatsapp(now(partner, digest))
    await partner.press("‹ Back")
    assert "To collect: ₹1,00,000.00" in now(partner, digest).text
    await pay(firm, sunita)
    assert "To collect: ₹73,900.00" in now(partner, digest).text


async def test_where_nothing_is_left_of_it_the_list_is_back(firm, partner, digest, sunita):
    await partner.press("⋯")
    await walk("/invoices", "[26-27/00001]", "[💵 Payment]", "126100 cash", "[✓ Save payment]")(
        sunita
    )
    await tick(firm, "lists")
    assert "To collect: ₹0.00" in now(partner, digest).text


def whatsapp(message) -> str:
    rows = message.kept.message["reply_markup"]["inline_keyboard"]
    return next(one["url"] for row in rows for one in row if one.get("url"))


async def test_it_stays_on_its_page(firm, partner, sunita):
    for name in [f"Customer {number}" for number in range(8)]:
        await walk("/customer", name, "[Save now]", "[🧾 New invoice]")(partner)
        await walk("wheat 1 100", "[✓ Done]", "[Nothing]", "1/8", "[✓ Save invoice]")(partner)
    await walk("/due", "[›]")(partner)
    second = now(partner, partner.screen)
    await walk("/payment", "[Customer 0]", "40 cash", "[✓ Save payment]")(sunita)
    await tick(firm, "lists")
    assert "To collect: ₹760.00" in now(partner, second).text
    assert "8. Customer 0: ₹60.00" in now(partner, second).text


async def test_what_it_was_told_in_place_of_is_not_taken_off_at_once(firm, partner, digest):
    await walk("[⋯]", "[💤 7 days]")(partner)
    told = now(partner, digest).text
    assert "comes back on" in told
    await tick(firm, "lists")
    assert now(partner, digest).text == told
    await pay(firm, partner)
    assert "comes back on" not in now(partner, digest).text


async def test_who_is_signed_out_is_told_nothing(firm, partner, digest, sunita):
    await partner.send("/logout")
    await pay(firm, sunita)
    assert now(partner, digest).text == digest.text


async def test_across_a_restart(firm, partner, digest, sunita):
    await firm.chat.restart()
    await pay(firm, sunita)
    assert "To collect: ₹1,00,000.00" in now(partner, digest).text


async def test_nothing_is_sent_where_nothing_has_changed(firm, partner, digest, sunita):
    await walk("/due")(partner)
    await walk("/customer", "Another", "[Save now]")(sunita)
    await walk("/payment", "[Another]", "40 cash", "[✓ Save payment]")(sunita)
    await tick(firm, "lists")
    assert not firm.chat.telegram.refusals


async def test_nor_where_the_books_have_not_moved(firm, partner, digest):
    await tick(firm, "lists")
    firm.store.shown_lists.all = None
    await partner.send("/menu")
    await tick(firm, "lists")


async def test_while_the_store_is_away_it_waits(firm, partner, digest, sunita, monkeypatch):
    await walk(*PAYS)(sunita)

    def away():
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(firm.store.shown_lists, "all", away)
        await tick(firm, "lists")
    assert now(partner, digest).text == digest.text
    await tick(firm, "lists")
    assert "To collect: ₹1,00,000.00" in now(partner, digest).text


async def test_the_next_mornings_message_takes_over(firm, partner, digest):
    await morning(firm, TODAY + dt.timedelta(days=1))
    await tick(firm)
    second = partner.screen
    await pay(firm, partner)
    assert now(partner, digest).text == digest.text
    assert "To collect: ₹2,52,200.00" in second.text
    assert "To collect: ₹2,26,100.00" in now(partner, second).text
