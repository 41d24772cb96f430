"""A bot that dies with work in hand does it after the next start: all of it, and once."""

from contextlib import contextmanager

import pytest

from handlers.edge import answering
from simulator.faults import flood
from tests.flows.dying import Death, answers, dying
from tests.flows.pictures import jpeg
from tests.flows.steps import PARTNER_STEPS, walk, with_customer

# The library announces another type for its own attribute, which nothing here reads.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

LETHAL = "the text at which it dies"


@contextmanager
def lethal(monkeypatch):
    """One text of somebody's kills the bot, whenever it comes to it."""
    respond = answering.respond

    def dies(desk, act):
        if act.text == LETHAL:
            raise Death
        return respond(desk, act)

    with monkeypatch.context() as patch:
        patch.setattr(answering, "respond", dies)
        yield


async def test_what_was_fetched_and_not_begun_is_answered_after_the_start(firm, partner):
    await with_customer(firm, partner)
    for text in ("/invoice", "Ramesh Kumar", "wheat", "52"):
        partner.person.send(text)
    await firm.chat.fetch()
    await firm.chat.restart()
    assert "Price of one wheat" in partner.screen.text
    await partner.send("2425")
    assert "1. wheat: 52 × ₹2,425.00 = ₹1,26,100.00" in partner.screen.text


async def test_it_is_answered_once_although_telegram_sends_it_again(firm, partner):
    partner.person.send("/customers")
    await firm.chat.fetch()
    firm.chat.telegram.updates.redeliver()
    await firm.chat.restart()
    await firm.chat.pump()
    assert answers(partner).count("There is no customer yet.") == 1


async def test_what_was_typed_is_taken_once(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]")(partner)
    with dying(monkeypatch):
        await partner.send("wheat 52 2425")
    await firm.chat.restart()
    assert partner.screen.text.count("wheat: 52") == 1
    assert "2." not in partner.screen.text
    assert partner.transcript().count("Welcome") == 1


async def test_an_invoice_that_was_saved_is_told_of_with_its_paper(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    with dying(monkeypatch):
        await partner.press("✓ Save invoice")
    assert "saved" not in partner.transcript()
    await firm.chat.restart()
    assert partner.transcript().count("Invoice 26-27/00001 saved") == 1
    assert partner.screen.document.content.startswith(b"%PDF-")
    assert firm.store.invoices.count() == 1


async def test_an_invoice_that_was_about_to_be_saved_is_saved(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)

    def dies(*_, **__):
        raise Death

    with monkeypatch.context() as patch:
        patch.setattr(firm.store.ledger, "append", dies)
        with pytest.raises(Death):
            await partner.press("✓ Save invoice")
    assert firm.store.invoices.count() == 0
    await firm.chat.restart()
    assert partner.transcript().count("Invoice 26-27/00001 saved") == 1
    assert partner.screen.document.content.startswith(b"%PDF-")
    assert firm.store.invoices.count() == 1


async def test_a_customer_who_was_added_is_there_once(firm, partner, monkeypatch):
    await walk("/customer", "Ramesh Kumar")(partner)
    with dying(monkeypatch):
        await partner.press("Save now")
    await firm.chat.restart()
    assert "Ramesh Kumar" in partner.screen.text
    assert firm.store.customers.count() == 1


async def test_money_is_taken_back_once(firm, partner, monkeypatch):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    await partner.press("✓ Save invoice")
    with dying(monkeypatch):
        await partner.press("↩ Undo")
    await firm.chat.restart()
    (customer,) = firm.store.customers.recent(5)
    head = firm.store.ledger.head(customer.id)
    assert (head.seq, head.after) == (2, 0)
    assert "Put it back" in str(partner.screen.button_rows)


async def test_one_cancel_drops_one_form(firm, partner, monkeypatch):
    """The customer's, and not the invoice that waits behind it."""
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice customer within"](partner)
    behind = firm.draft_of(partner).parent["op"]
    with dying(monkeypatch):
        await partner.send("/cancel")
    await firm.chat.restart()
    assert firm.draft_of(partner).op == behind
    await partner.send("/cancel")
    assert firm.draft_of(partner) is None


async def test_whoever_signed_in_is_welcomed(firm, monkeypatch):
    await firm.add_partner("Ravi Kumar", "+919876543210")
    phone = firm.chat.phone("Ravi", "+919876543210")
    await phone.share_contact()
    with dying(monkeypatch):
        await phone.send(firm.code())
    await firm.chat.restart()
    assert "Welcome" in phone.screen.text
    assert firm.code() not in phone.transcript()


async def test_a_death_between_the_answer_and_the_note_of_it_changes_nothing(
    firm, partner, monkeypatch
):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    with dying(monkeypatch, before_it_answers=False):
        await partner.press("✓ Save invoice")
    await firm.chat.restart()
    assert firm.store.invoices.count() == 1
    assert not firm.store.inbox.waiting()


async def test_what_kills_the_bot_each_time_is_set_aside(firm, partner, monkeypatch):
    with lethal(monkeypatch):
        with pytest.raises(Death):
            await partner.send(LETHAL)
        for _start in range(2):
            with pytest.raises(Death):
                await firm.chat.restart()
        await firm.chat.restart()
        assert "Something went wrong on our side" in partner.screen.text
        assert "could not be answered" in firm.admin.screen.text
        await partner.send("/customers")
        assert "There is no customer yet" in partner.screen.text


async def test_what_only_waited_is_not_taken_for_what_kills_it(firm, partner, monkeypatch):
    """Its answer could not be sent, and the bot was started anew, four times."""
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    faults = firm.chat.telegram.faults
    for method in ("sendMessage", "sendDocument", "editMessageText"):
        faults.plan(method, flood(3600), times=99)
    await partner.press("✓ Save invoice")
    for _start in range(4):
        await firm.chat.restart()
    faults.clear()
    await firm.chat.restart()
    assert partner.transcript().count("Invoice 26-27/00001 saved") == 1
    assert partner.screen.document.content.startswith(b"%PDF-")


async def test_an_album_that_waits_is_answered_as_one(firm, partner, monkeypatch):
    """Twice the bot died at it, so that it is then tried alone; and then Telegram is slow."""
    for death in range(2):
        with dying(monkeypatch):
            await (firm.chat.restart() if death else partner.send_album(jpeg(), jpeg()))
    firm.chat.telegram.faults.plan("sendMessage", flood(3600))
    for _start in range(2):
        await firm.chat.restart()
    assert partner.transcript().count("I cannot use this kind of message.") == 1


async def test_others_are_told_once(firm, partner, monkeypatch):
    await walk("/users", "[Ravi Kumar]")(firm.admin)
    with dying(monkeypatch, before_it_answers=False):
        await firm.admin.press("Deactivate")
    await firm.chat.restart()
    assert partner.transcript().count("The admin of your firm has ended your access") == 1


async def test_one_wrong_code_is_one_guess_however_often_it_is_answered(firm, monkeypatch):
    await firm.add_partner("Ravi Kumar", "+919876543210")
    phone = firm.chat.phone("Ravi", "+919876543210")
    await phone.share_contact()
    wrong = "000000" if firm.code() != "000000" else "111111"
    for start in range(2):
        with dying(monkeypatch):
            await (firm.chat.restart() if start else phone.send(wrong))
    await firm.chat.restart()
    assert "4 tries left" in phone.screen.text
    await phone.send(firm.code())
    assert "Welcome" in phone.screen.text


async def test_nothing_beside_it_is_set_aside_with_it(firm, partner, monkeypatch):
    """Whatever is begun while the lethal one still stands in the queue ends with it."""
    firm.admin.person.send("/help")
    partner.person.send(LETHAL)
    respond = answering.respond

    def dies_beside_it(desk, act):
        if not firm.chat.application.update_queue.empty():
            raise Death
        return respond(desk, act)

    monkeypatch.setattr(answering, "respond", dies_beside_it)
    with lethal(monkeypatch):
        for _start in range(4):
            with pytest.raises(Death):
                await (firm.chat.pump() if _start == 0 else firm.chat.restart())
        await firm.chat.restart()
    assert "Something went wrong on our side" in partner.screen.text
    assert any("/adduser" in text for text in answers(firm.admin)[-2:])
    assert not firm.store.inbox.waiting()
