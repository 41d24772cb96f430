"""The statement in the chat, page by page and as a PDF."""

import io

import pypdf
import pytest

from bot.payments import NewPayment, record_payment
from storage.ids import new_id
from storage.models import EventKind
from tests.flows.dying import dying
from tests.flows.steps import walk, with_customer

SOLD = ("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]", "[+15]")
PAID = ("/payment", "[Ramesh Kumar]", "50000 upi 4821", "[✓ Save payment]")
OPEN = ("Ramesh", "[Ramesh Kumar]", "[📒 Statement]")


@pytest.fixture
async def ramesh(firm, partner):
    await with_customer(firm, partner)
    await walk(*SOLD, "[✓ Save invoice]")(partner)
    firm.clock.advance(days=1, hours=1)
    await walk(*PAID)(partner)
    return firm.store.customers.recent(1)[0]


async def test_every_entry_with_its_balance_and_who_posted_it_when(partner, ramesh):
    await walk(*OPEN)(partner)
    assert partner.screen.text == (
        "📒 Statement · Ramesh Kumar\n"
        "since 1 Apr 2026\n\n"
        "Balance before: nothing due\n\n"
        "1 Aug 2026 · Invoice 26-27/00001 · Ravi Kumar 14:30\n"
        "+₹1,26,100.00 → ₹1,26,100.00 due\n"
        "2 Aug 2026 · Payment, UPI · 4821 · Ravi Kumar 15:30\n"
        "−₹50,000.00 → ₹76,100.00 due\n\n"
        "Debit ₹1,26,100.00, credit ₹50,000.00\n"
        "Balance: ₹76,100.00 due"
    )


async def test_what_is_posted_later_says_its_own_day(firm, partner, ramesh):
    await walk("/payment", "[Ramesh Kumar]", "100 cash", "[✎ Date]", "yesterday")(partner)
    await walk("[✓ Save payment]", *OPEN)(partner)
    assert "1 Aug 2026 · Payment, cash · Ravi Kumar 2 Aug 2026 15:30" in partner.screen.text


async def test_a_range_at_a_tap_or_typed(partner, ramesh):
    await walk(*OPEN, "[Last month]")(partner)
    assert "1 Jul 2026 to 31 Jul 2026" in partner.screen.text
    assert "Nothing was posted in this time" in partner.screen.text
    await walk("[All]")(partner)
    assert "from the first entry" in partner.screen.text
    await walk("[Choose dates]", "soon")(partner)
    assert "⚠️" in partner.screen.text
    await partner.send("2/8 - 2/8")
    assert "2 Aug 2026 to 2 Aug 2026\n\nBalance before: ₹1,26,100.00 due" in partner.screen.text
    await walk("[This month]", "[‹ Ramesh Kumar]")(partner)
    assert "Balance: ₹76,100.00 due" in partner.screen.text


async def test_the_newest_page_comes_first_and_older_ones_to_the_left(firm, partner, ramesh):
    for amount in range(1, 12):
        await walk("/payment", "[Ramesh Kumar]", f"{amount}00 cash", "[✓ Save payment]")(partner)
    await walk(*OPEN)(partner)
    assert "−₹1,100.00" in partner.screen.text
    assert "3 / 3" in partner.screen.buttons
    await walk("[‹]", "[‹]")(partner)
    assert "Invoice 26-27/00001" in partner.screen.text
    assert "Balance before: nothing due" in partner.screen.text
    await walk("[›]")(partner)
    assert "Balance before: ₹75,100.00 due" in partner.screen.text


async def test_the_pdf_holds_the_same(partner, ramesh):
    await walk(*OPEN, "[📄 PDF]")(partner)
    document = partner.screen.document
    assert document.name == "Statement since 1 Apr 2026 Ramesh Kumar.pdf"
    assert document.caption == "Statement · Ramesh Kumar · ₹76,100.00 due\nsince 1 Apr 2026"
    (page,) = pypdf.PdfReader(io.BytesIO(document.content)).pages
    text = page.extract_text()
    for said in ("Statement", "Ramesh Kumar", "26-27/00001", "1,26,100.00", "76,100.00", "4821"):
        assert said in text


async def test_the_pdf_of_some_days_says_of_which_in_the_chat_too(partner, ramesh):
    await walk(*OPEN, "[Choose dates]", "1/8 - 1/8", "[📄 PDF]")(partner)
    document = partner.screen.document
    assert document.name == "Statement 1 Aug 2026 to 1 Aug 2026 Ramesh Kumar.pdf"
    assert document.caption == (
        "Statement · Ramesh Kumar · ₹1,26,100.00 due\n1 Aug 2026 to 1 Aug 2026"
    )


async def test_an_advance_that_is_used_moves_nothing_and_says_so(firm, partner, ramesh):
    (bill,) = firm.store.invoices.of_customer(ramesh.id, 0, 2)
    await walk(*SOLD, "[✓ Save invoice]")(partner)
    ravi, today = firm.store.users.by_phone("+919876543210"), firm.clock.today()
    for money in (
        NewPayment(new_id(), ramesh.id, 80_000_00, today, invoice_id=bill.id),
        NewPayment(new_id(), ramesh.id, 3_900_00, today, from_advance=True),
    ):
        record_payment(firm.store, firm.clock, money, by=ravi, standing_on=None)
    await walk(*OPEN)(partner)
    assert "Advance used · Ravi Kumar 15:30\n₹0.00 → ₹1,22,200.00 due" in partner.screen.text


async def test_somebody_without_entries_has_an_empty_statement(firm, partner):
    await with_customer(firm, partner)
    await walk(*OPEN, "[📄 PDF]")(partner)
    assert "Statement · Ramesh Kumar · nothing due" in partner.screen.document.caption


async def test_an_account_that_leaves_the_books_is_noted(firm, partner, ramesh):
    await walk(*OPEN, "[📄 PDF]")(partner)
    await firm.admin.send("/audit")
    await firm.admin.press("Who did what")
    newest = firm.admin.screen.text.split("\n")[2]
    assert newest.endswith("Ravi Kumar took out the statement of Ramesh Kumar (since 1 Apr 2026)")


async def test_it_is_noted_once_although_the_bot_died(firm, partner, ramesh, monkeypatch):
    await walk(*OPEN)(partner)
    with dying(monkeypatch):
        await partner.press("📄 PDF")
    await firm.chat.restart()
    assert partner.screen.document.content.startswith(b"%PDF-")
    assert [one.kind for one in firm.store.audit.page(0, 20)].count(EventKind.EXPORT) == 1
