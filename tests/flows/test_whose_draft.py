"""What a partner is in the middle of is theirs: on every Telegram account, and nobody else's."""

import pytest

from tests.flows.conftest import PARTNER
from tests.flows.steps import walk, with_customer

HALF_AN_INVOICE = ("/invoice", "[Ramesh Kumar]", "wheat 52 2425")


@pytest.fixture
async def busy(firm, partner):
    """A partner in the middle of an invoice."""
    await with_customer(firm, partner)
    await walk(*HALF_AN_INVOICE)(partner)
    firm.clock.advance(minutes=2)
    return partner


async def test_on_another_telegram_account_it_goes_on(firm, busy):
    busy.person.phone = "+919800000000"
    other = firm.chat.phone("R. K.", PARTNER[1])
    await other.share_contact()
    await other.send(firm.code())
    assert "wheat: 52" in other.screen.text
    await walk("[✓ Done]", "[Full]", "[✓ Save invoice]")(other)
    assert firm.store.invoices.count() == 1


async def test_whoever_signs_in_on_the_same_account_does_not_get_it(firm, busy):
    await firm.add_partner("Sunita Devi", "+919876500000")
    question = busy.screen
    await busy.send("/logout")
    busy.person.phone = "+919876500000"
    await busy.share_contact()
    await busy.send(firm.code())
    assert "Welcome, Sunita Devi" in busy.screen.text
    await busy.press_old(question, "✓ Done")
    assert "wheat" not in busy.screen.text
    assert firm.store.invoices.count() == 0


async def test_what_the_admin_began_before_signing_in_goes_on_after_it(firm):
    await walk("/adduser Asha +91 98111 11111", "[✓ Add]", "/adduser", "Sunita Devi")(firm.admin)
    await firm.admin.share_contact()
    await firm.admin.send(firm.code())
    assert "mobile number of Sunita Devi" in firm.admin.screen.text
    await walk("98765 00000", "[✓ Add]")(firm.admin)
    assert firm.store.users.by_phone("+919876500000").name == "Sunita Devi"
    await firm.admin.send("/menu")
    assert "What next, Asha?" in firm.admin.screen.text


async def test_and_is_dropped_for_something_else_only_when_asked(firm):
    await walk("/adduser Asha +91 98111 11111", "[✓ Add]", "/adduser", "Sunita Devi")(firm.admin)
    await firm.admin.share_contact()
    await firm.admin.send(firm.code())
    await firm.admin.send("/customer")
    assert "You are in the middle of this" in firm.admin.screen.text
    await walk("[Drop it, start the new one]", "Ramesh Kumar", "[Save now]")(firm.admin)
    await firm.admin.send("/menu")
    assert "What next, Asha?" in firm.admin.screen.text
