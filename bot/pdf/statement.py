"""The statement on A4 paper: the account's rows with the balance down the side."""

import datetime as dt

from bot.dates import format_date
from bot.i18n import _, current_locale
from bot.pdf.elements import added_up, finish, plain_money, running_head
from bot.pdf.flow import Flow
from bot.pdf.letterhead import letterhead, parties
from bot.pdf.party import Firm, Party
from bot.pdf.sheet import Sheet
from bot.pdf.style import A4, LEADING
from bot.pdf.table import Column, draw_table
from bot.statement import Row, Statement

_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When a statement of nothing was made: the same statement gives the same bytes."""

_SUMS_HEIGHT = (4 * A4.body + A4.total) * LEADING + 12


def draw_statement(
    statement: Statement, firm: Firm, customer: Party, zone: dt.tzinfo, currency: str
) -> bytes:
    """See :func:`bot.pdf.render_statement`."""
    sheet = Sheet(A4)
    title = _("Statement of {name}").format(name=customer.name)
    made = max((row.at for row in statement.rows), default=_NEVER)
    sheet.describe(title, firm.name, language=str(current_locale()), created=made)
    flow = Flow(sheet, head=lambda page: running_head(page, f"{title} · {firm.name}"))
    letterhead(flow, firm, _("Statement"))
    parties(flow, _("Account of"), customer, _range(statement))
    _rows(flow, statement, zone, currency)
    _sums(flow, statement, currency)
    return finish(flow)


def _range(statement: Statement) -> list[tuple[str, str]]:
    """From the first day to the last: those asked for, else those of the rows."""
    days = [row.day for row in statement.rows]
    first = statement.first or min(days, default=None)
    last = statement.last or max(days, default=None)
    return [
        (label, format_date(day))
        for label, day in ((_("From"), first), (_("To"), last))
        if day is not None
    ]


def _rows(flow: Flow, statement: Statement, zone: dt.tzinfo, currency: str) -> None:
    columns = (
        Column(_("Date"), align="left"),
        Column(_("Particulars"), align="left", wraps=True),
        Column(_("Debit"), least=60),
        Column(_("Credit"), least=60),
        Column(_("Balance"), least=70),
    )
    opening = ("", _("Opening balance"), "", "", plain_money(statement.opening, currency))
    rows = [opening, *(_texts(row, currency) for row in statement.rows)]
    # The time first: after a name that reads from the right it would be turned around.
    notes = ["", *(f"{row.posted(zone)} · {row.actor_name}" for row in statement.rows)]
    draw_table(flow, columns, rows, notes=notes, followed_by=flow.style.space + _SUMS_HEIGHT)
    flow.y += flow.style.space


def _texts(row: Row, currency: str) -> tuple[str, str, str, str, str]:
    debit, credit = (
        plain_money(side, currency) if side else "" for side in (row.debit, row.credit)
    )
    balance = plain_money(row.balance, currency)
    return format_date(row.day), row.particulars, debit, credit, balance


def _sums(flow: Flow, statement: Statement, currency: str) -> None:
    parts = [
        (_("Opening balance"), statement.opening),
        (_("Debit"), statement.debit),
        (_("Credit"), -statement.credit),
    ]
    closing = _("Balance due") if statement.closing >= 0 else _("Advance held")
    total = closing, abs(statement.closing)
    flow.need(_SUMS_HEIGHT)
    flow.beside(
        lambda: None,
        lambda: added_up(flow, parts, total, currency, size=flow.style.total),
    )
