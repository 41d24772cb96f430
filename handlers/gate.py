"""The access gate: the only way in, and nothing of the books can be reached around it.

Whoever it does not know gets the sign-in. It asks anew on every update, and any error in it ends
the update: there is nothing behind it that would answer instead.
"""

from dataclasses import replace

from bot import access
from bot.admins import admin_ids, claim_admin
from bot.desk import Desk, Who
from bot.errors import UserError
from bot.i18n import _, speaking
from bot.phones import telegram_phone
from bot.text import shown
from handlers import menu, sign_in, sign_in_notice
from handlers.screen import Act, Reply, say
from handlers.turn import Turn, resume
from storage.database import store_errors


def respond(desk: Desk, act: Act) -> Reply:
    """Answer one update: gate, load, decide, write; the reply is all that is left to send.

    Raises:
        StoreUnavailable: the database is away; nothing was half-written.
    """
    with speaking(act.language), store_errors():
        try:
            return _let_in(desk, act)
        except UserError as error:
            # Below what was pressed: that must not be written over by why it cannot be done.
            return (replace(say("⚠️ {error}", error=error), fresh=True),)


def _let_in(desk: Desk, act: Act) -> Reply:
    if not act.private:
        return (say(_("I keep the books in a private chat only. Please write to me there.")),)
    user = access.identify(desk.store, desk.clock, telegram_user_id=act.user_id)
    admin = act.user_id in admin_ids(desk.settings, desk.store)
    who = Who(act.user_id, user, admin, shown(act.name))
    if user is not None and not user.reachable:
        desk.store.users.set_reachable(user.id, True)
    if act.command == "start" and claim_admin(desk, who, act.text):
        return (replace(menu.admin_home(replace(who, admin=True)), commands=menu.commands()),)
    if act.press.startswith(f"{sign_in_notice.OBJECT}:"):
        # Of whoever was told of a sign-in, who may have lost their own session by it.
        return sign_in_notice.objected(desk, act, act.press.partition(":")[2])
    if user is None and (not who.admin or _signs_in(desk, act)):
        reply, now = sign_in.respond(desk, act)
        return (*reply, *resume(desk, now)) if now else reply
    if act.again and (welcome := sign_in.repeated(desk, act, who)):
        return (*welcome, *resume(desk, who))
    return Turn(desk, who, act).answer()


def _signs_in(desk: Desk, act: Act) -> bool:
    """Whether an admin who is not signed in as a partner is just doing that."""
    if act.contact is not None and act.contact.own:
        phone = telegram_phone(act.contact.phone)
        return desk.store.users.by_phone(phone) is not None
    if act.press == sign_in.AGAIN:
        return True
    return sign_in.is_code(desk, act)
