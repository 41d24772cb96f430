"""What differs in nx-27017 from MongoDB, and what our code does for it.

Each test states a difference, or something of it that we build on. One that fails after an upgrade
is news: a work-around may go, or a guarantee did.
"""

import datetime as dt
import json

import pytest
from neosqlite.collection.aggregation_cursor import AggregationCursor
from nx_27017.handler import NeoSQLiteHandler
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError, WriteError

from storage.collection import WHOLE, count
from storage.models import Invoice

MOMENT = dt.datetime(2026, 11, 22, 13, 26, 48, 439_000, tzinfo=dt.UTC)
SYNCHRONOUS_FULL = 2
INVOICE = {
    "customer_id": "c1",
    "created_by_user_id": "u1",
    "invoice_date": "2026-08-01",
    "due_date": "2026-08-15",
    "open_due_date": "2026-08-15",
    "previous_balance": 0,
    "total_amount": 100,
    "amount_paid": 0,
    "remaining_balance": 100,
    "status": "Unpaid",
    "items": [],
    "download_link": "",
}


@pytest.fixture
def documents(embedded_store):
    return embedded_store._database["documents"]


def stored(documents, **update):
    documents.insert_one({"_id": "1"})
    documents.update_one({"_id": "1"}, update)
    return documents.find_one({"_id": "1"})


@pytest.fixture
def sqlite(monkeypatch, request):
    """The connection to the file in which the embedded store keeps what is in it."""
    handlers = []
    opened = NeoSQLiteHandler.__init__

    def noted(self, **arguments):
        opened(self, **arguments)
        handlers.append(self)

    monkeypatch.setattr(NeoSQLiteHandler, "__init__", noted)
    request.getfixturevalue("documents").insert_one({"_id": "1"})
    return handlers[-1].get_database("arhtiya").db


def watch_parsing(sqlite):
    """Notes from now on which field is read out of a document, each time."""
    parsed = []

    def extract(document, path):
        parsed.append(path)
        return json.loads(document).get(path.removeprefix("$."))

    # An older SQLite keeps text and has the first, a newer one calls the second.
    for name in ("json_extract", "jsonb_extract"):
        sqlite.create_function(name, 2, extract, deterministic=True)
    return parsed


def test_j_makes_every_acknowledged_write_reach_the_disk(sqlite):
    assert sqlite.execute("PRAGMA synchronous").fetchone() == (SYNCHRONOUS_FULL,)


def test_an_aggregation_does_not_count_the_collection_first(sqlite, documents):
    """``storage.embedded`` sees to that: it would take longer and longer."""
    statements = []
    sqlite.set_trace_callback(statements.append)

    documents.database.command("aggregate", "documents", pipeline=[{"$limit": 1}], cursor={})

    assert [sql for sql in statements if "documents" in sql]
    assert not [sql for sql in statements if "COUNT" in sql]
    assert not AggregationCursor(documents, [])._use_quez


def test_what_an_index_holds_is_added_up_without_the_documents(sqlite, embedded_store):
    """``storage.invoices`` keeps what is left beside what is due: a document is long to parse."""
    parsed = watch_parsing(sqlite)

    def parsed_for(invoices):
        for number in range(invoices):
            invoice = Invoice.read(INVOICE | {"_id": f"i{number}"})
            embedded_store.invoices.bring_up_to(invoice)
        parsed.clear()
        assert (
            sum(one.left for one in embedded_store.invoices.due_days("u1", MOMENT.date()))
            == invoices * 100
        )
        return len(parsed)

    of_one = parsed_for(1)

    assert of_one > 0, "of the invoice that is named"
    assert parsed_for(30) == of_one


def test_moments_are_sorted_by_their_index(sqlite, documents):
    """``storage.ledger`` reads what was posted of late from the newest back."""
    documents.create_index("at")
    parsed = watch_parsing(sqlite)

    def parsed_for_the_newest_of(moments):
        documents.insert_many({"at": f"2026-11-{day:02}T09:00:00.000Z"} for day in moments)
        parsed.clear()
        newest = [{"$sort": {"at": -1}}, {"$skip": 1}, {"$limit": 2}, {"$project": {"at": 1}}]
        assert [one["at"][8:10] for one in documents.aggregate(newest)] == ["29", "28"]
        return len(parsed)

    of_few = parsed_for_the_newest_of((28, 29, 30))

    assert of_few > 0, "of those that are asked for"
    assert parsed_for_the_newest_of(range(1, 28)) == of_few


# What it garbles or refuses.


def test_a_moment_in_set_comes_back_as_text(documents):
    """So instants are stored as text: ``storage.types.Instant``."""
    changed = stored(documents, **{"$set": {"at": MOMENT}})["at"]

    assert changed != MOMENT
    assert isinstance(changed, str)


def test_a_yes_in_set_comes_back_as_a_number(documents):
    """So they are read from numbers too: ``storage.types.Flag``."""
    changed = stored(documents, **{"$set": {"yes": True, "no": False}})

    assert [type(changed[name]) for name in ("yes", "no")] == [int, int]
    assert changed["yes"] == 1
    assert changed["no"] == 0


def test_a_yes_inside_a_document_in_set_stays_one(documents):
    assert stored(documents, **{"$set": {"a": {"yes": True, "all": [False]}}})["a"] == {
        "yes": True,
        "all": [False],
    }


def test_a_document_that_is_pushed_comes_back_as_text(documents):
    """So lists are written whole."""
    assert stored(documents, **{"$push": {"list": {"a": 1}}})["list"] == ['{"a":1}']


def test_bytes_are_refused_in_a_replacement(documents):
    """So images are only ever inserted."""
    documents.insert_one({"_id": "1"})

    with pytest.raises(WriteError, match="not JSON serializable"):
        documents.replace_one({"_id": "1"}, {"content": b"bytes"})


def test_find_and_modify_hides_its_errors(documents):
    """So whoever uses it must be safe when it finds nothing, for whatever reason."""
    documents.create_index("phone", unique=True)
    documents.insert_many([{"_id": "1", "phone": "a"}, {"_id": "2", "phone": "b"}])

    assert documents.find_one_and_update({"_id": "2"}, {"$set": {"phone": "a"}}) is None
    assert documents.find_one({"_id": "2"})["phone"] == "b"


# Texts that begin like a date.


def test_an_id_that_begins_like_a_date_is_not_found(documents):
    """So the ids of reminders do not."""
    documents.insert_one({"_id": "2026-08-01:u1"})

    assert documents.find_one({"_id": "2026-08-01:u1"}) is None


def test_instants_are_compared_to_the_second(documents):
    documents.insert_one({"_id": "1", "at": "2026-11-22T13:26:48.439Z"})

    assert documents.find_one({"at": {"$lt": "2026-11-22T13:26:48.999Z"}}) is None
    assert documents.find_one({"at": {"$lt": "2026-11-22T13:26:49.000Z"}}) is not None


# What we build on.


@pytest.mark.parametrize(
    "value",
    [
        None,
        -(10**13),
        "52.5",
        "007",
        "true",
        '{"$gt": ""}',
        "[1]",
        "a\0b",
        "राम 😀 \"'\\",
        "2026-11-22T13:26:48.439Z",
        ["2", 1, None, {"d": "2026-11-22"}],
        {"a.b": 1, "$c": {}},
    ],
)
def test_other_values_come_back_as_they_were(documents, value):
    assert stored(documents, **{"$set": {"value": value}})["value"] == value
    documents.replace_one({"_id": "1"}, {"_id": "1", "value": value})
    assert documents.find_one({"_id": "1"})["value"] == value


def test_ids_of_digits_and_of_object_ids_stay_text(documents):
    for id in ("7", "5000000001", "64b0c0ffee0123456789abcd", "phone:+919876543210"):
        documents.insert_one({"_id": id})
        assert documents.find_one({"_id": id}) == {"_id": id}


def test_a_unique_index_lets_in_any_number_of_nulls(documents):
    """It ignores ``partialFilterExpression``, which does that on MongoDB."""
    documents.create_index(
        "phone", unique=True, partialFilterExpression={"phone": {"$type": "string"}}
    )
    documents.insert_many([{"_id": "1", "phone": None}, {"_id": "2", "phone": None}, {"_id": "3"}])
    documents.insert_one({"_id": "4", "phone": "a"})

    with pytest.raises(DuplicateKeyError):
        documents.insert_one({"_id": "5", "phone": "a"})
    with pytest.raises(DuplicateKeyError):
        documents.update_one({"_id": "1"}, {"$set": {"phone": "a"}})


def test_null_in_a_query_finds_null_and_missing(documents):
    documents.insert_many([{"_id": "1", "sent": None}, {"_id": "2"}, {"_id": "3", "sent": "x"}])

    assert documents.update_one({"_id": "1", "sent": None}, {"$set": {"a": 1}}).matched_count == 1
    assert documents.update_one({"_id": "2", "sent": None}, {"$set": {"a": 1}}).matched_count == 1
    assert documents.update_one({"_id": "3", "sent": None}, {"$set": {"a": 1}}).matched_count == 0


def test_one_writer_at_a_time_changes_a_document(documents, together):
    documents.insert_one({"_id": "1", "n": 0})

    def add(_):
        changed = documents.find_one_and_update(
            {"_id": "1", "n": {"$lt": 5}}, {"$inc": {"n": 1}}, return_document=ReturnDocument.AFTER
        )
        return changed and changed["n"]

    assert sorted(filter(None, together(add, 16))) == [1, 2, 3, 4, 5]


def test_counting_by_count_finds_what_count_documents_finds(documents):
    """In ``storage.collection.count``: the latter reads every document there is."""
    documents.insert_many({"_id": str(n), "customer_id": f"c{n % 50}"} for n in range(200))
    query = {"customer_id": "c7"}
    assert count(documents, query) == documents.count_documents(query) == 4


def test_a_cursor_that_is_lost_ends_as_if_it_were_complete(documents):
    """So what is read whole is one reply: ``collection.WHOLE``, ``ledger.PAGE``."""
    documents.insert_many([{"_id": number} for number in range(250)])

    def read_over_a_break(**how) -> int:
        cursor = documents.find(**how)
        next(cursor)
        for server in documents.database.client._topology._servers.values():
            server.pool.reset_without_pause()
        return 1 + len(list(cursor))

    # Not each time: the store has to notice first that the connection is gone.
    assert any(read_over_a_break() < 250 for _attempt in range(50))
    assert all(read_over_a_break(batch_size=WHOLE) == 250 for _attempt in range(10))
