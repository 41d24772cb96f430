"""A partner is told of every sign-in on their account, here and where they signed in before.

Whoever took their SIM or their phone can sign in as them; the button ends what was opened so.
"""

from markupsafe import Markup

from bot import access
from bot.admins import admin_ids
from bot.dates import format_moment
from bot.desk import Desk, Who
from bot.i18n import _, fill
from bot.text import shown
from handlers import menu
from handlers.screen import Act, Choice, Reply, Rows, Screen
from storage.models import AuditEvent

OBJECT = "no"
"""The button's verb; after it the sign-in's event."""


def notices(desk: Desk, event_id: str) -> Reply:
    """The notices of the sign-in that was noted as this event."""
    event = desk.store.audit.get(event_id)
    return notices_of(desk, event) if event else ()


def notices_of(desk: Desk, event: AuditEvent) -> Reply:
    """One for the chat of the sign-in, and one for the chat that was the partner's before.

    By the event alone, so that they are the same whoever sends them, and whenever.
    """
    if event.chat_id is None:
        return ()
    when = format_moment(event.at, desk.clock)
    here = fill(
        _("🔐 New sign-in as <b>{name}</b>, {when}, with this Telegram account."),
        name=event.subject,
        when=when,
    )
    notice = _notice(event, here, event.chat_id, _out(event))
    if event.former_chat_id is None:
        return (notice,)
    may_object = event.former_telegram_user_id is not None
    words = (
        _(
            "🔐 <b>{name}</b> signed in at {when} with another Telegram account, {account}. "
            "You are signed out here.\n\nWas it not you? Sign it out, and call your admin."
        )
        if may_object
        else _(
            "🔐 <b>{name}</b> signed in at {when} with another Telegram account, {account}."
            "\n\nWas it not you? Call your admin, who can sign it out."
        )
    )
    there = fill(words, name=event.subject, when=when, account=event.actor_name)
    out = _out(event) if may_object else ()
    return (notice, _notice(event, there, event.former_chat_id, out))


def _notice(event: AuditEvent, text: Markup, chat_id: int, choices: Rows) -> Screen:
    return Screen(text, choices, to=chat_id, occurrence=f"sign-in {event.id} {chat_id}")


def _out(event: AuditEvent) -> Rows:
    return ((Choice(_("Not me: sign out"), f"{OBJECT}:{event.id}"),),)


def objected(desk: Desk, act: Act, event_id: str) -> Reply:
    """Whoever was told ends it; the admins hear of it, since a code got into wrong hands."""
    by = Who(act.user_id, name=shown(act.name))
    event = desk.store.audit.get(event_id)
    user = access.object_to(desk.store, desk.clock, event_id, by=by, update_id=act.update_id)
    if event is None or user is None:
        over = _("This sign-in is over already, or was followed by another.")
        return (Screen(fill(over), toast=over, fresh=True, spent=True),)
    said = fill(
        _(
            "🚪 <b>{name}</b> is signed out everywhere.\n\nIf it was not you who asked for the "
            "code, somebody has your SIM or your Telegram: call your admin."
        ),
        name=user.name,
    )
    # Any account can bear the partner's name; which of the two it is cannot be made up.
    told = fill(
        _(
            "⚠️ The Telegram account {account} signed in as <b>{name}</b>, and says now that it "
            "was not them. The sign-in was ended."
        )
        if by.telegram_id == event.telegram_user_id
        else _(
            "⚠️ The Telegram account {former}, on which <b>{name}</b> was signed in before, says "
            "that the sign-in with the account {account} was not theirs. It was ended."
        ),
        name=user.name,
        account=event.actor_name,
        former=by.name,
    )
    admins = sorted(admin_ids(desk.settings, desk.store) - {act.user_id})
    back_in = Screen(said, ask_contact=menu.share_label(), spent=True)
    card = ((Choice(_("👤 {name}").format(name=user.name), f"+u:{user.id}"),),)
    return (back_in, *(Screen(told, card, to=admin) for admin in admins))
