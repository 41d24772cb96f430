"""What is remembered is what the store would say, whoever writes, and in whatever order."""

import threading

import mongomock
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymongo.errors import AutoReconnect

from storage.database import open_store
from storage.remembered import MOST, Remembered

RAVI = {"_id": "ravi", "name": "Ravi Kumar", "active": True, "rev": 1}


class Counted:
    """A collection that counts how often it is asked for one document."""

    def __init__(self) -> None:
        self.documents = mongomock.MongoClient()["firm"]["users"]
        self.reads = 0

    def find_one(self, query):
        self.reads += 1
        return self.documents.find_one(query)

    def __getattr__(self, name):
        return getattr(self.documents, name)


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def users(counted) -> Remembered:
    counted.documents.insert_one(dict(RAVI))
    return Remembered(counted)


def test_what_was_read_is_not_read_again(users, counted):
    for _time in range(3):
        assert users.find_one({"_id": "ravi"}) == RAVI
    assert counted.reads == 1


def test_whoever_asks_gets_a_document_of_their_own(users):
    users.find_one({"_id": "ravi"})["name"] = "changed"
    assert users.find_one({"_id": "ravi"}) == RAVI


def test_what_is_not_there_is_asked_for_each_time(users, counted):
    for _time in range(3):
        assert users.find_one({"_id": "nobody"}) is None
    assert counted.reads == 3


def test_whoever_asks_by_anything_else_asks_the_store(users, counted):
    for _time in range(2):
        assert users.find_one({"name": "Ravi Kumar"}) == RAVI
        assert users.find_one({"_id": "ravi", "active": True}) == RAVI
    assert counted.reads == 4


def test_a_write_to_one_lets_the_others_be_remembered(users, counted):
    users.insert_one({"_id": "asha"})
    users.find_one({"_id": "ravi"})
    users.replace_one({"_id": "asha"}, {"_id": "asha", "rev": 2})
    assert users.find_one({"_id": "ravi"}) == RAVI
    assert users.find_one({"_id": "asha"}) == {"_id": "asha", "rev": 2}
    assert counted.reads == 1


ids = st.sampled_from(["ravi", "asha"])
numbers = st.integers(0, 3)
writes = st.one_of(
    st.tuples(st.just("insert_one"), ids, numbers),
    st.tuples(st.just("replace_one"), ids, numbers),
    st.tuples(st.just("update_one"), ids, numbers),
    st.tuples(st.just("find_one_and_update"), ids, numbers),
    st.tuples(st.just("delete_one"), ids, numbers),
    st.tuples(st.just("update_many"), ids, numbers),
)


def write(users, how: str, id: str, number: int) -> None:
    match how:
        case "insert_one":
            users.insert_one({"_id": id, "rev": number})
        case "replace_one":
            users.replace_one({"_id": id, "rev": number}, {"_id": id, "rev": number + 1})
        case "update_one" | "find_one_and_update":
            getattr(users, how)({"_id": id}, {"$set": {"rev": number}})
        case "delete_one":
            users.delete_one({"_id": id, "rev": number})
        case "update_many":
            users.update_many({"rev": number}, {"$set": {"rev": number + 1}})


@given(st.lists(writes, max_size=12))
def test_after_any_writes_it_is_what_the_store_says(done):
    counted = Counted()
    users = Remembered(counted)
    for how, id, number in done:
        try:
            write(users, how, id, number)
        except mongomock.DuplicateKeyError:
            assert how == "insert_one"
        for one in ("ravi", "asha"):
            assert users.find_one({"_id": one}) == counted.documents.find_one({"_id": one})


def test_a_write_of_which_nobody_knows_is_looked_up(users, counted, monkeypatch):
    replace = counted.documents.replace_one

    def unheard(*given, **named):
        users.find_one({"_id": "ravi"})  # somebody else, at this moment
        replace(*given, **named)
        raise AutoReconnect

    monkeypatch.setattr(counted.documents, "replace_one", unheard)
    with pytest.raises(AutoReconnect):
        users.replace_one({"_id": "ravi"}, {"_id": "ravi", "rev": 2})
    assert users.find_one({"_id": "ravi"}) == {"_id": "ravi", "rev": 2}


def test_what_was_read_before_a_write_is_not_remembered_after_it(users, counted):
    """A slow reader, whose document is old by the time it has it."""
    asked, written = threading.Event(), threading.Event()
    find = counted.find_one

    def slowly(query):
        found = find(query)
        asked.set()
        assert written.wait(5)
        return found

    counted.find_one = slowly
    reader = threading.Thread(target=users.find_one, args=({"_id": "ravi"},))
    reader.start()
    assert asked.wait(5)
    counted.find_one = find
    users.update_one({"_id": "ravi"}, {"$set": {"active": False}})
    written.set()
    reader.join()
    assert users.find_one({"_id": "ravi"})["active"] is False


def test_what_was_read_in_the_middle_of_a_write_is_not_remembered_after_it(users, counted):
    """The reader began after the write did, found the old document, and comes last."""
    asked, written = threading.Event(), threading.Event()
    find, replace = counted.find_one, counted.documents.replace_one

    def slowly(query):
        found = find(query)
        asked.set()
        assert written.wait(5)
        return found

    def while_somebody_reads(*given, **named):
        counted.find_one = slowly
        reader.start()
        assert asked.wait(5)
        counted.find_one = find
        return replace(*given, **named)

    reader = threading.Thread(target=users.find_one, args=({"_id": "ravi"},))
    counted.replace_one = while_somebody_reads
    users.replace_one({"_id": "ravi"}, {"_id": "ravi", "rev": 2})
    written.set()
    reader.join()
    assert users.find_one({"_id": "ravi"}) == {"_id": "ravi", "rev": 2}


def test_nor_is_what_was_read_while_all_of_a_partners_were_ended(users, counted):
    def while_somebody_reads(*given, **named):
        users.find_one({"_id": "ravi"})
        return counted.documents.update_many(*given, **named)

    counted.update_many = while_somebody_reads
    users.update_many({"name": "Ravi Kumar"}, {"$set": {"active": False}})
    assert users.find_one({"_id": "ravi"})["active"] is False


def test_of_two_writers_at_once_neither_is_remembered(users, counted, monkeypatch):
    """Which of them was first only the store knows."""
    replace = counted.documents.replace_one

    def overtaken(query, document):
        monkeypatch.undo()
        done = replace(query, document)
        users.replace_one({"_id": "ravi"}, {"_id": "ravi", "rev": 3})
        return done

    monkeypatch.setattr(counted.documents, "replace_one", overtaken)
    users.replace_one({"_id": "ravi"}, {"_id": "ravi", "rev": 2})
    assert users.find_one({"_id": "ravi"}) == {"_id": "ravi", "rev": 3}


def test_no_more_is_remembered_than_it_may(users, counted):
    counted.documents.insert_many([{"_id": str(number)} for number in range(MOST + 9)])
    for number in range(MOST + 9):
        users.find_one({"_id": str(number)})
    assert len(users._known) <= MOST


def test_only_a_store_of_one_process_remembers(tmp_path, mongomock_store):
    assert not isinstance(mongomock_store.users._documents, Remembered)
    with open_store(None, tmp_path) as store:
        for collection in (store.users._documents, store.drafts._documents):
            assert isinstance(collection, Remembered)
