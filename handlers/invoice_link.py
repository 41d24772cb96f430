"""The public link of an invoice, on its card: shown, stopped, and given anew."""

from bot.desk import Desk, Who
from bot.i18n import _, fill
from bot.links import open_link, renew_link, stop_link
from handlers.invoices import get_invoice
from handlers.pages import number
from handlers.screen import Act, Choice, Reply, Screen
from storage.models import Invoice


def shown(desk: Desk, _who: Who, _act: Act, invoice_id: str) -> Reply:
    """The link, or that there is none.

    Raises:
        NotThere: there is no such invoice.
    """
    return (_screen(desk, get_invoice(desk, invoice_id)),)


def stopped(desk: Desk, who: Who, _act: Act, invoice_id: str, turn: str) -> Reply:
    """Have the link that was shown open nothing any more.

    Raises:
        NotThere: there is no such invoice.
    """
    invoice = get_invoice(desk, invoice_id)
    stop_link(desk, invoice_id, number(turn), by=who)
    return (_screen(desk, invoice),)


def renewed(desk: Desk, who: Who, _act: Act, invoice_id: str) -> Reply:
    """Give it another link, where it has none.

    Raises:
        NotThere: there is no such invoice.
    """
    invoice = get_invoice(desk, invoice_id)
    renew_link(desk, invoice_id, by=who)
    return (_screen(desk, invoice),)


def _screen(desk: Desk, invoice: Invoice) -> Screen:
    back = (Choice(_("‹ Invoice"), f"i:{invoice.id}"),)
    link = open_link(desk, invoice)
    if not link:
        text = fill(
            _("🔗 Invoice <b>{number}</b> has no link. One that was sent opens nothing any more."),
            number=invoice.invoice_number,
        )
        return Screen(text, ((Choice(_("🔗 New link"), f"lo:{invoice.id}"),), back))
    turn = desk.store.links.get(invoice.id).turn
    text = fill(
        _(
            "🔗 Whoever has this link can open invoice <b>{number}</b> as it then stands, without "
            "Telegram:\n{link}"
        ),
        number=invoice.invoice_number,
        link=link,
    )
    return Screen(text, ((Choice(_("✕ Stop this link"), f"lx:{invoice.id}:{turn}"),), back))
