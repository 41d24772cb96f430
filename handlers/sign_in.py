"""Signing in: share the phone contact, type the code that comes to that phone."""

import datetime as dt
from dataclasses import replace

from markupsafe import Markup

from bot import access
from bot.access import (
    CodeExpired,
    CodeSent,
    Locked,
    NoCode,
    NotRegistered,
    SignedIn,
    TooSoon,
    WrongCode,
)
from bot.admins import admin_ids
from bot.clock import Clock
from bot.delivery import Outcome
from bot.desk import Desk, Who
from bot.errors import InvalidInput
from bot.i18n import _, fill, ngettext
from bot.phones import format_phone, mask_phone, telegram_phone
from bot.sign_in import read_code
from bot.text import shown
from handlers import menu
from handlers.screen import Act, Choice, Contact, Reply, Screen

AGAIN = "otp:again"
"""The button that asks for a new code."""


def respond(desk: Desk, act: Act) -> tuple[Reply, Who | None]:
    """Answer somebody who is not signed in; and who they are, if this update signed them in."""
    if act.contact is not None:
        return _contact(desk, act, act.contact), None
    if act.press == AGAIN:
        return _send_again(desk, act), None
    pending = desk.store.sign_ins.get(act.user_id)
    asked = pending is not None and pending.otp is not None
    if asked and not act.command and not act.press:
        return _code(desk, act)
    return (_welcome(act),), None


def is_code(desk: Desk, act: Act) -> bool:
    """Whether an admin, who may do other things unsigned, has typed the code now waited for."""
    pending = desk.store.sign_ins.get(act.user_id)
    if pending is None or pending.otp_expiration is None or act.command:
        return False
    try:
        read_code(act.text)
    except InvalidInput:
        return False
    return desk.clock.now() < pending.otp_expiration


def _welcome(act: Act) -> Screen:
    if act.press:
        return replace(_share(_share_words()), toast=_("Please sign in first."))
    return _share(_share_words())


def _share_words() -> Markup:
    return fill(
        _(
            "👋 This is the firm's own books.\n\nTo sign in, share your phone number with the "
            "button below. A code will come to the number that the admin registered."
        )
    )


def _share(text: Markup) -> Screen:
    return Screen(text, ask_contact=menu.share_label())


def _contact(desk: Desk, act: Act, contact: Contact) -> Reply:
    if not contact.own:
        return (_share(fill(_("Please share <b>your own</b> number, with the button below."))),)
    phone = telegram_phone(contact.phone)
    answered = _ask_for_code(desk, act, phone)
    if answered is not None:
        return answered
    sorry = fill(
        _(
            "The number {phone} is not registered here.\n\n"
            "Ask the admin of your firm to add it, then share it again."
        ),
        phone=format_phone(phone),
    )
    return (_share(sorry), *_tell_admins(desk, act, phone))


def _tell_admins(desk: Desk, act: Act, phone: str) -> Reply:
    """One message a day and person, however often they knock."""
    today = desk.clock.today()
    if not desk.store.reminders.claim(
        f"{today}:{act.user_id}:unknown", now=desk.clock.now(), lease_seconds=24 * 3600
    ):
        return ()
    told = fill(
        _("{name} shared {phone}, which is not registered. Add them as a partner?"),
        name=shown(act.name),
        phone=format_phone(phone),
    )
    row = (Choice(_("➕ Add"), f"add:{phone}"), Choice(_("Ignore"), "ignore"))
    admins = sorted(admin_ids(desk.settings, desk.store))
    return tuple(Screen(told, (row,), to=admin) for admin in admins)


def _send_again(desk: Desk, act: Act) -> Reply:
    pending = desk.store.sign_ins.get(act.user_id)
    answered = _ask_for_code(desk, act, pending.phone) if pending else None
    return answered or (_welcome(act),)


def _ask_for_code(desk: Desk, act: Act, phone: str) -> Reply | None:
    """Have a code sent to whoever is registered with this phone (E.164); None when nobody is."""
    asked = access.request_code(
        desk.store,
        desk.clock,
        desk.secret_key,
        telegram_user_id=act.user_id,
        chat_id=act.chat_id,
        phone=phone,
    )
    match asked:
        case CodeSent():
            return _deliver(desk, asked)
        case TooSoon():
            return (_too_soon(asked),)
        case Locked():
            return (_locked(desk.clock, asked),)
        case NotRegistered():
            return None


def _deliver(desk: Desk, code: CodeSent) -> Reply:
    delivery = desk.delivery.deliver(code=code.code, phone=code.phone, name=code.name)
    again = ((Choice(_("Send again"), AGAIN),),)
    if delivery.outcome is Outcome.FAILED:
        failed = _("The code could not be sent just now. Try again in a minute, or ask the admin.")
        return (Screen(fill("{text}", text=failed), again, fresh=True),)
    if delivery.channel == "admins":
        words = _("The <b>admin</b> of your firm has your code. Call them, and type it here.")
    elif delivery.outcome is Outcome.UNSURE:
        words = _("A code is on its way to {phone}; it may take a minute. Type it here.")
    else:
        words = _("A code is on its way to {phone}. Type the <b>6 digits</b> here.")
    return (Screen(fill(words, phone=mask_phone(code.phone)), again, fresh=True),)


def _code(desk: Desk, act: Act) -> tuple[Reply, Who | None]:
    again = ((Choice(_("Send again"), AGAIN),),)
    try:
        tried = access.check_code(
            desk.store,
            desk.clock,
            desk.secret_key,
            telegram_user_id=act.user_id,
            chat_id=act.chat_id,
            text=act.text,
        )
    except InvalidInput as error:
        return (Screen(fill("⚠️ {error}", error=error), again),), None
    match tried:
        case SignedIn(user):
            who = Who(act.user_id, user, admin=act.user_id in admin_ids(desk.settings, desk.store))
            hello = fill(
                _(
                    "✅ Welcome, <b>{name}</b>. You are signed in.\n\n"
                    "Tap a button below, or type a customer's name."
                ),
                name=user.name,
            )
            return (Screen(hello, menu=menu.keyboard(who), forget=True),), who
        case WrongCode(left):
            wrong = ngettext(
                "This is not the code. {left} try left.",
                "This is not the code. {left} tries left.",
                left,
            )
            if not left:
                wrong = _("This is not the code, and it is void now. Ask for a new one.")
            return (Screen(fill(wrong, left=left), again, forget=True),), None
        case CodeExpired():
            late = _("This code is too old. Ask for a new one.")
            return (Screen(fill(late), again, forget=True),), None
        case Locked():
            return (replace(_locked(desk.clock, tried), forget=True),), None
        case NoCode():
            return (_welcome(act),), None


def _too_soon(asked: TooSoon) -> Screen:
    wait = asked.wait_seconds
    words = (
        ngettext(
            "A code was sent a moment ago. Type it here, or ask again in {count} second.",
            "A code was sent a moment ago. Type it here, or ask again in {count} seconds.",
            wait,
        ).format(count=wait)
        if wait < 120
        else _("Several codes were sent already. Ask again in {count} minutes.").format(
            count=-(-wait // 60)
        )
    )
    return Screen(fill("{words}", words=words), toast=words, fresh=True)


def _locked(clock: Clock, locked: Locked) -> Screen:
    until = locked.until.astimezone(clock.zone)
    words = fill(
        _("Too many wrong codes. For safety, sign-in is closed until {time}."),
        time=f"{until + dt.timedelta(minutes=1):%d-%m %H:%M}",
    )
    return Screen(words, fresh=True)
