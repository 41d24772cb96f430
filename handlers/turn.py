"""Where an update of somebody goes whom the gate let in: to one flow, one view or one deed."""

from collections.abc import Callable
from dataclasses import replace

from bot import access
from bot.desk import Desk, Who
from bot.errors import AlreadyReversed, BackInTheBooks, UndoExpired
from bot.i18n import _, fill
from bot.reversals import undo
from bot.text import clean_line, shown
from handlers import (
    buttons,
    customers,
    invoices,
    knocks,
    me,
    menu,
    receipts,
    reversal_form,
    users,
)
from handlers.opening import FORMS, STARTS, Opening
from handlers.pages import number
from handlers.screen import EDITED, LASTING, Act, Reply, Screen, say
from storage.errors import Outpaced
from storage.ids import is_id
from storage.models import Draft


def resume(desk: Desk, who: Who) -> Reply:
    """What they were in the middle of, now that they may go on with it."""
    settled, draft = _settled(desk, who, _draft_of(desk, who))
    return (*settled, FORMS.ask(desk, who, draft)) if draft else settled


def _draft_of(desk: Desk, who: Who) -> Draft | None:
    """What they are in the middle of, if they may go on with it: roles end, and so do sessions."""
    draft = desk.store.drafts.get(who.owner)
    if draft is None and who.admin:
        # Begun before they signed in as a partner too.
        draft = desk.store.drafts.get(str(who.telegram_id))
    if draft is None:
        return None
    admins = FORMS.forms[draft.flow].admin
    may = who.admin if admins else who.user is not None and draft.id == who.owner
    return draft if may else None


def _settled(desk: Desk, who: Who, draft: Draft | None) -> tuple[Reply, Draft | None]:
    """The receipt of a draft that turns out to be saved, and what goes on."""
    return FORMS.settle(desk, who, draft) if draft else ((), None)


class Turn:
    """One update of somebody whom the gate let in."""

    def __init__(self, desk: Desk, who: Who, act: Act) -> None:
        self.desk = desk
        self.who = who
        self.act = act
        self.draft = _draft_of(desk, who)

    def answer(self) -> Reply:
        if self.draft is not None and FORMS.began_saving(self.act, self.draft):
            return self._take(self.draft)
        if ended := FORMS.ended(self.desk, self.who, self.act):
            return (*ended, self._ask(self.draft)) if self.draft else ended
        settled, self.draft = _settled(self.desk, self.who, self.draft)
        if not settled:
            return self._answer()
        if self.act.command or not (self.act.text or self.act.press.startswith("do:")):
            return (*settled, *self._answer())
        # Meant for what is saved by now: the receipt is the answer to it.
        return (*settled, self._ask(self.draft)) if self.draft else settled

    def _answer(self) -> Reply:
        act = self.act
        command = act.command or menu.command_of(self.who, act.text)
        if command:
            return self._command(command)
        if act.press:
            return self._press(act.press)
        if act.other == EDITED:
            here = self._ask(self.draft) if self.draft else menu.home(self.who)
            hint = _("Changing a sent message changes nothing here. Type it again.")
            return (here.headed(fill(hint)),)
        return self._take(self.draft) if self.draft else self._free(act)

    def _free(self, act: Act) -> Reply:
        """A message outside any form."""
        if act.contact is not None:
            return self._opening().by_contact(act.contact)
        if act.text and self.who.user is not None:
            return (customers.found(self.desk, clean_line(act.text, field=_("search"))),)
        home = menu.home(self.who)
        return (home if act.text else home.headed(fill(_("I cannot use this kind of message."))),)

    def _command(self, name: str) -> Reply:
        known = {command.name: command for command in menu.COMMANDS}.get(name)
        if known is not None and known.admin:
            self.who.check(admin=True)
        deeds: dict[str, Callable[[], Reply]] = {
            "start": self._start,
            "menu": self._where,
            "help": lambda: (menu.help_text(self.who),),
            "cancel": self._cancel,
            "logout": self._sign_out,
            "adduser": lambda: self._opening().by_admins_line(),
            "removeuser": lambda: (users.found(self.desk, self.act.text),),
        }
        if name in deeds:
            return deeds[name]()
        if known is not None:
            return self._press(known.does)
        unknown = fill(_("I do not know /{name}. Here is what I can do:"), name=shown(name))
        return (menu.help_text(self.who).headed(unknown),)

    def _start(self) -> Reply:
        kind, _underscore, object_id = self.act.text.partition("_")
        if kind == "inv" and is_id(object_id) and self.who.user is not None:
            return (invoices.pdf(self.desk, invoices.get_invoice(self.desk, object_id)),)
        if kind == "img" and is_id(object_id) and self.who.user is not None:
            return (customers.picture(self.desk, object_id),)
        return self._where()

    def _where(self) -> Reply:
        if self.draft is None:
            return (menu.home(self.who),)
        hint = fill(_("You are in the middle of this; /cancel drops it."))
        return (Screen(hint, menu=menu.keyboard(self.who)), self._ask(self.draft))

    def _cancel(self) -> Reply:
        if self.draft is None:
            return (menu.home(self.who).headed(fill(_("There is nothing to cancel."))),)
        return FORMS.cancel(self.desk, self.who, self.act, self.draft)

    def _sign_out(self) -> Reply:
        if self.who.user is not None:
            # Reminders hold the books' data too; signing in makes them come again. First, since
            # nobody would do it after a death in between.
            self.desk.store.users.set_reachable(self.who.user.id, False)
        access.sign_out(self.desk.store, self.desk.clock, by=self.who)
        bye = fill(_("You are signed out. Your work is kept; /start signs you in again."))
        return (Screen(bye, menu=()),)

    def _press(self, data: str) -> Reply:
        if data.startswith(LASTING):
            return tuple(
                replace(one, fresh=True) for one in self._press(data.removeprefix(LASTING))
            )
        deeds: dict[tuple[str, int], Callable[..., Reply]] = {
            ("go", 1): self._go_on,
            ("ignore", 1): lambda phone: (knocks.ignored(phone),),
            ("do", 3): lambda op, rev, _token: self._choose(op, rev),
            ("undo", 2): self._undo,
            ("me", 0): self._me,
            ("me", 1): self._me,
            ("me", 2): self._me,
        }
        verb, *rest = data.split(":")
        if (verb, len(rest)) in deeds:
            return deeds[verb, len(rest)](*rest)
        if verb == "drop" and len(rest) >= 2:
            return self._drop(rest[0], ":".join(rest[1:]))
        if verb in STARTS and rest:
            return self._opening().by_button(data)
        return buttons.pressed(self.desk, self.who, self.act, verb, rest) or self._stale("")

    def _go_on(self, op: str) -> Reply:
        if self.draft is None or self.draft.op != op:
            return self._stale(op)
        # In place, so that the second of two quick taps adds nothing.
        return (replace(self._ask(self.draft), fresh=False),)

    def _me(self, what: str = "", wanted: str = "") -> Reply:
        self.who.check(admin=False)
        match what, wanted:
            case "picture", "":
                return me.picture(self.desk, self.who, self.act)
            case "out", "":
                return self._sign_out()
            case "evening", "on" | "off":
                return me.evening_summary(self.desk, self.who, self.act, on=wanted == "on")
            case _:
                return me.profile(self.desk, self.who, self.act)

    def _undo(self, op: str, turns: str) -> Reply:
        """The Undo button of a confirmation: at once, or for a reason when that is long ago."""
        desk = self.desk
        try:
            entry, _repeated = undo(
                desk.store, desk.clock, op, by=self.who.partner, turns=number(turns)
            )
        except (UndoExpired, BackInTheBooks) as error:
            starter = reversal_form.starter(desk, op)
            if starter is None or (self.act.again and isinstance(error, BackInTheBooks)):
                raise
            return self._opening().by_button(starter)
        except AlreadyReversed as error:
            done = receipts.by_op(desk, error.by) if self.act.again else None
            if done is None:
                raise
            return tuple(replace(one, fresh=True) for one in done)
        return tuple(replace(one, fresh=True) for one in receipts.receipt(desk, entry))

    def _choose(self, op: str, rev: str) -> Reply:
        draft = self.draft
        if draft is not None and draft.op == op:
            taken = self.act.update_id in draft.seen
            if taken or str(draft.rev) == rev:
                return self._take(draft)
        return self._stale(op)

    def _take(self, draft: Draft) -> Reply:
        try:
            return FORMS.take(self.desk, self.who, self.act, draft)
        except Outpaced:
            now = self.desk.store.drafts.get(draft.id)
            reply = (FORMS.ask(self.desk, self.who, now),) if now else (menu.home(self.who),)
            return (say(_("This went on elsewhere meanwhile. Here it stands:")), *reply)

    def _stale(self, op: str) -> Reply:
        """A button of something that is over, or of a question already answered."""
        toast = _("This button is out of date.")
        store = self.desk.store
        if self.who.user is not None:
            toast_saved = _("This was saved already.")
            if receipt := receipts.by_op(self.desk, op):
                # In place of what was pressed: after two quick taps that is the receipt already,
                # and when the first answer was lost it was not seen yet.
                return (replace(receipt[0], toast=toast_saved),)
            if store.customers.get(op):
                return (replace(customers.card(self.desk, op), toast=toast_saved),)
        here = self._ask(self.draft) if self.draft else menu.home(self.who)
        return (replace(here, toast=toast, fresh=True, spent=True),)

    def _drop(self, op: str, again: str) -> Reply:
        if self.draft is None or self.draft.op != op:
            return self._opening().opened() or self._stale(op)
        return self._opening(over=True).by_button(again)

    def _opening(self, *, over: bool = False) -> Opening:
        return Opening(self.desk, self.who, self.act, self.draft, over=over)

    def _ask(self, draft: Draft) -> Screen:
        return FORMS.ask(self.desk, self.who, draft)
