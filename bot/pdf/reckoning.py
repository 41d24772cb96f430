"""The figures under an invoice's items, so that the lines add up on paper. All are paise.

Two sums stand side by side, each complete in itself:

* this invoice, as it stands now: ``total - from_advance - paid = remaining``;
* the account as it was posted: ``before + total - received = due - advance_left``, of which one is
  zero. An advance that is held beside open invoices is taken off what is due.

They differ when money was handed over for older invoices too, or came later.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.settlements import Settlement, from_advance
from storage.models import Invoice


@dataclass(frozen=True)
class Reckoning:
    """``before`` is negative when an advance was held; every other figure is zero or more.

    ``from_advance`` and ``paid`` (money) stand on this invoice; ``received`` is all the money
    handed over with it. ``advance_left`` is what the firm owes the customer after it.
    """

    total: int
    from_advance: int
    paid: int
    remaining: int
    before: int
    received: int
    due: int
    advance_left: int


def reckon(invoice: Invoice, settlements: Sequence[Settlement] = ()) -> Reckoning:
    """The figures of an invoice, on which ``settlements`` stand; none known, all of it is money.

    One that does not say where it left the balance received what was paid on it.
    """
    used = from_advance(settlements)
    paid = invoice.amount_paid - used
    owed = invoice.previous_balance + invoice.total_amount
    after = owed - paid if invoice.balance_after is None else invoice.balance_after
    return Reckoning(
        total=invoice.total_amount,
        from_advance=used,
        paid=paid,
        remaining=invoice.remaining_balance,
        before=invoice.previous_balance,
        received=owed - after,
        due=max(after, 0),
        advance_left=max(-after, 0),
    )
