"""A store is filled once, wholly, and only where nobody keeps anything."""

import datetime as dt

import pytest

from storage.admins import AdminClaim
from storage.errors import DoesNotFit, StoreHalfFilled, StoreMoved, StoreNotEmpty
from storage.models import Customer
from storage.reading import PAGES
from tests.bot.books import every_kind, keep

SOURCE = "the backup of 2026-11-22 02:30:00 UTC, 0123456789ab"
ONE, TWO = {"_id": "1", "content": b"\xff\x00"}, {"_id": "2", "content": b""}


def images(store):
    return sorted(store._database["images"].find(), key=lambda one: one["_id"])


def test_what_is_there_is_not_put_twice(store):
    assert store.filling.begin(SOURCE) is False
    store.filling.put("images", [ONE])
    assert store.filling.begin(SOURCE) is True
    store.filling.put("images", [ONE, TWO])
    store.filling.put("images", [ONE, TWO])
    store.filling.finish()
    assert images(store) == [ONE, TWO]


def test_documents_that_exclude_each_other_are_refused_in_words(store):
    store.filling.begin(SOURCE)
    two = [Customer(id=id, name=id, phone="+919876543210").stored() for id in ("a", "b")]
    with pytest.raises(DoesNotFit, match="Two documents of customers exclude each other"):
        store.filling.put("customers", two)
    with pytest.raises(StoreHalfFilled):
        store.filling.check()


def test_no_bot_works_on_a_half_filled_store(store):
    store.filling.begin(SOURCE)
    for refused in (store.filling.check, lambda: store.filling.begin("another backup")):
        with pytest.raises(StoreHalfFilled, match="0123456789ab, and not all of it is here"):
            refused()
    store.filling.finish()
    store.filling.check()


def test_a_start_refuses_it_and_whoever_fills_it_may_go_on(mongomock_store):
    mongomock_store.filling.begin(SOURCE)
    with pytest.raises(StoreHalfFilled):
        mongomock_store.prepare()
    mongomock_store.prepare(unfinished=True)


def test_a_store_with_books_is_not_filled(store):
    keep(store, every_kind())
    with pytest.raises(StoreNotEmpty) as refused:
        store.filling.begin(SOURCE)
    assert refused.value.found == {"customers": 2, "invoices": 5, "payments": 4, "ledger": 12}
    assert "customers: 2, invoices: 5" in str(refused.value)
    store.filling.check()


@pytest.mark.parametrize(
    ("collection", "document"),
    [
        ("customers", Customer(id="c", name="Ramesh").stored()),
        ("users", {"_id": "u"}),
        ("firm", {"_id": "firm"}),
        ("audit", {"_id": "a"}),
        ("admins", AdminClaim(id="h", telegram_user_id=7).stored()),
    ],
)
def test_a_store_with_anything_that_somebody_did_is_not_filled(store, collection, document):
    store._database[collection].insert_one(document)
    with pytest.raises(StoreNotEmpty, match=f"{collection}: 1"):
        store.filling.begin(SOURCE)
    assert store._database[collection].find_one({"_id": document["_id"]})


def test_what_a_start_leaves_behind_is_nothing(store):
    store.admins.offer("a link that nobody opened")
    store._database["reminders"].insert_one({"_id": "on 2026-11-22:audit"})
    store._database["authentication"].insert_one({"_id": "1"})
    store.filling.begin(SOURCE)
    for name in ("admins", "reminders", "authentication"):
        assert list(store._database[name].find()) == []


def test_what_is_otherwise_than_it_is_to_be_is_dropped(store, monkeypatch):
    monkeypatch.setitem(PAGES, "images", 1)
    store.filling.begin(SOURCE)
    store.filling.put("images", [ONE, TWO, {"_id": "3"}])
    right = {"1": ONE, "2": {**TWO, "content": b"\x01"}}
    store.filling.drop_others("images", lambda ids: {id: right[id] for id in ids if id in right})
    assert images(store) == [ONE]


def test_of_when_the_backup_was_is_known_until_it_was_told(store):
    made_at = dt.datetime(2026, 8, 1, 2, 30, tzinfo=dt.UTC)
    assert store.filling.restored() is None
    store.filling.mark_restored(made_at)
    store.filling.mark_restored(made_at)
    assert store.filling.restored() == made_at
    store.filling.check()
    store.filling.restored_told()
    assert store.filling.restored() is None


def test_no_bot_works_on_data_that_went_elsewhere_until_that_is_undone(store):
    store.filling.mark_moved("db.example.net:27017/arhtiya")
    with pytest.raises(StoreMoved, match=r"the MongoDB at db\.example\.net:27017/arhtiya"):
        store.filling.check()
    store.filling.check(moved_to="db.example.net:27017/arhtiya")
    assert store.filling.unmark_moved() is True
    assert store.filling.unmark_moved() is False
    store.filling.check()
