"""An import that is killed at any write, and run again, ends as one that was never disturbed."""

from contextlib import suppress
from itertools import count

import pytest

from storage.store import Store
from tests.bot.importing.old_books import Import, bill, customer, user, whole
from tests.ledger.dying import Death, Killed, MortalDatabase

BOOKS = (
    [
        customer(total_outstanding_balance=70),
        customer(_id="other", phone=None, total_outstanding_balance=5),
    ],
    [
        bill(100, 30, _id="1", invoice_number="A-1"),
        bill(20, 20, _id="2", invoice_date="2024-07-01"),
        bill(5, _id="3", customer_id="other", invoice_number="A-1"),
    ],
    [user(), user(_id="second", phone="98765 43212")],
)


@pytest.fixture
def begun(store, clock, tmp_path):
    """Makes further empty databases beside the one in ``store``."""
    client, names = store._database.client, []

    def begin():
        names.append(f"{store._database.name}_{len(names)}")
        fresh = Store(client[names[-1]])
        fresh.prepare()
        return Import(fresh, clock, tmp_path)

    yield begin
    for name in names:
        client.drop_database(name)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_death_at_any_write_then_again_is_one_clean_import(begun, after):
    undisturbed = begun()
    assert undisturbed.run(*BOOKS) == 0
    expected = whole(undisturbed.store)

    for survived in count():
        fresh = begun()
        mortal = MortalDatabase(fresh.store._database)
        dying = Import(Store(mortal), fresh.clock, fresh.folder)
        with suppress(Killed), mortal.dying(Death(survived, after=after)):
            dying.run(*BOOKS)
        if not mortal.died:
            break
        assert fresh.run(*BOOKS, dry_run=True) == 0
        assert fresh.run(*BOOKS) == 0
        assert whole(fresh.store) == expected

    assert survived >= 2 + 2 + 3 * 3, "two users, two customers, an entry and two views each"
