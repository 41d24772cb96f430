"""The statement on A4 paper: the account's rows with the balance down the side."""

import datetime as dt

from bot.dates import format_date
from bot.i18n import _, current_locale
from bot.money import format_amount, format_plain
from bot.pdf.elements import figure, folios, running_head
from bot.pdf.flow import Flow
from bot.pdf.letterhead import GUTTER, SPACE, letterhead, parties
from bot.pdf.party import Firm, Party
from bot.pdf.sheet import Sheet
from bot.pdf.style import BODY, INK, LEADING, TOTAL
from bot.pdf.table import Column, draw_table
from bot.statement import Row, Statement

_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When a statement of nothing was made: the same statement gives the same bytes."""

_SUMS_HEIGHT = 4 * BODY * LEADING + TOTAL * LEADING + 12


def draw_statement(
    statement: Statement, firm: Firm, customer: Party, zone: dt.tzinfo, currency: str
) -> bytes:
    """See :func:`bot.pdf.render_statement`."""
    sheet = Sheet()
    title = _("Statement of {name}").format(name=customer.name)
    made = max((row.at for row in statement.rows), default=_NEVER)
    sheet.describe(title, firm.name, language=str(current_locale()), created=made)
    flow = Flow(sheet, head=lambda: running_head(flow, f"{firm.name} · {title}"))
    letterhead(flow, firm, _("Statement"))
    parties(flow, _("Account of"), customer, _range(statement))
    _rows(flow, statement, zone)
    _sums(flow, statement, currency)
    folios(sheet)
    return sheet.finished()


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


def _rows(flow: Flow, statement: Statement, zone: dt.tzinfo) -> None:
    columns = (
        Column(_("Date"), align="left"),
        Column(_("Particulars"), align="left", wraps=True),
        Column(_("Debit"), least=60),
        Column(_("Credit"), least=60),
        Column(_("Balance"), least=70),
    )
    opening = ("", _("Opening balance"), "", "", _signed(statement.opening))
    rows = [opening, *map(_texts, statement.rows)]
    # The time first: after a name that reads from the right it would be turned around.
    notes = ["", *(f"{row.posted(zone)} · {row.actor_name}" for row in statement.rows)]
    draw_table(flow, columns, rows, notes=notes, followed_by=SPACE + _SUMS_HEIGHT)
    flow.y += SPACE


def _texts(row: Row) -> tuple[str, str, str, str, str]:
    debit, credit = (format_plain(side) if side else "" for side in (row.debit, row.credit))
    return format_date(row.day), row.particulars, debit, credit, _signed(row.balance)


def _sums(flow: Flow, statement: Statement, currency: str) -> None:
    width = (flow.width - GUTTER) / 2
    x = flow.right - width
    flow.need(_SUMS_HEIGHT)
    figure(flow, x, width, _("Opening balance"), _money(statement.opening, currency))
    figure(flow, x, width, _("Debit"), _money(statement.debit, currency))
    figure(flow, x, width, _("Credit"), _money(-statement.credit, currency))
    flow.y += 4
    flow.rule(x, width, thick=0.8, colour=INK)
    flow.y += 4
    label = _("Balance due") if statement.closing >= 0 else _("Advance held")
    closing = _money(abs(statement.closing), currency)
    figure(flow, x, width, label, closing, size=TOTAL, bold=True)


def _signed(paise: int) -> str:
    # A true minus is as wide as a figure and stands at its height.
    sign = "\N{MINUS SIGN}" if paise < 0 else ""
    return sign + format_plain(abs(paise))


def _money(paise: int, currency: str) -> str:
    return format_amount(paise, currency).replace("-", "\N{MINUS SIGN}")
