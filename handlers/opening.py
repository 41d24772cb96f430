"""Opening a form: by its button or command, by the admin's line, or by a contact card.

Nothing half-made is written over by it: what is in the way is shown, to go on with or to drop.
"""

from dataclasses import replace
from typing import Any

from bot.customers import phone_holder
from bot.desk import Desk, Who
from bot.errors import NotThere
from bot.i18n import _, fill
from handlers import (
    customer_form,
    customers,
    due_views,
    export_form,
    firm_form,
    invoice_form,
    partner_form,
    payment_form,
    promise_form,
    reversal_form,
    statement_form,
)
from handlers.contact_card import number_of
from handlers.form import SUMMARY, Start
from handlers.form_machine import FormMachine
from handlers.screen import Act, Choice, Contact, Reply, Screen, say
from storage.models import Draft

FORMS = FormMachine(
    customer_form.FORM,
    invoice_form.FORM,
    payment_form.FORM,
    promise_form.FORM,
    reversal_form.FORM,
    statement_form.FORM,
    export_form.FORM,
    partner_form.FORM,
    firm_form.FORM,
)

STARTS = frozenset({"new", "add"}.union(*(form.starts for form in FORMS.forms.values())))
"""The verbs of the buttons that open a form."""


LONGEST_ID = 13
"""Digits of a Telegram user id that a button has room for beside the longest phone number and what
it drops; Telegram gives out ten."""


class Opening:
    """For one update. ``draft`` is what the person is in the middle of and may go on with.

    ``over``: they want it dropped, once the other form is there.
    """

    def __init__(
        self, desk: Desk, who: Who, act: Act, draft: Draft | None, *, over: bool = False
    ) -> None:
        self.desk = desk
        self.who = who
        self.act = act
        self.draft = draft
        self.over = over

    def by_admins_line(self) -> Reply:
        """/adduser, with a name, a number or both after it."""
        words = self.act.text.split() if self.act.command else []
        numbers = (at for at, word in enumerate(words) if word[0] == "+" or word[0].isdecimal())
        cut = next(numbers, len(words))
        return self._new_partner(" ".join(words[:cut]), " ".join(words[cut:]))

    def _new_partner(self, name: str, phone: str, knocked: str = "") -> Reply:
        """The admin's form, at the first thing that is missing or cannot be read."""
        self.who.check(admin=True)
        answers, step, wrong = partner_form.start(name, phone, self.desk.settings.default_region)
        if knocked.isdecimal() and len(knocked) <= LONGEST_ID:
            answers = answers.model_copy(update={"knocked": int(knocked)})
        else:
            knocked = ""
        again = f"add:{answers.phone}:{knocked}" if answers.phone else "new:partner"
        start = Start(answers, step, said=True)
        first, *rest = self._begin(partner_form.NAME, start, again)
        if wrong is not None:
            first = first.headed(fill("⚠️ {error}", error=wrong))
        return (first, *rest)

    def by_contact(self, contact: Contact) -> Reply:
        """A contact card outside any form: a new partner for the admin, else a customer."""
        if self.who.user is None:
            return self._new_partner(contact.name, number_of(contact))
        answers = customer_form.of_contact(contact, self.desk.settings.default_region)
        holder = phone_holder(self.desk.store, answers.phone or "", besides=None)
        if holder is not None:
            return (customers.card(self.desk, holder.id),)
        return self._begin(customer_form.NAME, Start(answers, SUMMARY, said=True), "new:customer")

    def by_button(self, starter: str) -> Reply:
        """Open a form, as its button, its command or a card asks for."""
        verb, _colon, value = starter.partition(":")
        if verb == "add" or starter == f"new:{partner_form.NAME}":
            phone, _colon, knocked = value.partition(":") if verb == "add" else ("", "", "")
            return self._new_partner("", phone, knocked)
        for form in FORMS.forms.values():
            if starter == f"new:{form.name}":
                self.who.check(admin=form.admin)
                return self._begin(form.name, Start(form.answers()), starter)
            if verb in form.starts:
                self.who.check(admin=form.admin)
                try:
                    start = form.starts[verb](self.desk, value)
                except NotThere as error:
                    return self._out_of_date(error, value.partition(":")[2])
                return self._begin(form.name, start, starter)
        raise NotThere(_("This button is out of date."))

    def opened(self, *, alike: bool = True) -> Reply:
        """The form that this very update has opened; or, an ``alike`` one, the tap just before."""
        if self.draft is None:
            return ()
        itself = self.act.update_id in self.draft.seen
        if not itself and not (alike and FORMS.has_just_begun(self.desk, self.draft)):
            return ()
        if self.act.press and not itself:
            return (Screen(toast=_("This is open already.")),)
        return (replace(FORMS.ask(self.desk, self.who, self.draft), fresh=False),)

    def _begin(self, flow: str, start: Start[Any], starter: str) -> Reply:
        lying, wanted = self.draft, (flow, start.answers.stored())
        alike = lying is not None and (lying.flow, lying.answers) == wanted
        if opened := self.opened(alike=alike):
            return opened
        if lying is not None and lying.touched and not self.over:
            return (self._in_the_way(lying, start.again or starter),)
        begun = FORMS.begin(self.desk, self.who, self.act, flow, start)
        if lying is not None and lying.id != self.who.owner:
            self.desk.store.drafts.drop(lying.id, lying.rev)
        return begun

    def _out_of_date(self, error: NotThere, shown_in: str) -> Reply:
        """Say what is not there any more, and bring the list up to date in which it stood."""
        listed = due_views.anew(self.desk, self.who, shown_in, self.act.pressed_in)
        if not listed:
            raise error
        return (say("⚠️ {error}", error=str(error)), *listed)

    def _in_the_way(self, draft: Draft, again: str) -> Screen:
        text = fill(
            _("You are in the middle of this:\n{title}\n\nGo on with it, or drop it?"),
            title=FORMS.title(self.desk, self.who, draft),
        )
        return Screen(
            text,
            (
                (Choice(_("Go on"), f"go:{draft.op}"),),
                (Choice(_("Drop it, start the new one"), f"drop:{draft.op}:{again}"),),
            ),
            fresh=True,
        )
