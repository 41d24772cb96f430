"""Signing in: share the phone contact, type the code that comes to that phone."""

import datetime as dt
from dataclasses import replace

from markupsafe import Markup

from bot import access
from bot.access import (
    Closed,
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
from bot.dates import format_moment
from bot.delivery import Outcome
from bot.desk import Desk, Who
from bot.errors import InvalidInput
from bot.i18n import _, fill, ngettext
from bot.phones import mask_phone, telegram_phone
from bot.sign_in import ATTEMPTS, holds_code, read_code
from bot.text import shown
from handlers import knocks, menu, sessions, sign_in_notice
from handlers.screen import Act, Choice, Contact, Reply, Screen
from storage.models import User

AGAIN = "otp:again"
"""The button that asks for a new code."""

SOON = 3600
"""Seconds; what is later than that is told by the clock."""


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
    return (_welcome(desk, act),), None


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


def repeated(desk: Desk, act: Act, who: Who) -> Reply:
    """The answer to the code that has let them in, when they may not have seen it."""
    session = desk.store.sign_ins.get(act.user_id)
    if who.user is None or session is None or session.opened_by != act.update_id:
        return ()
    return (_hello(who, who.user),)


def _hello(who: Who, user: User) -> Screen:
    hello = fill(
        _(
            "✅ Welcome, <b>{name}</b>. You are signed in.\n\n"
            "Tap a button below, or type a customer's name."
        ),
        name=user.name,
    )
    return Screen(hello, menu=menu.keyboard(who), forget=True)


def _welcome(desk: Desk, act: Act) -> Screen:
    ended = access.has_ended(desk.store, desk.clock, telegram_user_id=act.user_id)
    words = _ended_words() if ended else _share_words()
    return replace(_share(words), toast=_("Please sign in first.") if act.press else "")


def _share_words() -> Markup:
    return fill(
        _(
            "👋 This is the firm's own books.\n\nTo sign in, share your phone number with the "
            "button below. A code will come to the number that the admin registered."
        )
    )


def _ended_words() -> Markup:
    return fill(
        _(
            "⏳ Your session has ended, as it does after some days. Your work is kept.\n\n"
            "To go on, share your phone number with the button below; a code comes to it."
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
    return knocks.refused(desk, act, phone)


def _send_again(desk: Desk, act: Act) -> Reply:
    asked = access.request_again(
        desk.store,
        desk.clock,
        desk.secret_key,
        telegram_user_id=act.user_id,
        chat_id=act.chat_id,
        update_id=act.update_id,
        again=act.again,
    )
    return _answered(desk, act, asked) or (_welcome(desk, act),)


def _ask_for_code(desk: Desk, act: Act, phone: str) -> Reply | None:
    """Have a code sent to whoever is registered with this phone (E.164); None when nobody is."""
    asked = access.request_code(
        desk.store,
        desk.clock,
        desk.secret_key,
        telegram_user_id=act.user_id,
        chat_id=act.chat_id,
        phone=phone,
        update_id=act.update_id,
        again=act.again,
    )
    return _answered(desk, act, asked)


def _answered(
    desk: Desk, act: Act, asked: CodeSent | NotRegistered | TooSoon | Locked | Closed
) -> Reply | None:
    match asked:
        case CodeSent():
            return _deliver(desk, asked)
        case TooSoon():
            return (_too_soon(desk, act, asked),)
        case Locked() | Closed():
            return (Screen(sessions.lock_words(desk.clock, asked), fresh=True),)
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
    elif delivery.channel == "gateway":
        words = _(
            "A code is on its way to {phone}, here in Telegram: look for the chat "
            "<b>Verification Codes</b>. Type the <b>6 digits</b> here."
        )
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
            name=shown(act.name),
            update_id=act.update_id,
        )
    except InvalidInput as error:
        forget = holds_code(act.text)
        return (Screen(fill("⚠️ {error}", error=error), again, forget=forget),), None
    match tried:
        case SignedIn(user):
            admin = act.user_id in admin_ids(desk.settings, desk.store)
            who = Who(act.user_id, user, admin, shown(act.name))
            return (*sign_in_notice.notices(desk, tried.event_id), _hello(who, user)), who
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
        case Locked() | Closed():
            return (Screen(sessions.lock_words(desk.clock, tried), forget=True),), None
        case NoCode():
            return (_welcome(desk, act),), None


def _too_soon(desk: Desk, act: Act, asked: TooSoon) -> Screen:
    wait = asked.wait_seconds
    if wait < 120:
        soon = ngettext("in {count} second", "in {count} seconds", wait).format(count=wait)
    elif wait > SOON:
        # The minute that is shown has to be over.
        at = desk.clock.now() + dt.timedelta(seconds=wait + 60)
        soon = _("at {time}").format(time=format_moment(at, desk.clock))
    else:
        minutes = -(-wait // 60)
        soon = ngettext("in {count} minute", "in {count} minutes", minutes).format(count=minutes)
    if _awaits_code(desk, act):
        words = _("A code was sent a moment ago: type it here. The next one can be sent {soon}.")
        again = ((Choice(_("Send again"), AGAIN),),)
        return Screen(fill(words, soon=soon), again, toast=words.format(soon=soon), fresh=True)
    words = _("The next code can be sent {soon}: share your phone number again then.")
    return replace(_share(fill(words, soon=soon)), toast=words.format(soon=soon), fresh=True)


def _awaits_code(desk: Desk, act: Act) -> bool:
    """Whether there is a code that can still be typed here."""
    pending = desk.store.sign_ins.get(act.user_id)
    if pending is None or pending.otp_expiration is None or pending.attempts >= ATTEMPTS:
        return False
    return desk.clock.now() < pending.otp_expiration
