"""A customer who is reminded by SMS: the switch on the card, and what came of it in a list."""

from markupsafe import Markup

from bot.customer_reminders import latest_told
from bot.dates import format_date
from bot.desk import Desk, Who
from bot.i18n import _, fill
from bot.reminding import switch
from handlers import customers
from handlers.screen import Act, Reply
from storage.models import Reminding


def switched(desk: Desk, who: Who, act: Act, customer_id: str, wanted: str) -> Reply:
    """Remind the customer from now on, or no more.

    Raises:
        NotThere: there is no such customer, or no way to remind them.
    """
    on = wanted == "on"
    customer = switch(desk, f"{act.update_id}", customer_id, on=on, by=who)
    words = _(
        "📣 {name} gets an SMS so many days after an invoice falls due: {days}. What fell due "
        "before today brings none of its own."
    )
    if not on:
        words = _("📣 {name} gets no SMS about what is due any more.")
    days = ", ".join(map(str, desk.settings.customer_reminder_days))
    said = fill(words, name=customer.name, days=days)
    return (customers.card(desk, customer_id).headed(said),)


def told(desk: Desk, invoice_id: str) -> Markup:
    """What came of the last reminder of an invoice, for its line; empty when there was none."""
    latest = latest_told(desk, invoice_id)
    if latest is None:
        return Markup()
    state, day = latest
    words = {
        Reminding.SENT: _(" · 📣 reminded on {day}"),
        Reminding.CLAIMED: _(" · 📣 could not confirm the reminder of {day}"),
        Reminding.FREE: _(" · 📣 the reminder of {day} was refused"),
    }
    return fill(words[state], day=format_date(day))
