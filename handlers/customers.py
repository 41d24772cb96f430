"""The customers' list, the search, and a customer's card."""

from collections import Counter

from markupsafe import Markup

from bot.customer_reminders import can_be_reminded
from bot.customers import business_word, get_customer
from bot.dates import format_date
from bot.desk import Desk
from bot.errors import NotThere
from bot.i18n import _, fill, ngettext
from bot.ledger import Balance
from bot.numbering import LARGEST_SERIAL, OURS, financial_year, number_key
from bot.numerals import plain
from bot.phones import format_phone
from bot.posting import balance_of
from bot.sharing import balance_url
from handlers.money import amount, balance_words
from handlers.pages import PAGE, paged, turn
from handlers.screen import DATA_BYTES, Choice, Rows, Screen, grid, whatsapp
from storage.models import Customer, Invoice

FOUND = 8
OPEN_SHOWN = 5


def listing(desk: Desk, page: int) -> Screen:
    """All customers by name, each with what is due."""
    count = desk.store.customers.count()
    if not count:
        return Screen(
            fill(_("There is no customer yet.")),
            ((Choice(_("➕ New customer"), "new:customer"),),),
        )
    page, offset = paged(page, count)
    shown = desk.store.customers.page(offset, PAGE)
    head = ngettext("<b>{count} customer</b>", "<b>{count} customers</b>", count)
    hint = _("Tap one, or type a name or a phone number to search.")
    return Screen(
        fill(head + "\n{hint}", count=count, hint=hint),
        rows_of(desk, shown)
        + turn("cl", page, count)
        + ((Choice(_("➕ New customer"), "new:customer"),),),
    )


def rows_of(desk: Desk, customers: list[Customer]) -> tuple[tuple[Choice], ...]:
    """A button for each customer's card."""
    return tuple((Choice(text, f"c:{one.id}"),) for one, text in labels(desk, customers))


def labels(desk: Desk, customers: list[Customer]) -> list[tuple[Customer, str]]:
    """Each customer with their button; the end of the phone tells those of one name apart."""
    names = Counter(customer.name_key for customer in customers)
    shown = []
    for customer in customers:
        text = label(desk, customer)
        if names[customer.name_key] > 1 and customer.phone:
            text = f"{text} · …{customer.phone[-4:]}"
        shown.append((customer, text))
    return shown


def label(desk: Desk, customer: Customer) -> str:
    """A customer on a button: the name, and what is due where something is."""
    net = customer.total_outstanding_balance - customer.advance
    if not net:
        return customer.name
    return f"{customer.name} · {balance_words(net, desk.settings.currency)}"


def found(desk: Desk, text: str) -> Screen:
    """What typed words outside any form look like they are asking for."""
    customers = desk.store.customers.search(text, limit=FOUND)
    invoice = _numbered(desk, plain(text))
    rows = rows_of(desk, customers)
    if invoice is not None:
        rows = ((Choice(f"🧾 {invoice.invoice_number}", f"i:{invoice.id}"),), *rows)
    if rows:
        return Screen(fill(_("Found for <b>{text}</b>:"), text=text[:80]), rows)
    return Screen(
        fill(_("No customer or invoice matches <b>{text}</b>."), text=text[:80]),
        (
            (_new(text),),
            (Choice(_("Customers"), "cl:0"), Choice(_("Invoices"), "il:0")),
        ),
    )


def _numbered(desk: Desk, typed: str) -> Invoice | None:
    """The invoice meant: by the whole of its number, or by the serial alone if of this year."""
    by_number = desk.store.invoices.by_number
    # As it was typed first: an invoice that was brought in may have a bare number.
    invoice = by_number(typed)
    if invoice is not None:
        return invoice
    if OURS.fullmatch(typed.upper()):
        return by_number(typed.upper())
    if not typed.isdecimal() or len(typed) > len(str(LARGEST_SERIAL)) or not int(typed):
        return None
    # By its key: how numbers look may have changed since.
    year = financial_year(desk.clock.today(), desk.store.firm.get().first_month)
    entry = desk.store.ledger.numbered(number_key(year, int(typed)))
    return entry.invoice if entry else None


def _new(text: str) -> Choice:
    """A new customer of this name, where a button's data has room for it."""
    data = f"nc:{text}"
    if len(data.encode()) > DATA_BYTES:
        return Choice(_("➕ New customer"), "new:customer")
    return Choice(_("➕ New customer “{query}”").format(query=text), data)


def card(desk: Desk, customer_id: str) -> Screen:
    """Everything about one customer, and what can be done next.

    Raises:
        NotThere: there is no such customer.
    """
    customer = get_customer(desk, customer_id)
    balance = balance_of(desk.store, customer_id)
    lines = [fill("👤 <b>{name}</b>", name=customer.name)]
    for mark, value in (
        ("📞", format_phone(customer.phone) if customer.phone else None),
        ("✉️", customer.email),
        ("📍", customer.address),
        ("🏷", business_word(customer.business_type or "")),
    ):
        if value:
            lines.append(fill("{mark} {value}", mark=mark, value=value))
    if customer.muted_at:
        lines.append(fill(_("🔕 No reminders about them.")))
    lines.append(Markup())
    lines.extend(_balance_lines(desk, balance))
    return Screen(Markup("\n").join(lines), _card_rows(desk, customer, balance))


def _card_rows(desk: Desk, customer: Customer, balance: Balance) -> Rows:
    """What can be done with a customer, and what there is of them."""
    id = customer.id
    invoices = desk.store.invoices.count_of_customer(id)
    payments = desk.store.payments.count_of_customer(id)
    rows: list[tuple[Choice, ...]] = [
        (Choice(_("🧾 New invoice"), f"+ni:{id}"), Choice(_("💵 Payment"), f"+np:{id}"))
    ]
    if balance.advance and balance.open:
        rows.append((Choice(_("Use the advance on what is open"), f"+ua:{id}"),))
    kept = []
    if invoices:
        kept.append(Choice(_("Invoices ({count})").format(count=invoices), f"ci:{id}:0"))
    if payments:
        kept.append(Choice(_("Payments ({count})").format(count=payments), f"pl:{id}:0"))
    if kept:
        rows.append(tuple(kept))
    about = [Choice(_("📒 Statement"), f"st:{id}")]
    if balance.seq:
        about.append(whatsapp(balance_url(desk, id)))
    about.append(Choice(_("✎ Edit"), f"+ce:{id}"))
    if customer.image_id:
        about.append(Choice(_("Photo"), f"cp:{id}"))
    if customer.muted_at:
        about.append(Choice(_("🔔 Remind again"), f"um:{id}:c:{id}"))
    if can_be_reminded(desk, customer):
        on = customer.reminded_from is not None
        label = _("📣 Remind by SMS: on") if on else _("📣 Remind by SMS: off")
        rows.append((Choice(label, f"rc:{id}:{'off' if on else 'on'}"),))
    return (*rows, *grid(about, 2), (Choice(_("‹ Customers"), "cl:0"),))


def _balance_lines(desk: Desk, balance: Balance) -> list[Markup]:
    if not balance.open:
        words = balance_words(balance.net, desk.settings.currency)
        return [fill(_("Balance: <b>{words}</b>"), words=words)]
    words = balance_words(balance.net, desk.settings.currency)
    lines = [fill(_("Balance: <b>{words}</b>"), words=words)]
    if balance.advance:
        held = _("Open invoices {open}, less the advance held {held}:")
        open_due = amount(desk, balance.outstanding)
        lines.append(fill(held, open=open_due, held=amount(desk, balance.advance)))
    for invoice in balance.open[:OPEN_SHOWN]:
        lines.append(
            fill(
                _("• {number}: {due}, due {date}"),
                number=invoice.number,
                due=amount(desk, invoice.due),
                date=format_date(invoice.due_date),
            )
        )
    more = len(balance.open) - OPEN_SHOWN
    if more > 0:
        lines.append(fill(ngettext("… and {count} more", "… and {count} more", more), count=more))
    return lines


def photo(desk: Desk, customer_id: str) -> Screen:
    """The customer's picture.

    Raises:
        NotThere: there is none.
    """
    customer = get_customer(desk, customer_id)
    return picture(desk, customer.image_id or "", caption=customer.name)


def picture(desk: Desk, image_id: str, *, caption: str = "") -> Screen:
    """A kept picture, sent anew.

    Raises:
        NotThere: there is none.
    """
    image = desk.store.images.get(image_id)
    if image is None:
        raise NotThere(_("This picture is not there any more."))
    return Screen(fill("{caption}", caption=caption), photo=image.content, fresh=True)
