"""What stands paid on an invoice, line by line: it adds up, whatever was undone in what order."""

import datetime as dt

import mongomock
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from bot.settlements import Settlement, Source, settled, settlements_of
from bot.views import rebuild
from storage.models import EntryKind, PaymentMethod
from tests.bot.books import Book, keep
from tests.bot.histories import History, histories
from tests.ledger.circumstances import CUSTOMERS
from tests.ledger.machine import BooksMachine


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


# It adds up.


@given(histories)
def test_the_lines_add_up_to_what_is_paid_after_every_entry(history):
    for upto in range(1, len(history.entries) + 1):
        entries = history.entries[:upto]
        _balance, invoices, _payments = rebuild(entries)
        for invoice in invoices:
            lines = settled(entries, invoice.id)
            assert sum(line.amount for line in lines) == invoice.amount_paid
            assert all(line.amount > 0 for line in lines)
            assert [line.day for line in lines] == sorted(line.day for line in lines)


@given(histories)
def test_no_line_is_of_what_is_undone_and_none_of_more_money_than_came(history):
    undone = history.account.undone
    shown: dict[str, int] = {}
    for id in history.account.invoices:
        for line in settled(history.entries, id):
            entry = history.entry_of(line.day)
            if line.source is Source.PAYMENT:
                assert entry.op not in undone
                shown[entry.op] = shown.get(entry.op, 0) + line.amount
            if entry.kind is EntryKind.APPLY:
                assert entry.op not in undone
    assert all(amount <= history.account.entries[op].paid for op, amount in shown.items())


@given(histories)
def test_what_was_before_an_invoice_says_nothing_of_what_stands_on_it(history):
    for id in history.account.invoices:
        posted = history.account.entries[id]
        since = history.entries[posted.seq - 1 :]
        assert settled(since, id) == settled(history.entries, id)


@given(histories)
def test_what_an_entry_says_that_it_took_from_the_advance_is_what_its_invoice_says(history):
    for entry in history.entries:
        if entry.invoice:
            assert entry.from_advance == entry.invoice.advance_used
        if entry.kind is EntryKind.APPLY:
            assert entry.from_advance == sum(part.amount for part in entry.allocations)
        if entry.kind is EntryKind.PAYMENT:
            assert entry.from_advance == 0


@given(histories)
def test_taking_back_and_putting_back_leaves_every_line_as_it_was(history):
    lived, invoices = history.entries, [*history.account.invoices]
    before = [settled(lived, id) for id in invoices]
    for target in [
        *({"invoice": id} for id in history.in_the_books),
        *({"payment": op} for op in history.undoable),
        *({"invoice": id, "payment": id} for id in history.in_the_books if id in history.undoable),
    ]:
        history.entries = [*lived]
        history.put_back("yes", history.take_back("no", **target))
        assert [settled(history.entries, id) for id in invoices] == before


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


class WithPapers(BooksMachine):
    """Partners at work, with any mishap: the paper of every invoice is printed at every moment."""

    @invariant()
    def what_is_shown_as_paid_is_told_to_the_last_paisa(self):
        for customer_id in CUSTOMERS:
            for invoice in self.books.invoices.of_customer(customer_id, 0, 1000):
                lines = settlements_of(self.books, invoice)
                assert sum(line.amount for line in lines) == invoice.amount_paid


def test_so_it_does_for_what_is_shown_at_any_moment():
    run_state_machine_as_test(
        lambda: WithPapers(mongomock.MongoClient()["arhtiya"]),
        settings=settings(
            max_examples=15,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
