"""Recording a payment, as it reads in the chat."""

import pytest

from bot.payments import NewPayment, record_payment
from storage.ids import new_id
from tests.flows.steps import walk, with_customer

TWO_INVOICES = (
    *("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]", "[+15]"),
    "[✓ Save invoice]",
    *("/invoice", "[Ramesh Kumar]", "rice 10 3200", "[✓ Done]", "[Nothing]", "[+7]"),
    "[✓ Save invoice]",
)
"""00001 of 1,26,100 is due on 16 August, 00002 of 32,000 on 8 August: 1,58,100 in all."""


@pytest.fixture
async def ramesh(firm, partner):
    await with_customer(firm, partner)
    await walk(*TWO_INVOICES)(partner)
    return firm.store.customers.recent(1)[0]


def entries(firm, customer):
    return firm.store.ledger.entries(customer.id)


def shown(firm, customer):
    """The numbers of the customer's invoices, with what is left on each."""
    invoices = firm.store.invoices.of_customer(customer.id, 0, 10)
    return {one.invoice_number[-1]: (one.status.value, one.remaining_balance) for one in invoices}


async def test_four_taps_from_the_card_to_a_full_payment_in_cash(firm, partner, ramesh):
    await walk("Ramesh", "[Ramesh Kumar]", "[💵 Payment]")(partner)
    assert "Balance: ₹1,58,100.00 due" in partner.screen.text
    await walk("[Full: ₹1,58,100.00]", "[Cash]")(partner)
    assert "• 26-27/00002: ₹32,000.00, paid in full" in partner.screen.text
    assert "Balance before: ₹1,58,100.00 due\nBalance after: nothing due" in partner.screen.text

    await partner.press("✓ Save payment")

    assert "Payment of ₹1,58,100.00 recorded" in partner.screen.text
    assert "Balance before: ₹1,58,100.00 due\nBalance now: nothing due" in partner.screen.text
    assert shown(firm, ramesh) == {"1": ("Paid", 0), "2": ("Paid", 0)}


async def test_amount_method_and_reference_in_one_message(firm, partner, ramesh):
    await walk("/payment", "[Ramesh Kumar]", "50000 UPI 4821", "[✓ Save payment]")(partner)

    assert "Ramesh Kumar · UPI · 4821 · 1 Aug 2026" in partner.screen.text
    (payment,) = firm.store.payments.of_customer(ramesh.id, 0, 10)
    assert (payment.amount, payment.method, payment.reference) == (50_000_00, "upi", "4821")
    assert payment.created_by_name == "Ravi Kumar"


async def test_the_oldest_due_is_paid_first_and_the_preview_says_so(firm, partner, ramesh):
    await walk("/payment", "[Ramesh Kumar]", "50000", "[Cash]")(partner)
    assert "• 26-27/00002: ₹32,000.00, paid in full" in partner.screen.text
    assert "• 26-27/00001: ₹18,000.00, ₹1,08,100.00 left" in partner.screen.text
    await partner.press("✓ Save payment")
    assert shown(firm, ramesh) == {"1": ("Partial", 1_08_100_00), "2": ("Paid", 0)}


async def test_only_this_invoice_from_its_card(firm, partner, ramesh):
    await walk("/invoices", "[26-27/00001]", "[💵 Payment]")(partner)
    assert "Invoice 26-27/00001: ₹1,26,100.00 left to pay" in partner.screen.text
    await walk("26100", "[Bank]", "[Skip]")(partner)
    assert "26-27/00002" not in partner.screen.text
    await partner.press("✓ Save payment")
    assert shown(firm, ramesh) == {"1": ("Partial", 1_00_000_00), "2": ("Unpaid", 32_000_00)}


async def test_another_invoice_is_picked_from_the_summary(firm, partner, ramesh):
    await walk("/payment", "[Ramesh Kumar]", "10000 cash", "[✎ Which invoice]", "1")(partner)
    assert "• 26-27/00001: ₹10,000.00, ₹1,16,100.00 left" in partner.screen.text
    await walk("[✎ Which invoice]", "[Oldest due first]")(partner)
    assert "• 26-27/00002: ₹10,000.00, ₹22,000.00 left" in partner.screen.text


async def test_what_is_too_much_becomes_advance_and_the_next_invoice_uses_it(
    firm, partner, ramesh
):
    await walk("/payment", "[Ramesh Kumar]", "160000 cash")(partner)
    assert "Kept as advance: ₹1,900.00" in partner.screen.text
    await partner.press("✓ Save payment")
    assert "Balance now: advance ₹1,900.00" in partner.screen.text

    await walk("/invoice", "[Ramesh Kumar]", "gram 1 5000", "[✓ Done]", "[Nothing]", "[+7]")(
        partner
    )
    assert "Advance used: ₹1,900.00" in partner.screen.text
    await partner.press("✓ Save invoice")
    assert "Total due: ₹3,100.00" in partner.messages[-2].text


async def test_more_for_one_invoice_than_is_left_on_it_becomes_advance(firm, partner, ramesh):
    await walk("/invoices", "[26-27/00002]", "[💵 Payment]", "40000 cash")(partner)
    assert "Kept as advance: ₹8,000.00" in partner.screen.text
    await walk("[✓ Save payment]", "[👤 Customer]")(partner)
    assert (
        "Balance: ₹1,18,100.00 due\n"
        "Open invoices ₹1,26,100.00, less the advance held ₹8,000.00:" in partner.screen.text
    )

    await partner.press("Use the advance on what is open")
    assert "₹8,000.00 of the advance held" in partner.screen.text
    await partner.press("✓ Save payment")

    assert "Advance of ₹8,000.00 used" in partner.screen.text
    assert shown(firm, ramesh) == {"1": ("Partial", 1_18_100_00), "2": ("Paid", 0)}
    assert firm.store.payments.count() == 1, "no money came"


async def test_those_who_owe_are_offered_first_the_longest_overdue_at_the_top(firm, partner):
    await with_customer(firm, partner)
    for name, due in (("Suresh", "+30"), ("Mahesh", "+7"), ("Naresh", "")):
        await walk("/customer", name, "[Save now]")(partner)
        firm.clock.advance(minutes=1)
        if due:
            await walk("/invoice", f"[{name}]", "wheat 1 100", "[✓ Done]", "[Nothing]")(partner)
            await walk(f"[{due}]", "[✓ Save invoice]")(partner)

    await partner.send("/payment")

    offered = [label.split(" ·")[0] for label in partner.screen.buttons]
    assert offered[:2] == ["Mahesh", "Suresh"]
    assert {"Naresh", "Ramesh Kumar"} < set(offered)


async def test_the_date_is_today_and_never_to_come(firm, partner, ramesh):
    await walk("/payment", "[Ramesh Kumar]", "500 cash", "[✎ Date]", "5/8/2026")(partner)
    assert "cannot be used here" in partner.screen.text
    await walk("yesterday", "[✓ Save payment]")(partner)
    assert "31 Jul 2026" in partner.screen.text
    assert entries(firm, ramesh)[-1].day.isoformat() == "2026-07-31"


async def test_another_partner_was_first_the_new_figures_are_shown(firm, partner, ramesh):
    await walk("/payment", "[Ramesh Kumar]", "32000 cash")(partner)
    other = await firm.signed_in("Sunita Devi", "+919876500000")
    await walk("/payment", "[Ramesh Kumar]", "32000 upi", "[✓ Save payment]")(other)

    await partner.press("✓ Save payment")

    assert "has changed since this was shown" in partner.screen.text
    assert "• 26-27/00001: ₹32,000.00, ₹94,100.00 left" in partner.screen.text
    await partner.press("✓ Save payment")
    assert "look, then save" in partner.answers[-1].text, "the second of two quick taps"
    assert len(entries(firm, ramesh)) == 3
    firm.clock.advance(seconds=2)
    await partner.press("✓ Save payment")
    assert len(entries(firm, ramesh)) == 4


async def test_the_full_button_of_an_older_balance_is_out_of_date(firm, partner, ramesh):
    await walk("/payment", "[Ramesh Kumar]")(partner)
    clerk = firm.store.users.active()[0]
    record_payment(
        firm.store,
        firm.clock,
        NewPayment(new_id(), ramesh.id, 100_00, firm.clock.today()),
        by=clerk,
        standing_on=None,
    )

    await partner.press("Full: ₹1,58,100.00")

    assert "out of date" in partner.answers[-1].text
    assert "Full: ₹1,58,000.00" in partner.screen.buttons


async def test_two_taps_on_save_are_one_payment(firm, partner, ramesh):
    await walk("/payment", "[Ramesh Kumar]", "500 cash")(partner)
    summary = partner.screen
    await partner.press("✓ Save payment")
    await partner.press_old(summary, "✓ Save payment")
    assert "saved already" in partner.answers[-1].text
    assert "↩ Undo" in partner.screen.buttons, "the receipt is as it was"
    assert len(entries(firm, ramesh)) == 3


async def test_somebody_who_owes_nothing_pays_in_advance(firm, partner):
    await walk("/payment", "[➕ New customer]", "Mahesh", "[Save now]")(partner)
    assert "Balance: nothing due" in partner.screen.text
    await walk("5000 cheque 000123")(partner)
    assert "Kept as advance: ₹5,000.00" in partner.screen.text
    await partner.press("✓ Save payment")
    assert "Balance now: advance ₹5,000.00" in partner.screen.text


async def test_another_customer_does_not_inherit_the_invoice(firm, partner, ramesh):
    await walk("/customer", "Mahesh", "[Save now]")(partner)
    await walk("/invoices", "[26-27/00001]", "[💵 Payment]", "500 cash")(partner)
    await walk("[✎ Customer]", "Mahesh", "[Mahesh]")(partner)
    assert "Kept as advance: ₹500.00" in partner.screen.text


async def test_the_card_of_a_payment_says_how_where_and_who(firm, partner, ramesh):
    await walk("/payment", "[Ramesh Kumar]", "50000 upi 4821", "[✓ Save payment]")(partner)
    await walk("/payments", "[₹50,000.00]")(partner)
    card = partner.screen.text
    assert "Payment of ₹50,000.00\nRamesh Kumar\n1 Aug 2026 · UPI · 4821" in card
    assert "Recorded by Ravi Kumar at 14:30" in card
    assert "• 26-27/00002: ₹32,000.00\n• 26-27/00001: ₹18,000.00" in card
    await walk("[👤 Customer]", "[Payments (1)]")(partner)
    assert "1 payment · Ramesh Kumar" in partner.screen.text


async def test_there_is_no_payment_yet(partner):
    await partner.send("/payments")
    assert "There is no payment yet" in partner.screen.text


async def test_a_number_that_two_open_invoices_end_in_is_asked_about(firm, partner, ramesh):
    last_year = ("gram 1 100", "[✓ Done]", "[Nothing]", "[+7]", "[✎ Date]", "1/3/2026")
    await walk("/invoice", "[Ramesh Kumar]", *last_year, "[✓ Save invoice]")(partner)
    await walk("/payment", "[Ramesh Kumar]", "10 cash", "[✎ Which invoice]", "1")(partner)
    assert "Several open invoices end so" in partner.screen.text
    await partner.send("25-26/00001")
    assert "• 25-26/00001: ₹10.00, ₹90.00 left" in partner.screen.text


async def test_an_advance_is_used_before_anything_is_full(firm, partner, ramesh):
    await walk("/invoices", "[26-27/00002]", "[💵 Payment]", "40000 cash")(partner)
    await walk("[✓ Save payment]", "/payment", "[Ramesh Kumar]")(partner)
    assert "Use the advance held: ₹8,000.00" in partner.screen.buttons
    assert not [label for label in partner.screen.buttons if "Full" in label]


async def test_an_invoice_that_the_advance_pays_asks_for_no_due_date(firm, partner):
    await with_customer(firm, partner)
    await walk("/payment", "[Ramesh Kumar]", "20000 cash", "[✓ Save payment]")(partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 5 2425", "[✓ Done]")(partner)
    assert "The advance held, ₹20,000.00, is used for what is not paid now" in partner.screen.text
    await partner.press("Nothing")
    assert "Advance used: ₹12,125.00" in partner.screen.text
