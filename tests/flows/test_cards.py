"""Lists, cards and the search, as they read in the chat."""

import datetime as dt

import pytest

from storage.ids import new_id
from tests.flows.pictures import jpeg
from tests.flows.steps import walk


@pytest.fixture
async def ramesh(firm, partner):
    await walk("/customer", "Ramesh Kumar", "98765 43211", "[Save now]")(partner)
    return firm.store.customers.recent(1)[0]


async def sell(partner, *items, paid="Nothing", due="+15", to="Ramesh Kumar"):
    lines = items or ("wheat 52 2425",)
    steps = ["/invoice", f"[{to}]", *lines, "[✓ Done]"]
    steps.append(f"[{paid}]" if paid in ("Nothing", "Full") else paid)
    if paid != "Full" and due:
        steps.append(f"[{due}]" if due.startswith("+") else due)
    await walk(*steps, "[✓ Save invoice]")(partner)


def names(screen) -> list[str]:
    return [label for label in screen.buttons if label.startswith("Customer ")]


@pytest.fixture
async def twenty(firm, partner):
    """Twenty customers, added in no order."""
    for number in sorted(range(1, 21), key=lambda number: number * 7 % 20):
        await walk("/customer", f"Customer {number:02d}", "[Save now]")(partner)


async def test_an_empty_list_offers_the_first_customer(partner):
    await partner.press("Customers")
    assert "There is no customer yet" in partner.screen.text
    await partner.press("➕ New customer")
    assert "customer's name" in partner.screen.text


async def test_an_empty_list_of_invoices_offers_the_first_one(partner):
    await partner.press("Invoices")
    assert "There is no invoice yet" in partner.screen.text
    await partner.press("🧾 New invoice")
    assert "For which customer?" in partner.screen.text


async def test_customers_come_by_name_eight_on_a_page(partner, twenty):
    await partner.press("Customers")
    listing = partner.screen
    assert "20 customers" in listing.text
    assert names(listing) == [f"Customer {number:02d}" for number in range(1, 9)]
    assert [label for label in listing.buttons if "/" in label or label in "‹›"] == ["1 / 3", "›"]
    await partner.press("›")
    assert partner.screen.id == listing.id
    assert names(partner.screen) == [f"Customer {number:02d}" for number in range(9, 17)]
    await partner.press("›")
    assert names(partner.screen) == [f"Customer {number:02d}" for number in range(17, 21)]
    assert "›" not in partner.screen.buttons
    await partner.press("‹")
    await partner.press("‹")
    assert partner.screen.text == listing.text
    assert names(partner.screen) == names(listing)


async def test_the_page_number_says_where_one_is_and_does_no_harm(partner, twenty):
    await partner.press("Customers")
    listing = partner.screen
    await partner.press("1 / 3")
    assert (partner.screen.id, names(partner.screen)) == (listing.id, names(listing))


async def test_a_card_shows_who_it_is_and_what_is_open(firm, partner):
    await walk("/customer", "Ramesh Kumar", "98765 43211", "ramesh@example.com")(partner)
    await walk("Shop 12, Grain Market", "[Wholesale]")(partner)
    await partner.send_photo(jpeg())
    await partner.press("✓ Save")
    await sell(partner, paid="26,100", due="+15")
    await sell(partner, "rice 10 3200", due="+7")
    await sell(partner, "salt 1 100", paid="Full")
    await partner.press("Customers")
    assert "Ramesh Kumar · ₹1,32,000.00 due" in partner.screen.buttons
    await partner.press("Ramesh Kumar")
    card = partner.screen.text
    for line in (
        "👤 Ramesh Kumar",
        "📞 +91 98765 43211",
        "✉️ ramesh@example.com",
        "📍 Shop 12, Grain Market",
        "🏷 Wholesale",
        "Balance: ₹1,32,000.00 due",
        "• 26-27/00001: ₹1,00,000.00, due 16 Aug 2026",
        "• 26-27/00002: ₹32,000.00, due 8 Aug 2026",
    ):
        assert line in card.split("\n")
    assert "26-27/00003" not in card
    await partner.press("Photo")
    assert "photo" in partner.screen.kept.message
    assert partner.screen.text == "Ramesh Kumar"


async def test_a_card_shows_the_advance_that_is_held(partner, ramesh):
    await sell(partner, "salt 1 100", paid="500", due="")
    await partner.send("Ramesh")
    assert "Ramesh Kumar · advance ₹400.00" in partner.screen.buttons
    await partner.press("Ramesh Kumar")
    assert "Balance: advance ₹400.00" in partner.screen.text


async def test_a_long_row_of_open_invoices_is_counted(partner, ramesh):
    for _invoice in range(7):
        await sell(partner, "salt 1 100")
    await partner.send("Ramesh Kumar")
    await partner.press("Ramesh Kumar")
    assert partner.screen.text.count("•") == 5
    assert "… and 2 more" in partner.screen.text
    assert "Invoices (7)" in partner.screen.buttons


async def test_a_customers_invoices_turn_their_pages_and_lead_back(firm, partner, ramesh):
    for _invoice in range(9):
        firm.clock.advance(minutes=1)
        await sell(partner, "salt 1 100")
    await partner.send("Ramesh Kumar")
    await partner.press("Ramesh Kumar")
    await partner.press("Invoices (9)")
    assert "9 invoices · Ramesh Kumar" in partner.screen.text
    assert partner.screen.buttons[0] == "26-27/00009 · 1 Aug 2026 · ₹100.00 · unpaid"
    await partner.press("›")
    assert partner.screen.buttons[0].startswith("26-27/00001")
    await partner.press("‹ Ramesh Kumar")
    assert "👤 Ramesh Kumar" in partner.screen.text


async def test_an_invoices_card_shows_its_items_and_sums(firm, partner, ramesh):
    await sell(partner, "rice 10 3200")
    firm.clock.advance(minutes=1)
    await sell(partner, "wheat 52 2425", "sugar 1.5 40.50", paid="50k")
    await partner.press("Invoices")
    assert partner.screen.buttons[:2] == [
        "26-27/00002 · Ramesh Kumar · ₹1,26,160.75 · partly paid",
        "26-27/00001 · Ramesh Kumar · ₹32,000.00 · unpaid",
    ]
    await partner.press("26-27/00002")
    card = partner.screen.text.split("\n")
    for line in (
        "🧾 Invoice 26-27/00002 · partly paid",
        "Ramesh Kumar",
        "1 Aug 2026, due 16 Aug 2026",
        "1. wheat: 52 × ₹2,425.00 = ₹1,26,100.00",
        "2. sugar: 1.5 × ₹40.50 = ₹60.75",
        "Balance before: ₹32,000.00 due",
        "This invoice: ₹1,26,160.75",
        "Paid on it: ₹50,000.00",
        "Left on this invoice: ₹76,160.75",
    ):
        assert line in card
    await partner.press("👤 Customer")
    assert "Balance: ₹1,08,160.75 due" in partner.screen.text


async def test_the_pdf_comes_again_below_the_card(partner, ramesh):
    await sell(partner)
    await partner.press("Invoices")
    await partner.press("26-27/00001")
    card = partner.screen
    await partner.press("PDF again")
    again = partner.screen.document
    assert again.content.startswith(b"%PDF-")
    assert again.name == "26-27-00001 Ramesh Kumar.pdf"
    assert "26-27/00001 · Ramesh Kumar · ₹1,26,100.00" in again.caption
    assert "₹1,26,100.00 left to pay by 16 Aug 2026" in again.caption
    assert any(message.id == card.id and message.buttons for message in partner.messages)


@pytest.mark.parametrize(
    "typed",
    ["Ramesh", "ramesh  KUMAR", "kumar", "43211", "98765 43211", "+91 98765-43211", "९८७६५४३२११"],
)
async def test_a_name_or_a_phone_typed_outside_any_form_finds_the_customer(partner, ramesh, typed):
    await partner.send(typed)
    assert "Found for" in partner.screen.text
    await partner.press("Ramesh Kumar")
    assert "👤 Ramesh Kumar" in partner.screen.text


@pytest.mark.parametrize("typed", ["26-27/00001", " 26-27/00001 ", "00001", "1"])
async def test_an_invoices_number_typed_finds_the_invoice(partner, ramesh, typed):
    await sell(partner)
    await partner.send(typed)
    await partner.press("🧾 26-27/00001")
    assert "Invoice 26-27/00001" in partner.screen.text


async def test_a_phone_number_that_nobody_has_starts_a_customer_with_it(firm, partner):
    await partner.send("98765 43211")
    await partner.press("➕ New customer “98765 43211”")
    await partner.send("Mahesh Gill")
    await partner.press("Save now")
    (customer,) = firm.store.customers.recent(5)
    assert (customer.name, customer.phone) == ("Mahesh Gill", "+919876543211")


async def test_the_card_of_somebody_known_shows_them(partner, ramesh):
    await partner.send_contact("Ramesh at the mandi", "098765-43211")
    assert "👤 Ramesh Kumar" in partner.screen.text


async def test_many_hits_are_shown_eight_at_a_time(partner, twenty):
    await partner.send("customer")
    assert len(names(partner.screen)) == 8


async def test_nothing_found_offers_what_else_there_is(firm, partner, ramesh):
    await partner.send("Mahesh")
    assert "No customer or invoice matches Mahesh" in partner.screen.text
    await partner.press("Customers")
    assert "1 customer\n" in partner.screen.text
    await partner.send("Mahesh Gill")
    await partner.press("➕ New customer “Mahesh Gill”")
    await partner.press("Save now")
    assert "Mahesh Gill was added" in partner.screen.text


async def test_looking_something_up_leaves_a_draft_where_it_is(firm, partner, ramesh):
    await walk("/invoice", "[Ramesh Kumar]", "wheat 52 2425")(partner)
    await partner.press("Customers")
    await partner.press("Ramesh Kumar")
    assert "👤 Ramesh Kumar" in partner.screen.text
    await partner.send("/menu")
    assert "wheat: 52" in partner.screen.text
    await partner.press("✓ Done")
    assert "paid now" in partner.screen.text


async def test_a_card_of_what_is_not_there_says_so_and_keeps_the_message(firm, partner, ramesh):
    await partner.press("Customers")
    listing = partner.screen
    partner.person.tap(listing.kept.message, f"c:{new_id()}")
    await firm.chat.pump()
    assert "not in the books" in partner.screen.text
    assert any(m.id == listing.id and m.text == listing.text for m in partner.messages)


async def test_a_list_grown_shorter_shows_its_last_page(firm, partner, twenty):
    await partner.press("Customers")
    listing = partner.screen
    partner.person.tap(listing.kept.message, "cl:9")
    await firm.chat.pump()
    assert "3 / 3" in partner.screen.buttons


async def test_dates_are_of_the_firms_zone(firm, partner, ramesh):
    firm.clock.moment = dt.datetime(2026, 8, 1, 18, 29, tzinfo=dt.UTC)
    await sell(partner, "salt 1 100")
    firm.clock.advance(minutes=1)
    await sell(partner, "salt 1 100")
    await partner.send("Ramesh Kumar")
    await partner.press("Ramesh Kumar")
    await partner.press("Invoices (2)")
    assert [label.split(" · ")[1] for label in partner.screen.buttons[:2]] == [
        "2 Aug 2026",
        "1 Aug 2026",
    ]


async def test_customers_of_one_name_are_told_apart_by_their_phones(firm, partner):
    for number in ("98150 12345", "98150 77777"):
        await walk("/customer", "Mohan Lal", number, "[Save now]")(partner)
        if "another person" in "".join(partner.screen.buttons):
            await partner.press("✓ Save, it is another person")
    await partner.send("/invoice")
    assert {"Mohan Lal · …2345", "Mohan Lal · …7777"} <= set(partner.screen.buttons)


async def test_the_due_question_repeats_what_was_paid(firm, partner):
    await walk("/customer", "Mohan Lal", "[Save now]")(partner)
    await walk("/invoice", "[Mohan Lal]", "wheat 52 2425", "[✓ Done]", "1.25")(partner)
    assert "Paid now ₹1.25, left ₹1,26,098.75." in partner.screen.text
