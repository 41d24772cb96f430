"""What happened to an invoice: every entry of the ledger that touched it, by whom and when."""

from collections.abc import Callable

from markupsafe import Markup

from bot.desk import Desk
from bot.i18n import _, fill
from bot.reversals import who_and_when
from handlers.invoices import get_invoice
from handlers.money import amount
from handlers.screen import Choice, Screen
from storage.models import EntryKind, LedgerEntry

SHOWN = 20
"""The first, and the last of the others."""


def of_invoice(desk: Desk, invoice_id: str) -> Screen:
    """The history of one invoice, oldest first.

    Raises:
        NotThere: there is no such invoice.
    """
    invoice = get_invoice(desk, invoice_id)
    entries = desk.store.ledger.about(invoice.customer_id, invoice_id)
    lines = [_line(desk, entry, invoice_id) for entry in entries]
    if len(lines) > SHOWN:
        left_out = fill(_("… {count} between"), count=len(lines) - SHOWN)
        lines = [lines[0], left_out, *lines[1 - SHOWN :]]
    head = fill(
        _("🕘 <b>History of {number}</b>\n{name}\n"),
        number=invoice.invoice_number,
        name=invoice.customer_name,
    )
    back = _("‹ Invoice {number}").format(number=invoice.invoice_number)
    return Screen(Markup("\n").join([head, *lines]), ((Choice(back, f"i:{invoice_id}"),),))


def _line(desk: Desk, entry: LedgerEntry, invoice_id: str) -> Markup:
    moved = sum(part.amount for part in entry.allocations if part.invoice_id == invoice_id)
    what = fill(
        _words(entry, invoice_id, moved)(),
        moved=amount(desk, abs(moved)),
        total=amount(desk, entry.invoice.total_amount) if entry.invoice else "",
        reason=entry.reason,
    )
    # Its actor is the partner who once made the invoice: nobody who was there that day.
    name = _("Import") if entry.kind is EntryKind.OPENING else entry.actor_name
    who = who_and_when(name, entry.at, desk.clock)
    return fill("• {what} · {who}", what=what, who=who)


def _words(entry: LedgerEntry, invoice_id: str, moved: int) -> Callable[[], str]:
    """What an entry did to this invoice."""
    words: dict[EntryKind, Callable[[], str]] = {
        EntryKind.PAYMENT: lambda: _("{moved} paid"),
        EntryKind.APPLY: lambda: _("{moved} paid from the advance"),
        EntryKind.UNDO: lambda: _("payment undone, {moved} open again: {reason}"),
        EntryKind.RESTORE: lambda: _("{moved} paid again, an undo was taken back"),
        EntryKind.CANCEL: lambda: _("{moved} open again: {reason}"),
        EntryKind.INVOICE: lambda: _("{moved} paid with a later invoice"),
        EntryKind.OPENING: lambda: _("brought in, {total}, {moved} paid"),
    }
    own = invoice_id in (entry.op, entry.invoice_id)
    if own and entry.kind is EntryKind.INVOICE:
        return lambda: _("made, {total}, {moved} paid") if moved else _("made, {total}")
    if own and entry.kind is EntryKind.CANCEL:
        return lambda: _("<b>CANCELLED</b>: {reason}")
    if own and entry.kind is EntryKind.RESTORE:
        return lambda: _("back in the books, {moved} paid")
    return words[entry.kind]
