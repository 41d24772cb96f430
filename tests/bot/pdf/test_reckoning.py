import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.entries import decide_invoice
from bot.pdf.reckoning import reckon
from tests.bot.asking import asking
from tests.bot.pdf.papers import an_invoice, item

rupees = st.integers(0, 10_000_00)


@given(st.lists(st.tuples(rupees.filter(bool), rupees), min_size=1, max_size=5))
def test_both_sums_of_every_invoice_posted_add_up(history):
    head = None
    for number, (price, paid) in enumerate(history, 1):
        order = an_invoice(
            items=[item("Wheat", "1", price)], created_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
        ).model_copy(update={"id": str(number)})
        head = decide_invoice(head, order, paid=paid, number_key=number, asking=asking(order.id))
        sums = reckon(head.invoice, advance=head.advance)
        assert sums.total - sums.from_advance - sums.paid == sums.remaining
        assert sums.before + sums.total - sums.received == sums.due - sums.advance_left
        assert sums.received == paid
        assert sums.advance_left == head.advance


def test_money_that_came_later_changes_this_invoice_and_not_the_account_of_its_day():
    posted = an_invoice(items=[item("Wheat", "1", 1000)], previous_balance=500, balance_after=1500)
    later = posted.model_copy(update={"amount_paid": 700, "remaining_balance": 300})
    sums = reckon(later)
    assert (sums.paid, sums.remaining) == (700, 300)
    assert (sums.received, sums.due) == (0, 1500)


def test_an_advance_held_beside_open_invoices_is_said():
    sums = reckon(an_invoice(balance_after=1000), advance=400)
    assert (sums.due, sums.advance_left) == (1000, 400)


def test_an_invoice_that_keeps_no_balance_received_what_was_paid_on_it():
    sums = reckon(
        an_invoice(
            items=[item("Wheat", "1", 10_000)],
            previous_balance=2_000,
            amount_paid=6_000,
            remaining_balance=4_000,
        )
    )
    assert (sums.received, sums.due, sums.advance_left) == (6_000, 6_000, 0)
