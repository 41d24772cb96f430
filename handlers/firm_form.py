"""/firm: who the firm is on its papers, and how its invoices look and when they fall due.

It opens at the card of all of it, from which each field is changed.
"""

from markupsafe import Markup

from bot.desk import Desk
from bot.errors import InvalidInput
from bot.firm import change_firm
from bot.i18n import _, fill
from handlers.firm_answers import FirmAnswers, Here, card, changed_words
from handlers.firm_invoicing import (
    AskDueDays,
    AskLanguage,
    AskNumber,
    AskPaper,
    AskRemindDays,
    AskTerms,
    AskYear,
)
from handlers.firm_steps import AskAddress, AskGstin, AskLogo, AskName, AskPhone, AskUpiId
from handlers.form import SAVE, SUMMARY, Form, Go, Start, Summary
from handlers.screen import Choice, Reply, Screen, lasting
from storage.models import AuditEvent, Draft

NAME = "firm"


class FirmSummary(Summary[FirmAnswers]):
    def edits(self) -> tuple[tuple[str, str], ...]:
        return (
            ("name", _("Name")),
            ("address", _("Address")),
            ("phone", _("Phone")),
            ("gstin", _("GSTIN")),
            ("upi", _("UPI id")),
            ("logo", _("Logo")),
            ("number", _("Number")),
            ("year", _("Year")),
            ("due", _("Due")),
            ("remind", _("Morning")),
            ("language", _("Language")),
            ("terms", _("Terms")),
            ("paper", _("Paper")),
        )

    def ask(self, moment: Here) -> Screen:
        answers = moment.answers
        save = moment.choice(_("✓ Save"), "save")
        # The paper is as the firm was saved: what is changed here is not on it yet.
        paper = () if answers.changed else lasting(((_paper(),),))
        text = card(answers.now, moment.today)
        return Screen(text, ((save,), *paper, *self.edit_rows(moment)))

    def pressed(self, moment: Here, token: str) -> Go[FirmAnswers] | None:
        go = super().pressed(moment, token)
        if go is not None and go.step == SAVE and not moment.answers.changed:
            raise InvalidInput(_("Nothing is changed yet. Tap ✎ before what is to change."))
        return go


def _title(_moment: Here) -> Markup:
    return fill(_("<b>The firm on its papers</b>"))


def _finish(desk: Desk, moment: Here) -> Reply:
    answers, who = moment.answers, moment.who
    change_firm(
        desk,
        moment.draft.op,
        before=answers.was,
        after=answers.now,
        by_id=who.telegram_id,
        by_name=who.name,
    )
    said = _receipt(desk, moment.draft)
    assert said is not None, "the change was made a line above"  # noqa: S101
    return said


def _receipt(desk: Desk, draft: Draft) -> Reply | None:
    event = _change(desk, draft.op)
    if event is None:
        return None
    fields = changed_words(event.detail)
    said = fill(_("✅ <b>The firm was changed</b>: {fields}"), fields=fields)
    text = card(desk.store.firm.get(), desk.clock.today())
    rows = ((_paper(),), (Choice(_("✎ Change more"), f"{NAME}:"),))
    return (Screen(text, lasting(rows)).headed(said),)


def _change(desk: Desk, op: str) -> AuditEvent | None:
    """What was changed under this operation; the profile knows its last one before the audit."""
    last = desk.store.firm.get().last_change
    return last if last is not None and last.id == op else desk.store.audit.get(op)


def _paper() -> Choice:
    return Choice(_("📄 See it on paper"), "sample")


def _dropped() -> str:
    return _("The firm stays as it was.")


def _as_it_is(desk: Desk, _nothing: str) -> Start[FirmAnswers]:
    firm = desk.store.firm.get()
    return Start(FirmAnswers(was=firm, now=firm), SUMMARY if firm.name else AskName.name)


FORM: Form[FirmAnswers] = Form(
    name=NAME,
    answers=FirmAnswers,
    steps=(
        AskName(),
        AskAddress(),
        AskPhone(),
        AskGstin(),
        AskUpiId(),
        AskLogo(),
        AskNumber(),
        AskYear(),
        AskDueDays(),
        AskRemindDays(),
        AskLanguage(),
        AskTerms(),
        AskPaper(),
        FirmSummary(),
    ),
    title=_title,
    finish=_finish,
    receipt=_receipt,
    dropped=_dropped,
    starts={NAME: _as_it_is},
    leave=lambda: _("✕ Close"),
    admin=True,
)
