"""Whoever taps twice where a form opens sees it once, and the second tap does nothing."""

import pytest

from tests.flows.steps import HALF_MADE, PAID, SOLD, walk, with_customer

INVOICE = (*SOLD, "/invoices", "[26-27/00001]")

OPENING = {
    "new customer": (("/customers",), "➕ New customer"),
    "of a customer": (("/customers", "[Ramesh Kumar]"), "🧾 New invoice"),
    "a customer's": (("/customers", "[Ramesh Kumar]"), "✎ Edit"),
    "of an invoice": (INVOICE, "💵 Payment"),
    "cancel": (INVOICE, "✕ Cancel invoice"),
    "undo": ((*PAID, "/payments", "[50,000]"), "✕ Undo this payment"),
    "dates": (("/customers", "[Ramesh Kumar]", "[📒 Statement]"), "Choose dates"),
    "in its place": (HALF_MADE, "Drop it, start the new one"),
    "on with it": (HALF_MADE, "Go on"),
}


@pytest.fixture
async def partner(firm, partner):
    await with_customer(firm, partner)
    return partner


def asking(firm, phone) -> list:
    """The messages with buttons that answer the open question."""
    draft = firm.draft_of(phone)
    answers = f"do:{draft.op}:{draft.rev}:"
    return [message for message in phone.messages if answers in str(message.button_rows)]


async def tap(phone, label, times=1):
    """Tap the same button so often before the bot has heard of it; the message as it was."""
    shown = next(one for one in reversed(phone.messages) if label in one.buttons)
    buttons = [button for row in shown.button_rows for button in row]
    data = next(button["callback_data"] for button in buttons if button["text"] == label)
    for _tap in range(times):
        phone.person.tap(shown.kept.message, data)
    await phone.chat.pump()
    return shown


@pytest.mark.parametrize("opening", OPENING)
async def test_two_quick_taps_open_a_form_once(firm, partner, opening):
    way, label = OPENING[opening]
    await walk(*way)(partner)
    newest = partner.screen.id
    pressed = await tap(partner, label, times=2)
    question = asking(firm, partner)[-1].text
    may_have_it = [one for one in partner.messages if one.id == pressed.id or one.id > newest]
    assert [one.text for one in may_have_it].count(question) == 1


async def test_the_keyboard_below_the_chat_opens_one_draft(firm, partner):
    """To what was sent there is an answer each; the buttons of both are of the same question."""
    for _tap in range(2):
        partner.person.press_reply_button("🧾 New invoice")
    await firm.chat.pump()
    assert len(asking(firm, partner)) == 2


async def test_a_later_tap_asks_again_below(firm, partner):
    await walk(*INVOICE)(partner)
    await tap(partner, "✕ Cancel invoice")
    firm.clock.advance(seconds=3)
    await partner.send("/menu")
    await tap(partner, "✕ Cancel invoice")
    assert len(asking(firm, partner)) == 1
    assert "For what reason?" in partner.screen.text


async def test_another_form_is_opened_however_soon(firm, partner):
    await walk("/customers", "[Ramesh Kumar]")(partner)
    await tap(partner, "🧾 New invoice")
    await tap(partner, "💵 Payment")
    assert firm.draft_of(partner).flow == "payment"
