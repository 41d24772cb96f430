"""The dates of a statement, typed: one question, and the statement is its answer."""

from markupsafe import Markup

from bot.customers import get_customer
from bot.date_range import parse_date_range
from bot.desk import Desk
from bot.i18n import _, fill
from bot.numbering import APRIL
from handlers import statement
from handlers.form import SAVE, Form, Go, Moment, Start, Step
from handlers.screen import Reply, Screen
from storage.models import Part
from storage.types import IsoDate

NAME = "statement"


class StatementAnswers(Part):
    customer_id: str = ""
    customer_name: str = ""
    first_month: int = APRIL
    """Of the firm's financial year."""
    first: IsoDate | None = None
    last: IsoDate | None = None


Here = Moment[StatementAnswers]


class AskRange(Step[StatementAnswers]):
    name = "range"

    def ask(self, moment: Here) -> Screen:
        return Screen(fill(_("From when to when? For example: 1/4 - 30/6, or april, or 1/4")))

    def typed(self, moment: Here, text: str) -> Go[StatementAnswers]:
        answers = moment.answers
        first, last = parse_date_range(text, today=moment.today, first_month=answers.first_month)
        return Go(answers.model_copy(update={"first": first, "last": last}), SAVE)


def _title(moment: Here) -> Markup:
    return fill(_("<b>Statement</b> · {name}"), name=moment.answers.customer_name)


def _finish(desk: Desk, moment: Here) -> Reply:
    answers = moment.answers
    return (statement.of_range(desk, answers.customer_id, answers.first, answers.last),)


def _about(desk: Desk, customer_id: str) -> Start[StatementAnswers]:
    customer = get_customer(desk, customer_id)
    answers = StatementAnswers(
        customer_id=customer.id,
        customer_name=customer.name,
        first_month=desk.store.firm.get().first_month,
    )
    return Start(answers)


FORM: Form[StatementAnswers] = Form(
    name=NAME,
    answers=StatementAnswers,
    steps=(AskRange(),),
    title=_title,
    finish=_finish,
    receipt=None,
    dropped=lambda: _("The dates stay as they were."),
    starts={"sr": _about},
)
