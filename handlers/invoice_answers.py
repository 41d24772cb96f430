"""What an invoice in the making holds, and the order that it becomes."""

import datetime as dt

from bot.invoices import NewInvoice, NewItem
from bot.money import line_total
from handlers.customer_step import ForCustomer
from handlers.form import Moment
from storage.models import Part
from storage.types import IsoDate, Paise, Quantity


class Line(Part):
    """One item. ``price`` is paise for one ``unit``, which is "" where none was said."""

    name: str
    quantity: Quantity
    unit: str = ""
    price: Paise

    @property
    def total(self) -> int:
        """Paise."""
        return line_total(self.quantity, self.price)


class InvoiceAnswers(ForCustomer):
    """``item``, ``quantity`` and ``unit`` are of the line being typed; ``month`` of a calendar.

    ``unit`` stands before ``quantity`` does: it is what this item was sold by last.
    ``in_full`` means that the whole of this invoice is paid at once, whatever its lines become;
    else ``paid`` (paise) is what was received, None until it was asked. ``invoice_date`` None is
    the day it is saved. ``due_date`` is what somebody chose; until then what is not paid falls due
    ``due_days`` after the invoice's date, where the firm says so.
    """

    lines: list[Line] = []
    item: str = ""
    quantity: Quantity | None = None
    unit: str = ""
    in_full: bool = False
    paid: Paise | None = None
    due_date: IsoDate | None = None
    due_days: int | None = None
    invoice_date: IsoDate | None = None
    month: str = ""

    @property
    def total(self) -> int:
        """Of all lines, in paise."""
        return sum(line.total for line in self.lines)

    @property
    def received(self) -> int:
        """Paise paid now."""
        return self.total if self.in_full else self.paid or 0

    @property
    def due_is_known(self) -> bool:
        """Whether somebody chose when it falls due, or the firm says after how many days."""
        return self.due_date is not None or self.due_days is not None

    def with_line(self, line: Line) -> "InvoiceAnswers":
        begun = {"item": "", "quantity": None, "unit": ""}
        return self.model_copy(update={"lines": [*self.lines, line], **begun})


Here = Moment[InvoiceAnswers]


def dated(moment: Here) -> dt.date:
    """The invoice's date: the one chosen, else today."""
    return moment.answers.invoice_date or moment.today


def due_on(moment: Here) -> dt.date:
    """When it falls due: never before its date, and at once when nothing is left of it."""
    answers, date = moment.answers, dated(moment)
    if answers.due_date is not None:
        return max(answers.due_date, date)
    left = answers.received < answers.total
    return date + dt.timedelta(days=answers.due_days or 0) if left else date


def order_of(moment: Here) -> NewInvoice:
    """The answers as the ledger takes them. Only complete answers come here."""
    answers = moment.answers
    return NewInvoice(
        op=moment.draft.op,
        customer_id=answers.customer_id or "",
        items=tuple(
            NewItem(line.name, line.quantity, line.price, line.unit) for line in answers.lines
        ),
        paid=answers.received,
        invoice_date=dated(moment),
        due_date=due_on(moment),
    )
