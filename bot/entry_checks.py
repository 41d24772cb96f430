"""What must hold of what an entry of the ledger does, given what those before it add up to.

Each check is a function of those sums and the entry, and says in words what is wrong: nothing, as
a rule. ``BEFORE`` look at the sums without the entry, ``AFTER`` at the sums with it. They share no
code with the decisions that they check.
"""

from collections import Counter
from collections.abc import Callable

from bot.books_sums import Sums
from bot.i18n import _
from bot.money import format_plain
from storage.models import EntryKind, LedgerEntry

Check = Callable[[Sums, LedgerEntry], list[str]]

REVERSES = (EntryKind.CANCEL, EntryKind.UNDO)

FIELDS = {
    EntryKind.INVOICE: ({"invoice", "invoice_number", "number_key"}, {"payment", "date"}),
    EntryKind.OPENING: ({"invoice"}, {"invoice_number", "number_key", "date"}),
    EntryKind.PAYMENT: ({"payment", "date"}, set()),
    EntryKind.APPLY: ({"date"}, set()),
    EntryKind.CANCEL: ({"invoice_id", "reason", "date"}, {"payment_id"}),
    EntryKind.UNDO: ({"payment_id", "reason", "date"}, set()),
    EntryKind.RESTORE: ({"restores", "reason", "date"}, {"invoice_id", "payment_id"}),
}
"""By kind: what an entry must say, and what else it may say."""


def check_fields(_sums: Sums, entry: LedgerEntry) -> list[str]:
    """It says what its kind says, and nothing else."""
    every = set().union(*(must | may for must, may in FIELDS.values()))
    said = {name for name in every if getattr(entry, name) not in (None, "")}
    must, may = FIELDS[entry.kind]
    foreign = _("has a {field}, which kind {kind} has not")
    return [
        *(named(entry, _("has no {field}"), field=name) for name in sorted(must - said)),
        *(
            named(entry, foreign, field=name, kind=entry.kind)
            for name in sorted(said - must - may)
        ),
    ]


def check_origin(_sums: Sums, entry: LedgerEntry) -> list[str]:
    """It says who posted it, and the hash of what was asked, by which a repetition is known."""
    wanted = {"payload_hash": entry.payload_hash, "actor": entry.actor}
    return [named(entry, _("has no {field}"), field=name) for name, it in wanted.items() if not it]


def check_money(sums: Sums, entry: LedgerEntry) -> list[str]:
    """The money of its kind: some, none, or what it gives back or takes again."""
    match entry.kind:
        case EntryKind.PAYMENT:
            right = entry.paid > 0
        case EntryKind.INVOICE | EntryKind.OPENING:
            right = entry.paid >= 0
        case EntryKind.APPLY:
            right = entry.paid == 0
        case EntryKind.CANCEL | EntryKind.UNDO:
            origin = sums.entries.get(entry.payment_id or "")
            right = entry.paid == (-origin.paid if origin else 0)
        case EntryKind.RESTORE:
            reversal = sums.entries.get(entry.restores or "")
            right = entry.paid == (-reversal.paid if reversal else 0)
    said = _("is of kind {kind}, and cannot move {paid}")
    return [] if right else [named(entry, said, kind=entry.kind, paid=format_plain(entry.paid))]


def check_amount(sums: Sums, entry: LedgerEntry) -> list[str]:
    """It adds to the balance what it bills, less the money that came."""
    right = sums.billed_by(entry) - entry.paid
    if entry.amount == right:
        return []
    said = _("adds {amount} to the balance, not {right}")
    amounts = {"amount": format_plain(entry.amount), "right": format_plain(right)}
    return [named(entry, said, **amounts)]


def check_reversal(sums: Sums, entry: LedgerEntry) -> list[str]:
    """What it takes back was posted, and is in force."""
    if entry.kind not in REVERSES:
        return []
    faults = []
    if invoice_id := entry.invoice_id:
        if invoice_id not in sums.invoices:
            said = _("cancels {id}, which is no invoice posted before")
            faults.append(named(entry, said, id=invoice_id))
        elif invoice_id in sums.cancelled:
            faults.append(named(entry, _("cancels {id} once more"), id=invoice_id))
    if payment_id := entry.payment_id:
        if not _is_undoable(sums.entries.get(payment_id)):
            said = _("undoes {id}, which moved no money before")
            faults.append(named(entry, said, id=payment_id))
        elif payment_id in sums.undone:
            faults.append(named(entry, _("undoes {id} once more"), id=payment_id))
    return faults


def check_restore(sums: Sums, entry: LedgerEntry) -> list[str]:
    """What it puts back is what a reversal took, and that is still in force."""
    if entry.kind is not EntryKind.RESTORE:
        return []
    reversal = sums.entries.get(entry.restores or "")
    if reversal is None or reversal.kind not in REVERSES:
        said = _("restores {id}, which took nothing back before")
    elif (entry.invoice_id, entry.payment_id) != (reversal.invoice_id, reversal.payment_id):
        said = _("does not restore what {id} took back")
    elif reversal.op not in _in_force(sums):
        said = _("restores what {id} took back, which is back already")
    else:
        return []
    return [named(entry, said, id=entry.restores)]


def check_allocations(sums: Sums, entry: LedgerEntry) -> list[str]:
    """It moves money once to each invoice in the books: no more than it needs or has."""
    faults = []
    for id, times in Counter(part.invoice_id for part in entry.allocations).items():
        if times > 1:
            faults.append(named(entry, _("moves money to {number} twice"), number=id))
    for part in entry.allocations:
        invoice = entry.invoice if part.invoice_id == entry.op else None
        invoice = invoice or sums.invoices.get(part.invoice_id)
        if invoice is None:
            said = _("moves {amount} to {number}, which is no invoice of this customer")
        elif part.invoice_id in sums.cancelled and part.invoice_id != entry.invoice_id:
            said = _("moves {amount} to {number}, which is cancelled")
        elif (part.amount < 0) != (entry.kind in REVERSES) or not part.amount:
            said = _("moves {amount} to {number} in the wrong direction")
        elif part.amount > invoice.total_amount - sums.paid_on[part.invoice_id]:
            said = _("puts {amount} on {number}, which needs less")
        elif -part.amount > sums.paid_on[part.invoice_id]:
            said = _("takes {amount} off {number}, which has less on it")
        else:
            continue
        number = invoice.invoice_number if invoice else part.invoice_id
        faults.append(named(entry, said, number=number, amount=format_plain(abs(part.amount))))
    return faults


def check_turn(sums: Sums, entry: LedgerEntry) -> list[str]:
    """Money goes to its own invoice, then to the oldest due, or only to the one it is for."""
    given = {part.invoice_id: part.amount for part in entry.allocations}
    match entry.kind:
        case EntryKind.INVOICE | EntryKind.OPENING if entry.invoice:
            total = entry.invoice.total_amount
            own = min(total, entry.paid) + advance_used(sums, entry)
            right = _in_turn(sums, entry.paid - min(total, entry.paid))
            right |= {entry.op: own} if own else {}
        case EntryKind.PAYMENT if entry.payment and entry.payment.invoice_id:
            only = entry.payment.invoice_id
            right = {only: min(entry.paid, sums.open.get(only, 0))}
        case EntryKind.PAYMENT:
            right = _in_turn(sums, entry.paid)
        case EntryKind.APPLY:
            # It does not say whether it was for one invoice; then it is on that one.
            right = given if len(given) == 1 else _in_turn(sums, sum(given.values()))
        case _:
            return []
    return [] if given == right else [named(entry, _("does not put the money where it is due"))]


def check_cancel(sums: Sums, entry: LedgerEntry) -> list[str]:
    """Nothing stays on an invoice that it takes out of the books (the sums have the entry)."""
    left = sums.paid_on[entry.invoice_id or ""]
    if entry.kind is not EntryKind.CANCEL or not left:
        return []
    said = _("cancels {id}, and leaves {left} on it")
    return [named(entry, said, id=entry.invoice_id, left=format_plain(left))]


BEFORE: tuple[Check, ...] = (
    check_fields,
    check_origin,
    check_money,
    check_amount,
    check_reversal,
    check_restore,
    check_allocations,
    check_turn,
)
AFTER: tuple[Check, ...] = (check_cancel,)


def advance_used(sums: Sums, entry: LedgerEntry) -> int:
    """What an advance must give to a new invoice: what the money handed over does not cover."""
    total = entry.invoice.total_amount if entry.invoice else 0
    return max(0, min(sums.advance, total - entry.paid))


def named(entry: LedgerEntry, fault: str, **words: object) -> str:
    """``Entry 3 (64b0…abcd) has no reason``."""
    return _("Entry {seq} ({op}) {fault}").format(
        seq=entry.seq, op=entry.op, fault=fault.format(**words)
    )


def _is_undoable(origin: LedgerEntry | None) -> bool:
    if origin is None:
        return False
    moved = origin.kind in (EntryKind.INVOICE, EntryKind.PAYMENT) and origin.paid > 0
    return moved or origin.kind is EntryKind.APPLY


def _in_force(sums: Sums) -> set[str]:
    return {entry.op for entry in (*sums.cancelled.values(), *sums.undone.values())}


def _in_turn(sums: Sums, money: int) -> dict[str, int]:
    given = {}
    for id in sums.in_turn():
        part = min(money, sums.open[id])
        money -= part
        if part > 0:
            given[id] = part
    return given
