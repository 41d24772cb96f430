"""Who keeps the books, and how they signed in."""

from pydantic import Field

from storage.models.part import Document
from storage.types import Flag, Instant, IsoDate


class User(Document):
    """Collection ``users``: a partner. The admin is not one of them."""

    name: str
    phone: str
    role: str = "partner"
    registration_date: IsoDate
    profile_image: str | None = None
    image_id: str | None = None
    active: Flag = True
    turns: int = 0
    """How often they were removed and let in again, together."""
    telegram_user_id: int | None = None
    chat_id: int | None = None
    reachable: Flag = True
    """False once Telegram said that they blocked the bot; true again with their next message."""
    evening_from: IsoDate | None = None
    """The first day that the evening summary tells them of; None: they want none."""


class SignIn(Document):
    """Collection ``authentication``: one per Telegram user (``_id`` = the user id as text).

    First the code that was sent, then the session that it opened. ``otp`` and ``session_token``
    are HMAC-SHA256 hex digests, never the secrets themselves. ``phone`` is the number that the
    code went to; ``challenge`` names that one code, ``attempts`` are the guesses counted at it.
    """

    phone: str
    otp: str | None = None
    otp_expiration: Instant | None = None
    verified: Flag = False
    session_token: str | None = None
    session_expiration: Instant | None = None
    user_id: str = ""
    chat_id: int = 0
    challenge: str = ""
    attempts: int = Field(default=0, ge=0)
    shared_at: Instant | None = None
    """When the contact card came that proved the number; None once a session opened or ended."""
    opened_at: Instant | None = None
    """When the right code opened the session, or the one before; None of an earlier version's."""
    guessed_by: int | None = None
    """The update that brought the last guess: handled again, it is no other one."""
    opened_by: int | None = None
    """The update that brought the right code; it may be handled again, and opens nothing then."""
    ended_by: int | None = None
    """The update that objected to the session and ended it: handled again, it is told so."""
    last_seen: Instant | None = None
    """When the session was last used, to within a few minutes."""


class SignInLimit(Document):
    """Collection ``sign_in_limits``: what was tried of late, for one phone or one Telegram user.

    ``_id`` is ``phone:+919876543210`` or ``telegram:123456789``; or ``firm``, for what is bounded
    over all of them. ``sends`` and ``failures`` hold only the moments that still count, oldest
    first; ``locks`` how often in a row too many failures led to a lock. ``rev`` guards every
    write; 0 was never stored.
    """

    sends: list[Instant] = []
    sent_for: int | None = None
    """The update for which a code was counted last: handled again, it asks for no other one."""
    codes: int = Field(default=0, ge=0)
    """How many codes that update had made, all but one of which may have gone to nobody."""
    failures: list[Instant] = []
    failed_by: int | None = None
    """The update whose wrong guess was counted last: handled again, it is no other one."""
    failures_in_a_row: int = Field(default=0, ge=0)
    """Without a sign-in between, however long it took."""
    locks: int = Field(default=0, ge=0)
    locked_until: Instant | None = None
    knocks: dict[str, Instant] = {}
    """Of whom the admins heard of late, by Telegram user id: the firm's of the unknown, a phone's
    of the removed partner's who has it."""
    knocked_by: dict[str, int] = {}
    """By which update each of them knocked: handled again, it is no other knock."""
    rev: int = Field(ge=0)
