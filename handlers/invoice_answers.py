"""What an invoice in the making holds, and the order that it becomes."""

import datetime as dt

from bot.invoices import NewInvoice, NewItem
from bot.money import line_total
from handlers.customer_step import ForCustomer
from handlers.form import Moment
from storage.models import Part
from storage.types import IsoDate, Paise, Quantity


class Line(Part):
    """One item. ``price`` is paise for one unit."""

    name: str
    quantity: Quantity
    price: Paise

    @property
    def total(self) -> int:
        """Paise."""
        return line_total(self.quantity, self.price)


class InvoiceAnswers(ForCustomer):
    """``item`` and ``quantity`` belong to the line being typed; ``month`` to an open calendar.

    ``in_full`` means that the whole of this invoice is paid at once, whatever its lines become;
    else ``paid`` (paise) is what was received, None until it was asked. ``invoice_date`` None is
    the day it is saved.
    """

    lines: list[Line] = []
    item: str = ""
    quantity: Quantity | None = None
    in_full: bool = False
    paid: Paise | None = None
    due_date: IsoDate | None = None
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

    def with_line(self, line: Line) -> "InvoiceAnswers":
        return self.model_copy(update={"lines": [*self.lines, line], "item": "", "quantity": None})


Here = Moment[InvoiceAnswers]


def dated(moment: Here) -> dt.date:
    """The invoice's date: the one chosen, else today."""
    return moment.answers.invoice_date or moment.today


def order_of(moment: Here) -> NewInvoice:
    """The answers as the ledger takes them. Only complete answers come here."""
    answers = moment.answers
    return NewInvoice(
        op=moment.draft.op,
        customer_id=answers.customer_id or "",
        items=tuple(NewItem(line.name, line.quantity, line.price) for line in answers.lines),
        paid=answers.received,
        invoice_date=dated(moment),
        due_date=max(answers.due_date or dated(moment), dated(moment)),
    )
