"""The first sheet: whose books they are, of which days, and that the others add up."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from bot.export.books import CustomerBooks
from bot.export.cells import Kind, text
from bot.export.heading import Heading
from bot.export.tables import (
    AMOUNT,
    BALANCE_CLOSES,
    BALANCE_OPENS,
    CUSTOMERS,
    GOODS,
    INVOICES,
    ITEMS,
    LEDGER,
    MONEY_IN,
    PAYMENTS,
    TOTAL,
    Table,
)
from bot.export.workbook import Sheet, Workbook
from bot.i18n import N_, _
from storage.models import EntryKind

TEXT, MONEY = Kind.TEXT, Kind.MONEY

LABELS, VALUES = 34, 20
"""Widths of the columns, in characters."""

SUMMED = (
    (CUSTOMERS, BALANCE_CLOSES),
    (INVOICES, TOTAL),
    (ITEMS, TOTAL),
    (PAYMENTS, AMOUNT),
    (LEDGER, GOODS),
    (LEDGER, MONEY_IN),
)
"""Of which columns the sums are shown."""

NOTES = (
    N_("A balance is what a customer owes; it is negative where an advance is held."),
    N_("Opening and closing balances are of the period, by the days of the entries."),
    N_("What is called “now” stood so at the moment when this was made."),
    N_("Cancelled invoices and undone payments keep their place, and say so."),
    N_("What took them back stands in the ledger, under its own day."),
)


class Flows:
    """What moved the balances of all customers in the period, by the kind of entry, in paise."""

    def __init__(self) -> None:
        self.goods: Counter[EntryKind] = Counter()
        self.money: Counter[EntryKind] = Counter()

    def take_in(self, books: CustomerBooks) -> None:
        for line in books.lines():
            self.goods[line.entry.kind] += line.entry.goods
            self.money[line.entry.kind] += line.entry.paid

    def lines(self) -> Iterator[tuple[str, int]]:
        """What each did to the balances, with its sign: they add up to what came of them."""
        goods, money = self.goods, self.money
        invoice, payment, opening = EntryKind.INVOICE, EntryKind.PAYMENT, EntryKind.OPENING
        cancel, undo, restore = EntryKind.CANCEL, EntryKind.UNDO, EntryKind.RESTORE
        yield _("Invoices made"), goods[invoice]
        yield _("Brought forward from earlier books"), goods[opening] - money[opening]
        yield _("Invoices cancelled"), goods[cancel] + goods[undo]
        yield _("Invoices put back"), goods[restore]
        yield _("Payments received"), -money[invoice] - money[payment]
        yield _("Payments undone"), -money[cancel] - money[undo]
        yield _("Payments put back"), -money[restore]


class About:
    """Its sheet stands first, and is filled when all others are."""

    def __init__(self, workbook: Workbook, heading: Heading) -> None:
        self._heading = heading
        self._sheet = sheet = workbook.add(_("About"))
        sheet.set_column(0, 0, LABELS)
        sheet.set_column(1, 3, VALUES)
        sheet.fit_to_pages(1, 0)
        self._plain = {kind: workbook.writer(kind, sheet, workbook.formats[kind]) for kind in Kind}
        self._bold = {kind: workbook.writer(kind, sheet, workbook.bold[kind]) for kind in Kind}
        self._header = workbook.header
        self._row = 0

    def fill(self, sheets: Mapping[Table, Sheet], flows: Flows) -> None:
        self._whose()
        self._account(sheets[CUSTOMERS], flows)
        self._sheets(sheets)
        self._notes()

    def _whose(self) -> None:
        heading = self._heading
        self._title(_("Books of {firm}").format(firm=heading.firm))
        for label, value in (
            (_("Address"), heading.address and ", ".join(heading.address.splitlines())),
            (_("Phone"), heading.phone),
            (_("GSTIN"), heading.gstin),
        ):
            if value:
                self._line(label, (TEXT, value))
        period = heading.period
        self._line(_("From"), *_end(period.first, _("the first entry")))
        self._line(_("To"), *_end(period.last, _("the last entry")))
        self._line(_("Made at"), (Kind.MOMENT, heading.made_at))
        self._line(_("Made by"), (TEXT, heading.made_by))
        self._line(_("Time zone"), (TEXT, str(heading.zone)))
        self._line(_("Currency"), (TEXT, heading.currency))

    def _account(self, customers: Sheet, flows: Flows) -> None:
        """From the opening to the closing balance; what the ledger moved is all between them."""
        self._title(_("Balance of all customers"))
        opening, closing = customers.sums[BALANCE_OPENS], customers.sums[BALANCE_CLOSES]
        self._line(_(BALANCE_OPENS), (MONEY, opening))
        for label, moved in flows.lines():
            self._line(label, (MONEY, moved))
            opening += moved
        self._line(_(BALANCE_CLOSES), (MONEY, opening), bold=True)
        self._line(_("Customers sheet"), (MONEY, closing))
        self._line(_("Difference"), (MONEY, opening - closing))

    def _sheets(self, sheets: Mapping[Table, Sheet]) -> None:
        self._row += 1
        heads = (_("Sheet"), False), (_("Rows"), True), (_("Sum of"), False), (_("Sum"), True)
        for at, (head, at_right) in enumerate(heads):
            self._sheet.write_string(self._row, at, text(head), self._header[at_right])
        self._row += 1
        for table, title in SUMMED:
            sheet = sheets[table]
            rows, sum_ = (Kind.COUNT, sheet.rows), (MONEY, sheet.sums[title])
            self._line(sheet.name, rows, (TEXT, _(title)), sum_)

    def _notes(self) -> None:
        self._title(_("How to read it"))
        for note in NOTES:
            self._line(_(note))

    def _title(self, label: str) -> None:
        self._row += bool(self._row)  # an empty line before each but the first
        self._line(label, bold=True)

    def _line(self, label: str, *values: tuple[Kind, Any], bold: bool = False) -> None:
        write = self._bold if bold else self._plain
        for at, (kind, value) in enumerate([(TEXT, label), *values]):
            write[kind](self._row, at, value)
        self._row += 1


def _end(day: dt.date | None, without: str) -> tuple[tuple[Kind, Any]]:
    return ((Kind.DAY, day) if day else (TEXT, without),)
