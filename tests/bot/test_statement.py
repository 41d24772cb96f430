"""The khata: every entry on its side, and balances that are reckoned down the rows."""

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mongomock import MongoClient

from bot.errors import UserError
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.payments import NewPayment, record_payment
from bot.reversals import NewReversal, reverse, undo
from bot.statement import statement
from storage.models import Customer, User
from storage.store import Store
from tests.clock import FakeClock
from tests.ledger.firm import (
    Opening,
    Tap,
    ask,
    begin_books,
    cancel,
    invoice,
    payment,
    undo_payment,
    use_advance,
)

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
        ("Payment of 1 Aug 2026 undone, cash: wrong", 200, 0, 0),
    ]


def test_undo_of_a_paid_invoice_and_of_that_undo(khata):
    khata.invoice("a", 500, paid=200)
    khata.undo("a")
    khata.undo(khata.store.ledger.head("ramesh").op)
    assert khata.rows()[2:] == [
        ("Invoice 26-27/00001 cancelled: undone at once", 0, 500, -200),
        ("Payment of 1 Aug 2026 undone, cash: undone at once", 200, 0, 0),
        ("Invoice 26-27/00001 is back", 500, 0, 500),
        ("Payment of 1 Aug 2026 is back, cash", 0, 200, 300),
    ]


def test_an_advance_that_is_used_moves_nothing(khata):
    khata.invoice("a", 100)
    khata.invoice("b", 500)
    khata.payment("p", 300, invoice_id="a")
    khata.payment("used", 200, from_advance=True)
    khata.undo("used")
    khata.undo(khata.store.ledger.head("ramesh").op)
    assert khata.rows()[-3:] == [
        ("Advance used", 0, 0, 300),
        ("Use of the advance on 1 Aug 2026 undone: undone at once", 0, 0, 300),
        ("Use of the advance on 1 Aug 2026 is back", 0, 0, 300),
    ]


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


def test_a_range_takes_in_its_first_and_its_last_day_and_opens_with_all_before(khata):
    khata.invoice("a", 500, days_ago=31)
    khata.payment("p", 200, days_ago=30)
    khata.invoice("b", 300, days_ago=10)
    khata.payment("q", 50, days_ago=9)
    first, last = TODAY - dt.timedelta(days=30), TODAY - dt.timedelta(days=10)
    shown = statement(khata.store.ledger.lines("ramesh"), first=first, last=last)
    assert (shown.opening, shown.debit, shown.credit, shown.closing) == (500, 300, 200, 600)
    assert [row.day for row in shown.rows] == [first, last]


def test_each_row_names_who_posted_it_and_when(khata):
    khata.payment("p", 200, days_ago=1)
    khata.invoice("a", 500)
    late, at_once = statement(khata.store.ledger.lines("ramesh")).rows
    assert (at_once.actor_name, at_once.at) == ("Ravi", khata.clock.now())
    assert at_once.posted(khata.clock.zone) == "14:30"
    assert late.posted(khata.clock.zone) == "1 Aug 2026 14:30"


def test_an_account_without_entries_has_no_rows():
    assert statement([]).closing == 0
    assert statement([]).rows == ()


ORDERS = st.tuples(
    st.sampled_from(
        ["invoice", "payment", "advance", "cancel", "undo payment", "undo", "opening"]
    ),
    st.integers(1, 900),
    st.integers(0, 900),
    st.integers(0, 5),
)


def posted(books: Store, clock: FakeClock, orders) -> None:
    """Post what of these orders can be posted, each at a moment of its own."""
    ops: list[str] = []
    for n, (kind, amount, more, days) in enumerate(orders):
        op, day = f"op{n}", TODAY - dt.timedelta(days=days)
        earlier = ops[more % len(ops)] if ops else "none"
        order = {
            "invoice": replace(invoice(op, amount, more), invoice_date=day),
            "payment": replace(payment(op, amount), date=day),
            "advance": replace(use_advance(op, amount), date=day),
            "cancel": cancel(op, earlier),
            "undo payment": undo_payment(op, earlier),
            "undo": Tap(earlier),
            "opening": Opening(op, amount, more),
        }[kind]
        clock.advance(seconds=1)
        with suppress(UserError):
            entry, _again = ask(books, clock, order)
            ops.append(entry.op)


@settings(deadline=None)
@given(st.lists(ORDERS, max_size=12), st.integers(-1, 6))
def test_whatever_was_posted_the_ranges_chain_and_end_where_the_ledger_does(orders, cut):
    books, clock = begin_books(MongoClient()["books"], "ramesh"), FakeClock()
    posted(books, clock, orders)
    lines, head = books.ledger.lines("ramesh"), books.ledger.head("ramesh")
    day = TODAY - dt.timedelta(days=cut)

    whole = statement(lines)
    before, after = statement(lines, last=day), statement(lines, first=day + dt.timedelta(days=1))

    assert (before.opening, after.opening) == (0, before.closing)
    assert whole.closing == after.closing == (head.after if head else 0)
    assert before.rows + after.rows == whole.rows
    assert {row.at for row in whole.rows} == {line.at for line in lines}, "every entry is shown"
    balance = 0
    for row in whole.rows:
        balance += row.debit - row.credit
        assert row.balance == balance
        assert min(row.debit, row.credit) == 0
        assert "None" not in row.particulars
