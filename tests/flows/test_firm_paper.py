"""What the admin writes of the firm is on its papers at once, and on a sample to look at."""

import io

import pypdf
import pytest

from tests.flows.steps import walk, with_customer

GSTIN = "03AAJFS1234K1ZC"


def words(document) -> str:
    pages = pypdf.PdfReader(io.BytesIO(document.content)).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.fixture
async def khanna(firm):
    """The admin has said who the firm is; "saved" stands on the screen."""
    await walk("/firm", "Khanna Grain Merchants")(firm.admin)
    await walk("[✎ Address]", "Shop 12, Grain Market\nKhanna 141401")(firm.admin)
    await walk("[✎ GSTIN]", GSTIN, "[✎ Number]", "KGM")(firm.admin)
    await walk("[✎ Due]", "[7 days]", "[✓ Save]")(firm.admin)
    return firm.admin


async def test_a_sample_shows_what_was_saved_and_posts_nothing(firm, khanna):
    await khanna.press("📄 See it on paper")
    assert khanna.screen.document.name == "Sample invoice.pdf"
    assert khanna.screen.document.caption == (
        "A sample to look at. Nobody owes it, and nothing was saved."
    )
    paper = words(khanna.screen.document)
    assert "SAMPLE, not an invoice" in paper
    for printed in ("Khanna Grain Merchants", "Khanna 141401", GSTIN, "KGM/26-27/00000", "8 Aug"):
        assert printed in paper
    assert firm.store.invoices.count() == 0


async def test_a_sample_is_in_every_script_and_has_something_remain(khanna):
    await khanna.press("📄 See it on paper")
    paper = " ".join(words(khanna.screen.document).split())
    assert "Basmati · बासमती · ਬਾਸਮਤੀ · باسمتی" in paper
    assert "₹1,59,699.00" in paper
    assert "₹1.00" in paper


async def test_of_a_payment_code_the_sample_says_that_it_is_real(khanna):
    await walk("/firm", "[✎ UPI id]", "khanna@okicici", "[✓ Save]")(khanna)
    await khanna.press("📄 See it on paper")
    assert khanna.screen.document.caption.endswith(
        "Its payment code is real, for ₹1.00: scan it to see to whom customers would pay."
    )
    paper = words(khanna.screen.document)
    assert "Scan to pay" in paper
    assert "khanna@okicici" in paper


async def test_where_the_money_is_not_of_india_the_sample_has_no_payment_code(firm, khanna):
    await walk("/firm", "[✎ UPI id]", "khanna@okicici", "[✓ Save]")(khanna)
    firm.settings["currency"] = "PKR"
    await firm.chat.restart()
    await khanna.press("📄 See it on paper")
    assert khanna.screen.document.caption.endswith("nothing was saved.")
    assert "Scan to pay" not in words(khanna.screen.document)


async def test_the_terms_are_on_the_sample_in_the_lines_they_were_typed_in(khanna):
    await walk("/firm", "[✎ Terms]", "No returns.\nਵਿਆਜ 2% ਮਹੀਨਾ", "[✓ Save]")(khanna)
    await khanna.press("📄 See it on paper")
    lines = words(khanna.screen.document).splitlines()
    assert lines[lines.index("No returns.") + 1] == "ਵਿਆਜ 2% ਮਹੀਨਾ"


@pytest.mark.parametrize(("paper", "millimetres"), [("a4", 210), ("80mm", 80)])
async def test_the_sample_is_on_the_paper_that_was_chosen(khanna, paper, millimetres):
    await walk("/firm", "[✎ Phone]", "98765 43210", "[✎ Paper]", paper, "[✓ Save]")(khanna)
    await khanna.press("📄 See it on paper")
    sheet = pypdf.PdfReader(io.BytesIO(khanna.screen.document.content)).pages[0].mediabox
    assert round(float(sheet.width) / 72 * 25.4) == millimetres


async def test_it_can_be_seen_from_the_form_while_that_is_as_it_was_saved(khanna):
    await walk("/firm", "[📄 See it on paper]")(khanna)
    assert "Khanna Grain Merchants" in words(khanna.screen.document)
    await walk("[✎ Phone]", "98765 43210")(khanna)
    assert "Phone: +91 98765 43210" in khanna.screen.text
    assert "📄 See it on paper" not in khanna.screen.buttons


async def test_a_firm_of_which_nothing_is_known_yet_has_a_sample_too(firm):
    firm.admin.person.tap(firm.admin.messages[1].kept.message, "sample")
    await firm.chat.pump()
    assert "SAMPLE, not an invoice" in words(firm.admin.screen.document)


@pytest.mark.usefixtures("khanna")
async def test_the_next_invoice_is_the_firms(firm, partner):
    await with_customer(firm, partner)
    await walk("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]")(partner)
    await partner.press("✓ Save invoice")
    assert partner.screen.document.caption.startswith("Invoice KGM/26-27/00001")
    paper = words(partner.screen.document)
    for printed in ("Khanna Grain Merchants", "Khanna 141401", GSTIN, "8 Aug"):
        assert printed in paper


async def test_who_makes_invoices_before_that_hears_whose_name_is_on_them(firm, partner):
    heading = "The paper is headed Ravi Kumar, until the admin says in /firm who the firm is."
    await with_customer(firm, partner)
    for named in (False, True):
        if named:
            await walk("/firm", "Khanna Grain Merchants", "[✓ Save]")(firm.admin)
        firm.clock.advance(minutes=1)
        await walk("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Full]")(partner)
        await partner.press("✓ Save invoice")
        assert (heading in partner.messages[-2].text) is not named
        assert ("Ravi Kumar" in words(partner.screen.document)) is not named


async def test_the_sample_is_the_admins(firm, partner):
    partner.person.tap(partner.messages[1].kept.message, "sample")
    await firm.chat.pump()
    assert "Only the admin can do this" in partner.screen.text
