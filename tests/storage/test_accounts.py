"""All accounts, whole, however little is read at a time."""

import pytest

from storage.models import Customer, LedgerEntry
from tests.bot.books import every_kind, keep, sell


@pytest.fixture
def kept(store, clock):
    """ramesh with twelve entries, gopal with two, and suresh with none."""
    keep(store, every_kind())
    store.customers.add(Customer(id="gopal", name="Gopal"))
    for op in ("g1", "g2"):
        sell(store, clock, op, "gopal")
    return store


def read(store):
    return {
        account.customer_id: (account.customer["name"], [one["_id"] for one in account.entries])
        for account in store.accounts.each()
    }


@pytest.mark.parametrize("page", [1, 2, 3, 12, 13, 14, 100])
def test_every_customer_is_there_once_with_all_their_entries(kept, monkeypatch, page):
    monkeypatch.setattr("storage.accounts.PAGE", page)

    assert len(list(kept.accounts.each())) == 3
    assert read(kept) == {
        "gopal": ("Gopal", ["g1", "g2"]),
        "ramesh": ("Ramesh", [entry.op for entry in every_kind()]),
        "suresh": ("Suresh", []),
    }


def test_an_entry_is_whole_but_for_what_was_open_after_it(kept):
    accounts = {account.customer_id: account for account in kept.accounts.each()}
    right = [entry.model_copy(update={"open": []}) for entry in every_kind()]

    entries = accounts["ramesh"].entries
    assert [LedgerEntry.read({**entry, "open": []}) for entry in entries] == right


def test_who_is_not_there_and_has_entries_is_not_left_out(kept):
    kept._database["customers"].delete_one({"_id": "gopal"})
    (gopal,) = [one for one in kept.accounts.each() if one.customer_id == "gopal"]

    assert (gopal.customer, len(gopal.entries)) == (None, 2)


def test_what_is_posted_meanwhile_takes_nothing_from_what_was_there(kept, clock, monkeypatch):
    monkeypatch.setattr("storage.accounts.PAGE", 1)
    before = read(kept)
    accounts = kept.accounts.each()
    next(accounts)
    sell(kept, clock, "later", "suresh")
    sell(kept, clock, "later still", "gopal")

    seen = {one.customer_id: [entry["_id"] for entry in one.entries] for one in accounts}
    assert seen["ramesh"] == before["ramesh"][1]
    assert seen["suresh"] == ["later"]
