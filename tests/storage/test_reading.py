"""What is read while others post is of one moment, whenever they do."""

from itertools import count

import mongomock
import pytest

from bot.audit import audit
from bot.posting import catch_up_all
from bot.reversals import NewReversal, reverse
from storage.contents import BACKED_UP
from storage.errors import ChangedMeanwhile
from storage.models import Customer
from storage.store import Store
from tests.bot.asking import PARTNER
from tests.bot.books import every_kind, keep, receive, remove, sell


@pytest.fixture
def kept(store, clock):
    """Three customers, whose numbers are mixed, and one without an entry."""
    keep(store, every_kind())
    for id in ("gopal", "zaheer"):
        store.customers.add(Customer(id=id, name=id.title()))
        sell(store, clock, f"{id} 1", id)
        receive(store, clock, f"{id} 2", id)
    store.images.add("picture", b"\xff\xd8\x00", "image/jpeg", "partner")
    return store


def everything(store):
    return {name: list(store.reading.each(name)) for name in BACKED_UP}


def filled(documents):
    """Another store with these, caught up as after any start."""
    other = Store(mongomock.MongoClient()["other"])
    other.prepare()
    other.filling.begin("a test")
    for name, document in documents:
        other.filling.put(name, [document])
    catch_up_all(other)
    return other


@pytest.mark.parametrize("page", [1, 2, 3, 100])
def test_all_of_a_collection_is_read_in_order(kept, monkeypatch, page):
    monkeypatch.setattr("storage.reading.PAGE", page)
    read = [one["_id"] for one in kept.reading.each("invoices")]
    assert read == sorted(one["_id"] for one in kept._database["invoices"].find())


def test_with_nobody_posting_it_is_all_that_is_there(kept):
    read = {name: [] for name in BACKED_UP}
    for name, document in kept.reading.snapshot():
        read[name].append(document)
    assert {
        name: sorted(documents, key=lambda one: one["_id"]) for name, documents in read.items()
    } == (everything(kept))


@pytest.mark.parametrize("id", ["a", "drop c", "zaheer 1"])
def test_an_entry_without_its_place_is_not_left_out(kept, id):
    kept._database["ledger"].update_one({"_id": id}, {"$unset": {"position": ""}})
    read = [document["_id"] for name, document in kept.reading.snapshot() if name == "ledger"]
    assert sorted(read) == sorted(one["_id"] for one in kept._database["ledger"].find())


class Trade:
    """Each time, somebody buys or pays, or is new; numbers go from one customer to the next."""

    def __init__(self, store, clock):
        self.store = store
        self.clock = clock
        self.times = count(1)

    def goes_on(self):
        number = next(self.times)
        name = f"new {number}"
        self.store.customers.add(Customer(id=name, name=name))
        for id in ("zaheer", "gopal", name, "ramesh"):
            sell(self.store, self.clock, f"{id} bought {number}", id)
        receive(self.store, self.clock, f"paid {number}", "gopal")
        wrong = NewReversal(
            op=f"undone {number}", reason="wrong", invoice_id=f"{name} bought {number}"
        )
        reverse(self.store, self.clock, wrong, by=PARTNER, standing_on=None)


@pytest.mark.parametrize("at", range(0, 30, 2))
def test_whatever_is_posted_in_the_middle_the_books_that_were_read_are_right(
    mongomock_store, clock, monkeypatch, at
):
    monkeypatch.setattr("storage.reading.PAGE", 3)
    kept = mongomock_store
    keep(kept, every_kind())
    for id in ("gopal", "zaheer"):
        kept.customers.add(Customer(id=id, name=id.title()))
        sell(kept, clock, f"{id} 1", id)
    trade, read = Trade(kept, clock), []
    for number, one in enumerate(kept.reading.snapshot()):
        read.append(one)
        if number in (at, at + 2, at + 5):
            trade.goes_on()
    assert len(read) > at
    other = filled(read)
    found = audit(other)
    assert found.differences == ()
    assert found.entries >= 14
    assert other.ledger.count() == sum(name == "ledger" for name, _document in read)


def test_a_number_that_was_passed_by_is_fetched(mongomock_store, clock, monkeypatch):
    """gopal is read; then he takes a number, and zaheer, who is being read, the next."""
    monkeypatch.setattr("storage.reading.PAGE", 1)
    kept = mongomock_store
    for id in ("gopal", "zaheer"):
        kept.customers.add(Customer(id=id, name=id.title()))
        sell(kept, clock, f"{id} 1", id)
    read = []
    for name, document in kept.reading.snapshot():
        read.append((name, document))
        if document["_id"] == "zaheer 1" and name == "ledger":
            sell(kept, clock, "gopal 2", "gopal")
            sell(kept, clock, "zaheer 2", "zaheer")
            receive(kept, clock, "gopal 3", "gopal")
    entries = [document["_id"] for name, document in read if name == "ledger"]
    # What came after the last number is of a later moment.
    assert entries == ["gopal 1", "zaheer 1", "zaheer 2", "gopal 2"]
    assert audit(filled(read)).differences == ()


@pytest.mark.parametrize("position", ["garbage", "ramesh:", ":x"])
def test_an_entry_in_a_place_that_is_none_holds_up_nothing(kept, position):
    kept._database["ledger"].update_one({"_id": "zaheer 1"}, {"$set": {"position": position}})
    read = [document["_id"] for name, document in kept.reading.snapshot() if name == "ledger"]
    assert sorted(read) == sorted(one["_id"] for one in kept._database["ledger"].find())


def test_a_phone_that_passes_from_one_to_another_meanwhile_is_in_no_snapshot_twice(
    mongomock_store, monkeypatch
):
    monkeypatch.setattr("storage.reading.PAGE", 1)
    kept, phone = mongomock_store, "+919876543210"
    kept.customers.add(Customer(id="gopal", name="Gopal", phone=phone))
    kept.customers.add(Customer(id="zaheer", name="Zaheer"))
    taken = kept.reading.snapshot()
    assert next(taken)[1]["_id"] == "gopal"
    kept.customers.update_profile("gopal", {"phone": None})
    kept.customers.update_profile("zaheer", {"phone": phone})
    with pytest.raises(ChangedMeanwhile, match=r"customers\.phone"):
        list(taken)
    assert len(list(kept.reading.snapshot())) == 2


def test_a_customer_who_is_named_and_not_there_holds_up_nothing(kept):
    remove(kept, "customers", "gopal")
    read = [document["_id"] for name, document in kept.reading.snapshot() if name == "customers"]
    assert sorted(read) == ["ramesh", "suresh", "zaheer"]


def test_these_and_no_others(kept):
    found = kept.reading.these("invoices", ["gopal 1", "zaheer 1", "nobody"])
    assert sorted(found) == ["gopal 1", "zaheer 1"]
    assert found["gopal 1"] == kept._database["invoices"].find_one({"_id": "gopal 1"})
