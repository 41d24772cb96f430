"""/due: the firm's customers to collect from, those who owe longest first, and one of them."""

from markupsafe import Markup

from bot.aside import Aside, set_aside
from bot.customers import get_customer
from bot.dates import format_date
from bot.debtors import Debtor, debtors, due_of_customer, in_peace
from bot.desk import Desk, Who
from bot.i18n import _, fill, ngettext
from bot.phones import format_phone
from bot.sharing import round_url
from handlers.due_lines import SIZE, due_line, due_row
from handlers.money import amount
from handlers.pages import paged, turn
from handlers.screen import LASTING, Choice, Rows, Screen, whatsapp
from storage.models import Customer

VERB = "du"
ONE = "dc"


def listing(desk: Desk, page: int) -> Screen:
    """Who owes what is due, with what there is to collect in all."""
    owing = debtors(desk.store, desk.clock.today())
    if not owing:
        nothing = fill(_("Nothing is due today, and nothing is overdue."))
        return Screen(nothing, _mine(), list_of=f"{VERB}:0")
    page, offset = paged(page, len(owing), SIZE)
    shown = owing[offset : offset + SIZE]
    customers = {one.id: one for one in desk.store.customers.many([one.id for one in shown])}
    count = ngettext("{count} customer", "{count} customers", len(owing))
    head = fill(
        _("💰 <b>To collect: {total}</b>, {date}\n") + count + "\n",
        total=amount(desk, sum(one.left for one in owing)),
        date=format_date(desk.clock.today()),
        count=len(owing),
    )
    lines, rows = [head], list[tuple[Choice, ...]]()
    for place, one in enumerate(shown, offset + 1):
        customer = customers[one.id]
        lines.append(_line(desk, place, one, customer))
        label = f"{place} · {customer.name} · {amount(desk, one.left)}"
        rows.append((Choice(label, f"{ONE}:{one.id}:{page}:0"),))
    turns = turn(VERB, page, len(owing), SIZE)
    text = Markup("\n").join(lines)
    return Screen(text, (*rows, *turns, *_mine()), list_of=f"{VERB}:{page}")


def of_customer(desk: Desk, who: Who, customer_id: str, page: int, here: int = 0) -> Screen:
    """What one of them owes, invoice by invoice, from page ``here``.

    ``page`` is that of the list to go back to.
    """
    customer = get_customer(desk, customer_id)
    today = desk.clock.today()
    aside = set_aside(desk.store, today)
    due = due_of_customer(desk.store, customer_id, today, aside)
    back = (Choice(_("‹ All who owe"), f"{VERB}:{page}"),)
    head = fill("<b>{name}</b>", name=customer.name)
    here, offset = paged(here, len(due), SIZE)
    shown_in = f"{ONE}:{customer_id}:{page}:{here}"
    shown = due[offset : offset + SIZE]
    later = _later(desk, aside, customer_id, len(due) + 1) if due[offset + SIZE :] == [] else []
    if not due:
        nothing = fill(_("Nothing of theirs is to be asked for now."))
        text = Markup("\n").join([head, nothing, *later])
        return Screen(text, (_customers(customer, page), back), list_of=shown_in)
    total = fill(
        _("To collect: <b>{total}</b>\n"),
        total=amount(desk, sum(one.remaining_balance for one in due)),
    )
    places = list(enumerate(shown, offset + 1))
    lines = [due_line(desk, at, one, named=False) for at, one in places]
    rows = [due_row(at, one, shown_in) for at, one in places]
    turns = turn(f"{ONE}:{customer_id}:{page}", here, len(due), SIZE)
    pay = (
        Choice(_("💵 Payment"), f"{LASTING}ncl:{customer_id}:{shown_in}"),
        whatsapp(round_url(desk, customer, due, by=who.partner.name)),
    )
    return Screen(
        Markup("\n").join([head, total, *lines, *later]),
        (*rows, *turns, pay, _customers(customer, page), back),
        list_of=shown_in,
    )


def _later(desk: Desk, aside: Aside, customer_id: str, place: int) -> list[Markup]:
    """What is due and not asked for today, in lines that begin with this number."""
    asleep = in_peace(aside, customer_id, desk.clock.today())
    lines = [due_line(desk, at, one, named=False) for at, one in enumerate(asleep, place)]
    return [fill(_("\n<b>Left in peace</b>")), *lines] if lines else []


def _customers(customer: Customer, page: int) -> tuple[Choice, ...]:
    here = f"{ONE}:{customer.id}:{page}:0"
    mute = (
        Choice(_("🔔 Remind again"), f"um:{customer.id}:{here}")
        if customer.muted_at
        else Choice(_("🔕 Mute"), f"mu:{customer.id}:{here}")
    )
    return (mute, Choice(_("👤 Customer"), f"{LASTING}c:{customer.id}"))


def _line(desk: Desk, place: int, one: Debtor, customer: Customer) -> Markup:
    line = fill(
        "{place}. {name}: <b>{left}</b>",
        place=place,
        name=customer.name,
        left=amount(desk, one.left),
    )
    late = (desk.clock.today() - one.oldest).days
    if late:
        line += fill(ngettext(", {days} day late", ", {days} days late", late), days=late)
    if customer.phone:
        line += fill(" · {phone}", phone=format_phone(customer.phone))
    return line + (Markup(" 🔕") if customer.muted_at else Markup())


def _mine() -> Rows:
    return ((Choice(_("⏰ My list"), "dl:0"),),)
