"""What must always hold of the books, as small functions that say in words what does not.

They reckon from what each entry moves, and share no code with the decisions and the views that
they check. What must hold of one entry is in ``entry_checks.py`` and ``carried_checks.py``, of the
documents that show the ledger in ``view_checks.py``. Amounts are paise.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot import carried_checks, entry_checks, view_checks
from bot.books_sums import Sums, as_counted
from bot.entry_checks import named
from bot.i18n import _
from bot.money import format_plain
from storage.ledger import NUMBERS_A_YEAR
from storage.models import Customer, Invoice, LedgerEntry, Payment

_PRINTED = re.compile(r"(?:[A-Z0-9]{1,3}/)?([0-9]{2}-[0-9]{2}|[0-9]{4})/([0-9]{5,})")
"""With a prefix or without: 26-27/00042, 2627/00042 or 2026/00042."""


def check_customer(entries: Sequence[LedgerEntry]) -> list[str]:
    """All entries of one customer, in order: the ledger by itself."""
    faults = [
        *check_sequence(entries),
        *check_chain(entries),
        *check_once(entries),
        *check_owner(entries),
    ]
    sums = Sums()
    for entry in entries:
        for before in (*entry_checks.BEFORE, *carried_checks.BEFORE):
            faults += before(sums, entry)
        sums.take_in(entry)
        for after in (*entry_checks.AFTER, *carried_checks.AFTER):
            faults += after(sums, entry)
    return faults


def check_numbers(entries: Iterable[LedgerEntry]) -> list[str]:
    """All entries of all customers: see :func:`check_serials`."""
    return check_serials(
        sorted(
            (entry.number_key, entry.invoice_number or "")
            for entry in entries
            if entry.number_key is not None
        )
    )


def check_serials(numbers: Iterable[tuple[int, str]]) -> list[str]:
    """Each year's invoice numbers run from 1 without gap or twin, as their text says.

    ``numbers`` are the ``number_key`` and the number of each invoice, in the order of the keys.
    """
    faults = []
    last: dict[int, int] = defaultdict(int)
    for key, number in numbers:
        year, serial = divmod(key, NUMBERS_A_YEAR)
        wanted, last[year] = last[year] + 1, serial
        text = as_counted(key)
        if not _says(number, year, serial):
            faults.append(
                _("Invoice {number} is counted as {text}").format(number=number, text=text)
            )
        if serial < wanted:
            faults.append(_("Invoice number {text} is there twice").format(text=text))
        if serial > wanted:
            said = _("Invoice numbers are missing before {text}: {count}")
            faults.append(said.format(text=text, count=serial - wanted))
    return faults


def _says(number: str, year: int, serial: int) -> bool:
    """Whether a printed number is this one, in any style."""
    begins, ends = f"{year % 100:02}", f"{(year + 1) % 100:02}"
    years = {f"{begins}-{ends}", str(year)}
    if begins != "20":  # 2021 is the calendar year, never 2020-21
        years.add(begins + ends)
    match = _PRINTED.fullmatch(number)
    return match is not None and match[1] in years and match[2] == f"{serial:05}"


def check_views(
    entries: Sequence[LedgerEntry],
    customer: Customer,
    invoices: Iterable[Invoice],
    payments: Iterable[Payment],
) -> list[str]:
    """What is kept of one customer is what all of their entries add up to."""
    sums = Sums(entries)
    shown = {invoice.id: invoice for invoice in invoices}
    money = {payment.id: payment for payment in payments}
    return [
        *view_checks.check_balances(sums, customer),
        *check_documents(sums, shown.values(), money.values()),
        *view_checks.check_all_shown(sums, shown.keys(), money.keys()),
        *view_checks.check_none_made_up(sums, shown.keys(), money.keys()),
    ]


def check_documents(
    sums: Sums, invoices: Iterable[Invoice], payments: Iterable[Payment]
) -> list[str]:
    """Each invoice and payment that an entry explains shows what the entries add up to."""
    faults = []
    received = set(view_checks.payments_of(sums))
    for invoice in invoices:
        if invoice.id in sums.invoices:
            faults += view_checks.check_standing(sums, invoice)
            faults += view_checks.check_paper(sums, invoice)
    for payment in payments:
        if payment.id in received:
            faults += view_checks.check_payment(sums, payment)
    return faults


def check_sequence(entries: Sequence[LedgerEntry]) -> list[str]:
    """The first is 1, and none is left out."""
    return [
        named(entry, _("stands in place {place}"), place=place)
        for place, entry in enumerate(entries, 1)
        if entry.seq != place
    ]


def check_chain(entries: Sequence[LedgerEntry]) -> list[str]:
    """Each starts where the last one ended, the first at nothing, and adds its amount to that."""
    faults = []
    starts = [0, *(entry.after for entry in entries)]
    for start, entry in zip(starts, entries, strict=False):
        if entry.before != start:
            said = _("starts at {before}, where the one before it ended at {start}")
            amounts = {"before": format_plain(entry.before), "start": format_plain(start)}
            faults.append(named(entry, said, **amounts))
        if entry.before + entry.amount != entry.after:
            faults.append(named(entry, _("does not end at its start and its amount")))
    return faults


def check_once(entries: Sequence[LedgerEntry]) -> list[str]:
    """Every operation posted once."""
    times = Counter(entry.op for entry in entries)
    return [
        _("Operation {op} is posted {count} times").format(op=op, count=count)
        for op, count in times.items()
        if count > 1
    ]


def check_owner(entries: Sequence[LedgerEntry]) -> list[str]:
    """All are of one customer."""
    return [
        named(entry, _("is of another customer than the one before it"))
        for last, entry in pairwise(entries)
        if entry.customer_id != last.customer_id
    ]
