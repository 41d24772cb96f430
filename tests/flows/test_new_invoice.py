"""New invoice, as it reads in the chat."""

import datetime as dt

import pytest


@pytest.fixture
async def ramesh(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    await partner.press("Save now")
    return firm.store.customers.recent(1)[0]


async def to_summary(partner, *, paid="Nothing", due="+15"):
    await partner.send("/invoice")
    await partner.press("Ramesh Kumar")
    await partner.send("wheat 52 2425")
    await partner.press("✓ Done")
    await partner.press(paid)
    if due:
        await partner.press(due)


async def test_six_taps_and_one_message(firm, partner, ramesh):
    await to_summary(partner)
    assert "Total due: ₹1,26,100.00" in partner.screen.text
    await partner.press("✓ Save invoice")
    (invoice,) = firm.store.invoices.page(0, 5)
    assert invoice.total_amount == 126_100_00
    assert invoice.status == "Unpaid"
    assert invoice.invoice_number == "26-27/00001"
    assert invoice.due_date == invoice.invoice_date + dt.timedelta(days=15)
    document = partner.screen.document
    assert document.content.startswith(b"%PDF-")
    assert document.name.endswith(".pdf")
    assert "26-27/00001" in document.caption
    assert firm.store.customers.get(ramesh.id).total_outstanding_balance == 126_100_00


async def test_step_by_step_with_words_and_scripts(firm, partner, ramesh):
    await partner.send("/invoice")
    await partner.send("ramesh")
    await partner.press("Ramesh Kumar")
    await partner.send("गेहूं")
    await partner.send("५२")
    await partner.send("2,425")
    assert "गेहूं: 52 × ₹2,425.00 = ₹1,26,100.00" in partner.screen.text
    await partner.send("rice 10 3200")
    await partner.press("✓ Done")
    await partner.send("50k")
    await partner.send("+45")
    text = partner.screen.text
    assert "This invoice: ₹1,58,100.00" in text
    assert "Paid now: ₹50,000.00" in text
    assert "Left on this invoice: ₹1,08,100.00" in text
    await partner.press("✓ Save invoice")
    (invoice,) = firm.store.invoices.page(0, 5)
    assert (invoice.amount_paid, invoice.status) == (50_000_00, "Partial")
    (payment,) = firm.store.payments.of_customer(ramesh.id, 0, 5)
    assert payment.amount == 50_000_00


async def test_paid_in_full_asks_for_no_due_date(firm, partner, ramesh):
    await to_summary(partner, paid="Full", due="")
    assert "Total due: ₹0.00" in partner.screen.text
    await partner.press("✓ Save invoice")
    (invoice,) = firm.store.invoices.page(0, 5)
    assert (invoice.status, invoice.remaining_balance) == ("Paid", 0)


async def test_a_new_customer_inside_the_invoice_comes_back_to_it(firm, partner):
    await partner.send("/invoice")
    await partner.send("Mahesh Gill")
    assert "No customer matches" in partner.screen.text
    await partner.press("New customer")
    await partner.press("Save now")
    assert "Mahesh Gill was added" in partner.transcript()
    assert "New invoice · Mahesh Gill" in partner.screen.text
    await partner.send("wheat 1 100")
    await partner.press("✓ Done")
    await partner.press("Full")
    await partner.press("✓ Save invoice")
    (invoice,) = firm.store.invoices.page(0, 5)
    assert invoice.customer_name == "Mahesh Gill"


async def test_a_contact_card_at_the_customer_is_the_customer_or_a_new_one(firm, partner):
    for _time in range(2):
        await partner.send("/invoice")
        await partner.send_contact("Mahesh Gill", "98765 43299")
        if firm.store.customers.count() == 0:
            await partner.press("✓ Save")
        assert "New invoice · Mahesh Gill" in partner.screen.text
        assert "Which item?" in partner.screen.text
        await partner.send("/cancel")
    (customer,) = firm.store.customers.recent(5)
    assert customer.phone == "+919876543299"


async def test_the_whole_name_of_the_only_one_needs_no_tap(firm, partner, ramesh):
    await partner.send("/invoice")
    await partner.send("ramesh  KUMAR")
    assert "New invoice · Ramesh Kumar" in partner.screen.text
    await partner.send("/cancel")
    await partner.send_contact("Ramesh Kumar Gill", "98765 43299")
    await partner.press("✓ Save")
    await partner.send("/invoice")
    await partner.send("Ramesh Kumar")
    assert "Which of these?" in partner.screen.text


async def test_a_number_that_nobody_has_becomes_the_new_customers_number(firm, partner):
    await partner.send("/invoice")
    await partner.send("98765 43299")
    await partner.press("New customer")
    await partner.send("Mahesh Gill")
    await partner.press("Save now")
    (customer,) = firm.store.customers.recent(5)
    assert (customer.name, customer.phone) == ("Mahesh Gill", "+919876543299")


async def test_cancelling_the_new_customer_comes_back_too(firm, partner):
    await partner.send("/invoice")
    await partner.press("New customer")
    await partner.press("✕ Cancel")
    assert "For which customer?" in partner.screen.text


async def test_recent_items_and_last_prices_are_buttons(firm, partner, ramesh):
    await to_summary(partner)
    await partner.press("✓ Save invoice")
    await partner.send("/invoice")
    await partner.press("Ramesh Kumar")
    await partner.press("wheat")
    await partner.send("10")
    await partner.press("As last time")
    assert "wheat: 10 × ₹2,425.00 = ₹24,250.00" in partner.screen.text


async def test_a_line_can_be_removed(partner, ramesh):
    await partner.send("/invoice")
    await partner.press("Ramesh Kumar")
    await partner.send("wheat 52 2425")
    await partner.send("rice 10 3200")
    await partner.press("Remove a line")
    await partner.press("✕ 1. wheat · ₹1,26,100.00")
    assert "wheat" not in partner.screen.text.split("Another item")[0]
    assert "1. rice: 10" in partner.screen.text


async def test_the_calendar_picks_a_day(firm, partner, ramesh):
    await to_summary(partner, due="")
    await partner.press("📅 Calendar")
    await partner.press("›")
    await partner.press("3")
    await partner.press("✓ Save invoice")
    (invoice,) = firm.store.invoices.page(0, 5)
    assert invoice.due_date == dt.date(2026, 9, 3)


async def test_any_field_can_be_edited_from_the_summary(firm, partner, ramesh):
    await to_summary(partner)
    await partner.press("✎ Items")
    await partner.send("rice 1 100")
    await partner.press("✓ Done")
    assert "This invoice: ₹1,26,200.00" in partner.screen.text
    await partner.press("✎ Paid")
    await partner.send("200")
    assert "Paid now: ₹200.00" in partner.screen.text
    await partner.press("✎ Due")
    await partner.send("30/8")
    assert "due 30 Aug 2026" in partner.screen.text
    await partner.press("✎ Date")
    await partner.press("Yesterday")
    assert "Date 31 Jul 2026" in partner.screen.text
    await partner.press("✓ Save invoice")
    (invoice,) = firm.store.invoices.page(0, 5)
    assert invoice.total_amount == 126_200_00
    assert invoice.invoice_date == dt.date(2026, 7, 31)


async def test_back_goes_one_step_back(partner, ramesh):
    await to_summary(partner)
    await partner.press("‹ Back")
    assert "When is the rest due" in partner.screen.text
    await partner.press("‹ Back")
    assert "How much is paid now" in partner.screen.text


async def test_cancel_saves_nothing(firm, partner, ramesh):
    await to_summary(partner)
    await partner.press("✕ Cancel")
    assert "No invoice was saved" in partner.screen.text
    assert firm.store.invoices.count() == 0
    assert firm.store.ledger.head(ramesh.id) is None


async def test_a_restart_in_the_middle_goes_on_at_the_same_step(firm, partner, ramesh):
    await partner.send("/invoice")
    await partner.press("Ramesh Kumar")
    await partner.send("wheat")
    await firm.chat.restart()
    await partner.send("52")
    assert "Price of one wheat" in partner.screen.text
    await firm.chat.restart()
    await partner.send("2425")
    await partner.press("✓ Done")
    await firm.chat.restart()
    await partner.press("Full")
    await partner.press("✓ Save invoice")
    assert firm.store.invoices.count() == 1


async def test_two_taps_on_save_are_one_invoice(firm, partner, ramesh):
    await to_summary(partner)
    summary = partner.screen
    await partner.press("✓ Save invoice")
    await partner.press_old(summary, "✓ Save invoice")
    assert "saved already" in partner.answers[-1].text
    assert firm.store.invoices.count() == 1
    assert firm.store.ledger.head(ramesh.id).seq == 1


async def test_the_same_update_twice_is_one_answer(firm, partner, ramesh):
    await partner.send("/invoice")
    await partner.press("Ramesh Kumar")
    await partner.send("wheat")
    firm.chat.telegram.updates.duplicates = 1
    await partner.send("52")
    assert "Price of one wheat" in partner.screen.text


async def test_a_removed_partner_gets_no_further(firm, partner, ramesh):
    await to_summary(partner)
    user = firm.store.users.by_phone("+919876543210")
    firm.store.users.set_active(user.id, False)
    await partner.press("✓ Save invoice")
    assert "share your phone number" in partner.screen.text
    assert firm.store.invoices.count() == 0


async def test_a_balance_changed_meanwhile_is_shown_before_it_is_posted(firm, partner, ramesh):
    other = await firm.signed_in("Sunita Devi", "+919876500000")
    await to_summary(partner)
    await to_summary(other)
    await other.press("✓ Save invoice")
    await partner.press("✓ Save invoice")
    assert "balance or the day has changed" in partner.screen.text
    assert "Balance before: ₹1,26,100.00 due" in partner.screen.text
    assert firm.store.invoices.count() == 1
    firm.clock.advance(seconds=2)
    await partner.press("✓ Save invoice")
    assert firm.store.invoices.count() == 2
    assert firm.store.ledger.head(ramesh.id).after == 2 * 126_100_00


async def test_a_button_of_an_answered_question_says_so(partner, ramesh):
    await partner.send("/invoice")
    choosing = partner.screen
    await partner.press("Ramesh Kumar")
    await partner.send("wheat 52 2425")
    await partner.press_old(choosing, "Ramesh Kumar")
    assert "out of date" in partner.answers[-1].text
    assert "Another item" in partner.screen.text


async def test_starting_something_else_asks_first(firm, partner, ramesh):
    await partner.send("/invoice")
    await partner.press("Ramesh Kumar")
    await partner.press("New customer")
    assert "in the middle of this" in partner.screen.text
    await partner.press("Go on")
    assert "Which item?" in partner.screen.text
    await partner.press("New customer")
    await partner.press("Drop it, start the new one")
    assert "customer's name" in partner.screen.text


async def test_pdf_again_and_the_link_give_the_same_paper(firm, partner, ramesh):
    await to_summary(partner)
    await partner.press("✓ Save invoice")
    first = partner.screen.document.content
    await partner.press("Invoices")
    await partner.press("26-27/00001")
    await partner.press("PDF again")
    assert partner.screen.document.content == first
    (invoice,) = firm.store.invoices.page(0, 5)
    await partner.open_link(invoice.download_link)
    assert partner.screen.document.content == first
