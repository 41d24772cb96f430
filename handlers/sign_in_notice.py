"""A partner is told of every sign-in on their account, wherever they were signed in until then.

Whoever took their SIM or their phone can sign in as them; the button ends what was opened so.
"""

from bot import access
from bot.access import SignedIn
from bot.admins import admin_ids
from bot.dates import format_moment
from bot.desk import Desk, Who
from bot.i18n import _, fill
from bot.text import shown
from handlers import menu
from handlers.screen import Act, Choice, Reply, Screen

OBJECT = "no"
"""The button's verb; after it the sign-in's event."""


def notices(desk: Desk, act: Act, signed_in: SignedIn) -> Reply:
    """The notice here, and in the chat that lost its session by it."""
    out = ((Choice(_("Not me: sign out"), f"{OBJECT}:{signed_in.event_id}"),),)
    when = format_moment(desk.clock.now(), desk.clock)
    here = fill(
        _("🔐 New sign-in as <b>{name}</b>, {when}, with this Telegram account."),
        name=signed_in.user.name,
        when=when,
    )
    notice = Screen(here, out, fresh=True)
    if signed_in.former is None:
        return (notice,)
    _former_id, former_chat = signed_in.former
    there = fill(
        _(
            "🔐 <b>{name}</b> signed in at {when} with another Telegram account, {account}. "
            "You are signed out here.\n\nWas it not you? Sign it out, and call your admin."
        ),
        name=signed_in.user.name,
        when=when,
        account=shown(act.name),
    )
    return (notice, Screen(there, out, to=former_chat))


def objected(desk: Desk, act: Act, event_id: str) -> Reply:
    """Whoever was told ends it; the admins hear of it, since a code got into wrong hands."""
    by = Who(act.user_id, name=shown(act.name))
    user = access.object_to(desk.store, desk.clock, event_id, by=by)
    if user is None:
        over = _("This sign-in is over already, or was followed by another.")
        return (Screen(fill(over), toast=over, fresh=True, spent=True),)
    said = fill(
        _(
            "🚪 <b>{name}</b> is signed out everywhere.\n\nIf it was not you who asked for the "
            "code, somebody has your SIM or your Telegram: call your admin."
        ),
        name=user.name,
    )
    told = fill(
        _("⚠️ {name} says that the last sign-in was not theirs. It was signed out. /users"),
        name=user.name,
    )
    admins = sorted(admin_ids(desk.settings, desk.store) - {act.user_id})
    back_in = Screen(said, ask_contact=menu.share_label(), spent=True)
    return (back_in, *(Screen(told, to=admin) for admin in admins))
