"""An invoice, a payment and a balance go to the customer by WhatsApp, at a tap."""

from urllib.parse import parse_qs, urlsplit

import pytest

from handlers.screen import Choice, lasting
from tests.flows.steps import walk

SOLD = (
    *("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "26100", "[+15]"),
    "[✓ Save invoice]",
)
"""1,26,100, of which 1,00,000 is left."""

PAID = ("/payment", "[Ramesh Kumar]", "40000 upi 4821", "[✓ Save payment]")


@pytest.fixture(autouse=True)
async def singh_and_sons(firm, partner):
    """Sell to Ramesh Kumar, and take UPI."""
    profile = {"name": "Singh & Sons", "upi_id": "singhandsons@okicici"}
    firm.store.firm.save(firm.store.firm.get().model_copy(update=profile))
    await walk("/customer", "Ramesh Kumar", "98765 43211", "[Save now]")(partner)


def said_by(partner, start):
    """The newest message that begins so."""
    return next(one for one in reversed(partner.messages) if one.text.startswith(start))


def shared(screen):
    """To which number, and what, WhatsApp would send from this message."""
    url = urlsplit(screen.link("📲 WhatsApp"))
    assert (url.scheme, url.netloc) == ("https", "wa.me")
    return url.path.removeprefix("/"), parse_qs(url.query, strict_parsing=True)["text"][0]


async def test_an_invoice_from_its_confirmation_and_from_its_card(partner):
    await walk(*SOLD)(partner)
    expected = (
        "919876543211",
        (
            "*Singh & Sons*\n"
            "Invoice 26-27/00001 of 1 Aug 2026\n"
            "Total: ₹1,26,100.00\n"
            "Paid: ₹26,100.00\n"
            "Left: ₹1,00,000.00, due by 16 Aug 2026\n"
            "Your balance on 1 Aug 2026: ₹1,00,000.00\n"
            "UPI: singhandsons@okicici"
        ),
    )
    assert shared(said_by(partner, "✅ Invoice 26-27/00001 saved")) == expected

    await walk("/invoices", "[26-27/00001]")(partner)
    assert shared(partner.screen) == expected


async def test_an_invoices_card_tells_what_is_left_now(firm, partner):
    await walk(*SOLD, *PAID)(partner)
    firm.clock.advance(days=5)

    await walk("/invoices", "[26-27/00001]")(partner)

    _number, text = shared(partner.screen)
    assert text.splitlines()[3:] == [
        "Paid: ₹66,100.00",
        "Left: ₹60,000.00, due by 16 Aug 2026",
        "Your balance on 6 Aug 2026: ₹60,000.00",
        "UPI: singhandsons@okicici",
    ]


async def test_a_cancelled_invoice_asks_for_no_money(partner):
    await walk(*SOLD, "[✕ Cancel invoice]", "[Wrong amount]", "[✓ Yes, do it]")(partner)
    await walk("/invoices", "[26-27/00001]")(partner)

    _number, text = shared(partner.screen)
    assert text.splitlines()[2:] == [
        "Total: ₹1,26,100.00",
        "CANCELLED: nothing is due on it.",
        "Your advance with us on 1 Aug 2026: ₹26,100.00",
    ]


async def test_a_payment_from_its_confirmation_and_from_its_card(partner):
    await walk(*SOLD, *PAID)(partner)
    expected = (
        "919876543211",
        (
            "*Singh & Sons*\n"
            "Received ₹40,000.00 on 1 Aug 2026 (UPI · 4821). Thank you.\n"
            "Your balance after it: ₹60,000.00"
        ),
    )
    assert shared(said_by(partner, "✅ Payment of ₹40,000.00 recorded")) == expected

    await walk("/payments", "[40,000]")(partner)
    assert shared(partner.screen) == expected


async def test_the_money_that_came_with_an_invoice_is_shared_from_its_own_card(partner):
    await walk(*SOLD, "/payments", "[26,100]")(partner)
    _number, text = shared(partner.screen)
    assert "Received ₹26,100.00 on 1 Aug 2026 (cash)" in text


async def test_money_that_was_taken_out_of_the_books_is_not_shared(partner):
    await walk(*SOLD, *PAID, "[↩ Undo]")(partner)
    assert "📲 WhatsApp" not in partner.screen.buttons

    await walk("/payments", "[40,000]")(partner)
    assert "UNDONE" in partner.screen.text
    assert "📲 WhatsApp" not in partner.screen.buttons


async def test_a_balance_from_the_customers_card(partner):
    await walk(*SOLD, "/customers", "[Ramesh Kumar]")(partner)
    assert shared(partner.screen) == (
        "919876543211",
        "*Singh & Sons*\nYour balance on 1 Aug 2026: ₹1,00,000.00\nUPI: singhandsons@okicici",
    )


async def test_a_new_customer_has_no_balance_to_share(partner):
    await walk("/customers", "[Ramesh Kumar]")(partner)
    assert "📲 WhatsApp" not in partner.screen.buttons


async def test_whom_to_send_it_to_is_asked_where_the_customer_has_no_phone(partner):
    await walk("/customer", "Suresh", "[Save now]", "/payment", "[Suresh]", "500 cash")(partner)
    await partner.press("✓ Save payment")
    number, text = shared(partner.screen)
    assert (number, text.splitlines()[-1]) == ("", "Your advance with us after it: ₹500.00")


async def test_a_tap_opens_whatsapp_and_asks_nothing_of_the_bot(partner):
    await walk(*SOLD, "/customers", "[Ramesh Kumar]")(partner)
    card, answered = partner.screen, len(partner.answers)

    await partner.press("📲 WhatsApp")

    assert partner.screen.id == card.id
    assert partner.screen.text == card.text
    assert len(partner.answers) == answered


async def test_no_row_is_wider_than_two_buttons(partner):
    await walk(*SOLD, *PAID)(partner)
    for way in ("/invoices", "[26-27/00001]"), ("/payments", "[40,000]"), ("[👤 Customer]",):
        await walk(*way)(partner)
        assert "📲 WhatsApp" in partner.screen.buttons
        assert max(map(len, partner.screen.button_rows)) == 2


def test_a_link_under_a_receipt_stays_a_link_alone():
    rows = ((Choice("📲 WhatsApp", url="https://wa.me/?text=x"), Choice("👤 Customer", "c:1")),)
    assert lasting(rows) == ((rows[0][0], Choice("👤 Customer", "+c:1")),)


async def test_the_customer_reads_their_own_language(firm, partner):
    await walk("/customers", "[Ramesh Kumar]", "[✎ Edit]", "[✎ Language]", "punjabi")(partner)
    assert "Language: ਪੰਜਾਬੀ" in partner.screen.text
    await walk("[✓ Save]", *SOLD)(partner)

    _number, text = shared(said_by(partner, "✅ Invoice 26-27/00001 saved"))
    assert text.splitlines()[1:3] == ["ਬਿੱਲ 26-27/00001, ਮਿਤੀ 1 ਅਗ 2026", "ਕੁੱਲ: ₹1,26,100.00"]

    await walk("/customers", "[Ramesh Kumar]", "[✎ Edit]", "[✎ Language]")(partner)
    await walk("[Leave empty]", "[✓ Save]", "/invoices", "[26-27/00001]")(partner)
    _number, text = shared(partner.screen)
    assert text.splitlines()[1] == "Invoice 26-27/00001 of 1 Aug 2026"
