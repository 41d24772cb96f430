"""What the audit remembers of signing in and out: once each, without a secret, and bounded."""

import re

import pytest

from bot import access
from bot.access import Closed, NoCode, SignedIn
from bot.desk import Who
from storage.models import AuditEvent, EventKind
from tests.bot.access.door import (
    RAVI,
    check,
    enter,
    events,
    fail_fifteen_times,
    fail_fifty_times,
    request,
    wrong,
)

ADMIN = Who(9, admin=True, name="Asha")


def test_a_sign_in_is_noted_with_who_came_in_as_whom(firm, clock):
    event_id = enter(firm, clock).event_id
    assert events(firm) == [
        AuditEvent(
            id=event_id,
            kind=EventKind.SIGN_IN,
            at=clock.now(),
            telegram_user_id=1,
            actor_name="Ravi S",
            subject_id="ravi",
            subject="Ravi",
            detail="+91 …210",
            chat_id=1,
        )
    ]


def test_every_wrong_guess_is_noted(firm, clock):
    code = request(firm, clock).code
    for _ in range(3):
        check(firm, clock, wrong(code))
    noted = events(firm)
    assert [event.kind for event in noted] == [EventKind.WRONG_CODE] * 3
    assert {(event.telegram_user_id, event.subject, event.detail) for event in noted} == {
        (1, "Ravi", "+91 …210")
    }


def test_what_is_no_guess_is_not_noted(firm, clock):
    """Else whoever types without end would fill the store."""
    code = request(firm, clock).code
    for _ in range(20):
        check(firm, clock, wrong(code))
        check(firm, clock, code, telegram_user_id=7)
        check(firm, clock, code, chat_id=99)
        access.sign_out(firm, clock, by=Who(7))
        access.may_knock(firm, clock, 7)
    assert firm.audit.count() == 5


def test_a_lock_is_noted_with_its_end(firm, clock):
    locked = fail_fifteen_times(firm, clock)
    (noted,) = events(firm, EventKind.LOCK)
    assert (noted.until, noted.subject_id, noted.detail) == (locked.until, "ravi", "+91 …210")


def test_what_only_an_admin_opens_is_noted_without_an_end(firm, clock):
    assert fail_fifty_times(firm, clock) == Closed()
    assert events(firm, EventKind.LOCK)[-1].until is None


def test_unlocking_is_noted_with_who_did_it(firm, clock):
    fail_fifteen_times(firm, clock)
    access.unlock(firm, clock, firm.users.get("ravi"), by=ADMIN)
    (noted,) = events(firm, EventKind.UNLOCK)
    assert (noted.telegram_user_id, noted.actor_name, noted.subject) == (9, "Asha", "Ravi")


def test_signing_out_is_noted_once_with_who_did_it(firm, clock):
    enter(firm, clock)
    for _ in range(3):
        access.sign_out(firm, clock, by=Who(1, name="Ravi S"))
    clock.advance(minutes=1)
    enter(firm, clock)
    for _ in range(3):
        access.sign_out_user(firm, clock, firm.users.get("ravi"), by=ADMIN)
    noted = events(firm, EventKind.SIGN_OUT)
    assert [event.actor_name for event in noted] == ["Ravi S", "Asha"]
    assert {event.subject_id for event in noted} == {"ravi"}


def test_the_end_of_what_time_had_ended_is_not_noted(firm, clock):
    enter(firm, clock)
    clock.advance(days=8)
    access.sign_out(firm, clock, by=Who(1))
    access.sign_out_user(firm, clock, firm.users.get("ravi"), by=ADMIN)
    assert events(firm, EventKind.SIGN_OUT) == []


def test_no_event_holds_a_code_a_token_or_a_whole_phone(firm, clock):
    secrets = [RAVI, RAVI.removeprefix("+"), RAVI.removeprefix("+91")]

    def sent():
        secrets.append(request(firm, clock).code)
        return secrets[-1]

    code = sent()
    secrets.append(wrong(code))
    check(firm, clock, wrong(code), name="+91 98765 43210")
    check(firm, clock, code, name="Ravi 98765-43210")
    secrets.append(firm.sign_ins.get(1).session_token)
    access.sign_out(firm, clock, by=Who(1))
    clock.advance(minutes=15)
    fail_fifteen_times(firm, clock)
    access.unlock(firm, clock, firm.users.get("ravi"), by=ADMIN)
    clock.advance(hours=2)
    again = check(firm, clock, sent())
    access.object_to(firm, clock, again.event_id, by=Who(1))
    assert {event.kind for event in events(firm)} == {
        EventKind.SIGN_IN,
        EventKind.WRONG_CODE,
        EventKind.LOCK,
        EventKind.UNLOCK,
        EventKind.SIGN_OUT,
    }
    held = [
        text
        for event in firm.audit._documents.find()
        for name, value in event.items()
        if name not in {"_id", "at", "until"}
        for text in [re.sub(r"[ -]", "", str(value))]
    ]
    assert [secret for secret in secrets for text in held if secret in text] == []


@pytest.mark.parametrize(
    "step", ["audit.note", "users.link_telegram", "sign_ins.open_session", "sign_ins.amend_limit"]
)
@pytest.mark.parametrize("is_done", [False, True])
def test_a_kill_at_any_write_of_a_sign_in_loses_neither_it_nor_its_event(
    firm, clock, monkeypatch, step, is_done
):
    enter(firm, clock, telegram_user_id=1)
    clock.advance(minutes=2)
    code = request(firm, clock, telegram_user_id=2).code
    part, _dot, name = step.partition(".")
    collection = getattr(firm, part)
    write = getattr(collection, name)

    def killed(*given, **named):
        if is_done:
            write(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(collection, name, killed)
        with pytest.raises(KeyboardInterrupt):
            check(firm, clock, code, telegram_user_id=2)
    is_in = access.identify(firm, clock, telegram_user_id=2) is not None
    again = check(firm, clock, code, telegram_user_id=2)
    assert isinstance(again, NoCode if is_in else SignedIn)
    assert access.identify(firm, clock, telegram_user_id=2).id == "ravi"
    assert access.identify(firm, clock, telegram_user_id=1) is None
    _first, second = events(firm, EventKind.SIGN_IN)
    assert (second.telegram_user_id, second.former_telegram_user_id) == (2, 1)
    if not is_in:
        assert (again.event_id, again.former) == (second.id, (1, 1))


ENDINGS = {
    "end": lambda store, clock, _in: access.sign_out(store, clock, by=Who(1)),
    "end_of_user": lambda store, clock, _in: access.sign_out_user(
        store, clock, store.users.get("ravi"), by=ADMIN
    ),
    "end_session": lambda store, clock, signed_in: access.object_to(
        store, clock, signed_in.event_id, by=Who(1)
    ),
}
"""By the write that ends the session."""


@pytest.mark.parametrize("write", ENDINGS)
@pytest.mark.parametrize("is_done", [False, True])
def test_a_kill_while_a_session_ends_leaves_its_event_and_the_next_attempt_ends_it(
    firm, clock, monkeypatch, write, is_done
):
    signed_in = enter(firm, clock)
    written = getattr(firm.sign_ins, write)

    def killed(*given):
        if is_done:
            written(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(firm.sign_ins, write, killed)
        with pytest.raises(KeyboardInterrupt):
            ENDINGS[write](firm, clock, signed_in)
    ENDINGS[write](firm, clock, signed_in)
    assert access.identify(firm, clock, telegram_user_id=1) is None
    assert len(events(firm, EventKind.SIGN_OUT)) == 1


@pytest.mark.parametrize("is_done", [False, True])
def test_a_kill_while_unlocking_leaves_its_event(firm, clock, monkeypatch, is_done):
    amend = firm.sign_ins.amend_limit

    def killed(*given):
        if is_done:
            amend(*given)
        raise KeyboardInterrupt

    fail_fifteen_times(firm, clock)
    ravi = firm.users.get("ravi")
    monkeypatch.setattr(firm.sign_ins, "amend_limit", killed)
    with pytest.raises(KeyboardInterrupt):
        access.unlock(firm, clock, ravi, by=ADMIN)
    assert len(events(firm, EventKind.UNLOCK)) == 1
