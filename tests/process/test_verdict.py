"""The verdict on a storm or a soak sees each way in which partners can have been told untruths."""

import datetime as dt
from decimal import Decimal

import pytest

from benchmarks.ledger_storm.books import TheBooks
from benchmarks.record import Record
from benchmarks.verdict import verdict
from bot.invoices import NewInvoice, NewItem
from bot.money import format_amount
from storage.ids import new_id
from storage.models import Customer
from tests.bot.asking import MOMENT, PARTNER

TODAY = dt.date(2026, 11, 22)
TOTAL = 126_100_00


@pytest.fixture
def books(mongomock_store):
    return TheBooks(mongomock_store)


@pytest.fixture
def customer(books):
    return books.store.customers.add(Customer(id=new_id(), name="Mohan Lal"))


@pytest.fixture
def sell(books, customer):
    """Posts an invoice of ₹1,26,100.00, nothing paid."""

    def posted():
        wheat = NewItem("wheat", Decimal(52), 2425_00)
        order = NewInvoice(new_id(), customer.id, (wheat,), 0, TODAY, TODAY)
        entry, _repeated = books.create_invoice(order, by=PARTNER, standing_on=None)
        return entry

    return posted


def told(*entries):
    """What a partner knows who pressed Save for these, and saw each of them confirmed."""
    record = Record()
    for entry in entries:
        number = entry.invoice_number or ""
        shown = " ".join((number, *map(format_amount, (TOTAL, 0, entry.after))))
        record.confirmed[entry.op] = [shown]
        record.acknowledged[entry.op] = [shown]
    return record


@pytest.fixture
def found(books):
    def wrong(record, updates=()):
        return verdict(books.store, record, partners=(), updates=updates)

    return wrong


def test_books_that_are_as_everybody_was_told(sell, found):
    assert found(told(sell(), sell())) == []


def test_an_acknowledged_invoice_that_is_not_there_is_lost(sell, found):
    record = told(sell())
    record.acknowledged["another"] = ["✅ Invoice 26-27/00002 saved"]

    assert found(record) == [
        "another was acknowledged and is lost: '✅ Invoice 26-27/00002 saved'"
    ]


def test_an_acknowledged_invoice_that_is_gone_from_the_ledger_is_lost(sell, found, books):
    record = told(sell())
    books.store.ledger._entries.delete_many({})

    assert any("was acknowledged and is lost" in one for one in found(record))


def test_an_invoice_that_was_posted_once_more_is_found(sell, found):
    once, again = sell(), sell()

    assert found(told(once)) == [f"invoice {again.op} was posted, but Save was never pressed"]


def test_an_invoice_that_is_not_what_was_confirmed_is_found(sell, found):
    entry = sell()
    record = told(entry)
    record.confirmed[entry.op] = ["wheat 52 × 2,425 = ₹1.00"]

    (wrong,) = found(record)
    assert wrong.startswith(f"invoice {entry.op} is not what was confirmed")


def test_a_customer_who_is_there_twice_is_found(customer, found, books):
    books.store.customers.add(Customer(id=new_id(), name=customer.name))
    record = Record()
    record.added.add(customer.name)

    assert found(record) == ["Mohan Lal was said to be added, and is there 2 times"]


def test_updates_that_telegram_has_counted_as_delivered_are_all_done(found, books):
    inbox = books.store.inbox
    inbox.keep([(1, "{}"), (2, "{}"), (3, "{}")], now=MOMENT)
    inbox.done(1, now=MOMENT)
    inbox.set_aside(2, "A1B2C3", now=MOMENT, keep_body=True)

    assert found(Record(), updates=range(1, 5)) == [
        "what came as 2 was set aside under A1B2C3",
        "what came as 3 waits in the inbox, though everybody was answered",
        "what came as 4 was taken by Telegram, and is not in the inbox",
    ]
