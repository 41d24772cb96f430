"""Where the firm says after how many days an invoice falls due, nobody is asked."""

import datetime as dt

import pytest

from tests.flows.steps import walk, with_customer

FORTNIGHT = dt.timedelta(days=14)


def fall_due_after(firm, days: int) -> None:
    firm.store.firm.save(firm.store.firm.get().model_copy(update={"due_days": days}))


@pytest.fixture(autouse=True)
async def a_firm_with_due_days(firm, partner):
    await with_customer(firm, partner)
    fall_due_after(firm, FORTNIGHT.days)


async def to_summary(partner, paid="Nothing"):
    await walk("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", f"[{paid}]")(partner)


async def test_five_taps_and_one_message(firm, partner):
    taps = ("/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", "[Nothing]")
    await walk(*taps, "[✓ Save invoice]")(partner)
    (invoice,) = firm.store.invoices.page(0, 5)
    assert invoice.due_date == invoice.invoice_date + FORTNIGHT


async def test_the_day_is_shown_before_it_is_saved(partner):
    await to_summary(partner)
    assert "Date 1 Aug 2026, due 15 Aug 2026" in partner.screen.text


async def test_it_moves_with_the_invoices_date(partner):
    await to_summary(partner)
    await walk("[✎ Date]", "[Yesterday]")(partner)
    assert "Date 31 Jul 2026, due 14 Aug 2026" in partner.screen.text


async def test_a_day_that_somebody_chose_stays(firm, partner):
    await to_summary(partner)
    await walk("[✎ Due]", "[+7]", "[✎ Date]", "[Yesterday]")(partner)
    assert "Date 31 Jul 2026, due 8 Aug 2026" in partner.screen.text
    await walk("[✎ Paid]", "500", "[✓ Save invoice]")(partner)
    (invoice,) = firm.store.invoices.page(0, 5)
    assert invoice.due_date == dt.date(2026, 8, 8)


async def test_the_question_offers_it_beside_the_others_and_to_be_kept(partner):
    await to_summary(partner)
    await partner.press("✎ Due")
    days = [label.split(" · ")[0] for label in partner.screen.buttons if " · " in label]
    assert days == ["+7", "+14", "+15", "+30"]
    await walk("[✓ Keep 15 Aug 2026]", "[✎ Date]", "[Yesterday]")(partner)
    assert "due 14 Aug 2026" in partner.screen.text


async def test_what_is_paid_at_once_falls_due_at_once(partner):
    await to_summary(partner, paid="Full")
    assert "Date 1 Aug 2026, due 1 Aug 2026" in partner.screen.text
    await walk("[✎ Paid]", "[Nothing]")(partner)
    assert "Date 1 Aug 2026, due 15 Aug 2026" in partner.screen.text


async def test_lines_that_are_added_to_what_was_paid_fall_due_later(partner):
    await walk("/invoice", "[Ramesh Kumar]", "wheat 1 1000", "[✓ Done]", "1000")(partner)
    assert "due 1 Aug 2026" in partner.screen.text
    await walk("[✎ Items]", "rice 1 500", "[✓ Done]")(partner)
    assert "due 15 Aug 2026" in partner.screen.text


async def test_back_and_keep_ask_nothing_more(partner):
    await to_summary(partner)
    await walk("[✎ Paid]", "500", "[‹ Back]", "[✓ Keep ₹500.00]")(partner)
    assert "✓ Save invoice" in partner.screen.buttons


async def test_what_was_shown_is_posted_though_the_admin_changes_it(firm, partner):
    await to_summary(partner)
    fall_due_after(firm, 30)
    await firm.chat.restart()
    await partner.press("✓ Save invoice")
    (invoice,) = firm.store.invoices.page(0, 5)
    assert invoice.due_date == invoice.invoice_date + FORTNIGHT


async def test_none_means_that_it_is_due_on_its_day(firm, partner):
    fall_due_after(firm, 0)
    await to_summary(partner)
    assert "Date 1 Aug 2026, due 1 Aug 2026" in partner.screen.text
