"""The door of a firm, as the tests of ``bot.access`` knock at it."""

import datetime as dt

from bot import access
from bot.access import SignedIn
from storage.models import AuditEvent, EventKind, User

KEY = b"k" * 32
RAVI, SITA = "+919876543210", "+919876543211"


def add(store, id: str, phone: str, **changes: object) -> User:
    usual = {"id": id, "name": id.title(), "phone": phone, "registration_date": "2026-11-01"}
    return store.users.add(User.model_validate({**usual, **changes}))


def request(store, clock, telegram_user_id=1, phone=RAVI, chat_id=None, **update):
    return access.request_code(
        store,
        clock,
        KEY,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id or telegram_user_id,
        phone=phone,
        **update,
    )


def check(store, clock, text, telegram_user_id=1, chat_id=None, *, name="Ravi S", update_id=None):
    return access.check_code(
        store,
        clock,
        KEY,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id or telegram_user_id,
        text=text,
        name=name,
        update_id=update_id,
    )


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def enter(store, clock, *, telegram_user_id=1, phone=RAVI) -> SignedIn:
    """Sign in as it should go."""
    sent = request(store, clock, telegram_user_id, phone)
    signed_in = check(store, clock, sent.code, telegram_user_id)
    assert isinstance(signed_in, SignedIn)
    return signed_in


def guess_wrong(store, clock, times: int, **who):
    """So many wrong guesses at one new code; what the last one led to."""
    sent = request(store, clock, **who)
    who.pop("phone", None)
    return [check(store, clock, wrong(sent.code), **who) for _ in range(times)][-1]


def fail_fifteen_times(store, clock, **who):
    """Three codes guessed at up, which takes a quarter of an hour."""
    for _ in range(3):
        result = guess_wrong(store, clock, 5, **who)
        clock.advance(minutes=5)
    return result


def fail_fifty_times(store, clock, **who):
    """As fast as the limits let anybody; what the last guess led to."""
    for _ in range(3):
        fail_fifteen_times(store, clock, **who)
        clock.advance(hours=5)
    clock.advance(days=1)
    return guess_wrong(store, clock, 5, **who)


def minutes_from(clock, minutes: float) -> dt.datetime:
    return clock.now() + dt.timedelta(minutes=minutes)


def events(store, kind: EventKind | None = None) -> list[AuditEvent]:
    """What the audit holds, oldest first."""
    found = store.audit.page(0, 10_000)[::-1]
    return [event for event in found if kind in (None, event.kind)]
