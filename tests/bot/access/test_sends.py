"""How many codes are sent, and how often the admins hear of somebody unknown."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import access
from bot.access import CodeSent, SignedIn, TooSoon
from tests.bot.access.door import RAVI, add, check, request


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


def test_the_next_code_needs_another_update(firm, clock):
    request(firm, clock, update_id=7)
    assert request(firm, clock, update_id=7) == TooSoon(60)
    assert request(firm, clock, update_id=8, again=True) == TooSoon(60)
    made_anew = request(firm, clock, update_id=7, again=True)
    assert isinstance(made_anew, CodeSent)
    assert len(firm.sign_ins.limit(f"phone:{RAVI}").sends) == 1
    assert isinstance(check(firm, clock, made_anew.code), SignedIn)
    assert request(firm, clock, update_id=7, again=True) == TooSoon(60)


def test_asking_too_soon_neither_voids_the_code_nor_lengthens_the_wait(firm, clock):
    code = request(firm, clock).code
    for _ in range(20):
        assert request(firm, clock) == TooSoon(60)
    assert isinstance(check(firm, clock, code), SignedIn)


def test_a_phone_gets_five_codes_an_hour_whoever_asks(firm, clock):
    for telegram_user_id in range(1, 6):
        assert isinstance(request(firm, clock, telegram_user_id=telegram_user_id), CodeSent)
        clock.advance(minutes=8)
    assert request(firm, clock, telegram_user_id=99) == TooSoon(20 * 60)
    assert firm.sign_ins.limit("telegram:99").rev == 0


def test_a_phone_gets_ten_codes_a_day_whoever_asks(firm, clock):
    for telegram_user_id in range(1, 11):
        assert isinstance(request(firm, clock, telegram_user_id=telegram_user_id), CodeSent)
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


def test_a_firm_sends_fifty_codes_an_hour_whoever_asks(firm, clock):
    for number in range(50):
        phone = f"+9198765440{number:02}"
        add(firm, f"partner {number}", phone)
        assert isinstance(request(firm, clock, 100 + number, phone), CodeSent)
        clock.advance(seconds=30)
    assert request(firm, clock) == TooSoon(35 * 60)
    for key in ("telegram:1", f"phone:{RAVI}"):
        assert firm.sign_ins.limit(key).rev == 0
    clock.advance(minutes=35)
    assert isinstance(request(firm, clock), CodeSent)
    assert request(firm, clock, 2, "+919876543211") == TooSoon(30)
    assert len(firm.sign_ins.limit("firm").sends) == 50


def test_codes_asked_for_at_once_are_one_code(embedded_firm, clock):
    with ThreadPoolExecutor(12) as pool:
        results = list(pool.map(lambda _: request(embedded_firm, clock), range(12)))
    assert sum(isinstance(result, CodeSent) for result in results) == 1
    assert results.count(TooSoon(60)) == 11
    assert len(embedded_firm.sign_ins.limit("firm").sends) == 1


def test_whoever_asks_at_once_and_is_not_first_is_charged_nothing(embedded_firm, clock):
    with ThreadPoolExecutor(24) as pool:
        results = list(pool.map(lambda who: request(embedded_firm, clock, who), range(1, 25)))
    sent = [who for who, result in enumerate(results, 1) if isinstance(result, CodeSent)]
    limits = {who: embedded_firm.sign_ins.limit(f"telegram:{who}") for who in range(1, 25)}
    assert len(sent) == 1
    assert [who for who, limit in limits.items() if limit.sends] == sent


@pytest.mark.parametrize("fraction", [0, 0.000_999])
def test_nor_is_who_finds_the_firm_at_its_limit_by_then(firm, clock, monkeypatch, fraction):
    """Moments are kept in whole milliseconds, and found again all the same."""
    clock.advance(seconds=fraction)
    amend = firm.sign_ins.amend_limit

    def others_first(key, change):
        if key == "firm" and firm.sign_ins.limit(key).sends == []:
            amend(key, lambda limit: limit.model_copy(update={"sends": [clock.now()] * 50}))
        return amend(key, change)

    monkeypatch.setattr(firm.sign_ins, "amend_limit", others_first)
    assert request(firm, clock) == TooSoon(60 * 60)
    for key in ("telegram:1", f"phone:{RAVI}"):
        assert firm.sign_ins.limit(key).sends == []


def test_the_admins_hear_of_an_unknown_person_once_a_day(firm, clock):
    assert access.may_knock(firm, clock, 7)
    assert not access.may_knock(firm, clock, 7)
    assert access.may_knock(firm, clock, 8)
    clock.advance(days=1, seconds=-1)
    assert not access.may_knock(firm, clock, 7)
    clock.advance(seconds=1)
    assert access.may_knock(firm, clock, 7)


def test_and_by_the_one_update_however_often_that_is_answered(firm, clock):
    for removed in (None, firm.users.get("ravi")):
        assert access.may_knock(firm, clock, 7, removed=removed, update_id=70)
        assert access.may_knock(firm, clock, 8, removed=removed, update_id=80)
        assert access.may_knock(firm, clock, 7, removed=removed, update_id=70)
        assert not access.may_knock(firm, clock, 7, removed=removed, update_id=71)
        assert not access.may_knock(firm, clock, 8, removed=removed, update_id=70)


def test_a_crowd_leaves_no_more_of_its_updates_than_of_itself(firm, clock):
    for day in range(3):
        for number in range(30):
            access.may_knock(firm, clock, day * 100 + number, update_id=day * 100 + number)
        clock.advance(days=1)
    limit = firm.sign_ins.limit("firm")
    assert limit.knocked_by.keys() == limit.knocks.keys()


def test_of_a_removed_partner_too_however_many_strangers_came_before(firm, clock):
    ravi = firm.users.get("ravi")
    for number in range(30):
        access.may_knock(firm, clock, number)
    assert access.may_knock(firm, clock, 99, removed=ravi)
    assert not access.may_knock(firm, clock, 99, removed=ravi)
    clock.advance(days=1)
    assert access.may_knock(firm, clock, 99, removed=ravi)


def test_a_removed_partner_takes_no_strangers_turn(firm, clock):
    for number in range(30):
        access.may_knock(firm, clock, number, removed=firm.users.get("ravi"))
    assert access.may_knock(firm, clock, 99)


def test_the_admins_hear_of_twenty_unknown_people_a_day(firm, clock):
    heard = [access.may_knock(firm, clock, number) for number in range(30)]
    assert heard == [True] * 20 + [False] * 10
    clock.advance(days=1)
    assert access.may_knock(firm, clock, 29)


def test_of_a_crowd_at_once_twenty_are_heard_and_each_once(embedded_firm, clock):
    crowd = [number % 40 for number in range(120)]
    with ThreadPoolExecutor(12) as pool:
        heard = list(pool.map(lambda who: access.may_knock(embedded_firm, clock, who), crowd))
    assert sum(heard) == 20
    assert len(embedded_firm.sign_ins.limit("firm").knocks) == 20


def test_a_crowd_of_unknown_people_leaves_one_document_of_bounded_size(firm, clock):
    for day in range(3):
        for number in range(30):
            access.may_knock(firm, clock, day * 100 + number)
        clock.advance(days=1)
    assert [kept["_id"] for kept in firm.sign_ins._limits.find()] == ["firm"]
    assert len(firm.sign_ins.limit("firm").knocks) == 20
    assert firm.sign_ins.limit("firm").sends == []
