"""What the receipt of a payment says: what it paid then, and that it adds up."""

import datetime as dt

import mongomock
import pytest
from hypothesis import HealthCheck, given, settings

from bot.errors import NotThere
from bot.receipts import ReceiptPart, receipt_of
from storage.models import EntryKind, PaymentMethod
from storage.store import Store
from tests.bot.asking import MOMENT
from tests.bot.books import keep
from tests.bot.histories import History, histories


@pytest.fixture
def store(mongomock_store):
    return mongomock_store


@pytest.fixture
def ledger():
    """Each entry is of the day after the one before it, from 1 November on."""
    return History()


def receipt(store, ledger, payment_id):
    """Of a payment in these books, once all of them is kept."""
    keep(store, ledger.entries)
    return receipt_of(store, payment_id)


def test_it_says_which_entry_it_is_when_it_came_how_and_who_took_it(store, ledger):
    ledger.invoice("1", 500)
    ledger.pay("money", 200)

    said = receipt(store, ledger, "money")

    assert (said.number, said.day, said.at) == (2, dt.date(2026, 11, 2), MOMENT)
    assert (said.amount, said.method, said.reference) == (200, PaymentMethod.UPI, "9911")
    assert (said.received_by, said.undone) == ("Ravi", None)


def test_it_lists_what_it_paid_in_that_order_and_what_that_left(store, ledger):
    ledger.invoice("1", 500, due_in=9)
    ledger.invoice("2", 100, due_in=3)
    ledger.pay("money", 300)
    ledger.pay("later", 250)

    said = receipt(store, ledger, "money")

    assert said.parts == (
        ReceiptPart("26-27/00002", 100, 0),
        ReceiptPart("26-27/00001", 200, 300),
    )
    assert (said.before, said.invoice_total, said.after, said.kept) == (600, 0, 300, 0)


def test_what_was_too_much_was_kept_as_an_advance(store, ledger):
    ledger.invoice("1", 500)
    ledger.pay("money", 800)

    said = receipt(store, ledger, "money")

    assert said.parts == (ReceiptPart("26-27/00001", 500, 0),)
    assert (said.kept, said.before, said.after) == (300, 500, -300)


def test_of_somebody_who_owed_nothing_all_of_it_was_kept(store, ledger):
    ledger.pay("money", 800)

    said = receipt(store, ledger, "money")

    assert (said.parts, said.kept, said.before, said.after) == ((), 800, 0, -800)


def test_money_that_came_with_an_invoice_names_it_and_its_total(store, ledger):
    ledger.invoice("1", 100)
    ledger.invoice("2", 500, 550)

    said = receipt(store, ledger, "2")

    assert said.parts == (ReceiptPart("26-27/00002", 500, 0), ReceiptPart("26-27/00001", 50, 50))
    assert (said.before, said.invoice_total, said.amount, said.after) == (100, 500, 550, 50)
    assert said.method is PaymentMethod.CASH


def test_an_advance_that_this_invoice_used_is_no_money_received(store, ledger):
    ledger.pay("held", 300)
    ledger.invoice("2", 500, 100)

    said = receipt(store, ledger, "2")

    assert said.parts == (ReceiptPart("26-27/00002", 100, 100),)
    assert (said.before, said.invoice_total, said.amount, said.after) == (-300, 500, 100, 100)


def test_once_undone_it_says_so_and_all_else_as_it_was(store, ledger):
    ledger.invoice("1", 500)
    ledger.pay("money", 200)
    ledger.take_back("no", payment="money")

    said = receipt(store, ledger, "money")

    assert (said.undone.actor_name, said.undone.reason) == ("Ravi", "wrong amount")
    assert (said.amount, said.parts, said.after) == (
        200,
        (ReceiptPart("26-27/00001", 200, 300),),
        300,
    )


def test_once_put_back_it_is_as_if_it_had_not_been_undone(store, ledger):
    ledger.pay("money", 200)
    ledger.put_back("yes", ledger.take_back("no", payment="money"))

    assert receipt(store, ledger, "money").undone is None


def test_of_a_cancelled_invoice_the_money_that_came_with_it_is_still_received(store, ledger):
    ledger.invoice("1", 500, 200)
    ledger.take_back("no", invoice="1")

    said = receipt(store, ledger, "1")

    assert (said.undone, said.parts) == (None, (ReceiptPart("26-27/00001", 200, 300),))


@pytest.mark.parametrize("id", ["nothing", "before", "sold", "use", "no"])
def test_there_is_none_of_what_brought_us_no_money(store, ledger, id):
    ledger.invoice("before", 500, 200, kind=EntryKind.OPENING)
    ledger.invoice("sold", 50)
    ledger.pay("money", 400, only="sold")
    ledger.apply("use", 100)
    ledger.take_back("no", payment="use")

    with pytest.raises(NotThere, match="This payment is not in the books"):
        receipt(store, ledger, id)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories)
def test_it_adds_up_whatever_happened_before_and_since(history):
    books = Store(mongomock.MongoClient()["arhtiya"])
    books.prepare()
    keep(books, history.entries)
    undone = history.account.undone
    for payment in history.payments:
        said = receipt_of(books, payment.op)
        assert sum(part.amount for part in said.parts) + said.kept == said.amount > 0
        assert said.before + said.invoice_total - said.amount == said.after
        assert all(part.number and part.amount > 0 and part.left >= 0 for part in said.parts)
        assert said.kept >= 0
        assert (said.undone is not None) == (payment.op in undone)
