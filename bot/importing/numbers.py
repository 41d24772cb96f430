"""The numbers of old invoices: their own where it can stay, else ``OLD-00001`` and on.

They are outside the gap-free numbers of the financial years (``bot/numbering.py``).
"""

import re
from itertools import count

from bot.importing.invoices import OldInvoice
from bot.numbering import LONGEST, OURS
from bot.text import shown
from storage.store import Store

LIKE_A_DATE = re.compile(r"\d{4}-\d\d-\d\d.")
"""The embedded store takes such text for a moment, and does not find it."""


def give_numbers(store: Store, invoices: list[OldInvoice], notes: list[str]) -> dict[str, str]:
    """A number for each of these invoices, by id, in this order.

    Args:
        store: the books, where none of the numbers may be yet; their views are up to date.
        invoices: all that are new.
        notes: takes a sentence for each old number that cannot stay.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()

    def is_free(number: str) -> bool:
        return number not in taken and store.invoices.by_number(number) is None

    def give(invoice: OldInvoice, number: str) -> None:
        taken.add(number)
        given[invoice.invoice.id] = number

    for one in invoices:
        if one.number is not None and _fits(one.number) and is_free(one.number):
            give(one, one.number)
    free = (number for serial in count(1) if is_free(number := f"OLD-{serial:05}"))
    for one in invoices:
        if one.invoice.id not in given:
            give(one, next(free))
            if one.number is not None:
                notes.append(
                    f"{one.where}: its number “{shown(one.number)}” cannot stay, it becomes "
                    f"{given[one.invoice.id]}"
                )
    return given


def _fits(number: str) -> bool:
    # The firm's own, in whatever style it takes, would stop at one that is there already.
    return len(number) <= LONGEST and not OURS.fullmatch(number) and not LIKE_A_DATE.match(number)
