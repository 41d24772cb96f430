"""What one partner has to collect: the morning's message, and the same list at any time."""

from itertools import groupby

from markupsafe import Markup

from bot.dates import format_date
from bot.desk import Desk, Who
from bot.i18n import _, fill, ngettext
from bot.reminders import Collecting, collecting, reachable
from handlers.due_lines import SIZE, due_line, due_row
from handlers.menu import share_label
from handlers.money import amount
from handlers.pages import paged, turn
from handlers.screen import Choice, Screen
from storage.models import DueInvoice

VERB = "dl"


def mine(desk: Desk, who: Who, page: int = 0) -> Screen:
    """The list of the partner who asks, as it is now."""
    partners = reachable(desk.store, desk.clock)
    due = collecting(desk.store, who.partner.id, partners, desk.clock.today())
    return _listing(desk, due, page)


def digest(desk: Desk, due: Collecting, *, late: bool = False) -> Screen:
    """The morning's message to one partner. ``late``: it was meant for a while ago."""
    screen = _listing(desk, due, 0)
    if late:
        time = format(desk.settings.reminder_time, "%H:%M")
        screen = screen.headed(fill(_("This was meant for {time}."), time=time))
    return screen


def digest_of_another(desk: Desk, due: Collecting, maker_id: str) -> Screen:
    """What one who cannot be reached was to be told, to another partner."""
    maker = desk.store.users.get(maker_id)
    words = _("{name} cannot be reached, so this is for you too.")
    return _listing(desk, due, 0).headed(fill(words, name=maker.name if maker else "–"))


def come_back() -> Screen:
    """To a partner whose session has ended: nothing of the books is in it."""
    words = _(
        "You have not been here for a while, so you are signed out, and what is due is not told "
        "to you any more. Share your phone number to sign in."
    )
    return Screen(fill(words), ask_contact=share_label())


def _listing(desk: Desk, due: Collecting, page: int) -> Screen:
    by_customer = (Choice(_("👥 By customer"), "du:0"),)
    if not due.count:
        nothing = fill(_("Nothing of yours is to be collected now."))
        return Screen(nothing, (by_customer,), list_of=f"{VERB}:0")
    page, offset = paged(page, due.count, SIZE)
    invoices = due.page(offset, SIZE)
    head = fill(
        _("⏰ <b>To collect: {total}</b>, {date}"),
        total=amount(desk, due.now.left),
        date=format_date(due.day),
    )
    parts = [head, _totals(desk, due)]
    rows: list[tuple[Choice, ...]] = []
    places = enumerate(invoices, offset + 1)
    for title, group in groupby(places, key=lambda one: _section(due, one[1])):
        parts.append(fill("\n<b>{title}</b>", title=title))
        for place, invoice in group:
            parts.append(due_line(desk, place, invoice))
            rows.append(due_row(place, invoice, f"{VERB}:{page}"))
    text = Markup("\n").join(part for part in parts if part)
    turns = turn(VERB, page, due.count, SIZE)
    return Screen(text, (*rows, *turns, by_customer), list_of=f"{VERB}:{page}")


def _totals(desk: Desk, due: Collecting) -> Markup:
    """How much of it is what; left out where the list is one section."""
    sums = (
        (_("Promised for today"), due.promised),
        (_("Overdue"), due.overdue),
        (_("Due today"), due.today),
        (_("Coming by {day}").format(day=format_date(due.until)), due.soon),
    )
    parts = [
        fill(
            "{title}: {left} ({count})",
            title=title,
            left=amount(desk, part.left),
            count=part.count,
        )
        for title, part in sums
        if part.count
    ]
    return Markup("\n").join(parts) if len(parts) > 1 else Markup()


def _section(due: Collecting, invoice: DueInvoice) -> str:
    if due.is_promised(invoice):
        return _("Promised for today")
    if invoice.due_date < due.day:
        return _("Overdue")
    if invoice.due_date == due.day:
        return _("Due today")
    days = (due.until - due.day).days
    return ngettext("Due tomorrow", "Due in the next {days} days", days).format(days=days)
