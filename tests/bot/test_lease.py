"""One bot at a time on a MongoDB: who waits, who gives up, who takes over and who stops."""

import logging
import threading

import mongomock
import pytest
from pymongo import errors

from bot import lease as bot_lease
from bot.errors import StartError
from bot.lease import PATIENCE, STILL, held
from storage.lease import Lease

LONG = 20
"""Seconds within which a thread gets its turn, on any machine."""


@pytest.fixture
def database():
    return mongomock.MongoClient()["arhtiya"]


@pytest.fixture
def lease(database):
    return Lease(database)


@pytest.fixture
def other(database):
    """Another process's, which has it."""
    other = Lease(database)
    other.take(None)
    return other


@pytest.fixture(autouse=True)
def beating_fast(monkeypatch):
    monkeypatch.setattr(bot_lease, "BEAT", 0.001)


class Waits:
    """Passes no time; instead the others do what they do in it, the n-th time ``acts[n]``."""

    def __init__(self, *acts, then=lambda: None):
        self.acts = list(acts)
        self.then = then
        self.times = 0

    def __call__(self, _seconds):
        self.times += 1
        act = self.acts.pop(0) if self.acts else self.then
        act()


def take_over(by):
    """As by one who saw it stand still; the beats of the one who has it go on meanwhile."""
    while not by.take(by.look()):
        pass


def assert_one_line(refused, *parts):
    assert "\n" not in str(refused.value)
    for part in parts:
        assert part in str(refused.value)


def test_where_nobody_is_a_bot_starts_at_once(lease, database):
    with held(lease, wait=Waits(then=pytest.fail)):
        assert not Lease(database).take(None)


def test_what_nobody_else_can_reach_has_no_lease(embedded_store):
    with held(embedded_store.lease, wait=Waits(then=pytest.fail)):
        assert "lease" not in embedded_store._database.list_collection_names()


def test_a_bot_that_goes_on_is_waited_for_and_then_the_newcomer_stops(lease, other, caplog):
    wait = Waits(then=other.beat)

    with pytest.raises(StartError) as refused, held(lease, wait=wait):
        pytest.fail("two bots work on these books")

    assert_one_line(refused, "Another bot", "MONGODB_URI", "Stop the other", "e.g. mongodb")
    assert wait.times == PATIENCE
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert other.beat()


def test_a_bot_that_beats_slowly_lives(lease, other):
    slowly = [lambda: None] * (STILL - 1)

    with (
        pytest.raises(StartError),
        held(lease, wait=Waits(*[*slowly, other.beat] * PATIENCE)),
    ):
        pytest.fail("two bots work on these books")


def test_a_deployments_next_bot_starts_as_soon_as_the_last_has_stopped(lease, other):
    wait = Waits(*[other.beat] * 30, other.give_back)

    with held(lease, wait=wait):
        assert wait.times == 31


def test_what_a_killed_bot_had_is_taken_over(lease, other):
    wait = Waits()

    with held(lease, wait=wait):
        assert wait.times == STILL
        assert not other.beat()


def test_who_takes_it_over_second_waits_on(lease, other, database):
    first = Lease(database)
    wait = Waits(*[lambda: None] * (STILL - 1), lambda: take_over(first), then=first.beat)

    with pytest.raises(StartError), held(lease, wait=wait):
        pytest.fail("two bots work on these books")

    assert first.beat()


def test_a_store_that_goes_away_is_one_line(other, database):
    class GoneThen(Lease):
        def look(self):
            if wait.times == 2:
                raise errors.AutoReconnect("connection closed")
            return super().look()

    wait = Waits(then=other.beat)
    with pytest.raises(StartError) as refused, held(GoneThen(database), wait=wait):
        pytest.fail("it may not be the only one")

    assert_one_line(refused, "MongoDB", "stopped answering", "MONGODB_URI", "e.g. mongodb")


@pytest.mark.parametrize("how", [SystemExit, StartError])
def test_a_bot_that_ends_gives_it_back_however_it_ends(lease, how):
    with pytest.raises(how), held(lease):
        raise how

    assert lease.look() is None


def test_a_bot_whose_books_were_taken_over_stops(lease, database):
    told, another = threading.Event(), Lease(database)

    def work():
        with held(lease, stop=told.set):
            take_over(another)
            told.wait(LONG)

    with pytest.raises(StartError) as stopped:
        work()

    assert told.is_set()
    assert_one_line(stopped, "another one has taken over", "MONGODB_URI", "one bot at a time")
    assert another.beat()


def test_a_bot_beats_on_once_the_store_is_back(database, caplog):
    class AwayAtFirst(Lease):
        def beat(self):
            away.append(errors.NetworkTimeout("timed out"))
            if len(away) < 4:
                raise away[-1]
            over.set()
            return super().beat()

    def stop():
        stopped.append(True)
        over.set()

    away, stopped, over = [], [], threading.Event()
    with held(AwayAtFirst(database), stop=stop):
        assert over.wait(LONG)

    assert not stopped
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_who_stops_the_bot_does_not_wait_for_a_store_that_hangs(database, monkeypatch):
    class Hangs(Lease):
        def give_back(self):
            back.wait(LONG)

    back = threading.Event()
    monkeypatch.setattr(bot_lease, "SOON", 0.001)
    with held(Hangs(database)):
        pass

    assert not back.is_set()
    assert Lease(database).look() is not None
    back.set()
