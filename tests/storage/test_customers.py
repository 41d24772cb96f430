"""Customers: kept once, found by what people type, and never given balances by a profile."""

import datetime as dt
from functools import partial

import pytest
from pymongo.errors import AutoReconnect

from storage import customers
from storage.customers import Totals
from storage.errors import AlreadyExists
from storage.folding import fold_name
from storage.models import Customer
from storage.store import Store

MORNING = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)


def customer(id: str, name: str = "Ramesh Traders", **fields) -> Customer:
    return Customer(id=id, name=name, name_key=fold_name(name), **fields)


def names(customers):
    return [found.name for found in customers]


def test_a_customer_comes_back_as_they_were_added(store):
    added = customer(
        "c1",
        phone="+919876543210",
        email="ramesh@example.com",
        address="12 मंडी रोड\nKhanna <b>",
        business_type="Retail",
        profile_image="https://t.me/bot?start=img_1",
        image_id="1",
        created_by_user_id="u1",
        created_at=MORNING,
        used_at=MORNING,
    )

    assert store.customers.add(added) == added
    assert store.customers.get("c1") == added
    assert store.customers.get("c2") is None


def test_adding_the_same_id_again_gives_the_first_one(store):
    first = store.customers.add(customer("c1", phone="+919876543210"))

    assert store.customers.add(customer("c1", "Somebody else", phone="+919876543211")) == first
    assert store.customers.count() == 1


def test_a_phone_belongs_to_one_customer(store):
    store.customers.add(customer("c1", phone="+919876543210"))

    with pytest.raises(AlreadyExists, match="phone") as caught:
        store.customers.add(customer("c2", phone="+919876543210"))

    assert caught.value.field == "phone"
    assert store.customers.count() == 1


def test_any_number_of_customers_have_no_phone(store):
    for id in ("c1", "c2", "c3"):
        store.customers.add(customer(id))

    assert store.customers.count() == 3


def profile(**fields):
    return {
        "name": "Ramesh & Sons",
        "name_key": "ramesh & sons",
        "phone": None,
        "email": None,
        "address": None,
        "business_type": None,
        "profile_image": None,
        "image_id": None,
        **fields,
    }


def test_a_profile_changes_who_they_are_and_not_what_they_owe(store):
    added = customer("c1", phone="+919876543210", total_outstanding_balance=500, applied_seq=2)
    store.customers.add(added)

    store.customers.update_profile("c1", profile(email="r@example.com", phone="+919876543211"))

    changed = {"name": "Ramesh & Sons", "name_key": "ramesh & sons", "email": "r@example.com"}
    assert store.customers.get("c1") == added.model_copy(
        update={**changed, "phone": "+919876543211"}
    )


def test_a_profile_cannot_take_another_customers_phone(store):
    store.customers.add(customer("c1", phone="+919876543210"))
    second = store.customers.add(customer("c2", phone="+919876543211"))

    with pytest.raises(AlreadyExists, match="phone"):
        store.customers.update_profile("c2", {"phone": "+919876543210"})

    assert store.customers.get("c2") == second


def test_a_phone_given_up_is_free_again(store):
    store.customers.add(customer("c1", phone="+919876543210"))
    store.customers.update_profile("c1", {"phone": None})

    assert store.customers.add(customer("c2", phone="+919876543210")).id == "c2"


def test_balances_follow_the_ledger_and_never_go_back(store):
    store.customers.add(customer("c1", used_at=MORNING))
    noon = MORNING + dt.timedelta(hours=3)

    bring_up_to = partial(store.customers.bring_up_to, "c1")

    assert not bring_up_to(seq=2, outstanding=700, advance=0, used_at=noon), (
        "the first is not shown"
    )
    assert bring_up_to(seq=1, outstanding=400, advance=30, used_at=MORNING)
    assert bring_up_to(seq=2, outstanding=700, advance=0, used_at=noon)
    assert not bring_up_to(seq=1, outstanding=400, advance=30, used_at=MORNING)

    shown = store.customers.get("c1")
    assert (shown.applied_seq, shown.total_outstanding_balance, shown.advance) == (2, 700, 0)
    assert shown.used_at == noon


@pytest.fixture
def market(store):
    for number, name in enumerate(
        ["Balaram", "Ram", "Ramesh  Traders", "राम सिंह", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "Shop (a+)+$ 12"]
    ):
        store.customers.add(customer(f"c{number}", name, phone=f"+9198765432{number:02}"))
    return store.customers


def test_the_very_name_is_found_first_then_names_that_start_with_it_then_the_others(market):
    assert names(market.search("RAM")) == ["Ram", "Ramesh  Traders", "Balaram"]


def test_a_search_gives_each_customer_once_and_at_most_the_limit(market):
    assert names(market.search("ram", limit=2)) == ["Ram", "Ramesh  Traders"]
    assert names(market.search("a", limit=20)) == [
        "Balaram",
        "Ram",
        "Ramesh  Traders",
        "Shop (a+)+$ 12",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("  ramesh traders ", ["Ramesh  Traders"]),
        ("राम", ["राम सिंह"]),
        ("रा\u200dम", ["राम सिंह"]),
        ("ＲＡＭＥＳＨ", ["Ramesh  Traders"]),
        ("सिंह", ["राम सिंह"]),
        ("ਗੁਰਪ੍ਰੀਤ", ["ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ"]),
        ("(a+)+$", ["Shop (a+)+$ 12"]),
    ],
)
def test_names_of_any_script_and_any_marks_are_found(market, typed, found):
    assert names(market.search(typed)) == found


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        ".*",
        "^",
        "r.m",
        '{"$gt": ""}',
        "$where",
        "ram\\b",
        "zz",
        "\ud800",
        "\0",
        "x" * 4096,
    ],
)
def test_what_is_typed_is_text_and_no_pattern(market, typed):
    assert market.search(typed) == []


@pytest.mark.parametrize(
    "typed", ["3202", "98765 43202", "+91 98765-43202", "098765 43202", "३२०२"]
)
def test_digits_find_the_phone(market, typed):
    assert names(market.search(typed)) == ["Ramesh  Traders"]


def test_digits_find_names_too(market):
    assert names(market.search("12")) == ["Shop (a+)+$ 12"]


def test_who_was_added_since_the_last_search_is_found(market):
    assert market.search("mohan") == []
    market.add(customer("c9", "Mohan Lal", phone="+919811111111"))

    assert names(market.search("mohan")) == ["Mohan Lal"]
    assert names(market.search("1111111")) == ["Mohan Lal"]


def test_who_is_renamed_is_found_under_the_new_name_alone(market):
    assert names(market.search("balaram")) == ["Balaram"]
    market.update_profile("c0", {"name": "Mohan", "name_key": "mohan"})
    market.update_profile("c0", {"phone": "+919811111111"})

    assert names(market.search("mohan")) == ["Mohan"]
    assert names(market.search("1111111")) == ["Mohan"]
    assert market.search("balaram") == market.search("3200") == []


def test_who_could_not_be_changed_is_found_as_before(market):
    market.search("mohan")
    with pytest.raises(AlreadyExists):
        market.update_profile("c0", {"name_key": "mohan", "phone": "+919876543201"})

    assert names(market.search("balaram")) == ["Balaram"]
    assert market.search("mohan") == []


def test_whom_the_store_may_have_renamed_as_it_went_away_is_found(market, monkeypatch):
    update_one = market._documents.update_one

    def cut_off(*asked):
        update_one(*asked)
        raise AutoReconnect

    market.search("mohan")
    monkeypatch.setattr(market._documents, "update_one", cut_off)
    with pytest.raises(AutoReconnect):
        market.update_profile("c0", {"name": "Mohan", "name_key": "mohan"})

    assert names(market.search("mohan")) == ["Mohan"]


def test_whom_another_process_added_is_found_at_once(store):
    another = Store(store._database).customers
    assert store.customers.search("ram") == []
    another.add(customer("c1", "Ram"))

    assert names(store.customers.search("ram")) == ["Ram"]


def test_whom_another_process_renamed_is_found_within_the_hour(store, monkeypatch):
    another = Store(store._database).customers
    another.add(customer("c1", "Ram"))
    assert names(store.customers.search("ram")) == ["Ram"]
    another.update_profile("c1", {"name": "Mohan", "name_key": "mohan"})
    now = customers.time.monotonic()

    monkeypatch.setattr(customers.time, "monotonic", lambda: now + 3601)
    assert names(store.customers.search("mohan")) == ["Mohan"]


def test_of_two_who_rename_one_at_once_the_name_that_is_kept_is_found(embedded_store, together):
    embedded_store.customers.add(customer("c1", "Ram"))
    embedded_store.customers.search("ram")

    def rename(number):
        embedded_store.customers.update_profile("c1", {"name_key": f"mohan {number}"})
        return len(embedded_store.customers.search("mohan"))

    assert together(rename, 8) == [1] * 8
    kept = embedded_store.customers.get("c1").name_key
    assert [one.id for one in embedded_store.customers.search(kept)] == ["c1"]


def test_the_recent_ones_are_those_used_last(store):
    for number, name in enumerate(["Asha", "Bina", "Chand"]):
        used_at = MORNING + dt.timedelta(minutes=number)
        store.customers.add(customer(f"c{number}", name, used_at=used_at))
    later = MORNING + dt.timedelta(hours=1)
    store.customers.bring_up_to("c0", seq=1, outstanding=1, advance=0, used_at=later)

    assert names(store.customers.recent(2)) == ["Asha", "Chand"]


def test_pages_are_by_name(store):
    for name in ("bina", "Asha", "Chand"):
        store.customers.add(customer(name, name))

    assert names(store.customers.page(0, 2)) == ["Asha", "bina"]
    assert names(store.customers.page(2, 2)) == ["Chand"]
    assert store.customers.count() == 3


def test_an_empty_store_counts_nobody(store):
    assert store.customers.count() == 0
    assert store.customers.page(0, 5) == []


def test_those_alike_have_the_same_phone_or_the_same_name(store):
    store.customers.add(customer("c1", "Ram", phone="+919876543210"))
    store.customers.add(customer("c2", "RAM"))
    store.customers.add(customer("c3", "Ramu"))

    def alike(name_key, phone):
        return [found.id for found in store.customers.alike(name_key, phone)]

    assert alike("ram", "+919876543210") == ["c1", "c2"]
    assert alike("nobody", "+919876543210") == ["c1"]
    assert alike("", None) == []


def test_of_many_who_want_a_phone_at_once_one_gets_it(embedded_store, together):
    def add(number):
        try:
            return embedded_store.customers.add(customer(f"c{number}", phone="+919876543210")).id
        except AlreadyExists:
            return None

    winners = [id for id in together(add, 12) if id]

    assert len(winners) == 1
    assert embedded_store.customers.count() == 1


def test_the_balances_of_all_are_added_up(store):
    assert store.customers.totals() == Totals()
    for id, outstanding, advance in (("c1", 500, 0), ("c2", 70, 0), ("c3", 0, 9)):
        store.customers.add(customer(id))
        balances = {"outstanding": outstanding, "advance": advance, "used_at": MORNING}
        assert store.customers.bring_up_to(id, seq=1, **balances)

    assert store.customers.totals() == Totals(outstanding=570, advance=9, entries=3)
