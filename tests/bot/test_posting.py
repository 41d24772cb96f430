"""Posting under fire: two taps, many writers, and death at every single write."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import count
from threading import Barrier

import pytest

from bot.books_check import check_customer, check_numbers, check_views
from bot.errors import BalanceChanged
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.posting import balance_of, catch_up, catch_up_all
from storage.errors import Outpaced, StoreUnavailable
from storage.models import Customer, User
from storage.store import Store

TODAY = dt.date(2026, 11, 22)
PARTNER = User(id="p1", name="Gurpreet", phone="+919876543210", registration_date=TODAY)
WRITERS = 8


def order(op: str, total: int = 100, paid: int = 0, customer_id: str = "ramesh") -> NewInvoice:
    return NewInvoice(
        op=op,
        customer_id=customer_id,
        items=(NewItem("wheat", Decimal(1), total),),
        paid=paid,
        invoice_date=TODAY,
        due_date=TODAY,
    )


def save(store, clock, asked, standing_on=None):
    return create_invoice(store, clock, asked, by=PARTNER, link=str, standing_on=standing_on)


def add_customers(store, *ids):
    for id in ids:
        store.customers.add(Customer(id=id, name=id))


def books(store, *customer_ids):
    """All that is kept of these customers' money."""
    return [
        (
            store.ledger.entries(id),
            store.customers.get(id),
            sorted(store.invoices.of_customer(id, 0, 1000), key=lambda invoice: invoice.id),
            sorted(store.payments.of_customer(id, 0, 1000), key=lambda payment: payment.seq),
        )
        for id in customer_ids
    ]


def faults(store, *customer_ids):
    """What is wrong with the books of these customers."""
    kept = books(store, *customer_ids)
    return [
        *check_numbers(entry for entries, *_ in kept for entry in entries),
        *(fault for entries, *_ in kept for fault in check_customer(entries)),
        *(fault for one in kept for fault in check_views(*one)),
    ]


def all_at_once(*works: Callable[[], object]) -> list[object]:
    """Do these in threads that start together; gives what each returned."""
    ready = Barrier(len(works))

    def begin(work):
        ready.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(begin, works))


def test_two_taps_at_the_same_moment_are_one_invoice(embedded_store, clock):
    add_customers(embedded_store, "ramesh")
    for tap in range(10):
        asked = order(f"op{tap}", paid=30)

        one, other = all_at_once(*[lambda o=asked: save(embedded_store, clock, o)] * 2)

        assert one.entry == other.entry
        assert sorted((one.repeated, other.repeated)) == [False, True]
    assert len(embedded_store.ledger.entries("ramesh")) == 10
    assert faults(embedded_store, "ramesh") == []


def test_many_writers_for_many_customers_take_numbers_without_gap_or_twin(embedded_store, clock):
    customers = [f"customer {n}" for n in range(WRITERS)]
    add_customers(embedded_store, *customers)

    def work(id):
        return lambda: [
            save(embedded_store, clock, order(f"{id} {n}", 100, 30, id)) for n in "abcd"
        ]

    all_at_once(*map(work, customers))

    assert embedded_store.ledger.last_number(2026) == 4 * WRITERS
    assert faults(embedded_store, *customers) == []


def test_many_writers_for_one_customer_queue_up(embedded_store, clock):
    add_customers(embedded_store, "ramesh")

    def work(writer):
        return lambda: [
            save(embedded_store, clock, order(f"{writer}{n}", 100, 130 * (n % 2)))
            for n in range(4)
        ]

    all_at_once(*map(work, "abcdefgh"))

    entries = embedded_store.ledger.entries("ramesh")
    assert [entry.seq for entry in entries] == list(range(1, 4 * WRITERS + 1))
    assert faults(embedded_store, "ramesh") == []


def test_of_many_who_saw_the_same_balance_one_posts(embedded_store, clock):
    add_customers(embedded_store, "ramesh")

    def work(writer):
        def attempt():
            try:
                save(embedded_store, clock, order(writer), standing_on=0)
            except BalanceChanged:
                return "shown again"
            return "posted"

        return attempt

    results = all_at_once(*map(work, "abcdefgh"))

    assert sorted(results) == ["posted"] + ["shown again"] * (WRITERS - 1)
    assert balance_of(embedded_store, "ramesh").seq == 1


def test_who_is_never_let_in_gives_up_and_says_so(store, clock, monkeypatch):
    add_customers(store, "ramesh")
    pauses = []
    monkeypatch.setattr("bot.posting.time.sleep", pauses.append)

    def outpaced(entry):
        raise Outpaced

    monkeypatch.setattr(store.ledger, "append", outpaced)

    with pytest.raises(StoreUnavailable):
        save(store, clock, order("a"))

    assert len(pauses) == 50
    assert max(pauses) <= 0.2


class Killed(BaseException):
    """Stands for the end of the process: nothing on its way out may catch it."""


class Fuse:
    """Lets this many writes through; the next one kills, before or after it is made."""

    WRITES = ("insert_one", "update_one", "replace_one")

    def __init__(self, writes: int, *, after: bool) -> None:
        self.left = writes
        self.after = after

    def guard(self, write):
        def guarded(*args, **kwargs):
            if self.left == 0 and not self.after:
                raise Killed
            self.left -= 1
            try:
                return write(*args, **kwargs)
            finally:
                if self.left < 0:
                    raise Killed

        return guarded


class FusedCollection:
    def __init__(self, collection, fuse: Fuse) -> None:
        self._collection, self._fuse = collection, fuse

    def __getattr__(self, name):
        attribute = getattr(self._collection, name)
        return self._fuse.guard(attribute) if name in Fuse.WRITES else attribute


class FusedDatabase:
    def __init__(self, database, fuse: Fuse) -> None:
        self._database, self._fuse = database, fuse

    def __getitem__(self, name):
        return FusedCollection(self._database[name], self._fuse)

    def get_collection(self, name, **options):
        return FusedCollection(self._database.get_collection(name, **options), self._fuse)


LAST = order("last", total=300, paid=350)
"""Pays itself and a part of an older one: every kind of document is written."""


@pytest.fixture
def begun(store):
    """Makes further databases beside the one in ``store``, with one customer in each."""
    client, names = store._database.client, []

    def begin():
        names.append(f"{store._database.name}_{len(names)}")
        fresh = Store(client[names[-1]])
        fresh.prepare()
        add_customers(fresh, "ramesh")
        return fresh

    yield begin
    for name in names:
        client.drop_database(name)


@pytest.mark.parametrize("restarted", [False, True], ids=["tapped again", "restarted first"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_death_at_any_write_changes_nothing_in_the_end(begun, clock, after, restarted):
    undisturbed = begun()
    for asked in (order("first"), LAST):
        save(undisturbed, clock, asked)
    expected = books(undisturbed, "ramesh")

    for survived in count():
        fresh = begun()
        save(fresh, clock, order("first"))
        dying = Store(FusedDatabase(fresh._database, Fuse(survived, after=after)))
        try:
            save(dying, clock, LAST)
        except Killed:
            if restarted:
                catch_up_all(fresh)
                assert faults(fresh, "ramesh") == []
            save(fresh, clock, LAST)
            assert books(fresh, "ramesh") == expected
        else:
            assert books(fresh, "ramesh") == expected
            break

    assert survived >= 5, "the entry, two invoices, the payment and the customer"


def test_views_that_were_thrown_away_are_rebuilt_from_the_entries(store, clock):
    add_customers(store, "ramesh", "suresh")
    for asked in (
        order("a"),
        order("b", 200, 450),
        order("c", 300),
        order("s", customer_id="suresh"),
    ):
        save(store, clock, asked)
    kept = books(store, "ramesh", "suresh")

    store._database["invoices"].delete_many({})
    store._database["payments"].delete_many({})
    nothing = {"applied_seq": 0, "total_outstanding_balance": 7, "advance": 7}
    store._database["customers"].update_many({}, {"$set": nothing})
    assert store.ledger.customers_behind() == ["ramesh", "suresh"]
    catch_up_all(store)

    assert books(store, "ramesh", "suresh") == kept
    assert store.ledger.customers_behind() == []


def test_catching_up_when_nothing_lags_writes_nothing(store, clock):
    add_customers(store, "ramesh")
    save(store, clock, order("a", 100, 150))
    frozen = Store(FusedDatabase(store._database, Fuse(0, after=False)))

    catch_up(frozen, "ramesh")
    catch_up_all(frozen)
    catch_up(frozen, "nobody")


def test_a_view_never_goes_back_to_an_earlier_entry(store, clock):
    """A slow writer that still shows the first entry changes nothing after the second."""
    add_customers(store, "ramesh")
    first = save(store, clock, order("a", 100))
    save(store, clock, order("b", 100, 250))
    kept = books(store, "ramesh")

    store.invoices.bring_up_to(first.invoice)
    store.customers.bring_up_to("ramesh", seq=1, outstanding=100, advance=0, used_at=clock.now())

    assert books(store, "ramesh") == kept
