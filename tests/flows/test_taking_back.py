"""Undo, cancel, and what was taken back by mistake, as it reads in the chat."""

import pytest

from tests.bot.importing import old_books
from tests.bot.importing.old_books import Import
from tests.flows.steps import walk, with_customer

SOLD = ("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]", "[+15]")
PAID = ("/payment", "[Ramesh Kumar]", "50000 cash", "[✓ Save payment]")


@pytest.fixture
async def ramesh(firm, partner):
    await with_customer(firm, partner)
    await walk(*SOLD, "[✓ Save invoice]")(partner)
    return firm.store.customers.recent(1)[0]


def invoice(firm):
    return firm.store.invoices.page(0, 1)[0]


async def test_undo_of_a_payment_takes_the_money_off_what_it_had_paid(firm, partner, ramesh):
    await walk(*PAID, "[↩ Undo]")(partner)

    assert "Payment of ₹50,000.00 undone" in partner.screen.text
    assert "• 26-27/00001: ₹50,000.00 open again" in partner.screen.text
    assert "Balance before: ₹76,100.00 due\nBalance now: ₹1,26,100.00 due" in partner.screen.text
    assert invoice(firm).remaining_balance == 1_26_100_00


async def test_a_second_undo_says_who_was_first_and_when(firm, partner, ramesh):
    await walk(*PAID)(partner)
    receipt = partner.screen
    firm.clock.advance(minutes=2)
    await partner.press_old(receipt, "↩ Undo")
    await partner.press_old(receipt, "↩ Undo")
    assert "Already undone by Ravi Kumar at 14:32." in partner.screen.text
    assert len(firm.store.ledger.entries(ramesh.id)) == 3


async def test_an_undo_by_mistake_is_undone(firm, partner, ramesh):
    await walk(*PAID, "[↩ Undo]", "[↩ Put it back]")(partner)
    assert "Payment of ₹50,000.00 is back in the books" in partner.screen.text
    assert invoice(firm).remaining_balance == 76_100_00
    assert "↩ Undo" not in partner.screen.buttons


async def test_and_then_the_first_undo_asks_for_a_reason(firm, partner, ramesh):
    """Whoever taps it now knows of the mistake; of a tap that comes late nobody can tell."""
    await walk(*PAID)(partner)
    receipt = partner.screen
    await walk("[↩ Undo]", "[↩ Put it back]")(partner)
    await partner.press_old(receipt, "↩ Undo")
    assert "Undo the payment of ₹50,000.00 · Ramesh Kumar" in partner.screen.text
    assert invoice(firm).remaining_balance == 76_100_00
    await walk("[Wrong amount]", "[✓ Yes, do it]")(partner)
    assert invoice(firm).remaining_balance == 1_26_100_00


async def test_after_ten_minutes_undo_asks_for_a_reason(firm, partner, ramesh):
    await walk(*PAID)(partner)
    firm.clock.advance(minutes=10, seconds=1)
    await partner.press("↩ Undo")
    assert "Undo the payment of ₹50,000.00 · Ramesh Kumar" in partner.screen.text
    await walk("[Cheque returned]")(partner)
    assert "Balance after: ₹1,26,100.00 due" in partner.screen.text
    await partner.press("✓ Yes, do it")
    assert "Payment of ₹50,000.00 undone\nRamesh Kumar · Cheque returned" in partner.screen.text


async def test_within_ten_minutes_it_does_not(firm, partner, ramesh):
    await walk(*PAID)(partner)
    firm.clock.advance(minutes=10)
    await partner.press("↩ Undo")
    assert "Payment of ₹50,000.00 undone" in partner.screen.text


async def test_undo_of_an_invoice_takes_back_the_money_that_came_with_it(firm, partner):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1000", "[✓ Done]", "[Full]")(partner)
    await walk("[✓ Save invoice]", "[↩ Undo]")(partner)
    assert "Invoice 26-27/00001 is CANCELLED" in partner.screen.text
    assert "Out of the books: ₹1,000.00" in partner.screen.text
    assert "Balance now: nothing due" in partner.screen.text
    assert firm.store.payments.page(0, 1)[0].undone.actor_name == "Ravi Kumar"

    await partner.press("↩ Put it back")
    assert "Invoice 26-27/00001 is back" in partner.screen.text
    assert invoice(firm).status == "Paid"
    assert firm.store.payments.page(0, 1)[0].undone is None


async def test_cancelling_needs_a_reason_and_a_yes_and_the_money_becomes_advance(
    firm, partner, ramesh
):
    await walk(*PAID, "/invoices", "[26-27/00001]", "[✕ Cancel invoice]")(partner)
    assert "For what reason?" in partner.screen.text
    await partner.send("the bags came back wet")
    assert "• ₹50,000.00 was paid on it" in partner.screen.text
    assert "Advance held then: ₹50,000.00" in partner.screen.text
    assert "Balance after: advance ₹50,000.00" in partner.screen.text
    assert invoice(firm).status == "Partial"

    await partner.press("✓ Yes, do it")

    assert "Invoice 26-27/00001 is CANCELLED" in partner.screen.text
    assert "the bags came back wet" in partner.screen.text
    customer = firm.store.customers.get(ramesh.id)
    assert (customer.total_outstanding_balance, customer.advance) == (0, 50_000_00)


async def test_card_and_paper_say_cancelled_and_the_number_stays_used(firm, partner, ramesh):
    await walk("/invoices", "[26-27/00001]", "[✕ Cancel invoice]", "[Wrong amount]")(partner)
    await walk("[✓ Yes, do it]", "[🧾 Invoice]")(partner)
    card = partner.screen
    assert "Invoice 26-27/00001 · CANCELLED" in card.text
    assert "CANCELLED by Ravi Kumar at 14:30: Wrong amount" in card.text
    assert not [label for label in card.buttons if "Payment" in label or "Cancel" in label]
    await partner.press("PDF again")
    assert "CANCELLED: nothing is due on it" in partner.screen.document.caption

    firm.clock.advance(minutes=1)
    await walk(*SOLD, "[✓ Save invoice]")(partner)
    assert invoice(firm).invoice_number == "26-27/00002"


async def test_what_is_cancelled_already_is_not_asked_about(firm, partner, ramesh):
    await walk("/invoices", "[26-27/00001]")(partner)
    card = partner.screen
    await walk("[✕ Cancel invoice]", "[Wrong amount]", "[✓ Yes, do it]")(partner)
    await partner.press_old(card, "✕ Cancel invoice")
    assert "Already cancelled by Ravi Kumar at 14:30." in partner.screen.text


async def test_two_partners_cancel_the_same_invoice(firm, partner, ramesh):
    other = await firm.signed_in("Sunita Devi", "+919876500000")
    for one in (partner, other):
        await walk("/invoices", "[26-27/00001]", "[✕ Cancel invoice]", "[Wrong amount]")(one)
    await other.press("✓ Yes, do it")
    await partner.press("✓ Yes, do it")
    assert "Already cancelled by Sunita Devi at 14:30." in partner.screen.text
    assert len(firm.store.ledger.entries(ramesh.id)) == 2


async def test_leaving_it_as_it_is_changes_nothing(firm, partner, ramesh):
    await walk("/invoices", "[26-27/00001]", "[✕ Cancel invoice]", "[Wrong amount]")(partner)
    await partner.press("✕ Leave it as it is")
    assert "Nothing was changed" in partner.screen.text
    assert len(firm.store.ledger.entries(ramesh.id)) == 1


async def test_the_payment_on_its_card_is_undone_and_says_so(firm, partner, ramesh):
    await walk(*PAID, "/payments", "[₹50,000.00]", "[Undo this payment]")(partner)
    await walk("[Entered twice]", "[✓ Yes, do it]", "/payments")(partner)
    assert [label for label in partner.screen.buttons if "UNDONE" in label]
    await partner.press("₹50,000.00")
    assert "UNDONE by Ravi Kumar at 14:30: Entered twice" in partner.screen.text
    assert "Undo this payment" not in " ".join(partner.screen.buttons)


async def test_the_history_names_everybody_and_every_time(firm, partner, ramesh):
    other = await firm.signed_in("Sunita Devi", "+919876500000")
    firm.clock.advance(hours=1)
    await walk(*PAID)(other)
    firm.clock.advance(days=1)
    await walk("/invoices", "[26-27/00001]", "[✕ Cancel invoice]", "[Wrong customer]")(partner)
    await walk("[✓ Yes, do it]", "[🧾 Invoice]", "[🕘 History]")(partner)
    history = partner.screen.text
    assert "• made, ₹1,26,100.00 · Ravi Kumar on 1 Aug 2026 at 14:30" in history
    assert "• ₹50,000.00 paid · Sunita Devi on 1 Aug 2026 at 15:30" in history
    assert "• CANCELLED: Wrong customer · Ravi Kumar at 15:30" in history
    await partner.press("‹ Invoice 26-27/00001")
    assert "Invoice 26-27/00001 · CANCELLED" in partner.screen.text


async def test_an_invoice_that_was_brought_in_came_by_the_import(firm, partner, tmp_path):
    """Its maker is a partner, who made it in other books and on another day."""
    old = Import(firm.store, firm.clock, tmp_path)
    old.run([old_books.customer()], [old_books.invoice()], [old_books.user()])
    await walk("/invoices", "[OLD-00001]", "[🕘 History]")(partner)
    history = partner.screen.text
    assert "• brought in, ₹10,000.00, ₹6,000.00 paid · Import at 14:30" in history
    assert "Partner Name" not in history


async def test_nobody_who_is_signed_out_undoes_anything(firm, partner, ramesh):
    await walk(*PAID)(partner)
    receipt = partner.screen
    await partner.send("/logout")
    await partner.press_old(receipt, "↩ Undo")
    assert len(firm.store.ledger.entries(ramesh.id)) == 2


async def test_an_advance_that_is_undone_comes_off_the_invoice_that_used_it(firm, partner):
    await with_customer(firm, partner)
    await walk("/payment", "[Ramesh Kumar]", "1000 cash", "[✓ Save payment]")(partner)
    receipt = partner.screen
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1500", "[✓ Done]", "[Nothing]", "[+7]")(
        partner
    )
    await partner.press("✓ Save invoice")
    assert invoice(firm).remaining_balance == 500_00

    await partner.press_old(receipt, "↩ Undo")

    assert "• 26-27/00001: ₹1,000.00 open again" in partner.screen.text
    await walk("/invoices", "[26-27/00001]")(partner)
    assert "Paid on it: ₹0.00\nLeft on this invoice: ₹1,500.00" in partner.screen.text
    assert "Advance used" not in partner.screen.text


async def test_what_was_cancelled_by_mistake_comes_back_any_day(firm, partner, ramesh):
    await walk("/invoices", "[26-27/00001]", "[✕ Cancel invoice]", "[Wrong amount]")(partner)
    await walk("[✓ Yes, do it]")(partner)
    firm.clock.advance(days=3)
    await walk("/invoices", "[26-27/00001]", "[↩ Put it back]")(partner)
    assert "Put invoice 26-27/00001 back · Ramesh Kumar" in partner.screen.text
    await partner.send("it was the right one")
    assert "Balance after: ₹1,26,100.00 due" in partner.screen.text
    await partner.press("✓ Yes, do it")
    assert "Invoice 26-27/00001 is back" in partner.screen.text
    assert (invoice(firm).status, invoice(firm).cancelled) == ("Unpaid", None)


async def test_a_payment_that_was_undone_comes_back_from_its_card(firm, partner, ramesh):
    await walk(*PAID, "[↩ Undo]")(partner)
    receipt = partner.screen
    firm.clock.advance(hours=1)
    await partner.press_old(receipt, "↩ Put it back")
    assert "Put the payment of ₹50,000.00 back · Ramesh Kumar" in partner.screen.text
    await walk("[✕ Leave it as it is]", "/payments", "[₹50,000.00]", "[↩ Put it back]")(partner)
    await walk("the cheque was good", "[✓ Yes, do it]")(partner)
    assert "Payment of ₹50,000.00 is back" in partner.screen.text
    assert invoice(firm).remaining_balance == 76_100_00
    await walk("/payments", "[₹50,000.00]")(partner)
    assert "Undo this payment" in " ".join(partner.screen.buttons)


async def test_what_is_back_already_is_not_put_back_again(firm, partner, ramesh):
    await walk(*PAID, "[↩ Undo]")(partner)
    receipt = partner.screen
    await partner.press("↩ Put it back")
    firm.clock.advance(hours=1)
    await partner.press_old(receipt, "↩ Put it back")
    assert "Already put back by Ravi Kumar at 14:30." in partner.screen.text
