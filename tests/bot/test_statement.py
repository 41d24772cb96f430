"""The khata: every entry on its side, and balances that are reckoned down the rows."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.payments import NewPayment, record_payment
from bot.reversals import NewReversal, reverse, undo
from bot.statement import statement
from storage.models import Customer, EntryKind, LedgerLine, User

TODAY = dt.date(2026, 8, 1)
RAVI = User(id="ravi", name="Ravi", phone="+919876543210", registration_date=TODAY)


@pytest.fixture
def khata(mongomock_store, clock):
    """Posts to one customer; gives the rows as (particulars, debit, credit, balance)."""
    mongomock_store.customers.add(Customer(id="ramesh", name="Ramesh"))
    return Khata(mongomock_store, clock)


class Khata:
    def __init__(self, store, clock) -> None:
        self.store = store
        self.clock = clock

    def invoice(self, op, total, paid=0, days_ago=0):
        day = TODAY - dt.timedelta(days=days_ago)
        item = NewItem("wheat", Decimal(1), total)
        order = NewInvoice(op, "ramesh", (item,), paid, day, day)
        create_invoice(self.store, self.clock, order, by=RAVI, link=str, standing_on=None)

    def payment(self, op, amount, days_ago=0, **how):
        day = TODAY - dt.timedelta(days=days_ago)
        order = NewPayment(op, "ramesh", amount, day, **how)
        record_payment(self.store, self.clock, order, by=RAVI, standing_on=None)

    def reverse(self, op, **target):
        order = NewReversal(op, "wrong", **target)
        reverse(self.store, self.clock, order, by=RAVI, standing_on=None)

    def undo(self, op):
        undo(self.store, self.clock, op, by=RAVI)

    def rows(self, **days):
        shown = statement(self.store.ledger.lines("ramesh"), **days)
        return [(row.particulars, row.debit, row.credit, row.balance) for row in shown.rows]


def test_goods_are_debit_and_money_is_credit(khata):
    khata.invoice("a", 500)
    khata.payment("p", 200, reference="4821", method="upi")
    assert khata.rows() == [
        ("Invoice 26-27/00001", 500, 0, 500),
        ("Payment, UPI · 4821", 0, 200, 300),
    ]


def test_an_invoice_paid_at_once_stands_on_both_sides(khata):
    khata.invoice("a", 500, paid=500)
    assert khata.rows() == [
        ("Invoice 26-27/00001", 500, 0, 500),
        ("Payment, cash", 0, 500, 0),
    ]


def test_what_was_taken_back_stands_there_and_so_does_what_took_it_back(khata):
    khata.invoice("a", 500)
    khata.payment("p", 200)
    khata.reverse("c", invoice_id="a")
    khata.reverse("u", payment_id="p")
    assert khata.rows()[2:] == [
        ("Invoice 26-27/00001 cancelled: wrong", 0, 500, -200),
        ("Payment undone, cash: wrong", 200, 0, 0),
    ]


def test_undo_of_a_paid_invoice_and_of_that_undo(khata):
    khata.invoice("a", 500, paid=200)
    khata.undo("a")
    khata.undo(khata.store.ledger.head("ramesh").op)
    assert khata.rows()[2:] == [
        ("Invoice 26-27/00001 cancelled: undone at once", 0, 500, -200),
        ("Payment undone, cash: undone at once", 200, 0, 0),
        ("Invoice 26-27/00001 is back", 500, 0, 500),
        ("Payment is back, cash", 0, 200, 300),
    ]


def test_an_advance_that_is_used_moves_nothing(khata):
    khata.invoice("a", 100)
    khata.invoice("b", 500)
    khata.payment("p", 300, invoice_id="a")
    khata.payment("used", 200, from_advance=True)
    assert khata.rows()[-1] == ("Advance used", 0, 0, 300)


def test_what_is_dated_yesterday_stands_under_yesterday(khata):
    khata.invoice("a", 500)
    khata.payment("p", 200, days_ago=1)
    assert khata.rows() == [
        ("Payment, cash", 0, 200, -200),
        ("Invoice 26-27/00001", 500, 0, 300),
    ]


def test_an_entry_of_before_days_were_kept_is_of_its_invoices_day(khata):
    khata.invoice("a", 500, days_ago=2)
    khata.store.ledger._entries.update_one({"_id": "a"}, {"$unset": {"date": ""}})
    (row,) = statement(khata.store.ledger.lines("ramesh")).rows
    assert row.day == TODAY - dt.timedelta(days=2)


def test_a_range_opens_with_all_that_was_before(khata):
    khata.invoice("a", 500, days_ago=40)
    khata.payment("p", 200, days_ago=20)
    khata.invoice("b", 300, days_ago=2)
    first, last = TODAY - dt.timedelta(days=30), TODAY - dt.timedelta(days=10)
    shown = statement(khata.store.ledger.lines("ramesh"), first=first, last=last)
    assert (shown.opening, shown.debit, shown.credit, shown.closing) == (500, 0, 200, 300)


def test_each_row_names_who_posted_it_and_when(khata):
    khata.invoice("a", 500)
    (row,) = statement(khata.store.ledger.lines("ramesh")).rows
    assert (row.actor_name, row.at) == ("Ravi", khata.clock.now())


def test_an_account_without_entries_has_no_rows():
    assert statement([]).closing == 0
    assert statement([]).rows == ()


def line(seq: int, goods: int, paid: int, day: int) -> LedgerLine:
    return LedgerLine(
        id=str(seq),
        seq=seq,
        kind=EntryKind.INVOICE,
        date=TODAY + dt.timedelta(days=day),
        amount=goods - paid,
        paid=paid,
        invoice_number=str(seq),
        at=dt.datetime(2026, 8, 1, tzinfo=dt.UTC),
    )


MOVES = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(0, 20)))


@given(MOVES, st.integers(-1, 21))
def test_two_ranges_chain_and_end_where_the_ledger_does(moves, cut):
    lines = [line(seq, *move) for seq, move in enumerate(moves, 1)]
    day = TODAY + dt.timedelta(days=cut)
    before = statement(lines, last=day)
    after = statement(lines, first=day + dt.timedelta(days=1))

    assert before.opening == 0
    assert after.opening == before.closing
    assert after.closing == sum(goods - paid for goods, paid, _day in moves)
    assert before.rows + after.rows == statement(lines).rows
    for part in (before, after):
        assert [row.balance for row in part.rows][-1:] in ([], [part.closing])
