"""The receipt of a payment as a document: from its confirmation, from its card, and later."""

import io

import pypdf
import pytest

from storage.ids import new_id
from tests.flows.steps import walk, with_customer

SOLD = ("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]", "[+15]")
PAID = ("/payment", "[Ramesh Kumar]", "50000 upi 4821", "[✓ Save payment]")
CARD = ("/payments", "[₹50,000.00]")


@pytest.fixture
async def ramesh(firm, partner):
    await with_customer(firm, partner)
    await walk(*SOLD, "[✓ Save invoice]")(partner)
    return firm.store.customers.recent(1)[0]


def paper(screen) -> str:
    """What stands on the one page of the document, with every run of white space as one."""
    (page,) = pypdf.PdfReader(io.BytesIO(screen.document.content)).pages
    return " ".join(page.extract_text().split())


async def test_it_comes_at_a_tap_below_the_confirmation_which_stays(partner, ramesh):
    await walk(*PAID)(partner)
    confirmation = partner.screen

    await partner.press("📄 Receipt")

    document = partner.screen.document
    assert document.name == "Receipt 1 Aug 2026 Ramesh Kumar.pdf"
    assert document.caption == "Receipt · Ramesh Kumar · ₹50,000.00 received on 1 Aug 2026"
    assert partner.messages[-2].text == confirmation.text
    assert "↩ Undo" in partner.messages[-2].buttons


async def test_it_says_who_paid_how_what_that_paid_and_what_is_left(partner, ramesh):
    await walk(*PAID, "[📄 Receipt]")(partner)
    said = paper(partner.screen)
    for words in (
        "Ramesh Kumar",
        "UPI · 4821",
        "₹50,000.00",
        "26-27/00001",
        "₹76,100.00",
        "Ravi Kumar",
        "14:30",
    ):
        assert words in said
    assert "UNDONE" not in said


async def test_the_same_comes_from_the_card_on_any_day(firm, partner, ramesh):
    await walk(*PAID, "[📄 Receipt]")(partner)
    first = partner.screen.document
    firm.clock.advance(days=1)
    await walk(*SOLD, "[✓ Save invoice]", "/payment", "[Ramesh Kumar]", "900 cash")(partner)
    await walk("[✓ Save payment]", *CARD, "[📄 Receipt]")(partner)
    assert partner.screen.document == first


async def test_the_card_stays_too(partner, ramesh):
    await walk(*PAID, *CARD)(partner)
    card = partner.screen
    await partner.press("📄 Receipt")
    assert (partner.messages[-2].id, partner.messages[-2].text) == (card.id, card.text)


async def test_once_undone_it_is_marked_and_the_card_still_has_it(partner, ramesh):
    await walk(*PAID, "[↩ Undo]", *CARD, "[📄 Receipt]")(partner)
    assert partner.screen.document.caption == (
        "Receipt · Ramesh Kumar · ₹50,000.00 received on 1 Aug 2026\n"
        "UNDONE: this money is not in the books"
    )
    assert "UNDONE" in paper(partner.screen)


async def test_once_put_back_it_is_not_marked_any_more(partner, ramesh):
    await walk(*PAID, "[↩ Undo]", "[↩ Put it back]", *CARD, "[📄 Receipt]")(partner)
    assert "UNDONE" not in partner.screen.document.caption
    assert "UNDONE" not in paper(partner.screen)


async def test_money_that_came_with_an_invoice_has_one_on_its_card(firm, partner):
    await with_customer(firm, partner)
    sale = ("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "100000", "[+15]")
    await walk(*sale, "[✓ Save invoice]", "/payments", "[₹1,00,000.00]")(partner)
    await partner.press("📄 Receipt")
    said = paper(partner.screen)
    for words in ("26-27/00001", "₹1,26,100.00", "₹1,00,000.00", "₹26,100.00", "cash"):
        assert words in said


async def test_the_paper_names_the_customer_as_they_are_now(partner, ramesh):
    await walk(*PAID, "Ramesh", "[Ramesh Kumar]", "[✎ Edit]", "[✎ Name]", "Ramesh Gill")(partner)
    await walk("[✓ Save]", *CARD, "[📄 Receipt]")(partner)
    assert "Ramesh Gill" in partner.screen.document.caption
    assert "Ramesh Gill" in paper(partner.screen)


async def test_it_is_the_firms_paper(firm, partner, ramesh):
    await walk("/firm", "Khanna Grain Merchants", "[✓ Save]")(firm.admin)
    await walk(*PAID, "[📄 Receipt]")(partner)
    assert paper(partner.screen).startswith("Khanna Grain Merchants")


async def test_a_draft_stays_where_it_is(partner, ramesh):
    await walk(*PAID, *SOLD[:3], "[📄 Receipt]", "/menu")(partner)
    assert "wheat: 52" in partner.screen.text


async def test_of_a_payment_that_is_no_more_it_says_so(firm, partner, ramesh):
    await walk(*PAID)(partner)
    confirmation = partner.screen
    partner.person.tap(confirmation.kept.message, f"+rp:{new_id()}")
    await firm.chat.pump()
    assert "This payment is not in the books" in partner.screen.text
    assert partner.messages[-2].text == confirmation.text


async def test_nobody_who_is_signed_out_gets_one(partner, ramesh):
    await walk(*PAID)(partner)
    confirmation = partner.screen
    await partner.send("/logout")
    await partner.press_old(confirmation, "📄 Receipt")
    assert "share your phone number" in partner.screen.text
    assert not [one for one in partner.messages if "Receipt ·" in one.text]


async def test_the_paper_of_an_invoice_lists_what_stands_paid_on_it(partner, ramesh):
    await walk(*PAID, "/payment", "[Ramesh Kumar]", "900 cash", "[✓ Save payment]")(partner)
    await walk("[↩ Undo]", "/invoices", "[26-27/00001]", "[📄 PDF again]")(partner)
    said = paper(partner.screen)
    assert "1 Aug 2026 · UPI · 4821 ₹50,000.00" in said
    assert "₹900.00" not in said
