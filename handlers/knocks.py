"""Somebody whom nobody added shares their number: they are told so, and so are the admins."""

from functools import partial

from bot import access
from bot.admins import admin_ids
from bot.desk import Desk
from bot.i18n import _, fill
from bot.phones import format_phone
from bot.text import shown
from bot.users import phone_owner
from handlers import menu
from handlers.screen import Act, Choice, Reply, Screen, say
from storage.models import User


def refused(desk: Desk, act: Act, phone: str) -> Reply:
    """What whoever shared ``phone`` (E.164, their own) is told, and what the admins are."""
    removed = phone_owner(desk.store, phone)
    asked = _admins_asked(desk, act, phone, removed)
    if removed is not None:
        words = _("The admin of your firm has ended your access. Talk to them.")
    else:
        words = _("The number {phone} is not registered here.")
    if asked:
        words += "\n\n" + _("The admin has been asked to let you in; you will hear of it here.")
    else:
        words += "\n\n" + _("Once the admin of your firm has let you in, share it again.")
    told = fill(words, phone=format_phone(phone))
    return (Screen(told, ask_contact=menu.share_label()), *asked)


def let_in(telegram_user_id: int) -> Screen:
    """To somebody who knocked and is a partner now."""
    welcome = _("The admin has added you. Share your phone number with the button below.")
    return Screen(fill(welcome), to=telegram_user_id, ask_contact=menu.share_label())


def ignored(phone: str) -> Screen:
    """What remains of the question with the admin who said no."""
    return say(_("Ignored: {phone}. /adduser adds them all the same."), phone=format_phone(phone))


def _admins_asked(desk: Desk, act: Act, phone: str, removed: User | None) -> Reply:
    may = partial(access.may_knock, removed=removed, update_id=act.update_id)
    if not may(desk.store, desk.clock, act.user_id):
        return ()
    if removed is not None:
        words = _("{partner}, whom you deactivated, shared {phone}. Let them in again?")
        yes = Choice(_("↩ Reactivate"), f"ur:{removed.id}:{removed.turns}")
    else:
        words = _("{name} shared {phone}, which is not registered. Add them as a partner?")
        yes = Choice(_("➕ Add"), f"add:{phone}:{act.user_id}")
    told = fill(
        words,
        name=shown(act.name),
        partner=removed.name if removed else "",
        phone=format_phone(phone),
    )
    row = (yes, Choice(_("Ignore"), f"ignore:{phone}"))
    return tuple(
        Screen(told, (row,), to=admin) for admin in sorted(admin_ids(desk.settings, desk.store))
    )
