"""Taking back: cancel an invoice, undo a payment, and undo whatever was just posted.

Nothing is edited or deleted. A reversal is an entry of its own, and can itself be taken back.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.account import Account
from bot.clock import Clock
from bot.dates import format_date
from bot.entries import Asking, decide_restore, decide_reversal
from bot.errors import (
    AlreadyReversed,
    BackInTheBooks,
    InvalidText,
    NotAllowed,
    NotThere,
    UndoExpired,
)
from bot.i18n import _
from bot.ledger import payload_hash
from bot.posting import catch_up, head_as_shown, post
from storage.models import EntryKind, LedgerEntry, LedgerLine, User
from storage.store import Store

UNDO_FOR = dt.timedelta(minutes=10)
"""How long the Undo button of a confirmation works; then the card asks for a reason."""


@dataclass(frozen=True)
class NewReversal:
    """What a partner asks for. ``op`` is minted once, when they begin.

    Either ``invoice_id`` is the invoice to cancel, or ``payment_id`` the operation whose money is
    to be taken out of the books again, or ``restores`` the cancel or undo that was a slip.

    Raises:
        ValueError: it is none of them, or several.
    """

    op: str
    reason: str
    invoice_id: str | None = None
    payment_id: str | None = None
    restores: str | None = None

    def __post_init__(self) -> None:
        if [self.invoice_id, self.payment_id, self.restores].count(None) != 2:
            raise ValueError("a reversal is of one invoice, one payment or one reversal")

    @property
    def target(self) -> str:
        """The operation that is taken back."""
        return self.invoice_id or self.payment_id or self.restores or ""

    @property
    def kind(self) -> EntryKind:
        """Of the entry that it becomes."""
        if self.restores:
            return EntryKind.RESTORE
        return EntryKind.CANCEL if self.invoice_id else EntryKind.UNDO


@dataclass(frozen=True)
class ReversalPreview:
    """What posting would do, in paise, standing on the customer's ledger entry ``seq``.

    ``released`` comes off invoices that it had paid, each ``(number, amount)``.
    """

    seq: int
    before: int
    after: int
    advance_before: int
    advance_after: int
    released: tuple[tuple[str, int], ...]


def preview_reversal(store: Store, clock: Clock, order: NewReversal) -> ReversalPreview:
    """What posting this would do to the balance. Writes nothing but views that lag.

    Raises:
        NotThere: there is no such invoice or payment.
        AlreadyReversed: it is cancelled or undone already; says by whom and when.
        InvalidText: it has no reason.
        InvalidAmount: a balance would pass the largest amount that is kept.
    """
    account = account_of(store, order.target)
    _check(account, order, clock)
    move = (
        account.restore(account.entries[order.restores])
        if order.restores
        else account.reverse(invoice_id=order.invoice_id, payment_id=order.payment_id)
    )
    return ReversalPreview(
        seq=account.balance.seq,
        before=account.balance.net,
        after=move.after.net,
        advance_before=account.balance.advance,
        advance_after=move.after.advance,
        released=tuple(
            (account.invoices[part.invoice_id].invoice_number, -part.amount)
            for part in move.allocations
            if part.amount < 0
        ),
    )


def reverse(
    store: Store, clock: Clock, order: NewReversal, *, by: User, standing_on: int | None
) -> tuple[LedgerEntry, bool]:
    """Cancel an invoice, undo a payment, or take such back, once for the same ``order.op``.

    What was paid on a cancelled invoice becomes advance. The money of an undone payment is taken
    off what it had paid.

    Returns:
        The entry, and whether an earlier call had posted it.

    Raises:
        NotThere: there is no such invoice or payment.
        AlreadyReversed: it is cancelled or undone already; says by whom and when.
        InvalidText: it has no reason.
        InvalidAmount: a balance would pass the largest amount that is kept.
        BalanceChanged: another entry was posted since; nothing was posted.
        OperationConflict: this operation posted something else.
        StoreUnavailable: it is unknown whether it was posted; call again with the same order.
    """
    named = {"restores": order.restores} if order.restores else {}
    asked = payload_hash(
        order.kind,
        {
            "invoice_id": order.invoice_id,
            "payment_id": order.payment_id,
            "reason": order.reason,
            **named,
        },
    )

    def decide() -> LedgerEntry:
        account = account_of(store, order.target)
        _check(account, order, clock)
        head_as_shown(store, account.entries[order.target].customer_id, standing_on)
        asking = Asking(order.op, by, clock.now(), asked)
        what: dict[str, Any] = {"date": clock.today(), "reason": order.reason, "asking": asking}
        if order.restores:
            return decide_restore(account, account.entries[order.restores], **what)
        return decide_reversal(
            account, invoice_id=order.invoice_id, payment_id=order.payment_id, **what
        )

    return post(store, order.op, asked, decide)


def undo(
    store: Store, clock: Clock, op: str, *, by: User, turns: int | None = None
) -> tuple[LedgerEntry, bool]:
    """Take back all that an operation posted a moment ago: once, however many tap Undo.

    An invoice is cancelled and the money that came with it is out of the books again; a payment is
    undone; a cancel or an undo is taken back.

    Args:
        store: the books.
        clock: says whether it was a moment ago.
        op: what is taken back.
        by: the partner who does.
        turns: how often that had been done when the button was made (:func:`turns_of`), so that a
            tap that comes again does not undo what was put back since; None takes any.

    Returns:
        The entry, and whether another tap at the same moment had posted it. (A later tap is told
        that it is taken back already.)

    Raises:
        NotThere: nothing was posted under this operation.
        UndoExpired: that was more than :data:`UNDO_FOR` ago.
        NotAllowed: it is what another Undo put back, or of the books before these.
        AlreadyReversed: it is taken back in another way; says by whom and when.
        BackInTheBooks: it was taken back since the button was made, and put back.
        InvalidAmount: a balance would pass the largest amount that is kept.
        StoreUnavailable: it is unknown whether it was posted; call again.
    """
    account = account_of(store, op)
    origin = account.entries[op]
    if origin.kind in (EntryKind.RESTORE, EntryKind.OPENING):
        raise NotAllowed(_("This has no Undo. Open the invoice or the payment instead."))
    done = _times(op, account.entries.values())
    if turns is not None and turns < done and not _is_long_ago(origin, clock):
        _check_turn(account, origin, clock)
    undo_op = _undo_id(op, done)
    asked = payload_hash(EntryKind.UNDO, {"op": op})

    def decide() -> LedgerEntry:
        account = account_of(store, op)
        asking = Asking(undo_op, by, clock.now(), asked)
        what: dict[str, Any] = {"date": clock.today(), "reason": _("undone at once")}
        if origin.kind in (EntryKind.CANCEL, EntryKind.UNDO):
            _check_in_force(account, origin, clock)
            _check_window(origin, clock)
            return decide_restore(account, origin, asking=asking, **what)
        invoice_id, payment_id = _all_of(account, origin, clock)
        _check_window(origin, clock)
        return decide_reversal(
            account, invoice_id=invoice_id, payment_id=payment_id, asking=asking, **what
        )

    return post(store, undo_op, asked, decide)


def turns_of(store: Store, clock: Clock, entry: LedgerEntry) -> int:
    """How often this entry was taken back since, as long as its Undo works."""
    if _is_long_ago(entry, clock):
        return 0
    return _times(entry.op, store.ledger.entries(entry.customer_id, entry.seq))


def account_of(store: Store, op: str) -> Account:
    """The account of the customer that this operation posted to, which is shown whole by then.

    Raises:
        NotThere: it posted nothing.
    """
    entry = store.ledger.by_op(op)
    if entry is None:
        raise NotThere(_("This is not in the books."))
    # A tap whose answer was lost may have left something that is not shown yet.
    catch_up(store, entry.customer_id)
    return Account(store.ledger.history(entry.customer_id))


def who_and_when(name: str, moment: dt.datetime, clock: Clock) -> str:
    """``Ravi Kumar at 14:02``, with the day when that is not today; in the firm's zone."""
    at = moment.astimezone(clock.zone)
    if at.date() == clock.today():
        return _("{name} at {time}").format(name=name, time=f"{at:%H:%M}")
    return _("{name} on {day} at {time}").format(
        name=name, day=format_date(at.date()), time=f"{at:%H:%M}"
    )


def _times(op: str, entries: Iterable[LedgerLine]) -> int:
    return sum(op in (entry.invoice_id, entry.payment_id, entry.restores) for entry in entries)


def _undo_id(op: str, times: int) -> str:
    """The same for everyone who taps Undo now; another once it was undone and put back."""
    return hashlib.sha256(f"undo:{op}:{times}".encode()).hexdigest()[:24]


def _all_of(account: Account, origin: LedgerEntry, clock: Clock) -> tuple[str | None, str | None]:
    """The invoice and the money that this entry posted, as far as they are in force.

    Raises:
        AlreadyReversed: the invoice, or all there was, is taken back already.
    """
    op = origin.op
    if not origin.invoice:
        _check_not(account.undone, op, clock)
        return None, op
    _check_not(account.cancelled, op, clock)
    return op, op if origin.paid and op not in account.undone else None


def _check_turn(account: Account, origin: LedgerEntry, clock: Clock) -> None:
    """Refuse what was taken back since the button was made, with what is so now."""
    if origin.kind in (EntryKind.CANCEL, EntryKind.UNDO):
        _check_in_force(account, origin, clock)
    else:
        _all_of(account, origin, clock)
    raise BackInTheBooks(
        _(
            "This was taken back, and is in the books again since. Open the invoice or the "
            "payment to see who did so."
        )
    )


def _check(account: Account, order: NewReversal, clock: Clock) -> None:
    if not order.reason.strip():
        raise InvalidText(_("A reason is needed, e.g. wrong amount."))
    origin = account.entries[order.target]
    if order.restores is not None:
        if origin.kind not in (EntryKind.CANCEL, EntryKind.UNDO):
            raise NotThere(_("This took nothing back that could be put back."))
        _check_in_force(account, origin, clock)
    elif order.invoice_id is not None:
        if origin.invoice is None:
            raise NotThere(_("This invoice is not in the books."))
        _check_not(account.cancelled, order.invoice_id, clock)
    else:
        has_money = origin.kind in (EntryKind.INVOICE, EntryKind.PAYMENT) and origin.paid
        if not has_money and origin.kind is not EntryKind.APPLY:
            raise NotThere(_("This payment is not in the books."))
        _check_not(account.undone, order.target, clock)


def _check_not(taken_back: dict[str, LedgerEntry], op: str, clock: Clock) -> None:
    by = taken_back.get(op)
    if by is None:
        return
    said = who_and_when(by.actor_name, by.at, clock)
    if by.invoice_id == op:
        raise AlreadyReversed(_("Already cancelled by {who}.").format(who=said), by=by.op)
    raise AlreadyReversed(_("Already undone by {who}.").format(who=said), by=by.op)


def _check_in_force(account: Account, reversal: LedgerEntry, clock: Clock) -> None:
    if account.in_force(reversal):
        return
    back = next(
        (entry for entry in account.entries.values() if entry.restores == reversal.op), reversal
    )
    said = who_and_when(back.actor_name, back.at, clock)
    raise AlreadyReversed(_("Already put back by {who}.").format(who=said), by=back.op)


def _is_long_ago(entry: LedgerEntry, clock: Clock) -> bool:
    return clock.now() - entry.at > UNDO_FOR


def _check_window(origin: LedgerEntry, clock: Clock) -> None:
    if _is_long_ago(origin, clock):
        raise UndoExpired(
            _(
                "Undo works for ten minutes. To take this back now, open the invoice or the "
                "payment, and cancel or undo it there."
            )
        )
