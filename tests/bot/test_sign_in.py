import datetime as dt
import re

import pytest

from bot import sign_in
from bot.errors import InvalidText
from storage.models import SignIn, SignInLimit

NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
KEY = b"k" * 32
BOUND = {"telegram_user_id": 1, "chat_id": 2, "phone": "+919876543210", "challenge": "c"}


def after(**parts: float) -> dt.datetime:
    return NOW + dt.timedelta(**parts)


def limit_with_sends(*moments: dt.datetime) -> SignInLimit:
    limit = SignInLimit(id="phone:+919876543210", rev=0)
    for moment in moments:
        limit = sign_in.after_send(limit, moment)
    return limit


def limit_with_failures(count: int, start: SignInLimit | None = None) -> SignInLimit:
    limit = start or limit_with_sends()
    for _ in range(count):
        limit = sign_in.after_failure(limit, NOW)
    return limit


def session(**changes: object) -> SignIn:
    usual: dict[str, object] = {
        "id": "1",
        "phone": "+919876543210",
        "verified": True,
        "session_token": "digest",
        "session_expiration": NOW + sign_in.SESSION_LIFETIME,
        "last_seen": NOW,
    }
    return SignIn.model_validate({**usual, **changes})


def test_a_code_is_six_digits_and_not_the_same_again():
    codes = {sign_in.new_code() for _ in range(200)}
    assert all(re.fullmatch(r"[0-9]{6}", code) for code in codes)
    assert len(codes) > 190


def test_a_code_keeps_its_leading_zeros(monkeypatch):
    monkeypatch.setattr(sign_in.secrets, "randbelow", lambda _: 42)
    assert sign_in.new_code() == "000042"


@pytest.mark.parametrize(
    "typed",
    ["123456", " 123 456 ", "123-456", "12–34–56", "१२३४५६", "੧੨੩੪੫੬", "۱۲۳۴۵۶", "\u200e123456\n"],
)
def test_a_code_is_read_as_people_type_it(typed):
    assert sign_in.read_code(typed) == "123456"


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "12345a", "hello", "¹²³⁴⁵⁶", "12.456", "½23456", "x" * 4096]
)
def test_what_is_no_code_is_refused_with_an_example(typed):
    with pytest.raises(InvalidText, match="6 digits, for example 123456"):
        sign_in.read_code(typed)


@pytest.mark.parametrize(
    "typed",
    ["123456", "code: 123456", "it is 123-456.", "१२३ ४५६ है", "1 2 3 4 5 6", "x123456\nRavi"],
)
def test_a_code_is_found_among_words(typed):
    assert sign_in.holds_code(typed)


@pytest.mark.parametrize(
    "typed", ["", "hello", "12345", "code 1234567", "98765 43210", "12 and 34"]
)
def test_other_numbers_are_none(typed):
    assert not sign_in.holds_code(typed)


@pytest.mark.parametrize(
    "changed",
    [{"telegram_user_id": 9}, {"chat_id": 9}, {"phone": "+919876543211"}, {"challenge": "d"}],
)
def test_a_digest_is_worth_nothing_elsewhere(changed):
    here = sign_in.code_digest(KEY, "123456", **BOUND)
    there = sign_in.code_digest(KEY, "123456", **{**BOUND, **changed})
    assert not sign_in.same_digest(here, there)


def test_a_digest_depends_on_the_code_and_the_key_and_shows_neither():
    digest = sign_in.code_digest(KEY, "123456", **BOUND)
    assert sign_in.same_digest(digest, sign_in.code_digest(KEY, "123456", **BOUND))
    assert not sign_in.same_digest(digest, sign_in.code_digest(KEY, "123457", **BOUND))
    assert not sign_in.same_digest(digest, sign_in.code_digest(b"x" * 32, "123456", **BOUND))
    assert re.fullmatch(r"[0-9a-f]{64}", digest)


def test_the_first_code_goes_at_once():
    assert sign_in.sendable_at(limit_with_sends()) is None


@pytest.mark.parametrize(
    ("sends", "next_one"),
    [
        ([after()], after(seconds=60)),
        ([after(), after(seconds=60)], after(seconds=180)),
        # The third in a row waits five minutes, but three in fifteen minutes weigh more.
        ([after(), after(seconds=60), after(seconds=180)], after(minutes=15)),
        ([after(), after(minutes=7), after(minutes=14)], after(minutes=19)),
        # An hour later a new row begins.
        ([after(), after(seconds=60), after(hours=1)], after(hours=1, seconds=60)),
    ],
)
def test_the_wait_for_another_code_grows(sends, next_one):
    assert sign_in.sendable_at(limit_with_sends(*sends)) == next_one


def test_the_sixth_code_of_an_hour_waits_for_the_first_to_be_an_hour_old():
    spread = [after(minutes=minute) for minute in (0, 10, 20, 30, 40)]
    assert sign_in.sendable_at(limit_with_sends(*spread)) == after(hours=1)


def test_the_eleventh_code_of_a_day_waits_for_the_first_to_be_a_day_old():
    hourly = [after(hours=hour) for hour in range(10)]
    assert sign_in.sendable_at(limit_with_sends(*hourly)) == after(days=1)
    assert sign_in.sendable_at(limit_with_sends(*hourly, after(days=1))) == after(days=1, hours=1)


def test_a_limit_keeps_no_more_codes_than_count():
    assert len(limit_with_sends(*(after(days=day) for day in range(30))).sends) == 10


def test_the_firm_waits_only_for_the_first_of_fifty_to_be_an_hour_old():
    firm = SignInLimit(id="firm", rev=0)
    for second in range(60):
        if second < 50:
            assert sign_in.firm_sendable_at(firm) is None
        firm = sign_in.after_send(firm, after(seconds=second), sign_in.FIRM_SEND_LIMITS)
    assert len(firm.sends) == 50
    assert sign_in.firm_sendable_at(firm) == after(hours=1, seconds=10)


@pytest.mark.parametrize("fraction", [0, 1, 999, 1_000, 999_999])
def test_a_code_ends_on_a_whole_second_within_five_minutes(fraction):
    end = sign_in.code_end(NOW.replace(microsecond=fraction))
    assert end == after(minutes=5)


def test_fifteen_failures_in_a_day_lock_for_an_hour():
    assert sign_in.locked_until(limit_with_failures(14), NOW) is None
    locked = limit_with_failures(15)
    assert sign_in.locked_until(locked, NOW) == after(hours=1)
    assert sign_in.locked_until(locked, after(minutes=59, seconds=59)) == after(hours=1)
    assert sign_in.locked_until(locked, after(hours=1)) is None


def test_of_fifty_failures_each_lock_and_the_close_is_led_to_by_one():
    failed = [limit_with_failures(count) for count in range(1, 56)]
    assert [one.failures_in_a_row for one in failed if sign_in.locks_now(one)] == [
        15,
        30,
        45,
        50,
    ]


def test_each_further_lock_is_twice_as_long():
    twice = limit_with_failures(15, limit_with_failures(15))
    assert sign_in.locked_until(twice, NOW) == after(hours=2)
    assert sign_in.locked_until(limit_with_failures(15, twice), NOW) == after(hours=4)


def test_failures_count_for_a_day_towards_a_lock():
    yesterday = limit_with_failures(14)
    assert sign_in.after_failure(yesterday, after(hours=23)).locked_until is not None
    assert sign_in.after_failure(yesterday, after(days=1)).locked_until is None


def test_fifty_failures_in_a_row_close_it_for_good():
    assert not sign_in.is_closed(limit_with_failures(49))
    assert sign_in.is_closed(limit_with_failures(50))


def test_it_is_closed_before_a_lock_gets_longer_than_four_hours():
    """So the doubling cannot overflow, though nothing but a sign-in or an admin ends it."""
    limit, longest = limit_with_failures(0), NOW
    while not sign_in.is_closed(limit):
        limit = sign_in.after_failure(limit, NOW)
        longest = max(longest, limit.locked_until or NOW)
    assert longest == after(hours=4)


def test_what_is_forgiven_are_failures_and_locks_but_not_codes_sent():
    sent = limit_with_sends(NOW)
    assert sign_in.forgiven(limit_with_failures(50, sent)) == sent


def test_what_an_update_noted_that_was_a_moment_later_counts():
    """Of two at once either may write first; else the second would void the count of the first."""
    limit = sign_in.after_knock(limit_with_failures(15, limit_with_sends(NOW)), NOW, 7)
    assert sign_in.as_of(limit, after(seconds=-1)) == limit
    failed = limit_with_failures(1)
    assert sign_in.as_of(failed, after(seconds=-1)) == failed


def test_what_a_clock_noted_that_ran_ahead_does_not():
    limit = sign_in.after_knock(limit_with_failures(15, limit_with_sends(NOW)), NOW, 7)
    limit = sign_in.after_failure(limit, NOW)
    forgotten = sign_in.as_of(limit, after(days=-1))
    assert (forgotten.sends, forgotten.failures, forgotten.knocks) == ([], [], {})
    assert forgotten.locked_until is None
    assert forgotten.failures_in_a_row == 16


def test_an_unknown_person_is_heard_once_a_day_and_twenty_are():
    firm = SignInLimit(id="firm", rev=0)
    for person in range(20):
        firm = sign_in.after_knock(firm, after(minutes=person), person)
    assert sign_in.after_knock(firm, after(minutes=30), 20) is None
    assert sign_in.after_knock(firm, after(hours=23), 0) is None
    heard = sign_in.after_knock(firm, after(days=1), 0)
    assert heard.knocks["0"] == after(days=1)
    assert sign_in.after_knock(heard, after(days=1), 20) is None
    assert len(sign_in.after_knock(heard, after(days=1, minutes=1), 20).knocks) == 20


@pytest.mark.parametrize(
    ("changes", "live"),
    [
        ({}, True),
        ({"verified": False}, False),
        ({"session_expiration": None}, False),
        ({"last_seen": None}, False),
        ({"session_expiration": after(seconds=1)}, True),
        ({"session_expiration": NOW}, False),
        ({"last_seen": after(days=-7, seconds=1)}, True),
        ({"last_seen": after(days=-7)}, False),
    ],
)
def test_a_session_ends_by_age_and_by_idleness(changes, live):
    assert sign_in.session_is_live(session(**changes), NOW) is live


def test_use_of_a_session_is_noted_every_five_minutes():
    assert not sign_in.is_seen_anew(session(), after(minutes=4, seconds=59))
    assert sign_in.is_seen_anew(session(), after(minutes=5))
    assert sign_in.is_seen_anew(session(), after(days=-1))
