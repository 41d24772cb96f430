"""Users: a phone is one partner, and a Telegram account is one partner."""

import datetime as dt

import pytest

from storage.errors import AlreadyExists
from storage.models import User


def partner(id: str, phone: str, name: str = "Anil", **fields) -> User:
    return User(id=id, name=name, phone=phone, registration_date=dt.date(2026, 8, 1), **fields)


@pytest.fixture
def anil(store):
    return store.users.add(partner("u1", "+919876543210"))


@pytest.fixture
def bina(store):
    return store.users.add(partner("u2", "+919876543211", "bina"))


def test_a_partner_is_found_by_id_and_by_phone(store, anil):
    assert store.users.get("u1") == anil
    assert store.users.by_phone("+919876543210") == anil
    assert store.users.get("u2") is None
    assert store.users.by_phone("+919876543211") is None


def test_adding_the_same_id_again_gives_the_first_one(store, anil):
    assert store.users.add(partner("u1", "+919876543219", "Somebody")) == anil
    assert store.users.all() == [anil]


def test_a_phone_is_one_partners_even_once_they_are_removed(store, anil):
    store.users.set_active("u1", False)

    with pytest.raises(AlreadyExists, match="phone"):
        store.users.add(partner("u2", "+919876543210"))


def test_whoever_wants_the_evening_summary_does_so_from_a_day_on(store, anil, bina):
    assert anil.evening_from is None
    store.users.set_evening("u1", dt.date(2026, 8, 3))
    assert store.users.get("u1").evening_from == dt.date(2026, 8, 3)
    assert store.users.get("u2").evening_from is None
    store.users.set_evening("u1", None)
    assert store.users.get("u1").evening_from is None


def test_a_linked_telegram_account_is_its_partner(store, anil, bina):
    store.users.link_telegram("u1", 5_000_000_001, 5_000_000_001)

    linked = store.users.by_telegram_user(5_000_000_001)
    assert (linked.id, linked.chat_id) == ("u1", 5_000_000_001)
    assert store.users.by_telegram_user(7) is None


def test_a_telegram_account_moves_to_the_partner_who_signed_in_last(store, anil, bina):
    store.users.link_telegram("u1", 7, 70)
    store.users.link_telegram("u2", 7, 70)

    assert store.users.by_telegram_user(7).id == "u2"
    assert store.users.get("u1") == anil


def test_a_partner_may_take_a_new_telegram_account(store, anil):
    store.users.link_telegram("u1", 7, 70)
    store.users.link_telegram("u1", 8, 80)

    assert store.users.by_telegram_user(7) is None
    assert store.users.by_telegram_user(8).chat_id == 80


def test_linking_makes_a_partner_reachable_again(store, anil):
    store.users.set_reachable("u1", False)
    assert store.users.get("u1").reachable is False

    store.users.link_telegram("u1", 7, 70)
    assert store.users.get("u1").reachable is True


def test_those_removed_are_not_active_but_known(store, anil, bina):
    store.users.set_active("u1", False)
    assert [user.id for user in store.users.active()] == ["u2"]
    assert [(user.id, user.active) for user in store.users.all()] == [("u1", False), ("u2", True)]

    store.users.set_active("u1", True)
    assert [user.id for user in store.users.active()] == ["u1", "u2"]


def test_what_was_decided_of_an_earlier_turn_is_not_done(store, anil):
    store.users.set_active("u1", False, turn=0)
    store.users.set_active("u1", True, turn=1)
    store.users.set_active("u1", False, turn=0)
    assert (store.users.get("u1").active, store.users.get("u1").turns) == (True, 2)

    store.users.set_active("u1", False, turn=2)
    assert store.users.get("u1").active is False


def test_nor_is_what_others_overtake_between_the_look_and_the_write(store, anil, monkeypatch):
    store.users.set_active("u1", False)
    store.users.set_active("u1", True)
    monkeypatch.setattr(store.users, "get", lambda _id: anil)
    store.users.set_active("u1", False, turn=0)
    monkeypatch.undo()
    assert (store.users.get("u1").active, store.users.get("u1").turns) == (True, 2)


def test_a_partner_of_an_earlier_version_is_at_the_first_turn(store, anil):
    store._database["users"].update_one({"_id": "u1"}, {"$unset": {"turns": ""}})
    store.users.set_active("u1", False, turn=0)
    assert (store.users.get("u1").active, store.users.get("u1").turns) == (False, 1)


def test_a_picture_is_shown_by_its_link(store, anil):
    store.users.set_profile_image("u1", "https://t.me/bot?start=img_1", "1")
    shown = store.users.get("u1")
    assert (shown.profile_image, shown.image_id) == ("https://t.me/bot?start=img_1", "1")


def test_a_changed_partner_is_found_by_the_new_number_alone(store, anil, bina):
    store.users.change("u1", {"name": "Anil Kumar", "phone": "+919876543219"})
    assert store.users.by_phone("+919876543219").name == "Anil Kumar"
    assert store.users.by_phone("+919876543210") is None
    with pytest.raises(AlreadyExists):
        store.users.change("u1", {"phone": bina.phone})
    assert store.users.get("u1").phone == "+919876543219"


def test_an_account_that_many_sign_in_with_at_once_is_one_partners(embedded_store, together):
    for number in range(8):
        embedded_store.users.add(partner(f"u{number}", f"+9198765432{number:02}"))

    def link(number):
        try:
            embedded_store.users.link_telegram(f"u{number}", 7, 70)
        except AlreadyExists as error:
            return error.field
        return "linked"

    outcomes = together(link, 8)

    assert "linked" in outcomes
    assert set(outcomes) <= {"linked", "telegram_user_id"}
    assert sum(user.telegram_user_id == 7 for user in embedded_store.users.all()) == 1
