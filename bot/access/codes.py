"""The code: sent to the partner's registered phone, typed in the chat that asked for it."""

import datetime as dt
import secrets
from functools import partial

from bot import sign_in
from bot.access.limits import (
    Refused,
    charge_failure,
    charge_send,
    forgive,
    keys,
    limit_of,
    lock_of,
)
from bot.access.results import (
    Closed,
    CodeExpired,
    CodeSent,
    Locked,
    NoCode,
    NotRegistered,
    SignedIn,
    TooSoon,
    WrongCode,
)
from bot.access.sessions import partner_of
from bot.audit_trail import event
from bot.clock import Clock
from bot.desk import Who
from bot.phones import mask_phone
from storage.ids import new_id
from storage.models import EventKind, SignIn, User
from storage.store import Store


def request_code(
    store: Store,
    clock: Clock,
    secret_key: bytes,
    *,
    telegram_user_id: int,
    chat_id: int,
    phone: str,
    update_id: int | None = None,
    again: bool = False,
) -> CodeSent | NotRegistered | TooSoon | Locked | Closed:
    """Make a code for the partner whose registered phone this is; any earlier code is void.

    Args:
        phone: E.164, taken from the sender's own contact card, which has come just now.
        update_id: the update in which it came.
        again: that was begun before. The code that was made then may never have been sent, and
            nobody can tell it any more, since only its digest is kept; so another one takes its
            place, a few times at most, and counts as the same. If the first one did come, the
            second voids it and comes after it: two are better than none.
    """
    return _request(
        store,
        secret_key,
        clock.now(),
        telegram_user_id=telegram_user_id,
        chat_id=chat_id,
        phone=phone,
        shared_at=clock.now(),
        update_id=update_id,
        again=again,
    )


def request_again(
    store: Store,
    clock: Clock,
    secret_key: bytes,
    *,
    telegram_user_id: int,
    chat_id: int,
    update_id: int | None = None,
    again: bool = False,
) -> CodeSent | NotRegistered | TooSoon | Locked | Closed:
    """Make another code for the number that a contact card has proved in this chat a while ago.

    What ended since, a session or what the partner may, ends that too: numbers change hands.
    ``update_id`` and ``again`` are as of :func:`request_code`.
    """
    now, last = clock.now(), store.sign_ins.get(telegram_user_id)
    if last is None or last.chat_id != chat_id or not sign_in.proves_still(last, now):
        return NotRegistered()
    if _came_in_since(store, last):
        return NotRegistered()
    return _request(
        store,
        secret_key,
        now,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id,
        phone=last.phone,
        shared_at=last.shared_at,
        update_id=update_id,
        again=again,
    )


def _came_in_since(store: Store, last: SignIn) -> bool:
    """Whether the partner has signed in, on whichever account, after this contact card."""
    opened = (one.opened_at for one in store.sign_ins.of_user(last.user_id))
    return any(
        at is not None and last.shared_at is not None and at >= last.shared_at for at in opened
    )


def _request(
    store: Store,
    secret_key: bytes,
    now: dt.datetime,
    *,
    telegram_user_id: int,
    chat_id: int,
    phone: str,
    shared_at: dt.datetime | None,
    update_id: int | None,
    again: bool,
) -> CodeSent | NotRegistered | TooSoon | Locked | Closed:
    user = store.users.by_phone(phone)
    if user is None or not user.active:
        return NotRegistered()
    limits = keys(telegram_user_id, user.phone)
    try:
        charge_send(store, limits, now, update_id=update_id, again=again)
    except Refused as refused:
        return refused.reason

    code, challenge = sign_in.new_code(), new_id()
    expires_at = sign_in.code_end(now)
    digest = sign_in.code_digest(
        secret_key,
        code,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id,
        phone=user.phone,
        challenge=challenge,
    )
    former = store.sign_ins.get(telegram_user_id)
    store.sign_ins.open_challenge(
        SignIn(
            id=str(telegram_user_id),
            phone=user.phone,
            otp=digest,
            otp_expiration=expires_at,
            user_id=user.id,
            chat_id=chat_id,
            challenge=challenge,
            shared_at=shared_at,
            opened_at=former.opened_at if former and former.user_id == user.id else None,
            last_seen=former.last_seen if former and former.user_id == user.id else None,
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
    name: str = "",
    update_id: int | None = None,
) -> SignedIn | WrongCode | CodeExpired | NoCode | Locked | Closed:
    """Try what was typed against the code that was sent to this Telegram user in this chat.

    ``name`` is how Telegram names them, ``update_id`` the update in which it came.

    Raises:
        InvalidText: what was typed is not six digits; it is not counted as a guess.
    """
    code = sign_in.read_code(text)
    now = clock.now()
    pending = store.sign_ins.get(telegram_user_id)
    if pending is None or pending.otp is None:
        return NoCode()
    if pending.otp_expiration is not None and pending.otp_expiration - now > sign_in.CODE_LIFETIME:
        return CodeExpired()  # of a clock that ran ahead
    expired = pending.otp_expiration is not None and pending.otp_expiration <= now
    # Of an update whose answer could not be sent, or that a death has interrupted.
    counted = update_id is not None and pending.guessed_by == update_id and not expired
    lock = _lock(store, pending, now)
    if lock and not counted:
        return lock
    guessed = (
        pending
        if counted
        else store.sign_ins.count_attempt(
            telegram_user_id,
            chat_id=chat_id,
            now=now,
            most=sign_in.ATTEMPTS,
            update_id=update_id,
        )
    )
    if guessed is None or guessed.otp is None:
        return CodeExpired() if expired else NoCode()
    digest = sign_in.code_digest(
        secret_key,
        code,
        telegram_user_id=telegram_user_id,
        chat_id=chat_id,
        phone=guessed.phone,
        challenge=guessed.challenge,
    )
    by = Who(telegram_user_id, name=name)
    if not sign_in.same_digest(digest, guessed.otp):
        return _failed(store, guessed, now, by, update_id=update_id)
    return lock or _sign_in(store, secret_key, guessed, now, by, update_id=update_id) or NoCode()


def _lock(store: Store, tried: SignIn, now: dt.datetime) -> Locked | Closed | None:
    return lock_of([limit_of(store, key, now) for key in _keys(tried)], now)


def _keys(tried: SignIn) -> tuple[str, str]:
    return keys(int(tried.id), tried.phone)


def _failed(
    store: Store, guessed: SignIn, now: dt.datetime, by: Who, *, update_id: int | None
) -> WrongCode | Locked | Closed:
    """Count and note a wrong guess, and the lock that it led to; all of it once for an update.

    Both ids are the code's own: there are no more of these events than codes sent and guesses let
    in, and both are bounded.
    """
    locks = charge_failure(store, _keys(guessed), now, update_id)
    user = store.users.get(guessed.user_id)
    noting = partial(event, now, by=by, about=user, detail=mask_phone(guessed.phone))
    store.audit.note(noting(EventKind.WRONG_CODE, id=f"{guessed.challenge}:{guessed.attempts}"))
    lock = _lock(store, guessed, now)
    if lock is None:
        return WrongCode(left=sign_in.ATTEMPTS - guessed.attempts)
    # Of guesses at once, from several accounts too, one led to it, and that one notes it.
    if locks:
        until = lock.until if isinstance(lock, Locked) else None
        store.audit.note(noting(EventKind.LOCK, id=f"{guessed.challenge}:lock", until=until))
    return lock


def _sign_in(
    store: Store,
    secret_key: bytes,
    guessed: SignIn,
    now: dt.datetime,
    by: Who,
    *,
    update_id: int | None,
) -> SignedIn | None:
    """Open the session of whoever proved to have the phone; None if they may not (any more)."""
    user = store.users.get(guessed.user_id)
    if user is None or not user.active or user.phone != guessed.phone:
        return None
    # First the event, then the link, then the session. The session uses up the code, so after a
    # kill before it the same code typed again does the rest; the event, of the code's own id, is
    # then the one noted first, which alone saw who was linked before. Noted last it could be lost
    # with a session open. What it says is true even if no session follows: the right code came.
    noted = store.audit.note(
        event(
            now,
            EventKind.SIGN_IN,
            by,
            id=guessed.challenge,
            about=user,
            detail=mask_phone(guessed.phone),
            former_telegram_user_id=_displaced(store, user, by.telegram_id),
            chat_id=guessed.chat_id,
            former_chat_id=user.chat_id if user.chat_id != guessed.chat_id else None,
        )
    )
    store.users.link_telegram(user.id, by.telegram_id, guessed.chat_id)
    # Before the session too: once there is one, the update that opened it does nothing more.
    forgive(store, _keys(guessed))
    opened = store.sign_ins.open_session(
        guessed,
        # Telegram vouches for who sends an update, so nobody ever has to show the token itself.
        token=sign_in.token_digest(secret_key, secrets.token_urlsafe()),
        expiration=now + sign_in.SESSION_LIFETIME,
        now=now,
        update_id=update_id,
    )
    if not opened:
        return None
    linked = {"telegram_user_id": by.telegram_id, "chat_id": guessed.chat_id}
    former = noted.former_telegram_user_id
    before = store.sign_ins.get(former) if former is not None else None
    return SignedIn(
        user.model_copy(update=linked),
        event_id=noted.id,
        former=(int(before.id), before.chat_id) if before else None,
    )


def _displaced(store: Store, user: User, telegram_user_id: int) -> int | None:
    """The other account on which this partner is signed in, or was until time ended it.

    Not one that they or the admin signed out: whoever holds it now has no say any more.
    """
    other = user.telegram_user_id
    if other is None or other == telegram_user_id:
        return None
    session = store.sign_ins.get(other)
    if session is None or not session.verified or session.user_id != user.id:
        return None
    return other if partner_of(store, session) else None
