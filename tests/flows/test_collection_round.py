"""/due: who owes, the longest due first, and what there is to collect in all."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.flows.mornings import morning
from tests.flows.steps import walk


@pytest.fixture
async def owing(firm, partner):
    """Three customers who owe what is due, one who owes what is not, and another partner's."""
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    for phone, name, due in (
        (partner, "Ramesh", "3/8"),
        (partner, "Mahesh", "1/8"),
        (partner, "Later", "30/8"),
        (sunita, "Suresh", "2/8"),
    ):
        await walk("/customer", name, "[Save now]", "/invoice", f"[{name}]")(phone)
        await walk("wheat 1 100", "[✓ Done]", "[Nothing]", due, "[✓ Save invoice]")(phone)
    await morning(firm, dt.date(2026, 8, 3), 12)
    await partner.send("/due")
    return partner.screen


async def test_the_whole_firms_customers_those_due_longest_first(owing):
    assert owing.text.split("\n") == [
        "💰 To collect: ₹300.00, 3 Aug 2026",
        "3 customers",
        "",
        "1. Mahesh: ₹100.00, 2 days late",
        "2. Suresh: ₹100.00, 1 day late",
        "3. Ramesh: ₹100.00",
    ]
    assert owing.buttons[:3] == [
        "1 · Mahesh · ₹100.00",
        "2 · Suresh · ₹100.00",
        "3 · Ramesh · ₹100.00",
    ]


async def test_where_nothing_is_due_it_says_so(partner):
    await partner.send("/due")
    assert partner.screen.text == "Nothing is due today, and nothing is overdue."


async def test_the_list_goes_on_in_place_as_payments_are_recorded(partner, owing):
    await partner.press("Mahesh")
    assert partner.screen.id == owing.id
    assert "To collect: ₹100.00" in partner.screen.text
    await walk("[💵 Payment]", "60 cash", "[✓ Save payment]")(partner)
    now = next(one for one in partner.messages if one.id == owing.id)
    assert "To collect: ₹40.00" in now.text
    await partner.press_old(now, "‹ All who owe")
    now = next(one for one in partner.messages if one.id == owing.id)
    assert "To collect: ₹240.00" in now.text
    assert "1. Mahesh: ₹40.00, 2 days late" in now.text


async def test_who_has_paid_all_is_gone_from_it(partner, owing):
    await walk("[Mahesh]", "[1 · 💵 Paid]", "[Cash]", "[✓ Save payment]")(partner)
    now = next(one for one in partner.messages if one.id == owing.id)
    assert "Nothing of theirs is to be asked for now." in now.text
    await partner.press_old(now, "‹ All who owe")
    now = next(one for one in partner.messages if one.id == owing.id)
    assert "Mahesh" not in now.text


async def test_who_promised_for_another_day_is_not_asked_today(partner, owing):
    await walk("[Mahesh]", "[🤝 Promise]", "[+1 · 4 Aug 2026]", "/due")(partner)
    assert "Mahesh" not in partner.screen.text
    assert "To collect: ₹200.00" in partner.screen.text


async def test_of_several_invoices_what_was_promised_is_left_out(firm, partner, owing):
    await walk("/invoice", "[Mahesh]", "rice 1 50", "[✓ Done]", "[Nothing]", "3/8")(partner)
    await partner.press("✓ Save invoice")
    await walk("/due", "[Mahesh]", "[🤝 Promise]", "[+1 · 4 Aug 2026]", "/due")(partner)
    assert "Mahesh: ₹50.00" in partner.screen.text


async def test_a_muted_customer_is_there_and_marked(partner, owing):
    await walk("[Mahesh]", "[🔕 Mute]", "/due")(partner)
    assert "1. Mahesh: ₹100.00, 2 days late 🔕" in partner.screen.text


async def test_many_have_pages(firm, partner):
    for number in range(8):
        await walk("/customer", f"C{number}", "[Save now]", "[🧾 New invoice]")(partner)
        await walk("a 1 1", "[✓ Done]", "[Nothing]", "1/8", "[✓ Save invoice]")(partner)
    await walk("/due", "[›]")(partner)
    assert "To collect: ₹8.00" in partner.screen.text
    assert "7. C" in partner.screen.text
    assert "2 / 2" in partner.screen.buttons


async def test_what_is_left_in_peace_is_still_on_the_customers_page(partner, owing):
    await partner.press("Mahesh")
    await walk("[🤝 Promise]", "10/8")(partner)
    now = next(one for one in partner.messages if one.id == owing.id)
    assert now.text.split("\n") == [
        "Mahesh",
        "Nothing of theirs is to be asked for now.",
        "",
        "Left in peace",
        "1. 26-27/00002: ₹100.00, 2 days late · 🤝 promised for 10 Aug 2026",
    ]


async def test_whatsapp_asks_kindly_for_all_that_the_page_sums_up(partner, owing):
    await partner.press("Mahesh")
    text = parse_qs(urlsplit(partner.screen.link("📲 WhatsApp")).query)["text"][0]
    assert text == (
        "Dear Mahesh, a kind reminder from Ravi Kumar: ₹100.00 is left to pay, due on "
        "1 Aug 2026 (26-27/00002). If you have paid by now, please take no notice. Thank you."
    )


async def test_many_invoices_of_one_customer_are_on_pages(firm, partner, owing):
    for number in range(8):
        await walk("/invoice", "[Mahesh]", f"rice 1 {number + 1}", "[✓ Done]", "[Nothing]")(
            partner
        )
        await walk("3/8", "[✓ Save invoice]")(partner)
    await walk("/due", "[Mahesh]")(partner)
    assert "To collect: ₹136.00" in partner.screen.text
    assert "6. 26-27/" in partner.screen.text
    assert "7. 26-27/" not in partner.screen.text
    await partner.press("›")
    assert "9. 26-27/00012: ₹8.00" in partner.screen.text
    await walk("[9 · 💵 Paid]", "[Cash]", "[✓ Save payment]")(partner)
    listed = next(one for one in partner.messages if "7. 26-27/" in one.text)
    assert "9. 26-27" not in listed.text
    await partner.press_old(listed, "‹ All who owe")
    assert "Mahesh: ₹128.00" in next(one for one in partner.messages if one.id == listed.id).text
