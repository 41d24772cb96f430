"""Wrong codes: what locks, for how long, what closes, and how an admin opens it again."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from bot import access
from bot.access import Closed, CodeSent, Locked, SignedIn, TooSoon, WrongCode
from bot.desk import Who
from storage.models import EventKind
from tests.bot.access.door import (
    RAVI,
    SITA,
    check,
    enter,
    events,
    fail_fifteen_times,
    fail_fifty_times,
    guess_wrong,
    minutes_from,
    request,
    wrong,
)

ADMIN = Who(9, admin=True, name="Asha")


def test_fifteen_failures_lock_for_an_hour_then_two(firm, clock):
    locked = fail_fifteen_times(firm, clock)
    assert locked == Locked(minutes_from(clock, 55))
    assert request(firm, clock) == locked
    assert request(firm, clock, telegram_user_id=2) == locked  # the phone is
    assert request(firm, clock, phone=SITA) == locked  # and so is who tried
    clock.advance(minutes=54, seconds=59)
    assert request(firm, clock) == locked
    clock.advance(seconds=1)
    assert fail_fifteen_times(firm, clock) == Locked(minutes_from(clock, 115))


def test_a_lock_also_holds_back_the_code_that_waits(firm, clock):
    fail_fifteen_times(firm, clock)
    clock.advance(minutes=55)
    code = request(firm, clock).code
    until = minutes_from(clock, 2)
    firm.sign_ins.amend_limit(
        f"phone:{RAVI}", lambda limit: limit.model_copy(update={"locked_until": until})
    )
    assert check(firm, clock, code) == Locked(until)
    assert firm.sign_ins.get(1).attempts == 0
    clock.advance(minutes=2)
    assert isinstance(check(firm, clock, code), SignedIn)


def test_also_from_a_guess_that_a_process_counted_before_it_died(firm, clock):
    code = request(firm, clock).code
    firm.sign_ins.count_attempt(1, chat_id=1, now=clock.now(), most=5, update_id=7)
    until = minutes_from(clock, 2)
    firm.sign_ins.amend_limit(
        f"phone:{RAVI}", lambda limit: limit.model_copy(update={"locked_until": until})
    )
    assert check(firm, clock, code, update_id=7) == Locked(until)
    clock.advance(minutes=2)
    assert isinstance(check(firm, clock, code, update_id=7), SignedIn)
    assert firm.sign_ins.get(1).attempts == 1


def test_a_sign_in_forgives_the_failures_before_it(firm, clock):
    code = request(firm, clock).code
    check(firm, clock, wrong(code))
    check(firm, clock, code)
    for key in ("telegram:1", f"phone:{RAVI}"):
        limit = firm.sign_ins.limit(key)
        assert (limit.failures, limit.failures_in_a_row) == ([], 0)
        assert len(limit.sends) == 1


def test_the_next_lock_is_longer_however_long_one_waits(firm, clock):
    fail_fifteen_times(firm, clock)
    clock.advance(days=400)
    assert fail_fifteen_times(firm, clock) == Locked(minutes_from(clock, 115))


def test_fifty_failures_close_it_whatever_time_they_take(firm, clock):
    for _ in range(12):
        assert guess_wrong(firm, clock, 4) == WrongCode(1)
        clock.advance(days=30)
    assert guess_wrong(firm, clock, 2) == Closed()
    clock.advance(days=3650)
    assert request(firm, clock) == Closed()
    assert request(firm, clock, telegram_user_id=2) == Closed()
    assert request(firm, clock, phone=SITA) == Closed()
    assert isinstance(request(firm, clock, telegram_user_id=2, phone=SITA), CodeSent)


def test_a_sign_in_between_begins_the_row_afresh(firm, clock):
    for _ in range(12):
        guess_wrong(firm, clock, 4)
        clock.advance(days=1)
    enter(firm, clock)
    access.sign_out(firm, clock, by=Who(1))
    clock.advance(days=1)
    assert guess_wrong(firm, clock, 4) == WrongCode(1)


def test_whoever_never_gives_up_has_fifty_guesses_and_leaves_a_bounded_trail(firm, clock):
    guesses = 0
    for _step in range(200):
        match request(firm, clock):
            case CodeSent(code):
                for _guess in range(5):
                    check(firm, clock, wrong(code))
                guesses += firm.sign_ins.get(1).attempts
            case TooSoon(wait):
                clock.advance(seconds=wait)
            case Locked(until):
                clock.moment = until
            case Closed():
                break
    assert request(firm, clock) == Closed()
    assert guesses == 50
    assert len(events(firm, EventKind.WRONG_CODE)) == 50
    assert len(events(firm, EventKind.LOCK)) == 4
    assert firm.audit.count() == 54


def test_guesses_at_once_past_the_last_lock_once(embedded_firm, clock):
    for _ in range(2):
        guess_wrong(embedded_firm, clock, 5)
        clock.advance(minutes=5)
    code = request(embedded_firm, clock).code
    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(lambda _: check(embedded_firm, clock, wrong(code)), range(20)))
    until = minutes_from(clock, 60)
    assert Locked(until) in results
    assert len([one for one in results if isinstance(one, WrongCode)]) <= 4
    assert embedded_firm.sign_ins.limit(f"phone:{RAVI}").locks == 1
    assert embedded_firm.sign_ins.limit("telegram:1").failures_in_a_row == 15
    assert [event.until for event in events(embedded_firm, EventKind.LOCK)] == [until]
    assert len(events(embedded_firm, EventKind.WRONG_CODE)) == 15


def test_accounts_that_guess_at_one_phone_at_once_lock_it_with_one_event(firm, clock, monkeypatch):
    for telegram_user_id in (1, 2):
        guess_wrong(firm, clock, 5, telegram_user_id=telegram_user_id)
        clock.advance(minutes=15)
    third = request(firm, clock, telegram_user_id=3).code
    clock.advance(minutes=1)
    fourth = request(firm, clock, telegram_user_id=4).code
    for _ in range(4):
        check(firm, clock, wrong(third), telegram_user_id=3)
    count = firm.sign_ins.count_attempt

    def third_first(telegram_user_id, **how):
        monkeypatch.undo()
        assert check(firm, clock, wrong(third), telegram_user_id=3) == until
        return count(telegram_user_id, **how)

    until = Locked(minutes_from(clock, 60))
    monkeypatch.setattr(firm.sign_ins, "count_attempt", third_first)
    assert check(firm, clock, wrong(fourth), telegram_user_id=4) == until
    (noted,) = events(firm, EventKind.LOCK)
    assert noted.telegram_user_id == 3
    assert len(events(firm, EventKind.WRONG_CODE)) == 16


def test_an_admin_sees_who_is_locked_and_unlocks_them(firm, clock):
    ravi, sita = firm.users.get("ravi"), firm.users.get("sita")
    locked = fail_fifteen_times(firm, clock)
    assert access.locked(firm, clock, ravi) == locked
    assert access.locked(firm, clock, sita) is None
    access.unlock(firm, clock, ravi, by=ADMIN)
    assert access.locked(firm, clock, ravi) is None
    enter(firm, clock)


def test_unlocking_opens_what_only_an_admin_can_open(firm, clock):
    ravi = firm.users.get("ravi")
    assert fail_fifty_times(firm, clock) == Closed()
    assert access.locked(firm, clock, ravi) == Closed()
    access.unlock(firm, clock, ravi, by=ADMIN)
    assert access.locked(firm, clock, ravi) is None
    clock.advance(minutes=1)
    enter(firm, clock)


def test_after_unlocking_locks_are_as_short_as_at_first(firm, clock):
    fail_fifteen_times(firm, clock)
    access.unlock(firm, clock, firm.users.get("ravi"), by=ADMIN)
    clock.advance(hours=1)
    assert fail_fifteen_times(firm, clock) == Locked(minutes_from(clock, 55))


def test_whoever_is_unlocked_gets_a_code_at_once(firm, clock):
    fail_fifteen_times(firm, clock)
    clock.advance(minutes=-5)
    access.unlock(firm, clock, firm.users.get("ravi"), by=ADMIN)
    assert isinstance(request(firm, clock), CodeSent)


def test_too_many_codes_are_the_admins_to_see_and_to_forgive(firm, clock):
    ravi = firm.users.get("ravi")
    for minutes in (1, 2, 5):
        request(firm, clock)
        clock.advance(minutes=minutes)
    assert access.locked(firm, clock, ravi) == TooSoon(7 * 60)
    access.unlock(firm, clock, ravi, by=ADMIN)
    assert access.locked(firm, clock, ravi) is None
    assert isinstance(request(firm, clock), CodeSent)


def test_a_code_of_a_moment_ago_locks_nobody(firm, clock):
    request(firm, clock)
    assert access.locked(firm, clock, firm.users.get("ravi")) is None


def test_every_account_that_tried_the_phone_is_unlocked_with_it(firm, clock):
    ravi = firm.users.get("ravi")
    fail_fifteen_times(firm, clock)
    clock.advance(hours=1)
    fail_fifteen_times(firm, clock, telegram_user_id=2)
    assert isinstance(request(firm, clock, telegram_user_id=2, phone=SITA), Locked)
    access.unlock(firm, clock, ravi, by=ADMIN)
    for telegram_user_id in (1, 2):
        limit = firm.sign_ins.limit(f"telegram:{telegram_user_id}")
        assert (limit.locked_until, limit.failures_in_a_row) == (None, 0)


def test_an_account_that_is_locked_can_be_unlocked_though_the_phone_is_another_now(firm, clock):
    assert fail_fifty_times(firm, clock) == Closed()
    firm.users.change("ravi", {"phone": "+919876543299"})
    ravi = firm.users.get("ravi")
    assert access.locked(firm, clock, ravi) == Closed()
    access.unlock(firm, clock, ravi, by=ADMIN)
    clock.advance(minutes=1)
    enter(firm, clock, phone="+919876543299")
    assert request(firm, clock, telegram_user_id=2, phone=RAVI) == access.NotRegistered()


def test_the_number_that_a_partner_had_before_is_not_unlocked_with_them(firm, clock):
    """Somebody else may have it by now."""
    fail_fifteen_times(firm, clock)
    firm.users.change("ravi", {"phone": "+919876543299"})
    firm.users.change("sita", {"phone": RAVI})
    access.unlock(firm, clock, firm.users.get("ravi"), by=ADMIN)
    assert isinstance(access.locked(firm, clock, firm.users.get("sita")), Locked)


def test_unlocking_whom_nothing_locks_changes_and_notes_nothing(firm, clock):
    ravi = firm.users.get("ravi")
    access.unlock(firm, clock, ravi, by=ADMIN)
    assert firm.audit.count() == 0
    assert access.locked(firm, clock, ravi) is None


def test_a_lock_ends_by_itself_to_the_second(firm, clock):
    locked = fail_fifteen_times(firm, clock)
    clock.moment = locked.until - dt.timedelta(milliseconds=1)
    assert access.locked(firm, clock, firm.users.get("ravi")) == locked
    clock.moment = locked.until
    assert access.locked(firm, clock, firm.users.get("ravi")) is None
