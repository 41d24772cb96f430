"""Money received: what is asked for, what it would settle, and posting it once."""

import datetime as dt
from dataclasses import dataclass

from bot.clock import Clock
from bot.dates import format_date
from bot.entries import Asking, decide_apply, decide_payment
from bot.errors import InvalidAmount, InvalidDate, NotThere
from bot.i18n import _
from bot.ledger import Balance, Move, allocate, balance, check_cap, payload_hash
from bot.posting import balance_of, head_as_shown, post
from storage.models import EntryKind, LedgerEntry, OpenInvoice, PaymentDetails, PaymentMethod, User
from storage.store import Store


@dataclass(frozen=True)
class NewPayment:
    """What a partner asks for. ``op`` is minted once, when they begin, and is the payment's id.

    ``amount`` is paise, ``date`` a day in the firm's zone. ``invoice_id`` is the one invoice to
    settle; None settles the oldest due first. ``from_advance`` puts that much of the advance held
    to what is open: no money comes.
    """

    op: str
    customer_id: str
    amount: int
    date: dt.date
    method: PaymentMethod = PaymentMethod.CASH
    reference: str | None = None
    invoice_id: str | None = None
    from_advance: bool = False


@dataclass(frozen=True)
class Settles:
    """How much (paise) goes to one invoice, and what is then left on it."""

    invoice: OpenInvoice
    amount: int

    @property
    def left(self) -> int:
        return self.invoice.due - self.amount


@dataclass(frozen=True)
class PaymentPreview:
    """What posting would do, in paise, standing on the customer's ledger entry ``seq``.

    ``before`` and ``after`` are the balance due, negative when an advance is held; ``to_advance``
    is what is left of the money.
    """

    seq: int
    before: int
    after: int
    settles: tuple[Settles, ...]
    to_advance: int
    advance_after: int


def preview_payment(store: Store, order: NewPayment, *, today: dt.date) -> PaymentPreview:
    """What posting this would do to the balance. Writes nothing.

    Raises:
        InvalidInput: the order cannot be posted as it is.
        NotThere: nothing is left to pay on the invoice that it is for.
    """
    _check(order, today)
    before = balance_of(store, order.customer_id)
    move = _move(before, order)
    given = {part.invoice_id: part.amount for part in move.allocations}
    return PaymentPreview(
        seq=before.seq,
        before=before.net,
        after=move.after.net,
        settles=tuple(
            Settles(invoice, given[invoice.invoice_id])
            for invoice in before.open
            if invoice.invoice_id in given
        ),
        to_advance=max(0, move.after.advance - before.advance),
        advance_after=move.after.advance,
    )


def record_payment(
    store: Store,
    clock: Clock,
    order: NewPayment,
    *,
    by: User,
    standing_on: int | None,
) -> tuple[LedgerEntry, bool]:
    """Post a payment exactly once, however often this is called with the same ``order.op``.

    Args:
        store: the books.
        clock: tells when.
        order: what is asked for.
        by: the partner who records it.
        standing_on: the ``seq`` of the entry that the preview stood on; None posts on any.

    Returns:
        The entry, and whether an earlier call had posted it.

    Raises:
        InvalidInput: the order cannot be posted as it is.
        NotThere: there is no such customer, or nothing is left to pay on the invoice it is for.
        BalanceChanged: another entry was posted since; nothing was posted.
        OperationConflict: this operation posted something else.
        StoreUnavailable: it is unknown whether it was posted; call again with the same order.
    """
    asked = _hash(order)

    def decide() -> LedgerEntry:
        _check(order, clock.today())
        if store.customers.get(order.customer_id) is None:
            raise NotThere(_("This customer is not in the books."))
        head = head_as_shown(store, order.customer_id, standing_on)
        _move(balance(head), order)
        return _decide(head, order, Asking(order.op, by, clock.now(), asked))

    return post(store, order.op, asked, decide)


def _decide(head: LedgerEntry | None, order: NewPayment, asking: Asking) -> LedgerEntry:
    if order.from_advance:
        return decide_apply(
            head,
            customer_id=order.customer_id,
            amount=order.amount,
            date=order.date,
            only=order.invoice_id,
            asking=asking,
        )
    return decide_payment(
        head,
        customer_id=order.customer_id,
        amount=order.amount,
        date=order.date,
        details=PaymentDetails(
            method=order.method, reference=order.reference, invoice_id=order.invoice_id
        ),
        asking=asking,
    )


def _move(before: Balance, order: NewPayment) -> Move:
    """Where the money goes.

    Raises:
        InvalidAmount: there is less advance than is to be used, or less to use it on.
        NotThere: nothing is left to pay on the invoice.
    """
    if order.invoice_id is not None and not before.due_on(order.invoice_id):
        raise NotThere(
            _("Nothing is left to pay on that invoice. Choose another one, or the oldest first.")
        )
    if not order.from_advance:
        return allocate(before, order.amount, only=order.invoice_id)
    due = before.due_on(order.invoice_id) if order.invoice_id else before.outstanding
    if order.amount > min(before.advance, due):
        raise InvalidAmount(
            _("There is less advance, or less due, than that. Start the payment again.")
        )
    return allocate(before, 0, applied=order.amount, only=order.invoice_id)


def _check(order: NewPayment, today: dt.date) -> None:
    if order.amount <= 0:
        raise InvalidAmount(_("A payment is more than 0, e.g. 50000."))
    check_cap(order.amount)
    if order.date > today:
        raise InvalidDate(
            _("{day} is still to come. A payment is of today or earlier, e.g. today.").format(
                day=format_date(order.date)
            )
        )


def _hash(order: NewPayment) -> str:
    return payload_hash(
        EntryKind.APPLY if order.from_advance else EntryKind.PAYMENT,
        {
            "customer_id": order.customer_id,
            "amount": order.amount,
            "date": order.date.isoformat(),
            "method": order.method,
            "reference": order.reference,
            "invoice_id": order.invoice_id,
        },
    )
