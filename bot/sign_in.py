"""The rules of sign-in, pure: every number, and what each allows at a given moment.

Sources: NIST SP 800-63B-4 (six random digits, at most ten minutes, accepted once, failures
bounded); OWASP ASVS 5.0 V6 (bound to the request, rate-limited, a resend voids the old code).
"""

import datetime as dt
import hmac
import re
import secrets

from bot.errors import InvalidText
from bot.i18n import _
from bot.numerals import plain
from storage.models import SignIn, SignInLimit

CODE_DIGITS = 6
CODE_LIFETIME = dt.timedelta(minutes=5)
ATTEMPTS = 5
"""Guesses at one code, the right one included."""

RESEND_AFTER = tuple(dt.timedelta(seconds=seconds) for seconds in (60, 120, 300))
"""The wait after the first, second and every further code in a row."""

IN_A_ROW = dt.timedelta(minutes=15)
"""Codes this close to the last one make a row."""

AGAIN_WITHIN = dt.timedelta(minutes=15)
"""Of the contact card that proved the number; after that, another one proves it anew."""

SendLimits = tuple[tuple[int, dt.timedelta], ...]
"""At most so many codes in any such period."""

SEND_LIMITS: SendLimits = (
    (3, dt.timedelta(minutes=15)),
    (5, dt.timedelta(hours=1)),
    (10, dt.timedelta(days=1)),
)
"""Per phone and per Telegram user."""

FIRM_SEND_LIMITS: SendLimits = ((50, dt.timedelta(hours=1)),)
"""Over all of them: gateways charge for each code."""

CODES_OF_AN_UPDATE = 3
"""One that a process left which died is handled again, and may have sent none of them."""

FAILURES = 15
FAILURES_WITHIN = dt.timedelta(days=1)
FIRST_LOCK = dt.timedelta(hours=1)
"""After that many failures; each lock without a sign-in between is twice as long as the last."""

LONGEST_LOCK = 4 * FIRST_LOCK
"""The third; before there is a fourth it is closed for good."""

FAILURES_IN_A_ROW = 50
"""Without a sign-in between, in whatever time: from then on only an admin opens it again."""

KNOCKS = 20
KNOCKS_WITHIN = dt.timedelta(days=1)
"""So many unknown people may have the admins told of them, each of them once."""

SESSION_LIFETIME = dt.timedelta(days=30)
SESSION_IDLE = dt.timedelta(days=7)
SKEW = dt.timedelta(minutes=1)
"""How far a moment noted by another update, or another process, may be ahead of this one's."""

SEEN_EVERY = dt.timedelta(minutes=5)
"""``last_seen`` is written no more often than this, so that an update stays cheap."""


def new_code() -> str:
    """Six random digits, leading zeros included."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def read_code(text: str) -> str:
    """The code in what was typed: digits of any script, with spaces and dashes as they come.

    Raises:
        InvalidText: it is not six digits, so it cannot be a guess.
    """
    code = re.sub(r"[ -]", "", plain(text))
    if not re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", code):
        raise InvalidText(_("The sign-in code is 6 digits, for example 123456."))
    return code


def holds_code(text: str) -> bool:
    """Whether a code may stand in what was typed, with whatever words around it."""
    run = rf"(?<![0-9])[0-9](?:[ -]?[0-9]){{{CODE_DIGITS - 1}}}(?![0-9])"
    return re.search(run, plain(text)) is not None


def code_digest(
    secret_key: bytes,
    code: str,
    *,
    telegram_user_id: int,
    chat_id: int,
    phone: str,
    challenge: str,
) -> str:
    """What is kept of a code: HMAC-SHA256 in hex, worth nothing to another user, chat or phone."""
    message = f"code:{telegram_user_id}:{chat_id}:{phone}:{challenge}:{code}"
    return hmac.digest(secret_key, message.encode(), "sha256").hex()


def token_digest(secret_key: bytes, token: str) -> str:
    """What is kept of a session token: HMAC-SHA256 in hex."""
    return hmac.digest(secret_key, f"session:{token}".encode(), "sha256").hex()


def same_digest(one: str, other: str) -> bool:
    """Whether two digests are equal, in a time that does not tell how nearly."""
    return hmac.compare_digest(one, other)


def code_end(now: dt.datetime) -> dt.datetime:
    """When a code of this moment ends: on a whole second, at most ``CODE_LIFETIME`` from now.

    The embedded store compares moments by the second; so it agrees with others to the millisecond.
    """
    return (now + CODE_LIFETIME).replace(microsecond=0)


def as_of(limit: SignInLimit, now: dt.datetime) -> SignInLimit:
    """The limit without what a clock that ran ahead has left in it.

    A moment that is barely ahead counts: of two updates at once either may be noted first.
    """
    until, latest = limit.locked_until, now + SKEW
    return limit.model_copy(
        update={
            "sends": [at for at in limit.sends if at <= latest],
            "failures": [at for at in limit.failures if at <= latest],
            "knocks": {who: at for who, at in limit.knocks.items() if at <= latest},
            "locked_until": until if until and until <= latest + LONGEST_LOCK else None,
        }
    )


def sendable_at(limit: SignInLimit) -> dt.datetime | None:
    """The earliest moment for the next code; None when none was sent of late."""
    if not limit.sends:
        return None
    last = limit.sends[-1]
    row = sum(sent > last - IN_A_ROW for sent in limit.sends)
    cooled = last + RESEND_AFTER[min(row, len(RESEND_AFTER)) - 1]
    return max([cooled, *_freed_at(limit, SEND_LIMITS)])


def firm_sendable_at(limit: SignInLimit) -> dt.datetime | None:
    """The earliest moment for the firm's next code, whoever asks; None when any will do."""
    return max(_freed_at(limit, FIRM_SEND_LIMITS), default=None)


def _freed_at(limit: SignInLimit, limits: SendLimits) -> list[dt.datetime]:
    return [limit.sends[-most] + period for most, period in limits if len(limit.sends) >= most]


def after_send(
    limit: SignInLimit,
    now: dt.datetime,
    limits: SendLimits = SEND_LIMITS,
    *,
    update_id: int | None = None,
) -> SignInLimit:
    """The limit with one more code sent, for this update."""
    kept = max(most for most, _period in limits)
    sends = [*limit.sends, now][-kept:]
    return limit.model_copy(update={"sends": sends, "sent_for": update_id, "codes": 1})


def may_send_for(limit: SignInLimit, update_id: int | None) -> bool:
    """Whether the code that was counted last is this update's, which may try once more."""
    its_own = update_id is not None and limit.sent_for == update_id
    return its_own and limit.codes < CODES_OF_AN_UPDATE


def after_try(limit: SignInLimit) -> SignInLimit:
    """The limit with another code in the place of the one that was counted last."""
    return limit.model_copy(update={"codes": limit.codes + 1})


def without_send(limit: SignInLimit, at: dt.datetime) -> SignInLimit:
    """The limit without one code that was counted at this moment, and then not sent."""
    sends = list(limit.sends)
    if at not in sends:
        return limit
    sends.remove(at)
    return limit.model_copy(update={"sends": sends, "sent_for": None})


def locked_until(limit: SignInLimit, now: dt.datetime) -> dt.datetime | None:
    """The end of the lock that holds now, or None."""
    until = limit.locked_until
    return until if until is not None and now < until else None


def is_closed(limit: SignInLimit) -> bool:
    """Whether only an admin can open it again."""
    return limit.failures_in_a_row >= FAILURES_IN_A_ROW


def after_failure(
    limit: SignInLimit, now: dt.datetime, update_id: int | None = None
) -> SignInLimit:
    """The limit with this update's wrong guess; one too many locks, and counts afresh afterwards.

    The same update again is no other guess.
    """
    if update_id is not None and limit.failed_by == update_id:
        return limit
    failures = [at for at in limit.failures if now - at < FAILURES_WITHIN] + [now]
    failed = limit.model_copy(
        update={
            "failures": failures,
            "failures_in_a_row": limit.failures_in_a_row + 1,
            "failed_by": update_id,
        }
    )
    if len(failures) < FAILURES:
        return failed
    lock = min(FIRST_LOCK * 2**limit.locks, LONGEST_LOCK)
    return failed.model_copy(
        update={"failures": [], "locks": limit.locks + 1, "locked_until": now + lock}
    )


def locks_now(failed: SignInLimit) -> bool:
    """Whether the wrong guess that was counted last led to a lock, or closed it for good."""
    return not failed.failures or failed.failures_in_a_row == FAILURES_IN_A_ROW


def forgiven(limit: SignInLimit) -> SignInLimit:
    """The limit once the right code came; codes sent still count."""
    return limit.model_copy(
        update={
            "failures": [],
            "failures_in_a_row": 0,
            "locks": 0,
            "locked_until": None,
            "sent_for": None,
        }
    )


def unlocked(limit: SignInLimit) -> SignInLimit:
    """The limit once an admin unlocked it: the next code may be asked for at once."""
    return forgiven(limit).model_copy(update={"sends": []})


def after_knock(
    limit: SignInLimit, now: dt.datetime, telegram_user_id: int, update_id: int | None = None
) -> SignInLimit | None:
    """The firm's limit with this unknown person told of; None when the admins heard enough.

    The update by which they knocked, again, is no other knock.
    """
    who = str(telegram_user_id)
    if update_id is not None and limit.knocked_by.get(who) == update_id:
        return limit
    heard = {one: at for one, at in limit.knocks.items() if now - at < KNOCKS_WITHIN}
    if who in heard or len(heard) >= KNOCKS:
        return None
    by = {one: id for one, id in limit.knocked_by.items() if one in heard}
    if update_id is not None:
        by[who] = update_id
    return limit.model_copy(update={"knocks": {**heard, who: now}, "knocked_by": by})


def proves_still(sign_in: SignIn, now: dt.datetime) -> bool:
    """Whether the contact card that came last still proves the number."""
    shared = sign_in.shared_at
    return shared is not None and dt.timedelta(0) <= now - shared < AGAIN_WITHIN


def session_is_live(sign_in: SignIn, now: dt.datetime) -> bool:
    """Whether the session holds now: opened, not past its end, and not left idle.

    One that a clock opened which ran ahead is none: it would last for as much longer.
    """
    if not sign_in.verified or sign_in.session_expiration is None or sign_in.last_seen is None:
        return False
    left, unseen = sign_in.session_expiration - now, now - sign_in.last_seen
    return dt.timedelta(0) < left <= SESSION_LIFETIME + SKEW and unseen < SESSION_IDLE


def is_seen_anew(session: SignIn, now: dt.datetime) -> bool:
    """Whether the last note of its use is old enough for another, or a clock that ran ahead's."""
    seen = session.last_seen
    return seen is None or not -SKEW <= now - seen < SEEN_EVERY
