"""Opening the store: what can go wrong is one line, and the driver's errors stay inside."""

import subprocess
import sys

import pytest
from pymongo import MongoClient, ReadPreference, errors

from storage.database import open_store, store_errors
from storage.embedded import embedded_server
from storage.errors import AlreadyExists, StoreLocked, StoreUnavailable
from storage.models import Customer
from storage.store import Store
from tests.conftest import TEST_MONGODB_URI

NOBODY_THERE = "mongodb://anil:s3cret@127.0.0.1:9/books?serverSelectionTimeoutMS=100"

FILL_THE_DISK = """
import resource, sys
from itertools import count
from pathlib import Path
from storage.database import open_store, store_errors
from storage.errors import StoreUnavailable
from storage.models import Customer

data_dir = Path(sys.argv[1])
with open_store(None, data_dir) as store:
    largest = max(path.stat().st_size for path in (data_dir / "database").glob("*.db*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 100_000, resource.RLIM_INFINITY))
    try:
        for number in count():
            with store_errors():
                store.customers.add(Customer(id=f"c{number}", name="Ramesh"))
    except StoreUnavailable as error:
        print(number, error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.customers.add(Customer(id="after", name="Ramesh"))
    print(store.customers.count())
"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("storage.database.AWAY_AFTER_MS", 200)


def test_the_embedded_store_is_opened_ready_for_use(tmp_path):
    with open_store(None, tmp_path / "data") as store:
        store.ping()
        assert store.customers.add(Customer(id="c1", name="Ramesh", phone="+919876543210"))
        with pytest.raises(AlreadyExists):
            store.customers.add(Customer(id="c2", name="Suresh", phone="+919876543210"))


def test_preparing_again_changes_nothing(store):
    kept = store.customers.add(Customer(id="c1", name="Ramesh", phone="+919876543210"))

    store.prepare()

    assert store.customers.get("c1") == kept


def test_one_store_at_a_time_works_on_a_folder(tmp_path):
    with open_store(None, tmp_path):
        with pytest.raises(StoreLocked), open_store(None, tmp_path):
            pass
        with pytest.raises(StoreLocked), open_store(NOBODY_THERE, tmp_path):
            pass


def test_a_mongodb_that_is_away_is_one_line_with_its_host_and_no_password(tmp_path):
    with pytest.raises(StoreUnavailable) as caught, open_store(NOBODY_THERE, tmp_path):
        pass

    assert "127.0.0.1:9" in str(caught.value)
    assert "MONGODB_URI" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "uri",
    [
        "http://db.example.net",
        "mongodb://",
        "mongodb://anil:s3/cret@db.example.net/books",
        "mongodb://anil:s3cret@db.example.net:port/books",
        "mongodb://anil:s3cret@db.example.net:99999/books",
    ],
)
def test_what_is_no_address_is_one_line_with_an_example_and_no_password(tmp_path, uri):
    with pytest.raises(StoreUnavailable) as caught, open_store(uri, tmp_path):
        pass

    assert "MONGODB_URI" in str(caught.value)
    assert "e.g. mongodb://" in str(caught.value)
    assert "s3" not in str(caught.value)


def test_a_server_that_refuses_us_says_so_in_one_line(tmp_path, monkeypatch):
    def refuse(_):
        raise errors.OperationFailure("no", 18, {"errmsg": "Authentication failed."})

    monkeypatch.setattr(Store, "ping", refuse)

    with pytest.raises(StoreUnavailable) as caught, open_store(NOBODY_THERE, tmp_path):
        pass

    assert "127.0.0.1:9 refuses us (Authentication failed.)" in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.skipif(TEST_MONGODB_URI is None, reason="TEST_MONGODB_URI names no MongoDB")
def test_a_mongodb_is_opened_ready_for_use(tmp_path):
    with open_store(TEST_MONGODB_URI, tmp_path) as store:
        store.ping()


@pytest.mark.parametrize(
    "away",
    [
        errors.AutoReconnect("connection closed"),
        errors.NotPrimaryError("not primary"),
        errors.NetworkTimeout("timed out"),
        errors.ServerSelectionTimeoutError("no servers found"),
        errors.WaitQueueTimeoutError("pool is full"),
        errors.ConnectionFailure("no"),
        errors.WTimeoutError("waiting for replication timed out"),
        errors.ExecutionTimeout("operation exceeded time limit"),
        errors.WriteError("database or disk is full", 8),
        errors.OperationFailure("OutOfDiskSpace", 14031),
    ],
    ids=lambda error: type(error).__name__,
)
def test_away_is_one_error_whatever_the_driver_calls_it(away):
    with pytest.raises(StoreUnavailable) as caught, store_errors():
        raise away

    assert caught.value.__cause__ is away


@pytest.mark.parametrize(
    "ours", [errors.OperationFailure("unknown operator"), AlreadyExists("phone"), KeyError("name")]
)
def test_other_errors_stay_what_they_are(ours):
    with pytest.raises(type(ours)) as caught, store_errors():
        raise ours

    assert caught.value is ours


def test_a_store_that_went_away_is_away(tmp_path):
    with embedded_server(tmp_path) as uri:
        client = MongoClient(uri, serverSelectionTimeoutMS=200)
        store = Store(client["arhtiya"])
        store.prepare()

    with client, pytest.raises(StoreUnavailable), store_errors():
        store.customers.get("c1")


def test_a_full_disk_is_the_database_being_away_and_it_recovers(tmp_path):
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", FILL_THE_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )

    refused, counted = done.stdout.splitlines()
    assert "The database cannot write: disk" in refused
    assert int(counted) == int(refused.split()[0]) + 1


@pytest.mark.parametrize("where", ["writeErrors", "writeConcernErrors"])
def test_what_was_to_be_written_is_in_no_error(where):
    details = {where: [{"errmsg": "disk I/O error", "op": {"text": "the code 850857"}}]}
    with pytest.raises(StoreUnavailable) as refused, store_errors():
        raise errors.BulkWriteError(details)
    assert str(refused.value) == "The database cannot write: disk I/O error."


def test_what_somebody_typed_makes_no_disk_full():
    details = {"writeErrors": [{"errmsg": "duplicate key", "op": {"text": "disk is full"}}]}
    with pytest.raises(errors.BulkWriteError), store_errors():
        raise errors.BulkWriteError(details)


def test_no_address_has_the_books_read_from_a_copy_that_lags(tmp_path):
    (tmp_path / "server").mkdir()
    with embedded_server(tmp_path / "server") as uri:
        lagging = f"{uri}/arhtiya?readPreference=secondaryPreferred&w=0"
        with open_store(lagging, tmp_path / "data") as store:
            database = store._database
            assert database.read_preference == ReadPreference.PRIMARY
            assert database.write_concern.document == {
                "w": "majority",
                "j": True,
                "wtimeout": 30_000,
            }
