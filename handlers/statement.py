"""A customer's statement in the chat, page by page, and as a PDF."""

import datetime as dt
from functools import partial

from markupsafe import Markup

from bot.audit_trail import note
from bot.customers import get_customer
from bot.dates import format_date
from bot.desk import Desk, Who
from bot.firm import letterhead_of
from bot.i18n import _, fill
from bot.numbering import financial_year_start
from bot.pdf import Party, render_statement
from bot.statement import Row, Statement, statement
from bot.text import safe_file_name
from handlers.money import amount, balance_words
from handlers.pages import turn
from handlers.screen import Choice, Document, Rows, Screen
from storage.models import Customer, EventKind

ROWS = 6
"""Rows on a page; each is two lines on a phone."""

OPEN = "0"
"""In a button: this end of the range is open."""

NEWEST = "end"
"""In a button: the last page, wherever that is by then."""


def of_customer(desk: Desk, customer_id: str) -> Screen:
    """The statement of this financial year, its newest page.

    Raises:
        NotThere: there is no such customer.
    """
    return of_range(desk, customer_id, _year_start(desk), None)


def of_range(desk: Desk, customer_id: str, first: dt.date | None, last: dt.date | None) -> Screen:
    """The newest page of a range of days; None is an open end.

    Raises:
        NotThere: there is no such customer.
    """
    return page(desk, customer_id, _mark(first), _mark(last), NEWEST)


def page(desk: Desk, customer_id: str, first: str, last: str, number: str) -> Screen:
    """One page of a range of days, each ``yymmdd`` or ``OPEN``, as a button names it.

    Raises:
        NotThere: there is no such customer.
    """
    customer = get_customer(desk, customer_id)
    shown = statement(desk.store.ledger.lines(customer_id), first=_day(first), last=_day(last))
    count = len(shown.rows)
    pages = max(1, -(-count // ROWS))
    named = number.isdecimal() and len(number) < 7
    at = min(int(number), pages - 1) if named else pages - 1
    rows = shown.rows[at * ROWS : (at + 1) * ROWS]
    lines = [
        fill(_("📒 <b>Statement</b> · {name}\n{range}\n"), name=customer.name, range=_range(shown))
    ]
    start = rows[0].balance - rows[0].debit + rows[0].credit if rows else shown.opening
    words = balance_words(start, desk.settings.currency)
    lines.append(fill(_("Balance before: {words}\n"), words=words))
    lines.extend(_line(desk, row) for row in rows)
    if not rows:
        lines.append(fill(_("Nothing was posted in this time.")))
    lines.append(_sums(desk, shown, pages))
    stem = f"st:{customer_id}:{first}:{last}"
    return Screen(
        Markup("\n").join(lines),
        turn(stem, at, count, ROWS) + _buttons(desk, customer, first, last),
    )


def pdf(
    desk: Desk, who: Who, customer_id: str, first: str, last: str, *, update_id: int
) -> Screen:
    """The same range as a document. An account that leaves the books is noted, once an update.

    Raises:
        NotThere: there is no such customer.
    """
    customer = get_customer(desk, customer_id)
    shown = statement(desk.store.ledger.lines(customer_id), first=_day(first), last=_day(last))
    note(
        desk,
        EventKind.EXPORT,
        who,
        id=f"{update_id}:{EventKind.EXPORT}",
        subject=customer.name,
        detail=_range(shown),
    )
    firm = letterhead_of(desk, name=who.partner.name, phone=who.partner.phone)
    currency = desk.settings.currency
    # The days before the name, which may be cut.
    title = _("Statement {range} {name}").format(range=_range(shown), name=customer.name)
    return Screen(
        documents=(
            Document(
                name=f"{safe_file_name(title, 'statement')}.pdf",
                make=partial(
                    desk.draw,
                    render_statement,
                    shown,
                    firm=firm,
                    customer=Party(customer.name, customer.phone, customer.address),
                    zone=desk.clock.zone,
                    currency=currency,
                ),
                caption=fill(
                    _("Statement · {name} · {words}\n{range}"),
                    name=customer.name,
                    range=_range(shown),
                    words=balance_words(shown.closing, currency),
                ),
            ),
        ),
        fresh=True,
    )


def _line(desk: Desk, row: Row) -> Markup:
    """Two lines: what it was and who posted it; then what it moved, and where that led."""
    sign = "+" if row.debit else "−" if row.credit else ""
    return fill(
        _("{day} · <b>{what}</b> · {who} {posted}\n{moved} → {balance}"),
        day=format_date(row.day),
        what=row.particulars,
        who=row.actor_name,
        posted=row.posted(desk.clock.zone),
        moved=sign + amount(desk, row.debit or row.credit),
        balance=balance_words(row.balance, desk.settings.currency),
    )


def _sums(desk: Desk, shown: Statement, pages: int) -> Markup:
    words = (
        _("\nDebit {debit}, credit {credit}\n<b>Balance: {closing}</b>")
        if pages == 1
        else _("\nAll {pages} pages: debit {debit}, credit {credit}\n<b>Balance: {closing}</b>")
    )
    return fill(
        words,
        pages=pages,
        debit=amount(desk, shown.debit),
        credit=amount(desk, shown.credit),
        closing=balance_words(shown.closing, desk.settings.currency),
    )


def _range(shown: Statement) -> str:
    if shown.first is None:
        return _("from the first entry")
    if shown.last is None:
        return _("since {first}").format(first=format_date(shown.first))
    return _("{first} to {last}").format(
        first=format_date(shown.first), last=format_date(shown.last)
    )


def _buttons(desk: Desk, customer: Customer, first: str, last: str) -> Rows:
    id, today = customer.id, desk.clock.today()
    month = today.replace(day=1)
    before = (month - dt.timedelta(days=1)).replace(day=1)
    ranges = (
        (_("This month"), month, None),
        (_("Last month"), before, month - dt.timedelta(days=1)),
        (_("Financial year"), _year_start(desk), None),
        (_("All"), None, None),
    )
    choices = [
        Choice(label, f"st:{id}:{_mark(start)}:{_mark(end)}:{NEWEST}")
        for label, start, end in ranges
    ]
    return (
        tuple(choices[:2]),
        tuple(choices[2:]),
        (
            Choice(_("Choose dates"), f"+sr:{id}"),
            Choice(_("📄 PDF"), f"sp:{id}:{first}:{last}"),
        ),
        (Choice(f"‹ {customer.name}", f"c:{id}"),),
    )


def _year_start(desk: Desk) -> dt.date:
    return financial_year_start(desk.clock.today(), desk.store.firm.get().first_month)


def _mark(day: dt.date | None) -> str:
    return f"{day:%y%m%d}" if day else OPEN


def _day(mark: str) -> dt.date | None:
    """The day that a button names; None for an open end, and for what is no day."""
    try:
        return dt.datetime.strptime(mark, "%y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
