"""Who is in: asked anew on every update; and how a session ends before its time."""

import datetime as dt

from bot import sign_in
from bot.audit_trail import event
from bot.clock import Clock
from bot.desk import Who
from storage.models import AuditEvent, EventKind, SignIn, User
from storage.store import Store

OBJECTED = "objected"
"""``detail`` of the sign-out of a session by whoever was told of it."""


def identify(store: Store, clock: Clock, *, telegram_user_id: int) -> User | None:
    """The signed-in partner behind an update, asked anew on every one; None: nobody.

    They have a session that is neither past its end nor idle, are active, and still have both the
    phone and the Telegram account that they signed in with.
    """
    session = store.sign_ins.get(telegram_user_id)
    now = clock.now()
    if session is None or not sign_in.session_is_live(session, now):
        return None
    user = partner_of(store, session)
    if user is None:
        # For good: it must not come back when the number or the account does.
        store.sign_ins.end_session(session)
        return None
    if sign_in.is_seen_anew(session, now):
        store.sign_ins.saw(session, now)
    return user


def partner_of(store: Store, session: SignIn) -> User | None:
    """Who signed in by it, if that is theirs as they are registered and linked now; else None."""
    user = store.users.get(session.user_id)
    is_theirs = (
        user is not None
        and user.active
        and user.phone == session.phone
        and str(user.telegram_user_id) == session.id
    )
    return user if is_theirs else None


def is_signed_in(store: Store, clock: Clock, user: User) -> bool:
    """Whether this partner is signed in, asked about them while they do nothing."""
    return bool(sessions_of(store, clock, user.id))


def ended_sessions(store: Store, user: User) -> list[SignIn]:
    """Those of this partner that nobody ended: they are over, if at all, by time."""
    return [
        session
        for session in store.sign_ins.of_user(user.id)
        if session.verified and session.last_seen and partner_of(store, session)
    ]


def sessions_of(store: Store, clock: Clock, user_id: str) -> list[SignIn]:
    """Where this partner is signed in: on the Telegram account that they used last, or nowhere."""
    return [
        session
        for session in store.sign_ins.of_user(user_id)
        if sign_in.session_is_live(session, clock.now()) and partner_of(store, session)
    ]


def last_seen(store: Store, user: User) -> dt.datetime | None:
    """When the partner last used the bot (UTC, to a few minutes); None: they never did."""
    seen = (session.last_seen for session in store.sign_ins.of_user(user.id))
    return max((at for at in seen if at is not None), default=None)


def has_ended(store: Store, clock: Clock, *, telegram_user_id: int) -> bool:
    """Whether an active partner was signed in here until time or idleness ended it.

    Nobody else learns that: not who signed out, was signed out, or never was in.
    """
    session = store.sign_ins.get(telegram_user_id)
    if session is None or not session.verified or partner_of(store, session) is None:
        return False
    return not sign_in.session_is_live(session, clock.now())


def sign_out(store: Store, clock: Clock, *, by: Who) -> None:
    """End the session of this Telegram user; nothing happens when there is none."""
    session = store.sign_ins.get(by.telegram_id)
    if session is None:
        return
    user = partner_of(store, session)
    if user is not None:
        _note_end(store, clock, session, user, by=by)
    store.sign_ins.end(by.telegram_id)


def sign_out_user(store: Store, clock: Clock, user: User, *, by: Who) -> None:
    """End every session of this partner, wherever they are signed in, and void every code."""
    for session in sessions_of(store, clock, user.id):
        _note_end(store, clock, session, user, by=by)
    store.sign_ins.end_of_user(user.id)


def object_to(
    store: Store, clock: Clock, event_id: str, *, by: Who, update_id: int | None = None
) -> User | None:
    """End the session that this sign-in opened, at the wish of somebody who was told of it.

    They are the account that signed in, or the one that was signed in until then: it may be that
    of the partner, whose number somebody else got hold of. Neither may once that session ended or
    another took its place, so that an old message is no weapon against later sign-ins.

    Returns:
        The partner, who is signed in nowhere now, also to the ``update_id`` that ended it when it
        is handled again; None when whoever asks may not, or it is over.
    """
    noted = store.audit.get(event_id)
    if noted is None or noted.subject_id is None:
        return None
    if by.telegram_id not in (noted.telegram_user_id, noted.former_telegram_user_id):
        return None
    # A sign-in's event has the id of the code that opened the session; no other event has.
    opened = next(
        (
            session
            for session in sessions_of(store, clock, noted.subject_id)
            if session.challenge == noted.id
        ),
        None,
    )
    user = store.users.get(noted.subject_id)
    if opened is None or user is None:
        return user if _was_ended_by(store, noted, update_id) else None
    _note_end(store, clock, opened, user, by=by, detail=OBJECTED)
    return user if store.sign_ins.end_session(opened, update_id) else None


def _was_ended_by(store: Store, noted: AuditEvent, update_id: int | None) -> bool:
    """Whether this update has ended the session of this sign-in, which nothing replaced since."""
    session = store.sign_ins.get(noted.telegram_user_id)
    return (
        update_id is not None
        and session is not None
        and (session.challenge, session.ended_by) == (noted.id, update_id)
    )


def _note_end(
    store: Store, clock: Clock, session: SignIn, user: User, *, by: Who, detail: str = ""
) -> None:
    """Note the end of a live session, once, before it ends: a kill in between loses no event."""
    if sign_in.session_is_live(session, clock.now()):
        store.audit.note(
            event(
                clock.now(),
                EventKind.SIGN_OUT,
                by,
                id=f"{session.challenge}:out",
                about=user,
                detail=detail,
            )
        )
