"""Posting: whoever is outpaced tries again, and what shows the ledger catches up with it.

What happens when partners meet, and when a process dies, is in ``tests/ledger``.
"""

from types import SimpleNamespace

import pytest

from bot import posting
from bot.posting import catch_up, catch_up_all
from storage.errors import Outpaced, StoreUnavailable
from storage.store import Store
from tests.ledger.dying import Death, MortalDatabase
from tests.ledger.firm import (
    Tap,
    add_customers,
    ask,
    books,
    cancel,
    invoice,
    payment,
    undo_payment,
)


@pytest.fixture(autouse=True)
def customers(store):
    add_customers(store, "ramesh", "suresh")


@pytest.fixture
def save(store, clock):
    return lambda *orders: [ask(store, clock, order)[0] for order in orders]


def test_who_is_outpaced_reads_again_and_decides_again(store, save, monkeypatch):
    append, others = store.ledger.append, [payment("another", 30), invoice("one more", 500)]

    def after_the_others(entry):
        if others:
            other = others.pop()
            monkeypatch.setattr(store.ledger, "append", append)
            save(other)
            monkeypatch.setattr(store.ledger, "append", after_the_others)
        append(entry)

    monkeypatch.setattr(store.ledger, "append", after_the_others)

    (entry,) = save(invoice("mine", 100))

    assert (entry.seq, entry.before, entry.after) == (3, 470, 570)
    assert entry.invoice_number == "26-27/00002"


def test_who_is_never_let_in_gives_up_and_says_so(store, save, monkeypatch):
    pauses = []
    # Not time.sleep itself, by which the driver's own threads wait too.
    monkeypatch.setattr("bot.posting.time", SimpleNamespace(sleep=pauses.append))

    def outpaced(entry):
        raise Outpaced

    monkeypatch.setattr(store.ledger, "append", outpaced)

    with pytest.raises(StoreUnavailable):
        save(invoice("a", 100))

    assert len(pauses) == 50
    assert max(pauses) <= 0.2


EVERY_KIND = [
    invoice("a", 100),
    invoice("b", 200, 450),
    invoice("c", 300),
    invoice("s", 100, customer_id="suresh"),
    payment("money", 100),
    cancel("no", "a"),
    undo_payment("back", "money"),
    Tap("back"),
]


def test_views_that_were_thrown_away_are_rebuilt_from_the_entries(store, save):
    save(*EVERY_KIND)
    kept = books(store, "ramesh", "suresh")

    store._database["invoices"].delete_many({})
    store._database["payments"].delete_many({})
    nothing = {"applied_seq": 0, "total_outstanding_balance": 7, "advance": 7}
    store._database["customers"].update_many({}, {"$set": nothing})
    assert store.ledger.customers_behind() == ["ramesh", "suresh"]
    catch_up_all(store)

    assert books(store, "ramesh", "suresh") == kept
    assert store.ledger.customers_behind() == []


def test_one_whose_documents_cannot_be_read_stops_nobody_elses_books(store, save, caplog):
    save(*EVERY_KIND)
    kept = books(store, "suresh")
    behind = {"applied_seq": 0, "total_outstanding_balance": 0}
    store._database["customers"].update_many({}, {"$set": behind})
    store._database["customers"].update_one({"_id": "ramesh"}, {"$set": {"advance": -1}})

    catch_up_all(store)

    assert books(store, "suresh") == kept
    assert "What shows customer ramesh cannot be brought up" in caplog.text


def test_catching_up_when_nothing_lags_writes_nothing(store, save):
    save(*EVERY_KIND)
    database = MortalDatabase(store._database)

    with database.dying(Death(0, after=False)):
        catch_up(Store(database), "ramesh")
        catch_up_all(Store(database))
        catch_up(Store(database), "nobody")

    assert not database.died


def test_showing_an_earlier_entry_again_changes_nothing(store, save):
    """As a slow writer does, who shows what it posted when others have posted since."""
    entries = save(*EVERY_KIND)
    kept = books(store, "ramesh", "suresh")

    for entry in entries:
        posting._show(store, entry)

        assert books(store, "ramesh", "suresh") == kept


def test_two_processes_take_the_numbers_in_turn(store, clock):
    """Each knows the last number that it took itself, and finds out about the other's."""
    processes = [store, Store(store._database)]

    numbers = [
        ask(processes[n % 2], clock, invoice(f"bill{n}", 100))[0].invoice_number for n in range(4)
    ]

    assert numbers == ["26-27/00001", "26-27/00002", "26-27/00003", "26-27/00004"]
