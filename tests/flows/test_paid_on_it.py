"""What stands paid on an invoice: its card, its paper and the lines on that say the same."""

import io
import re

import pypdf
import pytest

from tests.flows.steps import walk, with_customer

OLDER, NEWER = "26-27/00001", "26-27/00002"
ON_THE_CARD = re.compile(
    r"(?:Advance used: (\S+)\n)?Paid on it: (\S+)\nLeft on this invoice: (\S+)"
)
ON_PAPER = re.compile(r"(?:From advance −(\S+) )?Paid −?(\S+) Remaining (\S+)")
LINE = re.compile(r"\d+ \w+ \d+ · (.+? ₹\S+)")


@pytest.fixture(autouse=True)
async def ramesh(firm, partner):
    await with_customer(firm, partner)


def received(amount):
    return "/payment", "[Ramesh Kumar]", f"{amount} cash", "[✓ Save payment]"


def sold(price, due="+15"):
    goods = (f"wheat 1 {price}", "[✓ Done]", "[Nothing]", f"[{due}]")
    return "/invoice", "[Ramesh Kumar]", *goods, "[✓ Save invoice]"


async def on(partner, number):
    """From advance, paid and left, as the card and the paper say, and the lines of the paper."""
    await walk("/invoices", f"[{number}]")(partner)
    card = ON_THE_CARD.search(partner.screen.text)
    await partner.press("📄 PDF again")
    (page,) = pypdf.PdfReader(io.BytesIO(partner.screen.document.content)).pages
    sums, _heading, lines = " ".join(page.extract_text().split()).partition("Payments so far")
    assert ON_PAPER.search(sums).groups() == card.groups()
    return *card.groups(), LINE.findall(lines)


async def paper_of(partner, number):
    await walk("/invoices", f"[{number}]", "[📄 PDF again]")(partner)
    (page,) = pypdf.PdfReader(io.BytesIO(partner.screen.document.content)).pages
    return " ".join(page.extract_text().split())


async def test_once_the_account_has_moved_the_total_is_of_then(partner):
    await walk(*sold(300))(partner)
    assert "Total due ₹300.00" in await paper_of(partner, OLDER)

    await walk(*received(100))(partner)
    assert "Remaining ₹200.00" in await paper_of(partner, OLDER)
    assert "Total due then ₹300.00" in await paper_of(partner, OLDER)


async def test_a_paper_asked_for_after_a_death_has_what_was_posted_last(
    firm, partner, monkeypatch
):
    await walk(*sold(300))(partner)
    with monkeypatch.context() as dying:
        dying.setattr("bot.posting._show", lambda *_: True)
        await walk(*received(300))(partner)

    assert "PAID" in await paper_of(partner, OLDER)


async def test_a_bill_of_yesterday_says_the_account_of_today(firm, partner):
    goods = ("wheat 1 500", "[✓ Done]", "[Nothing]", "[+15]", "[✎ Date]", "[Yesterday]")
    await walk(*sold(300), "/invoice", "[Ramesh Kumar]", *goods, "[✓ Save invoice]")(partner)

    paper = await paper_of(partner, NEWER)
    assert "Date 31 Jul 2026" in paper
    assert "Account on 1 Aug 2026 Previous balance ₹300.00" in paper


async def test_where_the_payment_of_an_advance_bounced_the_money_since_is_paid(partner):
    await walk(*received(100))(partner)
    bounced = partner.screen
    await walk(*sold(300))(partner)
    used = ["from advance ₹100.00"]
    assert await on(partner, OLDER) == ("₹100.00", "₹0.00", "₹200.00", used)

    await partner.press_old(bounced, "↩ Undo")
    assert await on(partner, OLDER) == (None, "₹0.00", "₹300.00", [])

    await walk(*received(300))(partner)
    assert await on(partner, OLDER) == (None, "₹300.00", "₹0.00", ["cash ₹300.00"])


async def test_an_advance_that_was_put_to_an_older_invoice_is_no_money_paid(partner):
    await walk(*sold(100, "+7"), *sold(100, "+30"))(partner)
    await walk("/invoices", f"[{NEWER}]", "[💵 Payment]", "150 cash", "[✓ Save payment]")(partner)
    await walk("[👤 Customer]", "[Use the advance on what is open]", "[✓ Save payment]")(partner)

    used = ["from advance ₹50.00"]
    assert await on(partner, OLDER) == ("₹50.00", "₹0.00", "₹50.00", used)
    assert await on(partner, NEWER) == (None, "₹100.00", "₹0.00", ["cash ₹100.00"])


async def test_the_confirmation_says_what_the_card_says(partner):
    await walk(*received(100), *sold(300))(partner)
    confirmation = ON_THE_CARD.search(partner.messages[-2].text)
    assert confirmation.groups() == (await on(partner, OLDER))[:3]
