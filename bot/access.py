"""Signing in and staying in: the use cases between the rules, the store and the edge."""

import datetime as dt
import math
import secrets
from dataclasses import dataclass, field

from bot import sign_in
from bot.clock import Clock
from storage.ids import new_id
from storage.models import SignIn, SignInLimit, User
from storage.store import Store


@dataclass(frozen=True)
class CodeSent:
    """A code to deliver to ``phone`` (E.164, as registered), good until ``expires_at`` (UTC)."""

    code: str = field(repr=False)
    phone: str
    name: str
    expires_at: dt.datetime


@dataclass(frozen=True)
class NotRegistered:
    """No active partner has this phone."""


@dataclass(frozen=True)
class TooSoon:
    """A code was sent a moment ago, or too many were: the next may go in ``wait_seconds``."""

    wait_seconds: int


@dataclass(frozen=True)
class Locked:
    """Too many wrong codes: nothing is sent or tried before ``until`` (UTC)."""

    until: dt.datetime


@dataclass(frozen=True)
class SignedIn:
    user: User


@dataclass(frozen=True)
class WrongCode:
    """``left`` more guesses at this code; at 0 it is void."""

    left: int


@dataclass(frozen=True)
class CodeExpired:
    """The code was good for a few minutes, which are over."""


@dataclass(frozen=True)
class NoCode:
    """No code waits to be typed in this chat: none was sent, or it was used or guessed at up."""


def request_code(
    store: Store,
    clock: Clock,
    secret_key: bytes,
    *,
    telegram_user_id: int,
    chat_id: int,
    phone: str,
) -> CodeSent | NotRegistered | TooSoon | Locked:
    """Make a code for the partner whose registered phone this is; any earlier code is void.

    ``phone`` is E.164, taken from the sender's own contact card.
    """
    user = store.users.by_phone(phone)
    if user is None or not user.active:
        return NotRegistered()
    now = clock.now()
    try:
        _charge_send(store, _keys(telegram_user_id, user.phone), now)
    except _Refused as refused:
        return refused.reason

    code, challenge = sign_in.new_code(), new_id()
    expires_at = now + sign_in.CODE_LIFETIME
    digest = sign_in.code_digest(
        secret_key,
        code,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id,
        phone=user.phone,
        challenge=challenge,
    )
    store.sign_ins.open_challenge(
        SignIn(
            id=str(telegram_user_id),
            phone=user.phone,
            otp=digest,
            otp_expiration=expires_at,
            user_id=user.id,
            chat_id=chat_id,
            challenge=challenge,
        )
    )
    return CodeSent(code=code, phone=user.phone, name=user.name, expires_at=expires_at)


def check_code(
    store: Store,
    clock: Clock,
    secret_key: bytes,
    *,
    telegram_user_id: int,
    chat_id: int,
    text: str,
) -> SignedIn | WrongCode | CodeExpired | NoCode | Locked:
    """Try what was typed against the code that was sent to this Telegram user in this chat.

    Raises:
        InvalidText: what was typed is not six digits; it is not counted as a guess.
    """
    code = sign_in.read_code(text)
    now = clock.now()
    pending = store.sign_ins.get(telegram_user_id)
    if pending is None or pending.otp is None:
        return NoCode()
    keys = _keys(telegram_user_id, pending.phone)
    if locked := _locked(store, keys, now):
        return locked
    guessed = store.sign_ins.count_attempt(
        telegram_user_id, chat_id=chat_id, now=now, most=sign_in.ATTEMPTS
    )
    if guessed is None or guessed.otp is None:
        expired = pending.otp_expiration is not None and pending.otp_expiration <= now
        return CodeExpired() if expired else NoCode()
    digest = sign_in.code_digest(
        secret_key,
        code,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id,
        phone=guessed.phone,
        challenge=guessed.challenge,
    )
    if not sign_in.same_digest(digest, guessed.otp):
        for key in _keys(telegram_user_id, guessed.phone):
            store.sign_ins.amend_limit(key, lambda limit: sign_in.after_failure(limit, now))
        return _locked(store, keys, now) or WrongCode(left=sign_in.ATTEMPTS - guessed.attempts)
    return _sign_in(store, secret_key, guessed, now) or NoCode()


def _sign_in(
    store: Store, secret_key: bytes, guessed: SignIn, now: dt.datetime
) -> SignedIn | None:
    """Open the session of whoever proved to have the phone; None if they may not (any more)."""
    user = store.users.get(guessed.user_id)
    if user is None or not user.active or user.phone != guessed.phone:
        return None
    telegram_user_id = int(guessed.id)
    # The link goes first: after a kill in between, the same code typed again does the rest.
    store.users.link_telegram(user.id, telegram_user_id, guessed.chat_id)
    opened = store.sign_ins.open_session(
        guessed,
        # Telegram vouches for who sends an update, so nobody ever has to show the token itself.
        token=sign_in.token_digest(secret_key, secrets.token_urlsafe()),
        expiration=now + sign_in.SESSION_LIFETIME,
        now=now,
    )
    if not opened:
        return None
    for key in _keys(telegram_user_id, guessed.phone):
        store.sign_ins.amend_limit(key, sign_in.after_success)
    linked = {"telegram_user_id": telegram_user_id, "chat_id": guessed.chat_id}
    return SignedIn(user.model_copy(update=linked))


def identify(store: Store, clock: Clock, *, telegram_user_id: int) -> User | None:
    """The signed-in partner behind an update, asked anew on every one; None: nobody.

    They have a session that is neither past its end nor idle, are active, and still have both the
    phone and the Telegram account that they signed in with.
    """
    session = store.sign_ins.get(telegram_user_id)
    now = clock.now()
    if session is None or not sign_in.session_is_live(session, now):
        return None
    user = store.users.get(session.user_id)
    if user is None or not _is_theirs(session, user):
        return None
    if sign_in.is_seen_anew(session, now):
        store.sign_ins.saw(session, now)
    return user


def is_signed_in(store: Store, clock: Clock, user: User) -> bool:
    """Whether this partner is signed in, asked about them while they do nothing."""
    if user.telegram_user_id is None:
        return False
    session = store.sign_ins.get(user.telegram_user_id)
    return (
        session is not None
        and sign_in.session_is_live(session, clock.now())
        and _is_theirs(session, user)
    )


def sign_out(store: Store, telegram_user_id: int) -> None:
    """End the session of this Telegram user; nothing happens when there is none."""
    store.sign_ins.end(telegram_user_id)


def sign_out_user(store: Store, user_id: str) -> None:
    """End every session of this partner, wherever they are signed in."""
    store.sign_ins.end_of_user(user_id)


def _is_theirs(session: SignIn, user: User) -> bool:
    return (
        user.id == session.user_id
        and user.active
        and user.phone == session.phone
        and str(user.telegram_user_id) == session.id
    )


def _keys(telegram_user_id: int, phone: str) -> tuple[str, str]:
    return f"telegram:{telegram_user_id}", f"phone:{phone}"


class _Refused(Exception):
    def __init__(self, reason: Locked | TooSoon) -> None:
        super().__init__(reason)
        self.reason = reason


def _one_more_send(limit: SignInLimit, now: dt.datetime) -> SignInLimit:
    if until := sign_in.locked_until(limit, now):
        raise _Refused(Locked(until))
    at = sign_in.sendable_at(limit)
    if at is not None and now < at:
        raise _Refused(TooSoon(math.ceil((at - now).total_seconds())))
    return sign_in.after_send(limit, now)


def _charge_send(store: Store, keys: tuple[str, ...], now: dt.datetime) -> None:
    """Count one code against every limit.

    Raises:
        _Refused: one of them allows none now.
    """
    # All are looked at before any is charged, so that asking in vain costs nothing.
    for key in keys:
        _one_more_send(store.sign_ins.limit(key), now)
    for key in keys:
        store.sign_ins.amend_limit(key, lambda limit: _one_more_send(limit, now))


def _locked(store: Store, keys: tuple[str, ...], now: dt.datetime) -> Locked | None:
    ends = (sign_in.locked_until(store.sign_ins.limit(key), now) for key in keys)
    until = max((end for end in ends if end is not None), default=None)
    return None if until is None else Locked(until)
