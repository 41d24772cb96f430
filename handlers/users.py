"""The partners, for the admin: who they are, when they were last seen, and what they may."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from bot import access, users
from bot.dates import format_date, format_moment
from bot.desk import Desk, Who
from bot.i18n import _, fill, ngettext
from bot.phones import format_phone
from bot.sign_in import SEEN_EVERY
from bot.text import shown
from handlers.pages import PAGE, paged, turn
from handlers.screen import Act, Choice, Reply, Rows, Screen
from handlers.sessions import lock_words, session_words
from storage.models import User

DONE = "done"
"""The mark of an update that has done what an admin wanted."""


def listing(desk: Desk, page: int) -> Screen:
    """Everyone there ever was, by name, each with when they were last seen."""
    everyone = desk.store.users.all()
    add = ((Choice(_("➕ Add partner"), "new:partner"),),)
    if not everyone:
        return Screen(fill(_("There is no partner yet.")), add)
    page, offset = paged(page, len(everyone))
    head = ngettext("<b>{count} partner</b>", "<b>{count} partners</b>", len(everyone))
    return Screen(
        fill(head + "\n{hint}", count=len(everyone), hint=_("Tap one to see and change more.")),
        (*_rows(desk, everyone[offset : offset + PAGE]), *turn("us", page, len(everyone)), *add),
    )


def found(desk: Desk, text: str) -> Screen:
    """Whom ``/removeuser`` with these words means: their card, or who it may be."""
    if not text.strip():
        ask = fill(_("<b>Whom do you want to deactivate?</b> Tap, or type /removeuser Ravi"))
        return Screen(ask, _rows(desk, desk.store.users.active()))
    matching = users.find(desk.store, text)
    if len(matching) == 1:
        (user,) = matching
        ask = fill(_("Deactivate <b>{name}</b>? The button below does it."), name=user.name)
        found = card(desk, user.id)
        return found.headed(ask) if user.active else found
    if not matching:
        nobody = fill(_("No partner matches <b>{text}</b>."), text=shown(text))
        return listing(desk, 0).headed(nobody)
    return Screen(fill(_("Who of these?")), _rows(desk, matching))


def card(desk: Desk, user_id: str) -> Screen:
    """Everything about one partner, and what the admin can do.

    Raises:
        NotThere: there is no such partner.
    """
    user = users.get(desk.store, user_id)
    lines = [
        fill("👤 <b>{name}</b>", name=user.name),
        fill("📞 {phone}", phone=format_phone(user.phone)),
        fill(_("Partner since {day}"), day=format_date(user.registration_date)),
        Markup(),
        *_standing(desk, user),
    ]
    return Screen(Markup("\n").join(lines), _deeds(desk, user))


def _standing(desk: Desk, user: User) -> list[Markup]:
    """Whether they may come in, whether they are in, and when they were last seen."""
    if not user.active:
        return [fill(_("🚫 Deactivated: may not sign in. What they did stays in the books."))]
    lines = []
    if lock := access.locked(desk.store, desk.clock, user):
        lines.append(fill("🔒 {words}", words=lock_words(desk.clock, lock)))
    for session in access.sessions_of(desk.store, desk.clock, user.id):
        lines.append(session_words(desk, session))
    if not lines:
        lines.append(fill(_("Not signed in.")))
    seen = access.last_seen(desk.store, user)
    if seen is not None:
        lines.append(fill(_("Last seen: {when}"), when=_seen(desk, seen)))
    return lines


def _seen(desk: Desk, moment: dt.datetime) -> str:
    """It is noted every few minutes only, so that an update stays cheap."""
    if desk.clock.now() - moment < 2 * SEEN_EVERY:
        return _("just now")
    return format_moment(moment, desk.clock)


def _deeds(desk: Desk, user: User) -> Rows:
    back = (Choice(_("‹ Partners"), "us:0"),)
    if not user.active:
        return ((Choice(_("↩ Reactivate"), f"ur:{user.id}:{user.turns}"),), back)
    rows = []
    if access.locked(desk.store, desk.clock, user):
        rows.append((Choice(_("🔓 Unlock"), f"uu:{user.id}"),))
    if access.sessions_of(desk.store, desk.clock, user.id):
        rows.append((Choice(_("🚪 Sign out everywhere"), f"uo:{user.id}"),))
    rows.append((Choice(_("✎ Edit"), f"+ue:{user.id}"),))
    rows.append((Choice(_("🚫 Deactivate"), f"ud:{user.id}:{user.turns}"),))
    return (*rows, back)


def _rows(desk: Desk, everyone: list[User]) -> Rows:
    return tuple((Choice(_label(desk, user), f"u:{user.id}"),) for user in everyone)


def _label(desk: Desk, user: User) -> str:
    if not user.active:
        return _("{name} · deactivated").format(name=user.name)
    if access.locked(desk.store, desk.clock, user):
        return _("{name} · 🔒 locked").format(name=user.name)
    seen = access.last_seen(desk.store, user)
    if seen is None:
        return _("{name} · never signed in").format(name=user.name)
    return f"{user.name} · {_seen(desk, seen)}"


def deactivated(desk: Desk, who: Who, act: Act, user_id: str, turn: str) -> Reply:
    said = _("🚫 <b>{name}</b> may not sign in any more.")
    bye = _("The admin of your firm has ended your access. What you did stays in the books.")
    deed = partial(users.deactivate, desk, user_id, by=who)
    return _turned(desk, act, user_id, turn, deed, said=said, news=bye)


def reactivated(desk: Desk, who: Who, act: Act, user_id: str, turn: str) -> Reply:
    said = _("✅ <b>{name}</b> may sign in again.")
    back = _("The admin has let you in again. /start signs you in.")
    deed = partial(users.reactivate, desk, user_id, by=who)
    return _turned(desk, act, user_id, turn, deed, said=said, news=back)


def _turned(
    desk: Desk,
    act: Act,
    user_id: str,
    turn: str,
    deed: Callable[..., object],
    *,
    said: str,
    news: str,
) -> Reply:
    """Do this to the partner as the button's card showed them, at this ``turn`` of theirs.

    So it is done once, whoever presses again, or dies and is answered after the next start; and
    what another admin did to them since stays done.
    """
    at = users.get(desk.store, user_id).turns
    first = str(at) == turn
    if first:
        deed(turn=at)
    user = users.get(desk.store, user_id)
    if str(user.turns - 1) != turn:
        return (card(desk, user_id),)
    headed = card(desk, user_id).headed(fill(said, name=user.name))
    return (headed, *(told(user, fill(news)) if first or act.again else ()))


def signed_out(desk: Desk, who: Who, act: Act, user_id: str) -> Reply:
    user = users.get(desk.store, user_id)
    was_in = act.again or access.sessions_of(desk.store, desk.clock, user_id)
    _once(desk, act, lambda: access.sign_out_user(desk.store, desk.clock, user, by=who))
    if access.sessions_of(desk.store, desk.clock, user_id):
        return (card(desk, user_id),)
    said = fill(_("🚪 <b>{name}</b> is signed out everywhere."), name=user.name)
    bye = fill(_("The admin has signed you out. Your work is kept; /start signs you in again."))
    return (card(desk, user_id).headed(said), *(told(user, bye) if was_in else ()))


def unlocked(desk: Desk, who: Who, act: Act, user_id: str) -> Reply:
    user = users.get(desk.store, user_id)
    unlock = partial(access.unlock, by=who, update_id=act.update_id)
    _once(desk, act, lambda: unlock(desk.store, desk.clock, user))
    if access.locked(desk.store, desk.clock, user):
        return (card(desk, user_id),)
    said = fill(_("🔓 <b>{name}</b> may ask for a code again."), name=user.name)
    open_again = fill(_("The admin has unlocked your sign-in. /start asks for a code."))
    return (card(desk, user_id).headed(said), *told(user, open_again))


def _once(desk: Desk, act: Act, deed: Callable[[], object]) -> None:
    """Do this, unless this very update did it: they may have come in, or failed, since."""
    if act.again and desk.store.inbox.is_marked(act.update_id, DONE):
        return
    deed()
    desk.store.inbox.mark(act.update_id, DONE)


def told(user: User, said: Markup) -> Reply:
    return (Screen(said, to=user.chat_id, menu=()),) if user.chat_id is not None else ()
