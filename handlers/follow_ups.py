"""One invoice that is due: what can be done about it besides waiting."""

import datetime as dt
from dataclasses import replace

from markupsafe import Markup

from bot.dates import format_date
from bot.desk import Desk, Who
from bot.errors import NotThere
from bot.follow_ups import PAUSES, agree, left_on, mute
from bot.i18n import _, fill, ngettext
from bot.posting import balance_of
from bot.sharing import reminder_url
from handlers.customer_reminders import told
from handlers.due_views import view
from handlers.invoices import get_invoice
from handlers.money import amount
from handlers.pages import number
from handlers.screen import LASTING, Act, Choice, Reply, Screen
from storage.models import FollowUp

VERB = "fu"


def card(desk: Desk, who: Who, _act: Act, invoice_id: str, *back: str) -> Reply:
    """What is left on it now, what was agreed, and the buttons; it follows the books as lists do.

    Raises:
        NotThere: there is no such invoice, or nothing is left to pay on it.
    """
    return (shown(desk, who, invoice_id, *back),)


def on_show(desk: Desk, who: Who, data: str) -> Screen:
    """What the button with this data shows by now: the card, or the list that it was opened from.

    Raises:
        NotThere: neither is there.
    """
    verb, *rest = data.split(":")
    if verb != VERB:
        return view(desk, who, data)
    try:
        return shown(desk, who, *rest)
    except NotThere:
        return view(desk, who, ":".join(rest[1:]))


def shown(desk: Desk, who: Who, invoice_id: str, *back: str) -> Screen:
    """The card.

    Raises:
        NotThere: there is no such invoice, or nothing is left to pay on it.
    """
    invoice = get_invoice(desk, invoice_id)
    left = left_on(desk, invoice)
    text = fill(
        _("🧾 {number} · <b>{name}</b>\nLeft: <b>{left}</b>, due {due}"),
        number=invoice.invoice_number,
        name=invoice.customer_name,
        left=amount(desk, left),
        due=format_date(invoice.due_date),
    ) + told(desk, invoice_id)
    follow_up = desk.store.follow_ups.get(invoice_id)
    if follow_up is not None:
        text += Markup("\n") + _agreed(follow_up)
    here = ":".join(back)
    customer = desk.store.customers.get(invoice.customer_id)
    muted = customer is not None and customer.muted_at is not None
    if muted:
        text += Markup("\n") + fill(_("🔕 No reminders about this customer."))
    pauses = tuple(
        Choice(
            ngettext("💤 {days} day", "💤 {days} days", days).format(days=days),
            f"sn:{invoice_id}:{days}:{here}",
        )
        for days in PAUSES
    )
    asleep = follow_up is not None and follow_up.until > desk.clock.today()
    wake = (Choice(_("⏰ Remind again now"), f"wk:{invoice_id}:{here}"),)
    toggle = (
        Choice(_("🔔 Remind again"), f"um:{invoice.customer_id}:{here}")
        if muted
        else Choice(_("🔕 Mute customer"), f"mu:{invoice.customer_id}:{here}")
    )
    owed = balance_of(desk.store, invoice.customer_id).owed_on(invoice_id)
    if owed < left:
        words = _("Of that {held} of their advance is held.")
        text += Markup("\n") + fill(words, held=amount(desk, left - owed))
    url = reminder_url(desk, invoice, owed, by=who.partner.name)
    asking = ((Choice(_("📲 Remind on WhatsApp"), url=url),),) if owed else ()
    rows = (
        (
            Choice(_("💵 Paid"), f"{LASTING}npl:{invoice_id}:{here}"),
            Choice(_("🤝 Promise"), f"{LASTING}pr:{invoice_id}:{here}"),
        ),
        pauses,
        *((wake,) if asleep else ()),
        *asking,
        (toggle, Choice(_("🧾 Invoice"), f"{LASTING}i:{invoice_id}")),
        (Choice(_("‹ Back"), here),),
    )
    return Screen(text, rows, list_of=f"{VERB}:{invoice_id}:{here}")


def snoozed(desk: Desk, who: Who, _act: Act, invoice_id: str, days: str, *back: str) -> Reply:
    """Put the invoice off.

    Raises:
        NotThere: there is no such invoice, or nothing is left to pay on it.
    """
    invoice = get_invoice(desk, invoice_id)
    left_on(desk, invoice)
    pause = dt.timedelta(days=number(days) if number(days) in PAUSES else PAUSES[0])
    until = desk.clock.today() + pause
    before = _before(desk, invoice_id)
    agree(desk, invoice_id, until, promised=False, by=who.partner)
    words = _("💤 {number} comes back on {day}.")
    said = fill(words, number=invoice.invoice_number, day=format_date(until)) + before
    return _back(desk, who, back, said)


def woken(desk: Desk, who: Who, _act: Act, invoice_id: str, *back: str) -> Reply:
    """What was agreed about the invoice holds no more."""
    invoice = get_invoice(desk, invoice_id)
    before = _before(desk, invoice_id)
    desk.store.follow_ups.drop(invoice_id)
    words = _("⏰ {number} is in the reminders again.")
    said = fill(words, number=invoice.invoice_number) + before
    return _back(desk, who, back, said)


def muted(desk: Desk, who: Who, _act: Act, customer_id: str, *back: str) -> Reply:
    """Remind nobody of what the customer owes."""
    customer = mute(desk, customer_id, muted=True)
    said = fill(_("🔕 No reminders about {name} any more."), name=customer.name)
    return _back(desk, who, back, said)


def unmuted(desk: Desk, who: Who, _act: Act, customer_id: str, *back: str) -> Reply:
    """Remind of what the customer owes again."""
    customer = mute(desk, customer_id, muted=False)
    said = fill(_("🔔 {name} is in the reminders again."), name=customer.name)
    return _back(desk, who, back, said)


def _back(desk: Desk, who: Who, back: tuple[str, ...], said: Markup) -> Reply:
    return (replace(view(desk, who, ":".join(back)).headed(said), moves=True),)


def _before(desk: Desk, invoice_id: str) -> Markup:
    """What was agreed and holds no more: the button may be older than that."""
    follow_up = desk.store.follow_ups.get(invoice_id)
    if follow_up is None:
        return Markup()
    return Markup("\n") + fill(_("No more: {agreed}"), agreed=_agreed(follow_up))


def _agreed(follow_up: FollowUp) -> Markup:
    words = _("💤 Put off until {day} by {who}")
    if follow_up.promised:
        words = _("🤝 Promised for {day}, says {who}")
    return fill(words, day=format_date(follow_up.until), who=follow_up.by_name)
