"""What is restored is what there was, however often it died on the way."""

import datetime as dt
from contextlib import suppress
from itertools import count

import mongomock
import pytest

from bot.audit import audit
from bot.backup.archive import Archive
from bot.backup.making import make_backup
from bot.backup.parts import joined
from bot.backup.restoring import check, restore, try_out
from storage import migrations
from storage.contents import BACKED_UP
from storage.errors import SchemaTooNew, StoreHalfFilled, StoreNotEmpty
from storage.filling import Filling
from storage.migrations import NEWEST, Migration
from storage.models import EventKind, FirmProfile
from storage.store import Store
from tests.bot.books import every_kind, keep
from tests.bot.desks import desk_of
from tests.ledger.dying import Death, Killed, MortalDatabase


@pytest.fixture
def busy(store, clock, tmp_path):
    """Books with a document in each collection that is not a view of the ledger too."""
    keep(store, every_kind())
    store.firm.save(FirmProfile(id="firm", name="Khanna"))
    store.images.add("picture", bytes(range(256)), "image/jpeg", "partner")
    store.reminders.done("2026-08-01:partner:digest", now=clock.now())
    store.admins.offer("hash")
    store.admins.claim("hash", 7)
    store.schema.bring_forward()
    return store


@pytest.fixture
def archive(busy, clock, tmp_path):
    made = make_backup(desk_of(busy, clock, data_dir=tmp_path))
    with joined(made.files, None, inside=made.files[0].parent) as file:
        yield Archive(file)


@pytest.fixture
def empty():
    store = Store(mongomock.MongoClient()["empty"])
    store.prepare()
    return store


def quiet(_line):
    pass


def everything(store):
    return {name: list(store.reading.each(name)) for name in BACKED_UP}


def test_identical_books(archive, busy, empty):
    check(archive)
    said = []
    found = restore(archive, empty, said.append)
    assert everything(empty) == everything(busy)
    assert found == audit(busy)
    assert found.differences == ()
    assert empty.schema.version() == NEWEST
    assert "ledger: 12" in said
    empty.filling.check()


def test_a_try_changes_nothing_and_finds_the_same(archive, busy, tmp_path):
    before = everything(busy)
    assert try_out(archive, quiet, inside=tmp_path) == audit(busy)
    assert everything(busy) == before


def test_what_is_wrong_in_the_books_is_restored_as_it_was_and_said(busy, clock, tmp_path, empty):
    busy._database["payments"].update_one({"_id": "p"}, {"$set": {"amount": 1}})
    made = make_backup(desk_of(busy, clock, data_dir=tmp_path))
    with joined(made.files, None, inside=made.files[0].parent) as file:
        found = restore(Archive(file), empty, quiet)
    assert found == audit(busy)
    assert len(found.views) > 0


def test_nobodys_books_are_written_over(archive, busy):
    before = everything(busy)
    with pytest.raises(StoreNotEmpty):
        restore(archive, busy, quiet)
    assert everything(busy) == before


def test_it_may_die_at_any_write_and_goes_on(archive, busy):
    for writes in count():
        database = MortalDatabase(mongomock.MongoClient()["empty"])
        store = Store(database)
        store.prepare()
        with database.dying(Death(writes, after=writes % 2 == 1)), suppress(Killed):
            restore(archive, store, quiet)
        if database.died and store._database["meta"].find_one({"_id": "filling"}):
            with pytest.raises(StoreHalfFilled, match="Run the same command again"):
                store.prepare()
        if database.died:
            try:
                restore(archive, store, quiet)
            except StoreNotEmpty:
                # Its very last write was made, and its answer lost.
                store.filling.check()
        assert everything(store) == everything(busy)
        assert audit(store) == audit(busy)
        if not database.died:
            break
    assert writes > len(BACKED_UP)


def test_a_later_schema_is_not_read(archive):
    archive.manifest = archive.manifest.model_copy(update={"schema_version": NEWEST + 1})
    with pytest.raises(SchemaTooNew, match="Update the program"):
        check(archive)


def test_an_earlier_one_is_brought_forward(archive, empty, monkeypatch):
    def rename(database):
        database["firm"].update_many({}, {"$set": {"name": "Khanna & Sons"}})

    step = Migration("another name", lambda _database: 1, rename)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    monkeypatch.setattr(migrations, "NEWEST", NEWEST + 1)
    restore(archive, empty, quiet)
    assert empty.firm.get().name == "Khanna & Sons"
    assert empty.schema.version() == NEWEST + 1


def test_a_backup_of_before_a_collection_was_there_is_restored(archive, busy, empty):
    fewer = {**archive.manifest.collections}
    del fewer["follow_ups"]
    archive.manifest = archive.manifest.model_copy(update={"collections": fewer})
    check(archive)
    restore(archive, empty, quiet)
    assert everything(empty) == everything(busy)


def test_no_customer_is_reminded_of_what_they_may_have_paid_since(busy, clock, tmp_path, empty):
    busy.customers.remind("ramesh", clock.now())
    made = make_backup(desk_of(busy, clock, data_dir=tmp_path))
    clock.advance(days=3)
    with joined(made.files, None, inside=tmp_path) as file:
        restore(Archive(file), empty, quiet, now=clock.now())
    assert empty.customers.get("ramesh").reminded_from == clock.now()
    assert empty.customers.get("suresh").reminded_from is None


def test_that_it_was_restored_is_noted_once_however_often_it_died(archive, clock):
    made_at = archive.manifest.made_at
    clock.advance(days=3)
    for writes in count():
        database = MortalDatabase(mongomock.MongoClient()["empty"])
        store = Store(database)
        store.prepare()
        with database.dying(Death(writes, after=writes % 2 == 1)), suppress(Killed):
            restore(archive, store, quiet, now=clock.now())
        if database.died:
            with suppress(StoreNotEmpty):  # its very last write was made, and its answer lost
                restore(archive, store, quiet, now=clock.now())
        noted = [one for one in store.audit.page(0, 50) if one.kind is EventKind.RESTORE]
        assert [(one.at, one.until) for one in noted] == [(clock.now(), made_at)]
        assert store.filling.restored() == made_at
        if not database.died:
            break
    assert writes > len(BACKED_UP)


def test_a_try_tells_nobody(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(Filling, "mark_restored", lambda *_: pytest.fail("nothing was restored"))
    try_out(archive, quiet, inside=tmp_path)


def test_it_can_be_read_after_a_leap_day(busy, clock, tmp_path):
    clock.moment = dt.datetime(2028, 2, 29, 23, 59, 59, tzinfo=dt.UTC)
    made = make_backup(desk_of(busy, clock, data_dir=tmp_path))
    with joined(made.files, None, inside=made.files[0].parent) as file:
        assert Archive(file).manifest.made_at == clock.moment
