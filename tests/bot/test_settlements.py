"""What stands paid on an invoice, line by line: it adds up, whatever was undone in what order."""

import datetime as dt

import pytest

from bot.settlements import Settlement, Source, settled, settlements_of
from bot.views import rebuild
from storage.models import EntryKind, PaymentMethod
from tests.bot.books import Book, keep
from tests.bot.histories import History


@pytest.fixture
def ledger():
    """Each entry is of the day after the one before it, from 1 November on."""
    return History()


def day(number: int) -> dt.date:
    return dt.date(2026, 11, number)


def on(ledger, invoice_id: str) -> list[tuple[int, int, str]]:
    """The day of November, the amount and the source of each line."""
    lines = settled(ledger.entries, invoice_id)
    return [(line.day.day, line.amount, line.source) for line in lines]


# What was paid.


def test_each_payment_is_a_line_with_its_day_and_how_it_came(ledger):
    ledger.invoice("1", 500)
    ledger.pay("money", 200)
    ledger.pay("more", 300)

    assert settled(ledger.entries, "1") == (
        Settlement(day(2), 200, Source.PAYMENT, PaymentMethod.UPI, "9911"),
        Settlement(day(3), 300, Source.PAYMENT, PaymentMethod.UPI, "9911"),
    )


def test_of_a_payment_for_several_invoices_each_shows_its_part(ledger):
    ledger.invoice("1", 500)
    ledger.invoice("2", 500)
    ledger.pay("money", 600)

    assert on(ledger, "1") == [(3, 500, "payment")]
    assert on(ledger, "2") == [(3, 100, "payment")]


def test_money_handed_over_with_the_invoice_is_cash_of_that_day(ledger):
    ledger.invoice("1", 500, 200)

    assert settled(ledger.entries, "1") == (
        Settlement(day(1), 200, Source.PAYMENT, PaymentMethod.CASH),
    )


def test_money_handed_over_with_a_later_invoice_pays_the_older_one_too(ledger):
    ledger.invoice("1", 500)
    ledger.invoice("2", 300, 700)

    assert on(ledger, "1") == [(2, 400, "payment")]
    assert on(ledger, "2") == [(2, 300, "payment")]


def test_an_advance_that_the_invoice_used_is_a_line_of_its_own(ledger):
    ledger.pay("money", 400)
    ledger.invoice("1", 500, 100)

    assert on(ledger, "1") == [(2, 100, "payment"), (2, 400, "advance")]
    assert settled(ledger.entries, "1")[1].method is None


def test_an_advance_put_to_it_later_is_of_that_day(ledger):
    ledger.invoice("1", 100, due_in=1)
    ledger.invoice("2", 100, due_in=2)
    ledger.pay("money", 150, only="2")
    ledger.apply("use", 50)

    assert on(ledger, "1") == [(4, 50, "advance")]


def test_what_was_paid_before_these_books_is_one_line(ledger):
    ledger.invoice("1", 500, 200, kind=EntryKind.OPENING)
    ledger.pay("money", 50)

    assert on(ledger, "1") == [(1, 200, "before"), (2, 50, "payment")]


def test_the_oldest_comes_first_whenever_it_was_recorded(ledger):
    ledger.invoice("1", 500)
    ledger.pay("of today", 100)
    ledger.pay("of yesterday", 200)
    ledger.entries[-1] = ledger.entries[-1].model_copy(update={"date": day(1)})

    assert on(ledger, "1") == [(1, 200, "payment"), (2, 100, "payment")]


# What was taken back.


def test_an_undone_payment_is_not_there(ledger):
    ledger.invoice("1", 500)
    ledger.pay("money", 200)
    ledger.pay("other", 100)
    ledger.take_back("no", payment="money")

    assert on(ledger, "1") == [(3, 100, "payment")]


def test_cash_of_the_invoice_that_is_undone_leaves_the_advance_that_it_used(ledger):
    ledger.pay("money", 400)
    ledger.invoice("1", 500, 100)
    ledger.take_back("no", payment="1")

    assert on(ledger, "1") == [(2, 400, "advance")]


def test_where_an_undo_took_what_an_advance_had_paid_other_money_stays(ledger):
    ledger.pay("bounced", 100)
    ledger.invoice("1", 300)
    ledger.pay("other", 150)
    ledger.take_back("no", payment="bounced")

    assert on(ledger, "1") == [(3, 150, "payment")]


def test_of_several_advances_since_the_first_is_taken(ledger):
    ledger.pay("bounced", 100)
    ledger.invoice("1", 300, due_in=0)
    ledger.invoice("2", 50, due_in=9)
    ledger.pay("other", 100, only="2")
    ledger.apply("use", 50)
    ledger.take_back("no", payment="bounced")

    assert on(ledger, "1") == [(5, 50, "advance")]


def test_an_undone_use_of_the_advance_is_not_there(ledger):
    ledger.invoice("1", 100, due_in=1)
    ledger.invoice("2", 100, due_in=2)
    ledger.pay("money", 150, only="2")
    ledger.apply("use", 50)
    ledger.take_back("no", payment="use")

    assert on(ledger, "1") == []


def test_what_other_money_paid_after_an_undone_use_stays(ledger):
    ledger.invoice("1", 100, due_in=1)
    ledger.invoice("2", 100, due_in=2)
    ledger.pay("money", 150, only="2")
    ledger.apply("use", 50)
    ledger.pay("other", 50)
    ledger.take_back("no", payment="use")

    assert on(ledger, "1") == [(5, 50, "payment")]


def test_on_a_cancelled_invoice_there_is_nothing(ledger):
    ledger.invoice("1", 500, 200)
    ledger.pay("money", 100)
    ledger.take_back("no", invoice="1")

    assert on(ledger, "1") == []


# What was put back.


def test_what_is_put_back_is_there_as_it_was(ledger):
    ledger.invoice("1", 500)
    ledger.pay("money", 200)
    ledger.pay("other", 100)
    before = on(ledger, "1")
    slip = ledger.take_back("no", payment="money")
    ledger.put_back("yes", slip)

    assert on(ledger, "1") == before == [(2, 200, "payment"), (3, 100, "payment")]


def test_where_others_have_paid_meanwhile_only_what_was_open_is_there_again(ledger):
    ledger.invoice("1", 300)
    ledger.pay("money", 300)
    slip = ledger.take_back("no", payment="money")
    ledger.pay("other", 200)
    ledger.put_back("yes", slip)

    assert on(ledger, "1") == [(2, 100, "payment"), (4, 200, "payment")]


def test_of_an_invoice_put_back_with_less_than_was_on_it_the_oldest_is_there(ledger):
    ledger.invoice("1", 300)
    ledger.pay("money", 100)
    ledger.pay("other", 200)
    slip = ledger.take_back("no", invoice="1")
    ledger.invoice("2", 150)
    ledger.put_back("yes", slip)

    assert on(ledger, "1") == [(2, 100, "payment"), (3, 50, "payment")]


def test_what_comes_off_beyond_its_own_part_comes_off_what_was_paid_last(ledger):
    ledger.pay("held", 50)
    ledger.invoice("1", 200)
    ledger.pay("money", 100)
    slip = ledger.take_back("no", payment="money")
    ledger.pay("other", 100)
    ledger.pay("another", 50)
    ledger.put_back("yes", slip)
    ledger.take_back("no after all", payment="money")

    assert on(ledger, "1") == [(2, 50, "advance"), (5, 50, "payment")]


def test_an_invoice_put_back_after_its_payment_was_undone_is_paid_from_the_advance(ledger):
    ledger.invoice("1", 500)
    ledger.pay("money", 300)
    slip = ledger.take_back("no", invoice="1")
    ledger.pay("other", 300)
    ledger.take_back("bounced", payment="money")
    ledger.put_back("yes", slip)

    assert on(ledger, "1") == [(6, 300, "advance")]


# As it is shown.


def test_an_invoice_that_shows_less_than_was_posted_by_now_shows_what_adds_up(mongomock_store):
    keep(mongomock_store, [])
    book = Book()
    book.sell("a", 500, 100)
    book.receive("p", 200)
    book.receive("q", 200)
    for entry in book.entries:
        mongomock_store.ledger.append(entry)
    _balance, (behind,), _payments = rebuild(book.entries[:2])

    lines = settlements_of(mongomock_store, behind)

    assert [line.amount for line in lines] == [100, 200]


def test_of_an_invoice_that_the_ledger_does_not_know_nothing_is_told(mongomock_store):
    book = Book()
    book.sell("a", 500, 100)
    (entry,) = book.entries

    assert settlements_of(mongomock_store, entry.invoice) == ()
