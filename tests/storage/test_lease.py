"""The lease on a MongoDB: one process has it, shows that it lives, and gives it back."""

import mongomock
import pytest
from pymongo import MongoClient

from storage.embedded import embedded_server
from storage.errors import TakenOver
from storage.lease import Lease
from tests.conftest import TEST_MONGODB_URI


@pytest.fixture(params=["mongomock", "nx", *(["mongodb"] if TEST_MONGODB_URI else [])])
def database(request):
    return request.getfixturevalue(f"{request.param}_database")


@pytest.fixture
def mongomock_database():
    return mongomock.MongoClient()["arhtiya"]


@pytest.fixture
def nx_database(tmp_path):
    """As the tests of whole processes have it in place of a MongoDB."""
    with embedded_server(tmp_path) as uri, MongoClient(uri) as client:
        yield client["arhtiya"]


@pytest.fixture
def mongodb_database(mongodb_store):
    return mongodb_store._database


@pytest.fixture
def lease(database):
    return Lease(database)


@pytest.fixture
def other(database):
    return Lease(database)


def test_nobody_has_it_at_first(lease):
    assert lease.look() is None


def test_who_takes_it_has_it_and_each_beat_is_seen(lease, other):
    assert lease.take(None)
    taken = other.look()

    assert lease.beat()
    assert other.look() != taken
    assert other.look().holder == taken.holder


def test_of_two_who_saw_that_nobody_has_it_one_takes_it(lease, other):
    assert lease.take(None)
    assert not other.take(None)

    assert lease.beat()
    assert not other.beat()


def test_of_two_who_saw_that_it_stands_still_one_takes_it(database, lease, other):
    Lease(database).take(None)
    seen = lease.look()

    assert lease.take(seen)
    assert not other.take(seen)

    assert lease.beat()
    assert not other.beat()
    assert (lease.taken_over, other.taken_over) == (True, False)


def test_who_takes_it_and_does_not_hear_so_has_it(lease, other):
    lease.take(None)

    assert lease.take(None)
    assert not lease.taken_over
    assert not other.take(None)


def test_what_has_moved_since_is_not_taken(lease, other):
    lease.take(None)
    seen = other.look()
    lease.beat()

    assert not other.take(seen)
    assert lease.beat()


def test_who_lost_it_hears_so_and_does_not_shake_who_has_it(lease, other):
    lease.take(None)
    other.take(other.look())
    taken = other.look()

    assert not lease.beat()
    lease.give_back()

    assert other.look() == taken


def test_what_was_given_back_is_free(lease, other):
    lease.take(None)
    lease.give_back()

    assert other.look() is None
    assert other.take(None)
    assert not other.taken_over


def test_nobody_else_reaches_the_embedded_store(embedded_store, mongomock_store):
    assert embedded_store.lease is None
    assert isinstance(mongomock_store.lease, Lease)


def test_who_has_it_may_be_sure_of_that(lease):
    lease.take(None)
    lease.check()
    assert not lease.lost


@pytest.mark.parametrize("given_back", [False, True])
def test_who_lost_it_is_told_so_at_the_next_check_and_needs_no_beat(lease, other, given_back):
    lease.take(None)
    other.take(other.look())
    if given_back:
        other.give_back()

    with pytest.raises(TakenOver):
        lease.check()
    assert lease.lost


def test_who_never_had_it_has_lost_nothing(lease, other):
    other.take(None)
    lease.check()
    assert not lease.lost
