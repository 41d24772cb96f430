"""Somebody whom nobody added shares their number: they are told so, and so are the admins."""

from bot import access
from bot.admins import admin_ids
from bot.desk import Desk
from bot.i18n import _, fill
from bot.phones import format_phone
from bot.text import shown
from bot.users import phone_owner
from handlers.screen import Act, Choice, Reply, Screen
from storage.models import User


def refused(desk: Desk, act: Act, phone: str) -> Reply:
    """What whoever shared ``phone`` (E.164, their own) is told, and then what the admins are."""
    removed = phone_owner(desk.store, phone)
    if removed is not None:
        words = _(
            "The admin of your firm has ended your access.\n\n"
            "Talk to them; once they let you in again, share your number again."
        )
    else:
        words = _(
            "The number {phone} is not registered here.\n\n"
            "Ask the admin of your firm to add it, then share it again."
        )
    return (Screen(fill(words, phone=format_phone(phone))), *_told(desk, act, phone, removed))


def _told(desk: Desk, act: Act, phone: str, removed: User | None) -> Reply:
    if not access.may_knock(desk.store, desk.clock, act.user_id):
        return ()
    if removed is not None:
        words = _("{partner}, whom you deactivated, shared {phone}. Let them in again?")
        let_in = Choice(_("↩ Reactivate"), f"ur:{removed.id}")
    else:
        words = _("{name} shared {phone}, which is not registered. Add them as a partner?")
        let_in = Choice(_("➕ Add"), f"add:{phone}")
    told = fill(
        words,
        name=shown(act.name),
        partner=removed.name if removed else "",
        phone=format_phone(phone),
    )
    row = (let_in, Choice(_("Ignore"), "ignore"))
    return tuple(
        Screen(told, (row,), to=admin) for admin in sorted(admin_ids(desk.settings, desk.store))
    )
