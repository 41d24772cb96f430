"""What a payment in the making holds, and the order that it becomes."""

import datetime as dt

from bot.payments import NewPayment
from handlers.customer_step import ForCustomer
from handlers.form import Moment
from storage.models import PaymentMethod
from storage.types import IsoDate, Paise


class PaymentAnswers(ForCustomer):
    """``amount`` is paise. ``invoice_id`` is the one invoice to settle, None the oldest due first.

    ``date`` None is the day it is saved. ``from_advance``: no money comes, the advance held is put
    to what is open. ``shown_in`` is the list of what is due that it was begun from, as its button
    asks for it. ``all_left``: it is of all that is left on the invoice, however much that is.
    """

    amount: Paise | None = None
    from_advance: bool = False
    method: str | None = None
    reference: str | None = None
    date: IsoDate | None = None
    invoice_id: str | None = None
    invoice_number: str = ""
    shown_in: str = ""
    all_left: bool = False


Here = Moment[PaymentAnswers]


def dated(moment: Here) -> dt.date:
    """The payment's date: the one chosen, else today."""
    return moment.answers.date or moment.today


def order_of(moment: Here) -> NewPayment:
    """The answers as the ledger takes them. Only complete answers come here."""
    answers = moment.answers
    return NewPayment(
        op=moment.draft.op,
        customer_id=answers.customer_id or "",
        amount=answers.amount or 0,
        date=dated(moment),
        method=PaymentMethod(answers.method or PaymentMethod.CASH),
        reference=answers.reference,
        invoice_id=answers.invoice_id,
        from_advance=answers.from_advance,
    )
