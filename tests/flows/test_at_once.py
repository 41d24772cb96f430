"""Many updates at once, as they come from a network that was away: in order, and nobody waits."""

import asyncio
import threading

import pytest
from telegram import Update

from handlers import invoices
from tests.flows.conftest import Firm
from tests.flows.steps import PARTNER_STEPS, with_customer


@pytest.fixture
async def firm(embedded_store, clock, tmp_path):
    """On the store that real bots use: the one in memory is not atomic between threads."""
    firm = Firm(embedded_store, clock, tmp_path)
    async with firm.chat:
        await firm.admin.send("/start")
        yield firm


async def handle_all(firm) -> None:
    """Hand everything that waits to the bot at the same moment."""
    application = firm.chat.application
    updates = [Update.de_json(u, application.bot) for u in firm.chat.telegram.updates.take()]
    await asyncio.gather(
        *(
            application.update_processor.process_update(one, application.process_update(one))
            for one in updates
        )
    )


async def test_an_invoice_typed_without_waiting_for_the_answers(firm, partner):
    await with_customer(firm, partner)
    for text in ("/invoice", "Ramesh Kumar", "wheat", "52", "2425", "rice 10 3200"):
        partner.person.send(text)
    await handle_all(firm)
    assert "1. wheat: 52 × ₹2,425.00 = ₹1,26,100.00" in partner.screen.text
    assert "2. rice: 10 × ₹3,200.00 = ₹32,000.00" in partner.screen.text


async def test_twenty_taps_on_save_are_one_invoice(firm, partner):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    summary = partner.screen
    save = summary.button_rows[0][0]
    assert save["text"] == "✓ Save invoice"
    for _tap in range(20):
        partner.person.tap(summary.kept.message, save["callback_data"])
    await handle_all(firm)
    assert firm.store.invoices.count() == 1
    (customer,) = firm.store.customers.recent(5)
    assert firm.store.ledger.head(customer.id).seq == 1
    assert len([m for m in partner.messages if "document" in m.kept.message]) == 1


async def test_a_slow_paper_of_one_partner_holds_up_nobody(firm, partner, monkeypatch):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    answered = threading.Event()
    render = invoices.render_invoice

    def slowly(*args, **named):
        assert answered.wait(5), "the other partner was made to wait"
        return render(*args, **named)

    def heard(_event) -> None:
        if "1 customer" in sunita.screen.text:
            answered.set()

    firm.chat.telegram.watchers.append(heard)
    monkeypatch.setattr(invoices, "render_invoice", slowly)
    summary = partner.screen
    partner.person.tap(summary.kept.message, summary.button_rows[0][0]["callback_data"])
    sunita.person.send("/customers")
    await handle_all(firm)
    assert partner.screen.document.content.startswith(b"%PDF-")


async def test_two_partners_who_save_for_one_customer_at_once(firm, partner):
    sunita = await firm.signed_in("Sunita Devi", "+919876500000")
    await with_customer(firm, partner)
    for phone in (partner, sunita):
        await PARTNER_STEPS["invoice summary"](phone)
    for phone in (partner, sunita):
        summary = phone.screen
        phone.person.tap(summary.kept.message, summary.button_rows[0][0]["callback_data"])
    await handle_all(firm)
    assert firm.store.invoices.count() == 1
    (late,) = [one for one in (partner, sunita) if "has changed" in one.transcript()]
    assert "Balance before: ₹1,26,100.00 due" in late.screen.text
    firm.clock.advance(seconds=2)
    await late.press("✓ Save invoice")
    (customer,) = firm.store.customers.recent(5)
    assert firm.store.ledger.head(customer.id).after == 2 * 126_100_00
