"""What an entry of each kind carries, and how it shows. The rules, without any storage."""

import datetime as dt

import pytest

from bot.errors import InvalidAmount
from bot.views import rebuild, views
from storage.models import Allocation, EntryKind, LedgerEntry, PaymentMethod, Status
from storage.types import MAX_PAISE
from tests.bot.asking import MOMENT, PARTNER
from tests.bot.ledger_of_one import FIRST_DAY, LedgerOfOne


@pytest.fixture
def ledger():
    return LedgerOfOne()


def shown(ledger):
    """The documents that show these entries: the invoices and the payments, by id."""
    _, invoices, payments = rebuild(ledger.entries)
    return {one.id: one for one in invoices}, {one.id: one for one in payments}


def test_a_payment_goes_to_the_oldest_due_first_and_the_rest_is_advance(ledger):
    ledger.invoice("late", 300, due_in=30)
    ledger.invoice("soon", 200, due_in=10)

    entry = ledger.pay("money", 250)
    assert [(part.invoice_id, part.amount) for part in entry.allocations] == [
        ("soon", 200),
        ("late", 50),
    ]
    assert (entry.before, entry.amount, entry.after) == (500, -250, 250)
    assert (entry.kind, entry.paid, ledger.due) == (EntryKind.PAYMENT, 250, {"late": 250})

    entry = ledger.pay("more", 400)
    assert (ledger.due, entry.advance, entry.after) == ({}, 150, -150)


def test_a_payment_for_one_invoice_leaves_the_others_as_they_are(ledger):
    ledger.invoice("soon", 200, due_in=10)
    ledger.invoice("late", 300, due_in=30)

    assert ledger.pay("part", 100, only="late").allocations == [
        Allocation(invoice_id="late", amount=100)
    ]
    assert ledger.due == {"soon": 200, "late": 200}
    ledger.pay("exactly", 200, only="late")
    assert (ledger.due, ledger.advance) == ({"soon": 200}, 0)


def test_what_is_more_than_that_invoice_is_advance_though_others_are_open(ledger):
    ledger.invoice("soon", 200, due_in=10)
    ledger.invoice("late", 300, due_in=30)

    ledger.pay("money", 350, only="late")

    assert (ledger.due, ledger.advance) == ({"soon": 200}, 50)


def test_a_first_payment_before_any_invoice_is_advance(ledger):
    entry = ledger.pay("money", 500)

    assert (entry.seq, entry.before, entry.after, entry.advance) == (1, 0, -500, 500)
    assert entry.allocations == []


def test_a_payment_leaves_the_advance_that_is_held_where_it_is(ledger):
    ledger.invoice("1", 100, 100)
    ledger.invoice("2", 100)
    ledger.take_back("no", invoice="1")

    ledger.pay("money", 30)

    assert (ledger.due, ledger.advance) == ({"2": 70}, 100)


def test_putting_the_advance_to_what_is_open_brings_no_money(ledger):
    ledger.invoice("1", 100, 100)
    ledger.invoice("2", 60, due_in=2)
    ledger.invoice("3", 60, due_in=3)
    ledger.take_back("no", invoice="1")

    entry = ledger.apply("use", 80)

    assert (entry.kind, entry.paid, entry.amount) == (EntryKind.APPLY, 0, 0)
    assert (ledger.due, entry.advance) == ({"3": 40}, 20)
    assert views(entry, {e.op: e for e in ledger.entries}.__getitem__).payment is None


def test_the_advance_can_be_put_to_one_invoice(ledger):
    ledger.invoice("1", 100, 100)
    ledger.invoice("2", 60, due_in=2)
    ledger.invoice("3", 60, due_in=3)
    ledger.take_back("no", invoice="1")

    ledger.apply("use", 50, only="3")

    assert (ledger.due, ledger.advance) == ({"2": 60, "3": 10}, 50)


def test_no_advance_passes_what_the_books_can_hold(ledger):
    ledger.pay("most", MAX_PAISE)

    with pytest.raises(InvalidAmount, match=r"99,99,99,99,999\.99"):
        ledger.pay("more", 1)


def test_every_entry_says_who_when_and_of_which_day(ledger):
    ledger.invoice("1", 100)
    ledger.pay("money", 50)
    ledger.take_back("no", invoice="1")
    ledger.put_back("back", ledger.head)

    for entry in ledger.entries:
        assert (entry.actor, entry.actor_name, entry.at) == (PARTNER.id, PARTNER.name, MOMENT)
        assert (entry.day, entry.customer_id) == (FIRST_DAY, "ramesh")


def test_every_entry_is_read_back_as_it_was_stored(ledger):
    ledger.invoice("1", 100, 150)
    ledger.pay("money", 50)
    ledger.apply("use", 0)
    ledger.take_back("no", invoice="1", payment="1")
    ledger.put_back("back", ledger.head)

    assert [LedgerEntry.read(entry.stored()) for entry in ledger.entries] == ledger.entries


def test_a_payment_shows_with_how_it_came_and_where_it_went(ledger):
    ledger.invoice("1", 100)
    ledger.pay("money", 150)

    invoices, payments = shown(ledger)

    money = payments["money"]
    assert (money.amount, money.method, money.reference) == (150, PaymentMethod.UPI, "9911")
    assert money.allocations == [Allocation(invoice_id="1", amount=100)]
    assert (money.payment_date, money.created_by_name, money.undone) == (FIRST_DAY, "Ravi", None)
    assert (invoices["1"].status, invoices["1"].open_due_date) == (Status.PAID, None)


def test_a_cancelled_invoice_shows_by_whom_when_and_why_and_keeps_its_number(ledger):
    ledger.invoice("1", 100, 40)
    ledger.take_back("no", invoice="1")

    invoices, payments = shown(ledger)

    one = invoices["1"]
    assert (one.status, one.amount_paid, one.remaining_balance) == (Status.CANCELLED, 0, 0)
    assert (one.open_due_date, one.total_amount) == (None, 100)
    assert one.invoice_number == "26-27/00001"
    by = one.cancelled
    assert (by.op, by.actor_name, by.at, by.reason) == ("no", "Ravi", MOMENT, "wrong amount")
    assert payments["1"].undone is None, "its money is still there, as advance"


def test_an_undone_payment_shows_so_and_the_invoice_is_open_again(ledger):
    ledger.invoice("1", 100)
    ledger.pay("money", 100)
    ledger.take_back("no", payment="money")

    invoices, payments = shown(ledger)

    assert payments["money"].undone.op == "no"
    assert payments["money"].amount == 100
    one = invoices["1"]
    assert (one.status, one.open_due_date) == (Status.UNPAID, FIRST_DAY + dt.timedelta(days=15))


def test_an_invoice_undone_with_its_money_shows_both(ledger):
    ledger.invoice("1", 100, 40)
    ledger.take_back("no", invoice="1", payment="1")

    invoices, payments = shown(ledger)

    assert invoices["1"].cancelled.op == payments["1"].undone.op == "no"


def test_what_is_put_back_shows_as_if_it_had_never_been_taken(ledger):
    ledger.invoice("1", 100, 40)
    before = shown(ledger)
    ledger.put_back("back", ledger.take_back("slip", invoice="1", payment="1"))

    after = shown(ledger)

    for earlier, later in zip(before, after, strict=True):
        assert {id: one.model_copy(update={"applied_seq": 1}) for id, one in later.items()} == (
            earlier
        )


def test_what_was_paid_on_an_invoice_of_earlier_books_is_no_payment_of_ours(ledger):
    entry = ledger.invoice("1", 100, 40, kind=EntryKind.OPENING)

    _, payments = shown(ledger)

    assert (ledger.due, entry.after, payments) == ({"1": 60}, 60, {})
