"""Sessions and locks in words, the same for the partner and for the admin."""

import datetime as dt

from markupsafe import Markup

from bot.access import Closed, Locked, TooSoon
from bot.clock import Clock
from bot.dates import format_moment
from bot.desk import Desk
from bot.i18n import _, fill
from storage.models import SignIn


def session_words(desk: Desk, session: SignIn) -> Markup:
    """Since when somebody is signed in, and until when."""
    words = _("🔑 Signed in since {since}, at most until {until}")
    since = session.opened_at or session.last_seen
    assert since is not None, "a live session was opened and seen"  # noqa: S101
    assert session.session_expiration is not None  # noqa: S101
    return fill(
        words,
        since=format_moment(since, desk.clock),
        until=format_moment(session.session_expiration, desk.clock),
    )


def lock_words(clock: Clock, lock: Locked | Closed | TooSoon) -> Markup:
    """Why nobody signs in for a while, and who can change that."""
    match lock:
        case Closed():
            words = _("Too many wrong codes. Only the admin of your firm can open this again.")
            return fill(words)
        case Locked(until):
            words = _(
                "Too many wrong codes. For safety, sign-in is closed until {time}; the admin of "
                "your firm can open it before."
            )
        case TooSoon(wait_seconds):
            until = clock.now() + dt.timedelta(seconds=wait_seconds)
            words = _(
                "Many codes were sent already. The next one can be asked for at {time}; the admin "
                "of your firm can open it before."
            )
    # The minute that is shown has to be over.
    return fill(words, time=format_moment(until + dt.timedelta(minutes=1), clock))
