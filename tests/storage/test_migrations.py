"""An older store is brought forward, once, whatever becomes of it; a later one is not."""

import pytest

from storage import migrations
from storage.errors import SchemaTooNew
from storage.migrations import NEWEST, Migration, Pending


@pytest.fixture(params=["mongomock", "embedded"])
def old(request):
    """As it was before there were versions, with two reminders that name their messages."""
    store = request.getfixturevalue(f"{request.param}_store")
    store._database["reminders"].insert_many(
        [
            {"_id": "on 2026-08-01:a:digest", "lease_until": "x", "message_id": 7},
            {"_id": "on 2026-08-01:b:digest", "lease_until": "x", "message_id": None},
            {"_id": "on 2026-08-01:c:digest", "lease_until": "x"},
        ]
    )
    return store


def reminders(store):
    return sorted(store._database["reminders"].find(), key=lambda one: one["_id"])


def test_a_dry_run_tells_and_changes_nothing(old):
    before = reminders(old)
    (step,) = old.schema.pending()
    assert (step.version, step.documents) == (1, 3)
    assert reminders(old) == before
    assert old.schema.version() == 0


def test_it_is_brought_forward_once(old):
    assert [step.documents for step in old.schema.bring_forward()] == [3]
    assert not any("message_id" in one for one in reminders(old))
    assert len(reminders(old)) == 3
    assert old.schema.version() == NEWEST
    assert old.schema.bring_forward() == []


def test_a_new_store_is_of_this_version(mongomock_store):
    mongomock_store.schema.bring_forward()
    assert mongomock_store.schema.version() == NEWEST


def test_a_later_version_is_not_touched(old):
    old._database["meta"].insert_one({"_id": "schema", "version": NEWEST + 1})
    before = reminders(old)
    for asked in (old.prepare, old.schema.pending, old.schema.bring_forward):
        with pytest.raises(SchemaTooNew, match="Update the program"):
            asked()
    assert reminders(old) == before


class Dies(Exception):
    pass


def test_a_step_that_died_is_begun_again_and_those_before_it_are_not(old, monkeypatch):
    ran = []

    def first(_database):
        ran.append("first")

    def second(_database):
        ran.append("second")
        if ran.count("second") == 1:
            raise Dies

    steps = tuple(Migration(step.__name__, lambda _database: 0, step) for step in (first, second))
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    monkeypatch.setattr(migrations, "NEWEST", 2)
    with pytest.raises(Dies):
        old.schema.bring_forward()
    assert old.schema.version() == 1
    assert old.schema.bring_forward() == [Pending(2, "second", 0)]
    assert ran == ["first", "second", "second"]
    assert old.schema.version() == 2
