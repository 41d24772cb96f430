"""What the admin does to partners: it is noted before it is done, and ends what they may."""

from contextlib import suppress

import mongomock
import pytest

from bot import access, users
from bot.desk import Who
from storage.models import EventKind
from storage.store import Store
from tests.bot.access.door import RAVI, add, enter, events
from tests.bot.desks import desk_of
from tests.ledger.dying import Death, Killed, MortalDatabase

ASHA = Who(9, admin=True, name="Asha")
NEW_PHONE = "+919876543299"

DEEDS = {
    EventKind.ADD: lambda desk: users.add_partner(
        desk, "sita", name="Sita", phone=NEW_PHONE, by=ASHA
    ),
    EventKind.CHANGE: lambda desk: users.change_partner(
        desk, "op", "ravi", {"phone": NEW_PHONE}, by=ASHA
    ),
    EventKind.REMOVE: lambda desk: users.deactivate(desk, "ravi", by=ASHA),
    EventKind.REACTIVATE: lambda desk: users.reactivate(desk, "anil", by=ASHA),
}


@pytest.fixture
def database():
    return MortalDatabase(mongomock.MongoClient()["arhtiya"])


@pytest.fixture
def desk(database, clock):
    """Of a firm with Ravi, who is signed in, and Anil, who was removed."""
    store = Store(database)
    store.prepare()
    add(store, "ravi", RAVI)
    add(store, "anil", "+919876543212", active=False)
    enter(store, clock)
    return desk_of(store, clock)


@pytest.mark.parametrize("kind", DEEDS)
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("writes", range(3))
def test_a_kill_leaves_no_deed_that_is_not_noted_and_the_next_attempt_notes_it_once(
    desk, database, kind, writes, after
):
    before = desk.store.users.all()
    with suppress(Killed), database.dying(Death(writes, after)):
        DEEDS[kind](desk)
    assert events(desk.store, kind) or desk.store.users.all() == before
    DEEDS[kind](desk)
    assert desk.store.users.all() != before
    assert len(events(desk.store, kind)) == 1


def test_whoever_was_removed_and_let_in_again_is_to_sign_in_anew(desk):
    users.deactivate(desk, "ravi", by=ASHA)
    users.reactivate(desk, "ravi", by=ASHA)
    assert access.identify(desk.store, desk.clock, telegram_user_id=1) is None
    desk.clock.advance(minutes=1)
    enter(desk.store, desk.clock)


def test_a_number_that_comes_back_brings_no_session_back(desk):
    for op, phone in (("there", NEW_PHONE), ("back", RAVI)):
        users.change_partner(desk, op, "ravi", {"phone": phone}, by=ASHA)
    # Nothing was done by that account in between, which would have ended it too.
    assert access.identify(desk.store, desk.clock, telegram_user_id=1) is None
