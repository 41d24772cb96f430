"""A code: whom it lets in, how often it may be guessed at, and when it is worth nothing."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import access
from bot.access import CodeExpired, NoCode, NotRegistered, SignedIn, WrongCode
from bot.desk import Who
from bot.errors import InvalidText
from tests.bot.access.door import RAVI, SITA, check, minutes_from, request, wrong

A_MILLISECOND = dt.timedelta(milliseconds=1)


def test_the_code_signs_in_the_partner_whose_phone_it_went_to(firm, clock):
    sent = request(firm, clock, chat_id=10)
    assert (sent.phone, sent.name) == (RAVI, "Ravi")
    assert sent.expires_at == minutes_from(clock, 5)
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


@pytest.mark.parametrize("phone", ["+919876543299", "+14155552671", "+919876543210;ext=5"])
def test_an_unknown_phone_gets_no_code_and_leaves_no_trace(firm, clock, phone):
    assert request(firm, clock, phone=phone) == NotRegistered()
    assert firm.sign_ins.get(1) is None
    assert firm.sign_ins.limit("telegram:1").rev == 0
    assert firm.sign_ins.limit("firm").rev == 0


def test_a_removed_partner_gets_no_code(firm, clock):
    firm.users.set_active("ravi", False)
    assert request(firm, clock) == NotRegistered()


def test_guesses_count_down_and_the_fifth_voids_the_code(firm, clock):
    code = request(firm, clock).code
    guesses = [check(firm, clock, wrong(code)) for _ in range(5)]
    assert guesses == [WrongCode(left) for left in (4, 3, 2, 1, 0)]
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
    left = sorted(result.left for result in results if isinstance(result, WrongCode))
    assert left == [0, 1, 2, 3, 4]
    assert results.count(NoCode()) == 25
    for key in (f"phone:{RAVI}", "telegram:1"):
        assert len(embedded_firm.sign_ins.limit(key).failures) == 5
        assert embedded_firm.sign_ins.limit(key).failures_in_a_row == 5


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


def test_a_code_is_worth_nothing_to_anybody_else_nor_in_another_chat(firm, clock):
    code = request(firm, clock).code
    other = request(firm, clock, telegram_user_id=2, phone=SITA).code
    assert check(firm, clock, code, telegram_user_id=3) == NoCode()
    assert check(firm, clock, code, chat_id=99) == NoCode()
    if code != other:  # once in a million they are the same
        assert check(firm, clock, code, telegram_user_id=2) == WrongCode(4)


def test_a_code_that_ended_a_second_ago_is_refused(firm, clock):
    code = request(firm, clock).code
    clock.advance(minutes=5, seconds=1)
    assert check(firm, clock, code) == CodeExpired()
    assert access.identify(firm, clock, telegram_user_id=1) is None


@pytest.mark.parametrize("fraction", [0, 0.001, 0.499, 0.5, 0.999])
def test_no_code_lives_longer_than_five_minutes_on_any_store(firm, clock, fraction):
    """The embedded one compares moments in whole seconds."""
    clock.advance(seconds=fraction)
    sent = request(firm, clock)
    assert minutes_from(clock, 5) - dt.timedelta(seconds=1) < sent.expires_at
    assert sent.expires_at <= minutes_from(clock, 5)
    clock.moment = sent.expires_at - A_MILLISECOND
    assert check(firm, clock, wrong(sent.code)) == WrongCode(4)
    clock.moment = sent.expires_at
    assert check(firm, clock, sent.code) == CodeExpired()


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


def test_a_partner_removed_while_the_code_was_on_its_way_stays_out(firm, clock):
    code = request(firm, clock).code
    firm.users.set_active("ravi", False)
    assert check(firm, clock, code) == NoCode()
    assert firm.users.get("ravi").telegram_user_id is None


def test_a_code_sent_to_the_former_phone_is_worth_nothing(firm, clock, monkeypatch):
    code = request(firm, clock).code
    moved = firm.users.get("ravi").model_copy(update={"phone": "+919876543299"})
    monkeypatch.setattr(firm.users, "get", lambda _: moved)
    assert check(firm, clock, code) == NoCode()
    assert firm.audit.count() == 0
