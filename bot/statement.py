"""A customer's statement (khata): what they took and what they gave, with the balance after each.

Pure. An invoice paid at once stands as two rows, the goods and the money, as a khata keeps them on
its two sides: debit (udhaar) is what adds to what the customer owes, credit (jama) what takes from
it. Amounts are paise.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.dates import format_date
from bot.i18n import _
from bot.methods import how
from storage.models import EntryKind, LedgerLine, PaymentDetails


@dataclass(frozen=True)
class Row:
    """``balance`` is what is due after it, negative when an advance is held. ``at`` is UTC."""

    day: dt.date
    particulars: str
    debit: int
    credit: int
    balance: int
    actor_name: str
    at: dt.datetime

    def posted(self, zone: dt.tzinfo) -> str:
        """When it was posted, ``14:30``, with the day where that is not the row's own."""
        at = self.at.astimezone(zone)
        return f"{at:%H:%M}" if at.date() == self.day else f"{format_date(at.date())} {at:%H:%M}"


@dataclass(frozen=True)
class Statement:
    """``opening + Σ debit − Σ credit = closing``; ``first`` and ``last`` None are open ends."""

    first: dt.date | None
    last: dt.date | None
    opening: int
    rows: tuple[Row, ...]

    @property
    def debit(self) -> int:
        return sum(row.debit for row in self.rows)

    @property
    def credit(self) -> int:
        return sum(row.credit for row in self.rows)

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


def statement(
    lines: Iterable[LedgerLine], *, first: dt.date | None = None, last: dt.date | None = None
) -> Statement:
    """The statement of the days from ``first`` to ``last``, in the order of the days.

    ``lines`` are all of the customer's, in the order in which they were posted. What is dated
    yesterday stands under yesterday, whenever it was posted: balances are reckoned down the rows.
    """
    known = {line.id: line for line in lines}
    in_order = sorted(known.values(), key=lambda line: (line.day, line.seq))
    opening = sum(line.amount for line in in_order if first and line.day < first)
    rows = []
    balance = opening
    for line in in_order:
        if (first and line.day < first) or (last and line.day > last):
            continue
        for particulars, moved in _sides(line, known):
            balance += moved
            rows.append(
                Row(
                    day=line.day,
                    particulars=particulars,
                    debit=max(moved, 0),
                    credit=max(-moved, 0),
                    balance=balance,
                    actor_name=line.actor_name,
                    at=line.at,
                )
            )
    return Statement(first, last, opening, tuple(rows))


def _sides(line: LedgerLine, known: dict[str, LedgerLine]) -> Iterator[tuple[str, int]]:
    """What each row of an entry says, and what it adds to the balance."""
    has_invoice = line.invoice_number is not None or line.invoice_id is not None
    if has_invoice:
        yield _of_goods(line, known), line.goods
    if line.paid or not has_invoice:
        yield _of_money(line, known), -line.paid


def _of_goods(line: LedgerLine, known: dict[str, LedgerLine]) -> str:
    about = known[line.invoice_id] if line.invoice_id else line
    number, reason = about.invoice_number or "", line.reason
    match line.kind:
        case EntryKind.OPENING:
            return _("Brought forward: invoice {number}").format(number=number)
        case EntryKind.CANCEL:
            return _("Invoice {number} cancelled: {reason}").format(number=number, reason=reason)
        case EntryKind.RESTORE:
            return _("Invoice {number} is back").format(number=number)
    return _("Invoice {number}").format(number=number)


def _of_money(line: LedgerLine, known: dict[str, LedgerLine]) -> str:
    about = known[line.payment_id] if line.payment_id else line
    details = about.payment or PaymentDetails()
    values = {
        "how": how(details.method, details.reference),
        "day": format_date(about.day),
        "reason": line.reason,
    }
    return _money_words(line.kind, about.kind).format(**values)


def _money_words(kind: EntryKind, about: EntryKind) -> str:
    """What an entry of this kind did to the money of an entry, often its own, of another."""
    of_advance = about is EntryKind.APPLY
    match kind:
        case EntryKind.APPLY:
            return _("Advance used")
        case EntryKind.OPENING:
            return _("Brought forward: paid on it")
        case EntryKind.UNDO | EntryKind.CANCEL if of_advance:
            return _("Use of the advance on {day} undone: {reason}")
        case EntryKind.UNDO | EntryKind.CANCEL:
            return _("Payment of {day} undone, {how}: {reason}")
        case EntryKind.RESTORE if of_advance:
            return _("Use of the advance on {day} is back")
        case EntryKind.RESTORE:
            return _("Payment of {day} is back, {how}")
    return _("Payment, {how}")
