import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import access, sign_in
from bot.access import (
    CodeExpired,
    CodeSent,
    Locked,
    NoCode,
    NotRegistered,
    SignedIn,
    TooSoon,
    WrongCode,
)
from bot.desk import Who
from bot.errors import InvalidText
from storage.models import User

KEY = b"k" * 32
RAVI, SITA = "+919876543210", "+919876543211"


def add(store, id: str, phone: str, **changes: object) -> User:
    usual = {"id": id, "name": id.title(), "phone": phone, "registration_date": "2026-11-01"}
    return store.users.add(User.model_validate({**usual, **changes}))


def request(store, clock, telegram_user_id=1, phone=RAVI, chat_id=None):
    return access.request_code(
        store,
        clock,
        KEY,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id or telegram_user_id,
        phone=phone,
    )


def check(store, clock, text, telegram_user_id=1, chat_id=None):
    return access.check_code(
        store,
        clock,
        KEY,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id or telegram_user_id,
        text=text,
    )


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def enter(store, clock, **who):
    """Sign in as it should go."""
    sent = request(store, clock, **who)
    who.pop("phone", None)
    return check(store, clock, sent.code, **who)


@pytest.fixture
def firm(store):
    """A store with two partners in it."""
    add(store, "ravi", RAVI)
    add(store, "sita", SITA)
    return store


@pytest.fixture
def embedded_firm(embedded_store):
    add(embedded_store, "ravi", RAVI)
    return embedded_store


def test_the_code_signs_in_the_partner_whose_phone_it_went_to(firm, clock):
    sent = request(firm, clock, chat_id=10)
    assert (sent.phone, sent.name) == (RAVI, "Ravi")
    assert sent.expires_at == clock.now() + dt.timedelta(minutes=5)
    result = check(firm, clock, sent.code, chat_id=10)
    assert isinstance(result, SignedIn)
    assert result.user == firm.users.get("ravi")
    assert (result.user.telegram_user_id, result.user.chat_id) == (1, 10)
    assert access.identify(firm, clock, telegram_user_id=1) == result.user


def test_neither_code_nor_token_is_kept_or_printed(firm, clock):
    sent = request(firm, clock)
    assert sent.code not in repr(sent)
    assert sent.code not in firm.sign_ins.get(1).model_dump_json()
    check(firm, clock, sent.code)
    assert len(firm.sign_ins.get(1).session_token) == 64


def test_a_code_typed_in_another_script_with_spaces_is_the_same_code(firm, clock):
    code = request(firm, clock).code
    devanagari = "".join("०१२३४५६७८९"[int(digit)] for digit in code)
    assert isinstance(check(firm, clock, f" {devanagari[:3]} - {devanagari[3:]} "), SignedIn)


@pytest.mark.parametrize("phone", ["+919876543299", "+14155552671"])
def test_an_unknown_phone_gets_no_code_and_leaves_no_trace(firm, clock, phone):
    assert request(firm, clock, phone=phone) == NotRegistered()
    assert firm.sign_ins.get(1) is None
    assert firm.sign_ins.limit("telegram:1").rev == 0


def test_a_removed_partner_gets_no_code(firm, clock):
    firm.users.set_active("ravi", False)
    assert request(firm, clock) == NotRegistered()


def test_guesses_count_down_and_the_fifth_voids_the_code(firm, clock):
    code = request(firm, clock).code
    assert [check(firm, clock, wrong(code)) for _ in range(5)] == [
        WrongCode(4),
        WrongCode(3),
        WrongCode(2),
        WrongCode(1),
        WrongCode(0),
    ]
    assert check(firm, clock, code) == NoCode()
    assert access.identify(firm, clock, telegram_user_id=1) is None


def test_the_fifth_guess_may_be_the_right_one(firm, clock):
    code = request(firm, clock).code
    for _ in range(4):
        check(firm, clock, wrong(code))
    assert isinstance(check(firm, clock, code), SignedIn)


def test_thirty_guesses_at_once_are_five_guesses(embedded_firm, clock):
    code = request(embedded_firm, clock).code
    with ThreadPoolExecutor(30) as pool:
        results = list(pool.map(lambda _: check(embedded_firm, clock, wrong(code)), range(30)))
    assert sorted(result.left for result in results if isinstance(result, WrongCode)) == [
        0,
        1,
        2,
        3,
        4,
    ]
    assert results.count(NoCode()) == 25
    assert len(embedded_firm.sign_ins.limit(f"phone:{RAVI}").failures) == 5
    assert len(embedded_firm.sign_ins.limit("telegram:1").failures) == 5


def test_the_right_code_typed_many_times_at_once_signs_in_once(embedded_firm, clock):
    code = request(embedded_firm, clock).code
    with ThreadPoolExecutor(5) as pool:
        results = list(pool.map(lambda _: check(embedded_firm, clock, code), range(5)))
    assert sum(isinstance(result, SignedIn) for result in results) == 1
    assert results.count(NoCode()) == 4


def test_what_is_no_code_is_no_guess(firm, clock):
    request(firm, clock)
    with pytest.raises(InvalidText):
        check(firm, clock, "hello")
    assert firm.sign_ins.get(1).attempts == 0


def test_a_used_code_is_worth_nothing_even_signed_out(firm, clock):
    code = request(firm, clock).code
    check(firm, clock, code)
    assert check(firm, clock, code) == NoCode()
    access.sign_out(firm, clock, by=Who(1))
    assert check(firm, clock, code) == NoCode()


def test_a_code_is_worth_nothing_to_anybody_else(firm, clock):
    code = request(firm, clock).code
    other = request(firm, clock, telegram_user_id=2, phone=SITA).code
    assert check(firm, clock, code, telegram_user_id=3) == NoCode()
    assert check(firm, clock, code, chat_id=99) == NoCode()
    if code != other:
        assert check(firm, clock, code, telegram_user_id=2) == WrongCode(4)


def test_a_code_is_good_for_five_minutes_and_not_a_second_more(firm, clock):
    code = request(firm, clock).code
    clock.advance(minutes=5, seconds=1)
    assert check(firm, clock, code) == CodeExpired()
    code = request(firm, clock).code
    clock.advance(minutes=4, seconds=59)
    assert isinstance(check(firm, clock, code), SignedIn)


def test_a_new_code_voids_the_old_one_and_brings_new_guesses(firm, clock):
    old = request(firm, clock).code
    for _ in range(5):
        check(firm, clock, wrong(old))
    clock.advance(seconds=60)
    new = request(firm, clock).code
    if old != new:
        assert check(firm, clock, old) == WrongCode(4)
    assert isinstance(check(firm, clock, new), SignedIn)


def test_without_a_code_there_is_nothing_to_type(firm, clock):
    assert check(firm, clock, "123456") == NoCode()


def test_another_code_waits_its_time(firm, clock):
    assert isinstance(request(firm, clock), CodeSent)
    assert request(firm, clock) == TooSoon(60)
    clock.advance(seconds=59.001)
    assert request(firm, clock) == TooSoon(1)
    clock.advance(seconds=0.999)
    assert isinstance(request(firm, clock), CodeSent)
    assert request(firm, clock) == TooSoon(120)
    clock.advance(seconds=120)
    assert isinstance(request(firm, clock), CodeSent)
    assert request(firm, clock) == TooSoon(15 * 60 - 180)


def test_asking_too_soon_neither_voids_the_code_nor_lengthens_the_wait(firm, clock):
    code = request(firm, clock).code
    for _ in range(20):
        assert request(firm, clock) == TooSoon(60)
    assert isinstance(check(firm, clock, code), SignedIn)


def test_a_phone_gets_ten_codes_a_day_whoever_asks(firm, clock):
    for telegram_user_id in range(10):
        assert isinstance(request(firm, clock, telegram_user_id=telegram_user_id + 1), CodeSent)
        clock.advance(hours=1)
    assert request(firm, clock, telegram_user_id=99) == TooSoon(14 * 3600)
    assert firm.sign_ins.limit("telegram:99").rev == 0


def test_a_telegram_user_gets_three_codes_in_a_quarter_whatever_the_phone(firm, clock):
    for id, phone in (("a", "+919876543212"), ("b", "+919876543213"), ("c", "+919876543214")):
        add(firm, id, phone)
        assert isinstance(request(firm, clock, phone=phone), CodeSent)
        clock.advance(minutes=4)
    assert request(firm, clock, phone=RAVI) == TooSoon(3 * 60)
    assert isinstance(request(firm, clock, telegram_user_id=2, phone=RAVI), CodeSent)


def test_codes_asked_for_at_once_are_one_code(embedded_firm, clock):
    with ThreadPoolExecutor(12) as pool:
        results = list(pool.map(lambda _: request(embedded_firm, clock), range(12)))
    assert sum(isinstance(result, CodeSent) for result in results) == 1
    assert results.count(TooSoon(60)) == 11


def fail_fifteen_times(firm, clock):
    for _ in range(3):
        code = request(firm, clock).code
        results = [check(firm, clock, wrong(code)) for _ in range(5)]
        clock.advance(minutes=5)
    return results[-1]


def test_fifteen_failures_lock_for_an_hour_then_two(firm, clock):
    locked = fail_fifteen_times(firm, clock)
    assert locked == Locked(clock.now() + dt.timedelta(minutes=55))
    assert request(firm, clock) == locked
    assert request(firm, clock, telegram_user_id=2) == locked  # the phone is
    assert request(firm, clock, phone=SITA) == locked  # and so is who tried
    clock.advance(minutes=54, seconds=59)
    assert request(firm, clock) == locked
    clock.advance(seconds=1)
    assert fail_fifteen_times(firm, clock) == Locked(clock.now() + dt.timedelta(minutes=115))


def test_a_lock_also_holds_back_the_code_that_waits(firm, clock):
    fail_fifteen_times(firm, clock)
    clock.advance(minutes=55)
    code = request(firm, clock).code
    until = clock.now() + dt.timedelta(minutes=2)
    firm.sign_ins.amend_limit(
        f"phone:{RAVI}", lambda limit: limit.model_copy(update={"locked_until": until})
    )
    assert check(firm, clock, code) == Locked(until)
    clock.advance(minutes=2)
    assert isinstance(check(firm, clock, code), SignedIn)


def test_a_sign_in_forgives_the_failures_before_it(firm, clock):
    code = request(firm, clock).code
    check(firm, clock, wrong(code))
    check(firm, clock, code)
    for key in ("telegram:1", f"phone:{RAVI}"):
        assert firm.sign_ins.limit(key).failures == []
        assert len(firm.sign_ins.limit(key).sends) == 1


def test_a_session_ends_after_seven_idle_days(firm, clock):
    enter(firm, clock)
    clock.advance(days=6, hours=23)
    assert access.identify(firm, clock, telegram_user_id=1) is not None
    clock.advance(days=6, hours=23)
    assert access.identify(firm, clock, telegram_user_id=1) is not None
    clock.advance(days=7)
    assert access.identify(firm, clock, telegram_user_id=1) is None


def test_a_session_ends_after_thirty_days_however_busy(firm, clock):
    enter(firm, clock)
    for _ in range(29):
        clock.advance(days=1)
        assert access.identify(firm, clock, telegram_user_id=1) is not None
    clock.advance(days=1, seconds=-1)
    assert access.identify(firm, clock, telegram_user_id=1) is not None
    clock.advance(seconds=1)
    assert access.identify(firm, clock, telegram_user_id=1) is None


def test_a_stranger_is_nobody(firm, clock):
    assert access.identify(firm, clock, telegram_user_id=7) is None
    request(firm, clock)
    assert access.identify(firm, clock, telegram_user_id=1) is None


def test_a_removed_partner_is_nobody_at_once(firm, clock):
    enter(firm, clock)
    firm.users.set_active("ravi", False)
    assert access.identify(firm, clock, telegram_user_id=1) is None


def test_a_partner_removed_while_the_code_was_on_its_way_stays_out(firm, clock):
    code = request(firm, clock).code
    firm.users.set_active("ravi", False)
    assert check(firm, clock, code) == NoCode()
    assert firm.users.get("ravi").telegram_user_id is None


def test_a_partner_whose_phone_changed_is_nobody(firm, clock, monkeypatch):
    enter(firm, clock)
    moved = firm.users.get("ravi").model_copy(update={"phone": "+919876543299"})
    monkeypatch.setattr(firm.users, "get", lambda _: moved)
    assert access.identify(firm, clock, telegram_user_id=1) is None


def test_a_code_sent_to_the_former_phone_is_worth_nothing(firm, clock, monkeypatch):
    code = request(firm, clock).code
    moved = firm.users.get("ravi").model_copy(update={"phone": "+919876543299"})
    monkeypatch.setattr(firm.users, "get", lambda _: moved)
    assert check(firm, clock, code) == NoCode()


def test_who_signs_in_from_another_account_is_signed_out_on_the_first(firm, clock):
    enter(firm, clock, telegram_user_id=1)
    clock.advance(minutes=1)
    enter(firm, clock, telegram_user_id=2)
    assert access.identify(firm, clock, telegram_user_id=1) is None
    assert access.identify(firm, clock, telegram_user_id=2).id == "ravi"


def test_an_account_that_signs_in_as_another_partner_is_only_that_one(firm, clock):
    enter(firm, clock)
    clock.advance(minutes=1)
    enter(firm, clock, phone=SITA)
    assert access.identify(firm, clock, telegram_user_id=1).id == "sita"
    assert firm.users.get("ravi").telegram_user_id is None


def test_signing_out_ends_the_session_at_once(firm, clock):
    enter(firm, clock)
    access.sign_out(firm, clock, by=Who(1))
    assert access.identify(firm, clock, telegram_user_id=1) is None


def test_signing_out_a_partner_leaves_the_others(firm, clock):
    enter(firm, clock)
    enter(firm, clock, telegram_user_id=2, phone=SITA)
    access.sign_out_user(firm, clock, firm.users.get("ravi"), by=Who(9))
    assert access.identify(firm, clock, telegram_user_id=1) is None
    assert access.identify(firm, clock, telegram_user_id=2).id == "sita"


def test_a_kill_between_link_and_session_costs_nothing_but_typing_again(firm, clock, monkeypatch):
    def killed(*_, **__):
        raise KeyboardInterrupt

    code = request(firm, clock).code
    with monkeypatch.context() as patch:
        patch.setattr(firm.sign_ins, "open_session", killed)
        with pytest.raises(KeyboardInterrupt):
            check(firm, clock, code)
    assert access.identify(firm, clock, telegram_user_id=1) is None
    assert isinstance(check(firm, clock, code), SignedIn)


def test_knowing_who_writes_takes_two_reads_and_rarely_a_write(firm, clock, monkeypatch):
    enter(firm, clock)
    calls = []
    for collection, name in ((firm.sign_ins, "get"), (firm.users, "get"), (firm.sign_ins, "saw")):
        real = getattr(collection, name)
        monkeypatch.setattr(
            collection, name, lambda *given, r=real, n=name: calls.append(n) or r(*given)
        )
    for _ in range(10):
        access.identify(firm, clock, telegram_user_id=1)
        clock.advance(seconds=25)
    assert calls == ["get", "get"] * 10
    clock.advance(minutes=5)
    access.identify(firm, clock, telegram_user_id=1)
    access.identify(firm, clock, telegram_user_id=1)
    assert calls[20:] == ["get", "get", "saw", "get", "get"]


def test_a_session_left_in_the_middle_of_a_note_keeps_its_end(firm, clock):
    enter(firm, clock)
    expiration = firm.sign_ins.get(1).session_expiration
    clock.advance(days=1)
    access.identify(firm, clock, telegram_user_id=1)
    assert firm.sign_ins.get(1).session_expiration == expiration
    assert expiration - firm.sign_ins.get(1).last_seen == sign_in.SESSION_LIFETIME - dt.timedelta(
        days=1
    )
