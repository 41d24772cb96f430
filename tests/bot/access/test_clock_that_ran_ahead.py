"""A clock that was a year ahead for a while locks nobody out, and lets nobody stay."""

import pytest

from bot import access
from bot.access import CodeExpired, CodeSent
from tests.bot.access.door import check, enter, fail_fifteen_times, request


@pytest.fixture
def ahead(firm, clock):
    """Does something a year ahead, and comes back."""

    def do(what):
        clock.advance(days=365)
        done = what(firm, clock)
        clock.advance(days=-366)
        return done

    return do


def test_codes_sent_then_do_not_count(firm, clock, ahead):
    ahead(request)
    assert isinstance(request(firm, clock), CodeSent)


def test_a_lock_of_then_does_not_hold(firm, clock, ahead):
    ahead(fail_fifteen_times)
    assert access.locked(firm, clock, firm.users.get("ravi")) is None
    assert isinstance(request(firm, clock), CodeSent)


def test_a_code_of_then_is_too_old(firm, clock, ahead):
    sent = ahead(request)
    assert check(firm, clock, sent.code) == CodeExpired()


def test_a_session_of_then_is_none(firm, clock, ahead):
    ahead(enter)
    assert access.identify(firm, clock, telegram_user_id=1) is None


def test_a_session_that_was_used_then_goes_on_and_is_idle_from_now(firm, clock):
    enter(firm, clock)
    clock.advance(days=6)
    assert access.identify(firm, clock, telegram_user_id=1) is not None
    clock.advance(days=-6)
    assert access.identify(firm, clock, telegram_user_id=1) is not None
    clock.advance(days=7)
    assert access.identify(firm, clock, telegram_user_id=1) is None


def test_an_unknown_person_of_then_may_knock(firm, clock, ahead):
    ahead(lambda store, clock: access.may_knock(store, clock, 7))
    assert access.may_knock(firm, clock, 7)
