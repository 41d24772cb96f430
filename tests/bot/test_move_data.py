"""Data that move are the same there, whenever it died; and only one side goes on."""

from contextlib import suppress
from itertools import count

import mongomock
import pytest

from bot.audit import audit
from bot.errors import StartError
from bot.move_data import ALL, NotTheSame, move
from storage.errors import StoreHalfFilled, StoreMoved, StoreNotEmpty
from storage.models import Customer, Draft, FirmProfile
from storage.store import Store
from tests.bot.books import change, every_kind, keep, remove, sell
from tests.ledger.dying import Death, Killed, MortalDatabase

WHERE = "db.example.net:27017/arhtiya"


@pytest.fixture
def source(store, clock):
    """Books, and somebody in the middle of something."""
    keep(store, every_kind())
    store.firm.save(FirmProfile(id="firm", name="Khanna"))
    store.images.add("picture", bytes(range(256)), "image/jpeg", "partner")
    asked = {"flow": "invoice", "step": "items", "op": "o", "chat_id": 7}
    store.drafts.save(Draft(id="partner", **asked, updated_at=clock.now(), answers={"a": [1]}))
    store.reminders.done("2026-08-01:partner:digest", now=clock.now())
    return store


def empty(database=None):
    store = Store(database or mongomock.MongoClient()["target"], address=WHERE)
    store.prepare()
    return store


def everything(store):
    return {name: list(store.reading.each(name)) for name in ALL}


def is_usable(store):
    try:
        store.filling.check()
    except (StoreHalfFilled, StoreMoved):
        return False
    return True


def test_all_of_it_moves_and_the_books_are_right_on_both_sides(source, capsys):
    target = empty()
    move(source, target)
    assert everything(target) == everything(source)
    assert audit(target) == audit(source)
    said = capsys.readouterr().out
    assert said.count("2 customers, 12 entries, 0 differences") == 2
    assert "ledger: 12" in said
    assert "drafts: 1" in said


def test_only_the_new_side_goes_on(source):
    target = empty()
    move(source, target)
    target.filling.check()
    with pytest.raises(StoreMoved, match="set MONGODB_URI"):
        source.filling.check()


def test_it_may_die_at_any_write_and_goes_on(source):
    for writes in count():
        source.filling.unmark_moved()
        database = MortalDatabase(mongomock.MongoClient()["target"])
        target = empty(database)
        with database.dying(Death(writes, after=writes % 2 == 1)), suppress(Killed):
            move(source, target)
        if not database.died:
            break
        # Never both: the new side works once all of it is there, and then the old one does not.
        works = {name for name, store in (("here", source), ("there", target)) if is_usable(store)}
        if "there" in works:
            started = everything(target)["ledger"] != []
            assert works == ({"there"} if started else {"here", "there"})
        with suppress(StoreNotEmpty):  # its very last write was made, and its answer lost
            move(source, target)
        target.filling.check()
        assert everything(target) == everything(source)
    assert writes > 8


def test_what_changed_here_between_two_attempts_is_so_there(source, clock, monkeypatch):
    monkeypatch.setattr("storage.reading.PAGE", 2)
    database = MortalDatabase(mongomock.MongoClient()["target"])
    target = empty(database)
    source.customers.add(Customer(id="gopal", name="Gopal", phone="+919876500001"))
    with database.dying(Death(17, after=False)), suppress(Killed):
        move(source, target)
    assert target.customers.count() > 0
    # The bot was started once more, and somebody worked on.
    remove(source, "customers", "gopal")
    source.customers.add(Customer(id="another", name="Gopal", phone="+919876500001"))
    sell(source, clock, "later", "ramesh")
    source.drafts.drop("partner", 1)
    move(source, target)
    assert everything(target) == everything(source)
    assert audit(target).differences == ()


def test_a_document_that_arrives_otherwise_stops_it(source, monkeypatch):
    target = empty()
    put = type(target.filling).put

    def spoil(filling, name, documents):
        put(filling, name, documents)
        if name == "payments":
            change(target, "payments", "p", amount=1)

    monkeypatch.setattr(type(target.filling), "put", spoil)
    with pytest.raises(NotTheSame, match="Of payments there are 4 documents there and 4 here"):
        move(source, target)
    source.filling.check()
    with pytest.raises(StoreHalfFilled):
        target.filling.check()
    monkeypatch.undo()
    move(source, target)
    assert everything(target) == everything(source)


def test_books_that_are_wrong_move_as_they_are(source, capsys):
    change(source, "payments", "p", amount=1)
    target = empty()
    move(source, target)
    assert audit(target).differences == audit(source).differences != ()
    assert "2 customers, 12 entries, 1 difference" in capsys.readouterr().out


def test_nobodys_data_are_written_over(source):
    target = empty()
    target.customers.add(Customer(id="other", name="Other"))
    with pytest.raises(StoreNotEmpty, match="customers: 1"):
        move(source, target)
    source.filling.check()


def test_a_half_filled_store_does_not_move(source):
    source.filling._marks.insert_one({"_id": "filling", "source": "a backup"})
    with pytest.raises(StoreHalfFilled):
        move(source, empty())


def test_what_moved_to_one_place_does_not_move_to_another(source):
    move(source, empty())
    elsewhere = Store(mongomock.MongoClient()["elsewhere"], address="elsewhere:27017/arhtiya")
    with pytest.raises(StoreMoved, match=r"db\.example\.net"):
        move(source, elsewhere)


def test_the_same_place_is_no_other(mongomock_store):
    mongomock_store.address = WHERE
    with pytest.raises(StartError, match="in that MongoDB already"):
        move(mongomock_store, empty())


def test_whoever_lost_the_books_meanwhile_hands_nothing_over(source):
    def lost():
        raise StartError("another one has taken over")

    target = empty()
    with pytest.raises(StartError, match="taken over"):
        move(source, target, still_ours=lost)
    source.filling.check()
    with pytest.raises(StoreHalfFilled):
        target.filling.check()
