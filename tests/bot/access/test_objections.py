"""A partner is told of a sign-in on their account, and may end what was opened by it."""

import datetime as dt

import pytest

from bot import access
from bot.desk import Who
from storage.models import EventKind
from tests.bot.access.door import SITA, enter, events

ADMIN = Who(9, admin=True)
FORMER, NEW = 1, 2


@pytest.fixture
def taken_over(firm, clock):
    """Ravi was signed in; then another account signed in with a code sent to his phone."""
    enter(firm, clock, telegram_user_id=FORMER)
    clock.advance(minutes=1)
    return enter(firm, clock, telegram_user_id=NEW)


def is_in(firm, clock, telegram_user_id) -> bool:
    return access.identify(firm, clock, telegram_user_id=telegram_user_id) is not None


def object_to(firm, clock, signed_in, telegram_user_id):
    by = Who(telegram_user_id, name="Ravi S")
    return access.object_to(firm, clock, signed_in.event_id, by=by)


def test_the_account_that_was_signed_in_is_named(firm, clock):
    first = enter(firm, clock, telegram_user_id=FORMER)
    assert first.former is None
    clock.advance(minutes=1)
    second = enter(firm, clock, telegram_user_id=NEW)
    assert second.former == (FORMER, FORMER)
    assert firm.audit.get(second.event_id).former_telegram_user_id == FORMER


def test_of_the_same_account_again_nobody_else_is_told(firm, clock):
    enter(firm, clock)
    clock.advance(minutes=1)
    assert enter(firm, clock).former is None


def test_an_account_whose_session_time_ended_is_still_told(firm, clock):
    enter(firm, clock, telegram_user_id=FORMER)
    clock.advance(days=8)
    assert enter(firm, clock, telegram_user_id=NEW).former == (FORMER, FORMER)


@pytest.mark.parametrize("by", [Who(FORMER), ADMIN])
def test_an_account_that_was_signed_out_has_no_say_any_more(firm, clock, by):
    """It may be in the hands of whoever stole the phone that it is on."""
    enter(firm, clock, telegram_user_id=FORMER)
    if by is ADMIN:
        access.sign_out_user(firm, clock, firm.users.get("ravi"), by=by)
    else:
        access.sign_out(firm, clock, by=by)
    clock.advance(minutes=1)
    again = enter(firm, clock, telegram_user_id=NEW)
    assert again.former is None
    assert object_to(firm, clock, again, FORMER) is None
    assert is_in(firm, clock, NEW)


@pytest.mark.parametrize("who", [FORMER, NEW])
def test_either_account_ends_the_new_session_and_opens_none(firm, clock, taken_over, who):
    assert object_to(firm, clock, taken_over, who) == firm.users.get("ravi")
    assert access.sessions_of(firm, clock, "ravi") == []
    assert not is_in(firm, clock, FORMER)
    assert not is_in(firm, clock, NEW)
    (noted,) = events(firm, EventKind.SIGN_OUT)
    assert (noted.telegram_user_id, noted.actor_name) == (who, "Ravi S")
    assert (noted.subject_id, noted.detail) == ("ravi", "objected")


def test_objecting_again_does_nothing(firm, clock, taken_over):
    object_to(firm, clock, taken_over, FORMER)
    assert object_to(firm, clock, taken_over, FORMER) is None
    assert object_to(firm, clock, taken_over, NEW) is None
    assert len(events(firm, EventKind.SIGN_OUT)) == 1


def test_nobody_else_may_object(firm, clock, taken_over):
    enter(firm, clock, telegram_user_id=3, phone=SITA)
    for stranger in (3, 7, ADMIN.telegram_id):
        assert object_to(firm, clock, taken_over, stranger) is None
    assert is_in(firm, clock, NEW)


def test_an_old_notice_does_nothing_to_a_later_sign_in(firm, clock, taken_over):
    clock.advance(minutes=2)
    later = enter(firm, clock, telegram_user_id=NEW)
    for who in (FORMER, NEW):
        assert object_to(firm, clock, taken_over, who) is None
    assert object_to(firm, clock, later, FORMER) is None
    assert is_in(firm, clock, NEW)


def test_an_old_notice_does_nothing_after_a_sign_in_on_a_third_account(firm, clock, taken_over):
    clock.advance(minutes=2)
    enter(firm, clock, telegram_user_id=3)
    for who in (FORMER, NEW):
        assert object_to(firm, clock, taken_over, who) is None
    assert is_in(firm, clock, 3)


def test_a_notice_is_worth_nothing_once_its_session_ended_by_itself(firm, clock, taken_over):
    clock.advance(days=7)
    assert object_to(firm, clock, taken_over, FORMER) is None
    assert events(firm, EventKind.SIGN_OUT) == []


def test_a_notice_works_as_long_as_its_session_lives_and_no_longer(firm, clock, taken_over):
    opened = clock.now()
    for _day in range(29):
        clock.advance(days=1)
        assert is_in(firm, clock, NEW)
    clock.moment = opened + dt.timedelta(days=30)
    assert object_to(firm, clock, taken_over, FORMER) is None
    clock.moment -= dt.timedelta(seconds=1)
    assert object_to(firm, clock, taken_over, FORMER) is not None


def test_no_other_event_can_be_objected_to(firm, clock, taken_over):
    access.sign_out(firm, clock, by=Who(NEW))
    clock.advance(minutes=2)
    enter(firm, clock, telegram_user_id=NEW)
    for event in events(firm):
        if event.kind is not EventKind.SIGN_IN:
            assert access.object_to(firm, clock, event.id, by=Who(NEW)) is None
    for made_up in ("", "0" * 24, "x" * 64, "1"):
        assert access.object_to(firm, clock, made_up, by=Who(NEW)) is None
    assert is_in(firm, clock, NEW)


def test_a_sign_in_that_comes_in_between_is_not_ended(firm, clock, taken_over, monkeypatch):
    clock.advance(minutes=2)
    end_session = firm.sign_ins.end_session

    def signed_in_meanwhile(*given):
        enter(firm, clock, telegram_user_id=NEW)
        return end_session(*given)

    monkeypatch.setattr(firm.sign_ins, "end_session", signed_in_meanwhile)
    assert object_to(firm, clock, taken_over, FORMER) is None
    assert is_in(firm, clock, NEW)
