"""Staying in: how long, on which account, who is told what of a session, and how it ends."""

import datetime as dt

import pytest

from bot import access, sign_in
from bot.desk import Who
from tests.bot.access.door import RAVI, SITA, check, enter, request

ADMIN = Who(9, admin=True, name="Asha")
NEW_PHONE = "+919876543299"


def is_in(firm, clock, telegram_user_id=1) -> bool:
    return access.identify(firm, clock, telegram_user_id=telegram_user_id) is not None


def has_ended(firm, clock, telegram_user_id=1) -> bool:
    return access.has_ended(firm, clock, telegram_user_id=telegram_user_id)


# How long.


def test_a_session_ends_after_seven_idle_days(firm, clock):
    enter(firm, clock)
    for _use in range(2):
        clock.advance(days=6, hours=23)
        assert is_in(firm, clock)
    clock.advance(days=7)
    assert not is_in(firm, clock)


def test_a_session_ends_after_thirty_days_however_busy(firm, clock):
    enter(firm, clock)
    for _ in range(29):
        clock.advance(days=1)
        assert is_in(firm, clock)
    clock.advance(days=1, seconds=-1)
    assert is_in(firm, clock)
    clock.advance(seconds=1)
    assert not is_in(firm, clock)


def test_being_seen_does_not_move_the_end_of_a_session(firm, clock):
    enter(firm, clock)
    expiration = firm.sign_ins.get(1).session_expiration
    clock.advance(days=1)
    assert is_in(firm, clock)
    seen = firm.sign_ins.get(1)
    assert seen.session_expiration == expiration
    assert expiration - seen.last_seen == sign_in.SESSION_LIFETIME - dt.timedelta(days=1)


def test_knowing_who_writes_takes_two_reads_and_rarely_a_write(firm, clock, monkeypatch):
    enter(firm, clock)
    calls = []
    for collection, name in ((firm.sign_ins, "get"), (firm.users, "get"), (firm.sign_ins, "saw")):
        real = getattr(collection, name)
        monkeypatch.setattr(
            collection, name, lambda *given, r=real, n=name: calls.append(n) or r(*given)
        )
    for _ in range(10):
        is_in(firm, clock)
        clock.advance(seconds=25)
    assert calls == ["get", "get"] * 10
    clock.advance(minutes=5)
    is_in(firm, clock)
    is_in(firm, clock)
    assert calls[20:] == ["get", "get", "saw", "get", "get"]


# Who is in.


def test_a_stranger_is_nobody(firm, clock):
    assert not is_in(firm, clock, telegram_user_id=7)
    request(firm, clock)
    assert not is_in(firm, clock)


def test_a_removed_partner_is_nobody_at_once(firm, clock):
    enter(firm, clock)
    firm.users.set_active("ravi", False)
    assert not is_in(firm, clock)


def test_a_partner_whose_phone_changed_is_nobody(firm, clock):
    enter(firm, clock)
    firm.users.change("ravi", {"phone": NEW_PHONE})
    assert not is_in(firm, clock)


def test_who_signs_in_from_another_account_is_signed_out_on_the_first(firm, clock):
    enter(firm, clock, telegram_user_id=1)
    clock.advance(minutes=1)
    enter(firm, clock, telegram_user_id=2)
    assert not is_in(firm, clock, telegram_user_id=1)
    assert access.identify(firm, clock, telegram_user_id=2).id == "ravi"


def test_an_account_that_signs_in_as_another_partner_is_only_that_one(firm, clock):
    enter(firm, clock)
    clock.advance(minutes=1)
    enter(firm, clock, phone=SITA)
    assert access.identify(firm, clock, telegram_user_id=1).id == "sita"
    assert firm.users.get("ravi").telegram_user_id is None


# What is told of sessions.


def test_a_session_says_since_when_and_when_it_was_used(firm, clock):
    enter(firm, clock)
    opened = clock.now()
    clock.advance(hours=3)
    is_in(firm, clock)
    (session,) = access.sessions_of(firm, clock, "ravi")
    assert (session.opened_at, session.last_seen) == (opened, clock.now())
    assert access.is_signed_in(firm, clock, firm.users.get("ravi"))


def test_only_live_sessions_are_shown(firm, clock):
    assert access.sessions_of(firm, clock, "ravi") == []
    enter(firm, clock, telegram_user_id=1)
    clock.advance(minutes=1)
    enter(firm, clock, telegram_user_id=2)
    assert [one.id for one in access.sessions_of(firm, clock, "ravi")] == ["2"]
    clock.advance(days=7)
    assert access.sessions_of(firm, clock, "ravi") == []
    assert access.sessions_of(firm, clock, "nobody") == []


def test_when_somebody_was_last_seen_is_known_after_the_session(firm, clock):
    ravi = firm.users.get("ravi")
    assert access.last_seen(firm, ravi) is None
    enter(firm, clock)
    seen = clock.now()
    access.sign_out(firm, clock, by=Who(1))
    clock.advance(days=40)
    assert access.last_seen(firm, ravi) == seen
    request(firm, clock)  # a code asked for in vain is no visit
    assert access.last_seen(firm, ravi) == seen
    clock.advance(minutes=1)
    enter(firm, clock, telegram_user_id=2)
    assert access.last_seen(firm, ravi) == clock.now()
    assert access.last_seen(firm, firm.users.get("sita")) is None


def test_an_account_brings_no_visit_along_to_another_partner(firm, clock):
    enter(firm, clock)
    clock.advance(minutes=1)
    request(firm, clock, phone=SITA)
    assert access.last_seen(firm, firm.users.get("sita")) is None


@pytest.mark.parametrize("idle_days", [7, 30])
def test_a_partner_learns_that_time_ended_the_session(firm, clock, idle_days):
    enter(firm, clock)
    clock.advance(days=idle_days, seconds=-1)
    assert has_ended(firm, clock) is (idle_days > 7)
    clock.advance(seconds=1)
    assert has_ended(firm, clock)


def test_nobody_else_learns_that_there_was_a_session(firm, clock):
    assert not has_ended(firm, clock, telegram_user_id=7)
    request(firm, clock)
    assert not has_ended(firm, clock)
    enter(firm, clock, telegram_user_id=2, phone=SITA)
    assert not has_ended(firm, clock, telegram_user_id=2)
    clock.advance(days=8)
    assert has_ended(firm, clock, telegram_user_id=2)
    firm.users.set_active("sita", False)
    assert not has_ended(firm, clock, telegram_user_id=2)


def test_whoever_signed_out_or_was_replaced_is_told_nothing(firm, clock):
    enter(firm, clock, telegram_user_id=1)
    clock.advance(minutes=1)
    enter(firm, clock, telegram_user_id=2)
    enter(firm, clock, telegram_user_id=3, phone=SITA)
    access.sign_out(firm, clock, by=Who(3))
    clock.advance(days=8)
    assert [has_ended(firm, clock, who) for who in (1, 2, 3)] == [False, True, False]
    firm.users.change("ravi", {"phone": NEW_PHONE})
    assert not has_ended(firm, clock, telegram_user_id=2)


# How it ends.


def test_signing_out_ends_the_session_at_once(firm, clock):
    enter(firm, clock)
    access.sign_out(firm, clock, by=Who(1))
    assert not is_in(firm, clock)
    access.sign_out(firm, clock, by=Who(1))
    access.sign_out(firm, clock, by=Who(7))
    assert firm.sign_ins.get(7) is None


def test_signing_out_a_partner_voids_their_codes_and_leaves_the_others(firm, clock):
    enter(firm, clock)
    enter(firm, clock, telegram_user_id=2, phone=SITA)
    clock.advance(minutes=1)
    code = request(firm, clock, telegram_user_id=3, phone=RAVI).code
    access.sign_out_user(firm, clock, firm.users.get("ravi"), by=ADMIN)
    assert not is_in(firm, clock)
    assert check(firm, clock, code, telegram_user_id=3) == access.NoCode()
    assert is_in(firm, clock, telegram_user_id=2)


LOSSES = {
    "the number": (
        lambda store: store.users.change("ravi", {"phone": NEW_PHONE}),
        lambda store: store.users.change("ravi", {"phone": RAVI}),
    ),
    "access": (
        lambda store: store.users.set_active("ravi", False),
        lambda store: store.users.set_active("ravi", True),
    ),
    "the link": (
        lambda store: store.users.link_telegram("ravi", 2, 2),
        lambda store: store.users.link_telegram("ravi", 1, 1),
    ),
}


@pytest.mark.parametrize(("lost", "back"), LOSSES.values(), ids=LOSSES)
def test_a_session_that_was_not_theirs_once_is_never_again(firm, clock, lost, back):
    enter(firm, clock)
    lost(firm)
    assert not is_in(firm, clock)
    back(firm)
    assert not is_in(firm, clock)
    assert access.sessions_of(firm, clock, "ravi") == []
