"""What a posted entry says once it is in the books: the confirmation, the same for every telling.

Each carries an Undo button; it works for ten minutes, and asks for a reason after that.
"""

from markupsafe import Markup

from bot.dates import format_date
from bot.desk import Desk
from bot.i18n import _, fill
from bot.methods import method_word
from bot.money import format_amount
from bot.posting import catch_up
from bot.reversals import turns_of
from bot.sharing import payment_url
from handlers import invoices
from handlers.money import amount, before_and_after, total_due
from handlers.screen import Choice, Reply, Rows, Screen, lasting, whatsapp
from storage.models import Draft, EntryKind, Invoice, LedgerEntry, PaymentDetails

SETTLED_SHOWN = 10


def receipt(desk: Desk, entry: LedgerEntry) -> Reply:
    """The confirmation of any entry, with the balance before and after it."""
    if entry.invoice is not None:
        return _of_invoice(desk, entry, invoices.get_invoice(desk, entry.op))
    currency = desk.settings.currency
    balances = before_and_after(entry.before, entry.after, currency, posted=True)
    parts = [_headline(desk, entry), _moved(desk, entry), balances]
    text = Markup("\n\n").join(part for part in parts if part)
    return (Screen(text, lasting(_rows(desk, entry)), moves=True),)


def by_op(desk: Desk, op: str) -> Reply | None:
    """The confirmation of what was posted under this operation; None when nothing was."""
    entry = desk.store.ledger.by_op(op)
    if entry is None:
        return None
    catch_up(desk.store, entry.customer_id)
    return receipt(desk, entry)


def of_draft(desk: Desk, draft: Draft) -> Reply | None:
    """The confirmation of what a draft has posted; None when it has not."""
    return by_op(desk, draft.op)


def undo_choice(desk: Desk, entry: LedgerEntry) -> Choice:
    """Take it back; what took something back is put back."""
    turns = turns_of(desk.store, desk.clock, entry)
    back = entry.kind in (EntryKind.CANCEL, EntryKind.UNDO)
    return Choice(_("↩ Put it back") if back else _("↩ Undo"), f"undo:{entry.op}:{turns}")


def paper_choice(payment_id: str) -> Choice:
    """The payment's receipt on paper."""
    return Choice(_("📄 Receipt"), f"rp:{payment_id}")


def settled_line(number: str, paise: int, left: int, currency: str) -> Markup:
    """How much (paise) went to one invoice, and what that leaves on it."""
    paid = format_amount(paise, currency)
    if not left:
        return fill(_("• {number}: {paid}, paid in full"), number=number, paid=paid)
    rest = format_amount(left, currency)
    return fill(_("• {number}: {paid}, {rest} left"), number=number, paid=paid, rest=rest)


def more_line(more: int) -> list[Markup]:
    """That so many lines are not shown; nothing when all are."""
    return [fill(_("… and {count} more"), count=more)] if more > 0 else []


def _of_invoice(desk: Desk, entry: LedgerEntry, invoice: Invoice) -> Reply:
    said = fill(
        _("✅ <b>Invoice {number}</b> saved\n{name} · {total}\n\n{sums}\n\n{due}"),
        number=invoice.invoice_number,
        name=invoice.customer_name,
        total=amount(desk, invoice.total_amount),
        sums=invoices.sums(desk, invoice),
        due=total_due(entry.after, desk.settings.currency),
    )
    here = sum(part.amount for part in entry.own_money if part.invoice_id == entry.op)
    elsewhere = entry.paid - here
    if elsewhere:
        said += Markup("\n") + fill(
            _("Of {paid} received, {elsewhere} went to earlier invoices or advance."),
            paid=amount(desk, entry.paid),
            elsewhere=amount(desk, elsewhere),
        )
    if not desk.store.firm.get().name:
        said += Markup("\n\n") + fill(
            _("The paper is headed {name}, until the admin says in /firm who the firm is."),
            name=invoice.created_by_name,
        )
    rows = ((undo_choice(desk, entry),), *invoices.card_rows(desk, invoice))
    return (Screen(said, lasting(rows), moves=True), invoices.pdf(desk, invoice))


def _headline(desk: Desk, entry: LedgerEntry) -> Markup:
    """What was posted, for whom, and by whom where that may be another than who reads it."""
    customer = desk.store.customers.get(entry.customer_id)
    name = customer.name if customer else ""
    about = {
        "sum": amount(desk, abs(entry.paid or sum(part.amount for part in entry.allocations))),
        "number": _number(desk, entry.invoice_id),
        "name": name,
        "reason": entry.reason,
    }
    match entry.kind:
        case EntryKind.PAYMENT:
            details = entry.payment or PaymentDetails()
            how = [method_word(details.method), details.reference, format_date(entry.day)]
            head = fill(_("✅ <b>Payment of {sum}</b> recorded\n{name}"), **about)
            return head + fill(" · {how}", how=" · ".join(part for part in how if part))
        case EntryKind.APPLY:
            return fill(_("✅ <b>Advance of {sum}</b> used\n{name}"), **about)
        case EntryKind.CANCEL:
            return fill(_("✅ <b>Invoice {number} is CANCELLED</b>\n{name} · {reason}"), **about)
        case EntryKind.UNDO if not entry.paid:
            return fill(_("✅ <b>Advance of {sum} not used after all</b>\n{name}"), **about)
        case EntryKind.UNDO:
            return fill(_("✅ <b>Payment of {sum} undone</b>\n{name} · {reason}"), **about)
        case _ if entry.invoice_id:
            return fill(_("✅ <b>Invoice {number} is back</b> in the books\n{name}"), **about)
        case _:
            return fill(_("✅ <b>Payment of {sum} is back</b> in the books\n{name}"), **about)


def _moved(desk: Desk, entry: LedgerEntry) -> Markup:
    """What went to which invoice, or came off it, and what is left there now."""
    left = {part.invoice_id: part.due for part in entry.open}
    lines = []
    for part in entry.allocations[:SETTLED_SHOWN]:
        number = _number(desk, part.invoice_id)
        if part.amount > 0:
            due = left.get(part.invoice_id, 0)
            lines.append(settled_line(number, part.amount, due, desk.settings.currency))
        elif part.invoice_id != entry.invoice_id:
            taken = amount(desk, -part.amount)
            lines.append(fill(_("• {number}: {taken} open again"), number=number, taken=taken))
    lines += more_line(len(entry.allocations) - SETTLED_SHOWN)
    if entry.paid < 0 and entry.invoice_id:
        lines.append(fill(_("Out of the books: {sum}"), sum=amount(desk, -entry.paid)))
    to_advance = entry.paid - sum(part.amount for part in entry.allocations)
    if to_advance > 0:
        lines.append(fill(_("Kept as advance: {kept}"), kept=amount(desk, to_advance)))
    return Markup("\n").join(lines)


def _rows(desk: Desk, entry: LedgerEntry) -> Rows:
    first = [Choice(_("👤 Customer"), f"c:{entry.customer_id}")]
    if entry.kind is not EntryKind.RESTORE:
        first.insert(0, undo_choice(desk, entry))
    rows = [tuple(first)]
    if entry.invoice_id:
        rows.append((Choice(_("🧾 Invoice"), f"i:{entry.invoice_id}"),))
    if entry.kind is EntryKind.PAYMENT:
        rows.append((paper_choice(entry.op), whatsapp(payment_url(desk, entry))))
        rows.append((Choice(_("💵 Another payment"), "new:payment"),))
    return tuple(rows)


def _number(desk: Desk, invoice_id: str | None) -> str:
    invoice = desk.store.invoices.get(invoice_id) if invoice_id else None
    return invoice.invoice_number if invoice else ""
