"""The export itself: written from a file of accounts, in a process beside the bot's.

Sheet after sheet, each in its order, with one customer's books or one row in memory at a time.
"""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.export.about import About, Flows
from bot.export.books import CustomerBooks
from bot.export.heading import Heading
from bot.export.order import Ordered
from bot.export.period import Period
from bot.export.tables import TABLES
from bot.export.workbook import Workbook
from bot.i18n import _
from storage.models import Customer, LedgerEntry

Kept = tuple[str, dict[str, Any] | None, list[dict[str, Any]]]
"""A customer's id, document, and entries, as ``storage.accounts`` gives them."""


def write_books(accounts: Path, to: Path, heading: Heading) -> None:
    """Write an XLSX of these accounts, pickled one after the other as ``Kept``.

    What lies on the disk meanwhile lies beside ``to``.
    """
    flows = Flows()
    rows = {table: Ordered(to.parent) for table in TABLES}
    for books in _books(accounts, heading.period):
        flows.take_in(books)
        for table in TABLES:
            for row in table.rows(books):
                rows[table].add(table.key(row), table.values(row))
    with Workbook(to, zone=heading.zone, made_at=heading.made_at) as workbook:
        about = About(workbook, heading)
        sheets = {table: workbook.sheet(_(table.name), table.columns) for table in TABLES}
        for table, sheet in sheets.items():
            for values in rows[table]:
                sheet.write(values)
            sheet.end()
        about.fill(sheets, flows)


def _books(accounts: Path, period: Period) -> Iterator[CustomerBooks]:
    with accounts.open("rb") as file:
        while True:
            try:
                id, customer, entries = pickle.load(file)  # noqa: S301 - the bot's own
            except EOFError:
                return
            yield CustomerBooks(
                # Whom only the entries name is somebody too: nothing is left out.
                Customer.read(customer) if customer else Customer(id=id, name=id),
                [LedgerEntry.read({**entry, "open": []}) for entry in entries],
                period,
            )
