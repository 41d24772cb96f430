"""What may be tried: codes sent and guesses made, counted per phone, Telegram user and firm."""

import datetime as dt
import math
from collections.abc import Callable
from functools import partial

from bot import sign_in
from bot.access.results import Closed, Locked, TooSoon
from bot.audit_trail import event
from bot.clock import Clock
from bot.desk import Who
from storage.models import EventKind, SignInLimit, User
from storage.store import Store

FIRM = "firm"
"""The key of what is bounded over all people."""


class Refused(Exception):
    """A limit allows no code now."""

    def __init__(self, reason: Locked | Closed | TooSoon) -> None:
        super().__init__(reason)
        self.reason = reason


def keys(telegram_user_id: int, phone: str) -> tuple[str, str]:
    """The limits that bound this Telegram user with this phone (E.164)."""
    return f"telegram:{telegram_user_id}", f"phone:{phone}"


def limit_of(store: Store, key: str, now: dt.datetime) -> SignInLimit:
    """What was tried under this key up to now."""
    return sign_in.as_of(store.sign_ins.limit(key), now)


def _amend(
    store: Store, key: str, now: dt.datetime, change: Callable[[SignInLimit], SignInLimit]
) -> SignInLimit:
    return store.sign_ins.amend_limit(key, lambda limit: change(sign_in.as_of(limit, now)))


def charge_send(
    store: Store, keys: tuple[str, ...], now: dt.datetime, *, update_id: int | None, again: bool
) -> None:
    """Count one code against these limits and the firm's, or against none of them.

    Each knows for which update it was charged last. Handled ``again``, that one is charged where
    it was not yet, and may have another code in the place of one that may have reached nobody.

    Raises:
        Refused: one of them allows none now.
    """
    # As it is kept, to find it again.
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    one_more = partial(_one_more_send, now=now, update_id=update_id, again=again)
    charges: list[tuple[str, Callable[[SignInLimit], SignInLimit]]] = [
        (key, one_more) for key in keys
    ]
    # The firm's comes after the last of them, and may have been charged for others since.
    if not (again and sign_in.may_send_for(limit_of(store, keys[-1], now), update_id)):
        charges.append((FIRM, partial(_one_more_of_the_firm, now=now)))
    # All are looked at before any is charged, so that asking in vain costs nothing.
    for key, charge in charges:
        charge(limit_of(store, key, now))
    charged: list[str] = []
    try:
        for key, charge in charges:
            _amend(store, key, now, charge)
            charged.append(key)
    except Refused:
        # Somebody else was first in between.
        for key in charged:
            store.sign_ins.amend_limit(key, partial(sign_in.without_send, at=now))
        raise


def _one_more_send(
    limit: SignInLimit, now: dt.datetime, *, update_id: int | None, again: bool
) -> SignInLimit:
    if lock := lock_of([limit], now):
        raise Refused(lock)
    if again and sign_in.may_send_for(limit, update_id):
        return sign_in.after_try(limit)
    _wait_for(sign_in.sendable_at(limit), now)
    return sign_in.after_send(limit, now, update_id=update_id)


def _one_more_of_the_firm(limit: SignInLimit, now: dt.datetime) -> SignInLimit:
    _wait_for(sign_in.firm_sendable_at(limit), now)
    return sign_in.after_send(limit, now, sign_in.FIRM_SEND_LIMITS)


def _wait_for(at: dt.datetime | None, now: dt.datetime) -> None:
    if at is not None and now < at:
        raise Refused(TooSoon(math.ceil((at - now).total_seconds())))


def charge_failure(
    store: Store, keys: tuple[str, ...], now: dt.datetime, update_id: int | None
) -> bool:
    """Count this update's wrong guess against these limits; whether it is the very one that locks.

    Counted before, it is not counted again.
    """
    failing = partial(sign_in.after_failure, now=now, update_id=update_id)
    failed = [_amend(store, key, now, failing) for key in keys]
    return any(map(sign_in.locks_now, failed))


def forgive(store: Store, keys: tuple[str, ...]) -> None:
    """Forget the wrong guesses and what they led to; codes sent still count."""
    for key in keys:
        store.sign_ins.amend_limit(key, sign_in.forgiven)


def lock_of(limits: list[SignInLimit], now: dt.datetime) -> Locked | Closed | None:
    """What these limits hold together: the strictest lock, or None."""
    if any(map(sign_in.is_closed, limits)):
        return Closed()
    ends = (sign_in.locked_until(limit, now) for limit in limits)
    until = max((end for end in ends if end is not None), default=None)
    return None if until is None else Locked(until)


def locked(store: Store, clock: Clock, user: User) -> Locked | Closed | TooSoon | None:
    """What keeps this partner's phone, or a Telegram account that tried it, from signing in.

    Too soon only when it is longer than anybody waits between two codes.
    """
    now = clock.now()
    limits = [limit_of(store, key, now) for key in _keys_of(store, user)]
    if lock := lock_of(limits, now):
        return lock
    free_at = max(filter(None, map(sign_in.sendable_at, limits)), default=now)
    if free_at - now <= max(sign_in.RESEND_AFTER):
        return None
    return TooSoon(math.ceil((free_at - now).total_seconds()))


def unlock(
    store: Store, clock: Clock, user: User, *, by: Who, update_id: int | None = None
) -> None:
    """Let the partner's phone, and the Telegram accounts that tried it, ask for codes at once.

    It is noted once for an update.
    """
    now = clock.now()
    if locked(store, clock, user):
        id = None if update_id is None else f"{update_id}:{EventKind.UNLOCK}"
        store.audit.note(event(now, EventKind.UNLOCK, by, id=id, about=user))
    for key in _keys_of(store, user):
        store.sign_ins.amend_limit(key, sign_in.unlocked)


def _keys_of(store: Store, user: User) -> tuple[str, ...]:
    # An account that is locked asks for no other partner's code: its last one is still this one's.
    tried = (f"telegram:{tried.id}" for tried in store.sign_ins.of_user(user.id))
    return (f"phone:{user.phone}", *tried)


def may_knock(
    store: Store,
    clock: Clock,
    telegram_user_id: int,
    *,
    removed: User | None = None,
    update_id: int | None = None,
) -> bool:
    """Whether the admins may be told now of this person who has no access; true is counted.

    All that is kept of the unknown is in one document of bounded size. Who was ``removed`` is
    counted apart, so that no crowd of strangers keeps them from being heard. It stays true for
    the update that was counted: a process may have died before it told anybody.
    """
    key = f"phone:{removed.phone}" if removed else FIRM
    try:
        now = clock.now()
        one_more = partial(
            _one_more_knock, now=now, telegram_user_id=telegram_user_id, update_id=update_id
        )
        _amend(store, key, now, one_more)
    except _HeardEnough:
        return False
    return True


class _HeardEnough(Exception):
    """The admins heard of this person, or of too many."""


def _one_more_knock(
    limit: SignInLimit, now: dt.datetime, telegram_user_id: int, update_id: int | None
) -> SignInLimit:
    knocked = sign_in.after_knock(limit, now, telegram_user_id, update_id)
    if knocked is None:
        raise _HeardEnough
    return knocked
