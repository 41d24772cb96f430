"""Another code without another contact card: only while the one that came proves the number."""

import pytest

from bot import access
from bot.access import CodeSent, NotRegistered, TooSoon
from bot.desk import Who
from tests.bot.access.door import KEY, add, check, enter, request

OTHER = "+919876543219"


def again(store, clock, telegram_user_id=1, chat_id=None):
    return access.request_again(
        store,
        clock,
        KEY,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id or telegram_user_id,
    )


def test_it_comes_to_the_number_of_the_card(firm, clock):
    request(firm, clock)
    assert again(firm, clock) == TooSoon(60)
    clock.advance(minutes=1)
    sent = again(firm, clock)
    assert isinstance(sent, CodeSent)
    assert isinstance(check(firm, clock, sent.code), access.SignedIn)


def test_a_card_proves_it_for_a_quarter_of_an_hour_however_often_it_is_asked(firm, clock):
    request(firm, clock)
    clock.advance(minutes=14)
    assert isinstance(again(firm, clock), CodeSent)
    clock.advance(minutes=1)
    assert again(firm, clock) == NotRegistered()


def test_in_that_chat_alone(firm, clock):
    request(firm, clock)
    clock.advance(minutes=1)
    assert again(firm, clock, chat_id=99) == NotRegistered()
    assert again(firm, clock, telegram_user_id=2) == NotRegistered()


def test_a_card_of_the_future_proves_nothing(firm, clock):
    clock.advance(days=365)
    request(firm, clock)
    clock.advance(days=-365)
    assert again(firm, clock) == NotRegistered()


def a_session(store, clock):
    clock.advance(minutes=1)
    enter(store, clock)


def a_session_elsewhere(store, clock):
    clock.advance(minutes=1)
    enter(store, clock, telegram_user_id=2)


def a_session_elsewhere_that_is_over(store, clock):
    a_session_elsewhere(store, clock)
    access.sign_out(store, clock, by=Who(2))
    clock.advance(minutes=2)
    assert isinstance(request(store, clock, telegram_user_id=2), CodeSent)


def a_sign_out(store, clock):
    access.sign_out(store, clock, by=Who(1))


def an_objection(store, clock):
    clock.advance(minutes=1)
    entered = enter(store, clock)
    access.object_to(store, clock, entered.event_id, by=Who(1))


def the_admins_sign_out(store, clock):
    access.sign_out_user(store, clock, store.users.get("ravi"), by=Who(9))


def a_removal(store, clock):
    store.users.set_active("ravi", False)
    store.sign_ins.end_of_user("ravi")
    store.users.set_active("ravi", True)


def another_number(store, clock):
    store.users.change("ravi", {"phone": OTHER})


@pytest.mark.parametrize(
    "end",
    [
        a_session,
        a_session_elsewhere,
        a_session_elsewhere_that_is_over,
        an_objection,
        a_sign_out,
        the_admins_sign_out,
        a_removal,
        another_number,
    ],
)
def test_what_came_in_between_ends_it(firm, clock, end):
    request(firm, clock)
    end(firm, clock)
    clock.advance(minutes=5)
    assert again(firm, clock) == NotRegistered()


@pytest.mark.parametrize("end", [a_removal, the_admins_sign_out])
def test_or_before_the_code_was_typed(firm, clock, end):
    request(firm, clock)
    end(firm, clock)
    clock.advance(minutes=1)
    assert again(firm, clock) == NotRegistered()


def test_nor_does_it_reach_who_has_the_number_next(firm, clock):
    request(firm, clock)
    firm.users.change("ravi", {"phone": OTHER})
    clock.advance(minutes=1)
    assert again(firm, clock) == NotRegistered()
    add(firm, "thug", "+919876543210")
    assert isinstance(again(firm, clock), CodeSent)  # whose card it was holds the number still
