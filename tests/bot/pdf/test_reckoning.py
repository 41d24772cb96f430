import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.entries import decide_invoice
from bot.pdf.reckoning import reckon
from bot.settlements import Settlement, Source, settled
from bot.views import rebuild
from tests.bot.asking import asking
from tests.bot.histories import histories
from tests.bot.ledger_of_one import LedgerOfOne
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
        sums = reckon(head.invoice, settled([head], order.id))
        assert sums.total - sums.from_advance - sums.paid == sums.remaining
        assert sums.before + sums.total - sums.received == sums.due - sums.advance_left
        assert sums.received == paid
        assert sums.advance_left == head.advance
        assert 0 in {sums.due, sums.advance_left}


def own(ledger, invoice_id):
    """What its paper says of this invoice: from advance, paid and remaining."""
    _balance, invoices, _payments = rebuild(ledger.entries)
    (invoice,) = (one for one in invoices if one.id == invoice_id)
    sums = reckon(invoice, settled(ledger.entries, invoice_id))
    return sums.from_advance, sums.paid, sums.remaining


def test_where_the_payment_bounced_that_the_advance_came_from_the_money_since_is_paid():
    ledger = LedgerOfOne()
    ledger.pay("bounced", 100)
    ledger.invoice("1", 300)
    assert own(ledger, "1") == (100, 0, 200)
    ledger.take_back("no", payment="bounced")
    assert own(ledger, "1") == (0, 0, 300)
    ledger.pay("cash", 300)
    assert own(ledger, "1") == (0, 300, 0)


def test_an_advance_put_to_an_older_invoice_is_from_advance_on_its_paper():
    ledger = LedgerOfOne()
    ledger.invoice("1", 100, due_in=1)
    ledger.invoice("2", 100, due_in=2)
    ledger.pay("money", 150, only="2")
    ledger.apply("use", 50)
    assert own(ledger, "1") == (50, 0, 50)


def test_what_was_paid_in_earlier_books_is_paid():
    invoice = an_invoice(items=[item("Wheat", "1", 100)], amount_paid=70, remaining_balance=30)
    day = invoice.invoice_date
    sums = reckon(
        invoice, [Settlement(day, 60, Source.BEFORE), Settlement(day, 10, Source.ADVANCE)]
    )
    assert (sums.from_advance, sums.paid, sums.remaining) == (10, 60, 30)


@given(histories)
def test_whatever_happened_an_invoice_still_adds_up(history):
    _balance, invoices, _payments = rebuild(history.entries)
    for invoice in invoices:
        if invoice.cancelled is None:
            sums = reckon(invoice, settled(history.entries, invoice.id))
            assert sums.total - sums.from_advance - sums.paid == sums.remaining
            assert sums.paid >= 0


def test_money_that_came_later_changes_this_invoice_and_not_the_account_of_its_day():
    posted = an_invoice(items=[item("Wheat", "1", 1000)], previous_balance=500, balance_after=1500)
    later = posted.model_copy(update={"amount_paid": 700, "remaining_balance": 300})
    sums = reckon(later)
    assert (sums.paid, sums.remaining) == (700, 300)
    assert (sums.received, sums.due) == (0, 1500)


def test_an_advance_held_beside_open_invoices_is_off_what_is_due():
    ledger = LedgerOfOne()
    ledger.invoice("1", 1000)
    ledger.invoice("2", 500)
    ledger.pay("money", 500, only="2")
    ledger.take_back("no", invoice="2")
    ledger.invoice("3", 100)
    _balance, invoices, _payments = rebuild(ledger.entries)
    (newest,) = (one for one in invoices if one.id == "3")
    sums = reckon(newest, settled(ledger.entries, "3"))
    assert (sums.before, sums.total, sums.received) == (500, 100, 0)
    assert (sums.due, sums.advance_left) == (600, 0)


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
