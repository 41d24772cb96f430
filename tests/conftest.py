"""What every test may ask for: a store of each kind, and a clock to set."""

import gc
import os
import shutil
import uuid
from contextlib import ExitStack

import mongomock
import pytest
from pymongo import MongoClient

from storage.database import open_store
from storage.store import Store
from tests.clock import FakeClock
from tests.log_guard import GUARD

TEST_MONGODB_URI = os.environ.get("TEST_MONGODB_URI")
STORES = ["mongomock", "embedded", *(["mongodb"] if TEST_MONGODB_URI else [])]


def pytest_addoption(parser):
    parser.addoption(
        "--golden", action="store_true", help="write the sample papers in docs/samples anew"
    )


def pytest_configure():
    GUARD.stand_up()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Two more than cores: a test that started a process mostly waits for it."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is collected stays for the whole run: no time goes into looking for garbage in it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(items):
    """First what takes seconds, so that in the end no worker is left alone with it."""
    slow = {"browser", "process"}
    items.sort(key=lambda item: slow.isdisjoint(mark.name for mark in item.iter_markers()))


@pytest.fixture(autouse=True)
def no_secret_in_the_log():
    """Of every test: a record with a code or a token in it fails the test that wrote it."""
    yield
    GUARD.check()


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture(params=STORES)
def store(request):
    """An empty store; once for each kind, with a MongoDB when ``TEST_MONGODB_URI`` names one."""
    return request.getfixturevalue(f"{request.param}_store")


@pytest.fixture
def mongomock_store():
    """The fastest one. Its updates are not atomic between threads."""
    prepared = Store(mongomock.MongoClient()["arhtiya"])
    prepared.prepare()
    return prepared


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """The folder of an embedded store that is empty, with all its indexes."""
    folder = tmp_path_factory.mktemp("prepared")
    with open_store(None, folder):
        return folder


@pytest.fixture
def embedded_store(prepared, tmp_path, monkeypatch):
    """What ``make run`` uses: for tests of concurrency."""
    folder = shutil.copytree(prepared, tmp_path / "data")
    with ExitStack() as opened:
        with monkeypatch.context() as patched:
            # The indexes came with the copy: to make them takes longer than most tests.
            patched.setattr(Store, "prepare", lambda _store, **_named: None)
            store = opened.enter_context(open_store(None, folder))
        yield store


@pytest.fixture
def mongodb_store(tmp_path):
    """A real MongoDB, in a database of its own."""
    name = f"arhtiya_test_{uuid.uuid4().hex}"
    with MongoClient(TEST_MONGODB_URI, tz_aware=True, w="majority", journal=True) as client:
        prepared = Store(client[name])
        prepared.prepare()
        yield prepared
        client.drop_database(name)
