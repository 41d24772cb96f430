"""Partners who touch the same money at the same moment, in threads on the embedded store.

Whoever comes second is told, or finds out; nobody's money is counted twice. Each encounter is
repeated, since threads meet in another order each time.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.errors import AlreadyReversed, BalanceChanged, InvalidAmount, NotThere, UserError
from bot.posting import balance_of
from storage.models import EntryKind, LedgerEntry
from tests.ledger.firm import (
    GURPREET,
    RAVI,
    Tap,
    add_customers,
    ask,
    cancel,
    faults,
    invoice,
    payment,
    undo_payment,
    use_advance,
)

TIMES = 5
WRITERS = 8


def all_at_once(*works: Callable[[], object]) -> list[object]:
    """Do these in threads that start together; gives what each returned, or the refusal."""
    ready = Barrier(len(works))

    def begin(work):
        ready.wait()
        try:
            return work()
        except UserError as refused:
            return refused

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(begin, works))


@pytest.fixture
def store(embedded_store):
    add_customers(embedded_store, "ramesh")
    return embedded_store


@pytest.fixture
def save(store, clock):
    return lambda *orders: [ask(store, clock, order)[0] for order in orders]


@pytest.fixture
def meet(store, clock):
    """Two partners ask at the same moment: for each the entry, or why it was refused."""

    def meet(gurpreets, ravis):
        return all_at_once(
            lambda: ask(store, clock, gurpreets, by=GURPREET)[0],
            lambda: ask(store, clock, ravis, by=RAVI)[0],
        )

    return meet


def entries_and_refusals(results):
    entries = [result for result in results if isinstance(result, LedgerEntry)]
    return entries, [result for result in results if isinstance(result, UserError)]


@pytest.mark.parametrize("time", range(TIMES))
def test_two_taps_on_save_at_the_same_moment_are_one_invoice(store, clock, time):
    order = invoice("bill", 100, 30)

    (one, first), (other, second) = all_at_once(*[lambda: ask(store, clock, order)] * 2)

    assert one == other
    assert sorted((first, second)) == [False, True], "the second tap is a repetition"
    assert faults(store, "ramesh") == []


def test_of_many_who_saw_the_same_balance_one_posts(store, clock):
    def save(writer):
        return lambda: ask(store, clock, invoice(writer, 100), standing_on=0)

    results = all_at_once(*map(save, "abcdefgh"))

    (_,) = [result for result in results if not isinstance(result, BalanceChanged)]
    assert balance_of(store, "ramesh").seq == 1


def test_many_writers_for_many_customers_take_numbers_without_gap_or_twin(store, clock):
    customers = [f"customer {n}" for n in range(WRITERS)]
    add_customers(store, *customers)

    def save(id):
        return lambda: [
            ask(store, clock, invoice(f"{id} {n}", 100, 30, customer_id=id)) for n in "abcd"
        ]

    all_at_once(*map(save, customers))

    assert store.ledger.last_number(2026) == 4 * WRITERS
    assert faults(store, *customers) == []


@pytest.mark.parametrize("time", range(TIMES))
def test_of_two_who_undo_the_same_payment_one_does(store, save, meet, time):
    save(invoice("bill", 500), payment("money", 200))

    results = meet(undo_payment("one", "money"), undo_payment("other", "money"))

    (undone,), (told,) = entries_and_refusals(results)
    assert isinstance(told, AlreadyReversed)
    assert undone.actor_name in str(told)
    assert (undone.paid, balance_of(store, "ramesh").net) == (-200, 500)
    assert faults(store, "ramesh") == []


@pytest.mark.parametrize("time", range(TIMES))
def test_of_two_who_cancel_the_same_invoice_one_does(store, save, meet, time):
    save(invoice("bill", 500, 100))

    results = meet(cancel("one", "bill"), cancel("other", "bill"))

    (cancelled,), (told,) = entries_and_refusals(results)
    assert isinstance(told, AlreadyReversed)
    assert cancelled.actor_name in str(told)
    assert (cancelled.after, cancelled.advance) == (-100, 100)
    assert faults(store, "ramesh") == []


@pytest.mark.parametrize("time", range(TIMES))
def test_an_invoice_cancelled_while_another_pays_it_loses_no_money(store, save, meet, time):
    save(invoice("bill", 500))

    _, paid = meet(cancel("no", "bill"), payment("money", 300, only="bill"))

    stands = balance_of(store, "ramesh")
    if isinstance(paid, LedgerEntry):
        assert (stands.advance, stands.open) == (300, ()), "paid first, then released"
    else:
        assert isinstance(paid, NotThere)
        assert (stands.advance, stands.open) == (0, ())
    assert faults(store, "ramesh") == []


@pytest.mark.parametrize("time", range(TIMES))
def test_a_payment_and_an_invoice_at_once_both_count(store, save, meet, time):
    save(invoice("bill", 100))

    meet(payment("money", 250), invoice("next", 300))

    stands = balance_of(store, "ramesh")
    assert (stands.seq, stands.net) == (3, 150)
    assert stands.advance == 0, "what was over has paid for the next one, whichever came first"
    assert faults(store, "ramesh") == []


@pytest.mark.parametrize("time", range(TIMES))
def test_the_same_advance_is_not_used_twice(store, save, meet, time):
    save(invoice("paid", 300, 300), invoice("one", 300), invoice("other", 300))
    save(cancel("no", "paid"))

    results = meet(use_advance("first", 300, only="one"), use_advance("second", 300, only="other"))

    (used,), (told,) = entries_and_refusals(results)
    assert isinstance(told, InvalidAmount)
    assert used.kind is EntryKind.APPLY
    assert (balance_of(store, "ramesh").advance, balance_of(store, "ramesh").net) == (0, 300)
    assert faults(store, "ramesh") == []


@pytest.mark.parametrize("time", range(TIMES))
@pytest.mark.parametrize(
    "posted", [invoice("newest", 300, 400), payment("newest", 150)], ids=["invoice", "payment"]
)
def test_undo_tapped_by_two_at_once_takes_back_once(store, save, meet, posted, time):
    save(invoice("older", 100), posted)

    results = meet(Tap("newest"), Tap("newest"))

    entries, refusals = entries_and_refusals(results)
    assert entries
    assert all(entry == entries[0] for entry in entries)
    assert all(isinstance(refused, AlreadyReversed) for refused in refusals)
    assert (balance_of(store, "ramesh").seq, balance_of(store, "ramesh").net) == (3, 100)
    assert faults(store, "ramesh") == []


@pytest.mark.parametrize("time", range(TIMES))
def test_undo_tapped_while_another_undoes_it_for_a_reason_takes_back_once(store, save, meet, time):
    save(invoice("bill", 100), payment("money", 100))

    results = meet(Tap("money"), undo_payment("reason", "money"))

    (_,), (told,) = entries_and_refusals(results)
    assert isinstance(told, AlreadyReversed)
    assert balance_of(store, "ramesh").net == 100
    assert faults(store, "ramesh") == []


def test_many_payments_of_one_customer_at_once_all_count(store, save, clock):
    save(*(invoice(f"bill{n}", 100) for n in range(WRITERS)))

    def pay(writer):
        return lambda: [ask(store, clock, payment(f"{writer}{n}", 30 + 10 * n)) for n in range(3)]

    all_at_once(*map(pay, "abcdefgh"))

    assert balance_of(store, "ramesh").net == WRITERS * (100 - 30 - 40 - 50)
    assert faults(store, "ramesh") == []


def test_a_mixed_crowd_leaves_sound_books(store, save, clock):
    save(*(invoice(f"bill{n}", 100, 40) for n in range(WRITERS)))
    crowd = [
        *(cancel(f"cancel{n}", f"bill{n}") for n in (0, 1)),
        *(undo_payment(f"undo{n}", f"bill{n}") for n in (1, 2)),
        *(Tap(f"bill{n}") for n in (2, 3)),
        payment("money", 250),
        invoice("more", 500, 600),
    ]

    all_at_once(*(lambda order=order: ask(store, clock, order) for order in crowd))

    assert faults(store, "ramesh") == []
