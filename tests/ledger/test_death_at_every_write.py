"""Whoever dies, at whichever write: in the end the books are as if nothing had happened.

Each kind of order is posted once for each write that it makes, and its process dies there, before
the write or after it. What follows must lead to the books of a run that nothing disturbed.
"""

from contextlib import nullcontext, suppress
from itertools import count

import mongomock
import pytest

from bot.errors import AlreadyReversed
from bot.posting import catch_up_all
from storage.store import Store
from tests.ledger.dying import Death, Killed, MortalDatabase
from tests.ledger.firm import (
    GURPREET,
    RAVI,
    Opening,
    Tap,
    ask,
    begin_books,
    books,
    cancel,
    faults,
    invoice,
    payment,
    undo_payment,
    use_advance,
)

CUSTOMERS = ("ramesh", "suresh")
OPEN = [
    invoice("older", 100, due_in=1),
    invoice("old", 100, due_in=2),
    invoice("new", 100, due_in=3),
]

LAST_ORDERS = {
    "an invoice that pays older ones too": ([*OPEN], invoice("last", 300, 450), 6),
    "an invoice that an advance pays": ([payment("before", 500)], invoice("last", 300), 3),
    "a payment over three invoices": ([*OPEN], payment("last", 250), 6),
    "a payment beyond all that is due": ([*OPEN], payment("last", 400), 6),
    "a payment of one invoice": ([*OPEN], payment("last", 50, only="old"), 4),
    "the advance put to an invoice": (
        [invoice("paid", 100, 100), *OPEN, cancel("cancelled", "paid")],
        use_advance("last", 100),
        3,
    ),
    "a cancelled invoice with money on it": (
        [*OPEN, payment("money", 150)],
        cancel("last", "older"),
        3,
    ),
    "an undone payment": ([*OPEN, payment("money", 150)], undo_payment("last", "money"), 5),
    "an undone payment that a later invoice had used": (
        [payment("money", 400), *OPEN],
        undo_payment("last", "money"),
        6,
    ),
    "Undo under an invoice": ([*OPEN, invoice("newest", 100, 250)], Tap("newest"), 6),
    "Undo under a payment": ([*OPEN, payment("money", 150)], Tap("money"), 5),
    "Undo under a cancel": (
        [*OPEN, payment("money", 150), cancel("slip", "older")],
        Tap("slip"),
        3,
    ),
    "Undo under an undo": (
        [*OPEN, payment("money", 150), undo_payment("slip", "money")],
        Tap("slip"),
        5,
    ),
    "an invoice of earlier books": ([*OPEN], Opening("last", 300, 450), 5),
}
"""By name: what came before, the order at whose writes its process dies, and how many they are."""


def post_all(store, clock, orders):
    for order in orders:
        ask(store, clock, order)


def ask_again(store, clock, order):
    """The partner taps again; a button that has done its work may say so."""
    with suppress(AlreadyReversed) if isinstance(order, Tap) else nullcontext():
        ask(store, clock, order)


def try_again(store, clock, last):
    """Nothing else happens."""
    ask_again(store, clock, last)


def start_again(store, clock, last):
    """The process starts again: all that was posted shows, and then the partner taps again."""
    catch_up_all(store)
    assert faults(store, *CUSTOMERS) == []
    ask_again(store, clock, last)


def another_for_the_same_customer(store, clock, last):
    ask(store, clock, SAME_CUSTOMER, by=RAVI)
    assert faults(store, *CUSTOMERS) == []
    ask_again(store, clock, last)


def another_for_another_customer(store, clock, last):
    """It takes the number that the one who died may have taken."""
    ask(store, clock, OTHER_CUSTOMER, by=RAVI)
    ask_again(store, clock, last)


SAME_CUSTOMER = payment("meanwhile", 10)
OTHER_CUSTOMER = invoice("meanwhile", 10, customer_id="suresh")

THEN = {
    try_again: [],
    start_again: [],
    another_for_the_same_customer: [SAME_CUSTOMER],
    another_for_another_customer: [OTHER_CUSTOMER],
}
"""What follows a death, with what another partner posts in it."""

CASES = [
    pytest.param(name, then, id=f"{name}-{then.__name__}") for name in LAST_ORDERS for then in THEN
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("name", "then"), CASES)
def test_death_at_any_write_changes_nothing_in_the_end(clock, name, then, after):
    die_at_every_write(mongomock.MongoClient(), clock, name, then, after=after)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "name", ["an invoice that pays older ones too", "an undone payment", "Undo under a cancel"]
)
def test_nor_does_it_in_the_embedded_store(embedded_store, clock, name, after):
    client = embedded_store._database.client

    die_at_every_write(client, clock, name, start_again, after=after)


def die_at_every_write(client, clock, name, then, *, after):
    history, last, writes = LAST_ORDERS[name]
    names = (f"books_{number}" for number in count())

    def begin():
        return begin_books(client[next(names)], *CUSTOMERS)

    def undisturbed(*orders):
        store = begin()
        for order in history:
            ask(store, clock, order)
        for order in orders:
            ask(store, clock, order, by=GURPREET if order is last else RAVI)
        return books(store, *CUSTOMERS)

    expected = {
        True: undisturbed(last, *THEN[then]),
        False: undisturbed(*THEN[then], last),
    }
    for survived in count():
        store = begin()
        post_all(store, clock, history)
        dying = MortalDatabase(store._database)
        with suppress(Killed), dying.dying(Death(survived, after=after)):
            ask(Store(dying), clock, last)
        if not dying.died:
            break
        was_posted = len(store.ledger.entries("ramesh")) > len(history)

        then(store, clock, last)

        assert books(store, *CUSTOMERS) == expected[was_posted]
        assert faults(store, *CUSTOMERS) == []
    assert survived == writes, "each of them was the last one once"
