"""What was typed or tapped at a form does its work once, however often it comes."""

import pytest

from tests.flows.steps import PARTNER_STEPS, walk, with_customer
from tests.flows.test_again import answers, dying


@pytest.fixture
async def dates(firm, partner):
    """The question for the dates of a statement."""
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    await partner.press("✓ Save invoice")
    await walk("/customers", "[Ramesh Kumar]", "[📒 Statement]", "[Choose dates]")(partner)
    return partner


async def test_text_that_ends_a_form_is_no_search_afterwards(firm, dates, monkeypatch):
    with dying(monkeypatch):
        await dates.send("1/4 - 30/9")
    await firm.chat.restart()
    assert "No customer" not in dates.transcript()
    assert "Statement · Ramesh Kumar" in dates.screen.text


async def test_nothing_of_it_is_kept_when_it_is_answered(firm, dates):
    await dates.send("1/4 - 30/9")
    assert not [one for one in firm.store.inbox._documents.find() if "ended" in one]


async def test_two_quick_taps_open_a_form_once(firm, partner):
    await with_customer(firm, partner)
    await PARTNER_STEPS["invoice summary"](partner)
    await partner.press("✓ Save invoice")
    await partner.send("/invoices")
    await partner.press("26-27/00001")
    shown = partner.screen
    button = next(one for row in shown.button_rows for one in row if "Cancel" in one["text"])
    for _tap in range(2):
        partner.person.tap(shown.kept.message, button["callback_data"])
    await firm.chat.pump()
    assert partner.transcript().count("For what reason?") == 1
    assert partner.answers[-1].text == "This is open already."
    firm.clock.advance(seconds=3)
    partner.person.tap(shown.kept.message, button["callback_data"])
    await firm.chat.pump()
    assert "For what reason?" in partner.screen.text


async def test_the_admins_line_is_asked_about_once(firm, monkeypatch):
    with dying(monkeypatch):
        await firm.admin.send("/adduser Sunita Devi")
    await firm.chat.restart()
    assert "in the middle" not in firm.admin.transcript()
    assert "Sunita Devi" in answers(firm.admin)[-1]
