"""A customer promised to pay an invoice: on which day."""

import datetime as dt

from markupsafe import Markup

from bot.dates import format_date, parse_date
from bot.desk import Desk
from bot.follow_ups import LONGEST, agree, left_on
from bot.i18n import _, fill, ngettext
from handlers.due_views import anew
from handlers.form import SAVE, Form, Go, Moment, Start, Step
from handlers.invoices import get_invoice
from handlers.money import amount
from handlers.screen import Reply, Screen, grid
from storage.models import Part
from storage.types import IsoDate

NAME = "promise"
OFFERED = (1, 2, 3, 5, 7, 15)


class PromiseAnswers(Part):
    """``shown_in`` is the list that it was begun from, as its button asks for it."""

    invoice_id: str = ""
    number: str = ""
    customer_name: str = ""
    until: IsoDate | None = None
    shown_in: str = ""


Here = Moment[PromiseAnswers]


class AskDay(Step[PromiseAnswers]):
    name = "until"

    def ask(self, moment: Here) -> Screen:
        offered = [moment.today + dt.timedelta(days=days) for days in OFFERED]
        days = [moment.choice(_label(moment.today, day), f"{day:%y%m%d}") for day in offered]
        question = _("By which day did they <b>promise</b> to pay? Tap, or type it: 15/8, +10")
        return Screen(fill(question), grid(days, 2))

    def typed(self, moment: Here, text: str) -> Go[PromiseAnswers]:
        today = moment.today
        day = parse_date(text, today=today, earliest=today, latest=today + LONGEST)
        return self._on(moment, day)

    def pressed(self, moment: Here, token: str) -> Go[PromiseAnswers] | None:
        # The day that stands on the button, also when it is pressed after midnight.
        days = (moment.today + dt.timedelta(days=days) for days in range(max(OFFERED) + 1))
        offered = {f"{day:%y%m%d}": day for day in days}
        return self._on(moment, offered[token]) if token in offered else None

    def _on(self, moment: Here, day: dt.date) -> Go[PromiseAnswers]:
        return Go(moment.answers.model_copy(update={"until": day}), SAVE)


def _label(today: dt.date, day: dt.date) -> str:
    days = (day - today).days
    words = ngettext("+{days} · {day}", "+{days} · {day}", days)
    return words.format(days=days, day=format_date(day))


def _title(moment: Here) -> Markup:
    answers = moment.answers
    return fill(
        _("<b>Promise</b> · {name} · {number}"), name=answers.customer_name, number=answers.number
    )


def _finish(desk: Desk, moment: Here) -> Reply:
    answers, who = moment.answers, moment.who
    invoice = get_invoice(desk, answers.invoice_id)
    left = left_on(desk, invoice)
    until = answers.until or moment.today
    agree(desk, invoice.id, until, promised=True, by=who.partner)
    said = fill(
        _("🤝 {name} promised {left} on {number} for <b>{day}</b>. It comes back that day."),
        name=invoice.customer_name,
        left=amount(desk, left),
        number=invoice.invoice_number,
        day=format_date(until),
    )
    return (Screen(said, moves=True), *anew(desk, who, answers.shown_in, moment.draft.beside))


def _of(desk: Desk, value: str) -> Start[PromiseAnswers]:
    invoice_id, _colon, shown_in = value.partition(":")
    invoice = get_invoice(desk, invoice_id)
    left_on(desk, invoice)
    answers = PromiseAnswers(
        invoice_id=invoice.id,
        number=invoice.invoice_number,
        customer_name=invoice.customer_name,
        shown_in=shown_in,
    )
    return Start(answers)


FORM: Form[PromiseAnswers] = Form(
    name=NAME,
    answers=PromiseAnswers,
    steps=(AskDay(),),
    title=_title,
    finish=_finish,
    receipt=None,
    dropped=lambda: _("Nothing was promised."),
    starts={"pr": _of},
)
