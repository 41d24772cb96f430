"""What a button shows or does, by its verb: lists, cards and papers, and what the admin decides.

They leave a draft where it is; and whose they are is checked in one place, for all of them.
"""

from collections.abc import Callable

from bot.desk import Desk, Who
from handlers import (
    audit,
    customers,
    events,
    firm_paper,
    history,
    invoices,
    payments,
    statement,
    users,
)
from handlers.screen import Reply, Screen

Deed = Callable[..., Screen | Reply]
"""Takes the desk, who asks, and what stands after the verb."""

PARTNERS: dict[tuple[str, int], Deed] = {
    ("cl", 1): lambda desk, _who, page: customers.listing(desk, _page(page)),
    ("c", 1): lambda desk, _who, one: customers.card(desk, one),
    ("cp", 1): lambda desk, _who, one: customers.photo(desk, one),
    ("ci", 2): lambda desk, _who, one, page: invoices.of_customer(desk, one, _page(page)),
    ("il", 1): lambda desk, _who, page: invoices.listing(desk, _page(page)),
    ("i", 1): lambda desk, _who, one: invoices.card(desk, one),
    ("h", 1): lambda desk, _who, one: history.of_invoice(desk, one),
    ("pdf", 1): lambda desk, _who, one: invoices.pdf(desk, invoices.get_invoice(desk, one)),
    ("pa", 1): lambda desk, _who, page: payments.listing(desk, _page(page)),
    ("pl", 2): lambda desk, _who, one, page: payments.of_customer(desk, one, _page(page)),
    ("p", 1): lambda desk, _who, one: payments.card(desk, one),
    ("rp", 1): lambda desk, _who, one: payments.pdf(desk, one),
    ("st", 1): lambda desk, _who, one: statement.of_customer(desk, one),
    ("st", 4): lambda desk, _who, *shown: statement.page(desk, *shown),
    ("sp", 3): statement.pdf,
}
"""With how many words after the verb."""

ADMINS: dict[tuple[str, int], Deed] = {
    ("us", 1): lambda desk, _who, page: users.listing(desk, _page(page)),
    ("u", 1): lambda desk, _who, one: users.card(desk, one),
    ("ev", 1): lambda desk, _who, page: events.listing(desk, _page(page)),
    ("audit", 0): lambda desk, _who: audit.report(desk),
    ("repair", 0): lambda desk, _who: audit.repaired(desk),
    ("sample", 0): lambda desk, _who: firm_paper.sample(desk),
    ("ud", 1): users.deactivated,
    ("ur", 1): users.reactivated,
    ("uo", 1): users.signed_out,
    ("uu", 1): users.unlocked,
}
"""The admin's, who may be no partner."""


def pressed(desk: Desk, who: Who, verb: str, rest: list[str]) -> Reply | None:
    """Do what the button asks for; None when it asks for nothing (any more).

    Raises:
        NotAllowed: it is not theirs.
        NotThere: the thing itself is not there.
    """
    asked = (verb, len(rest))
    who.check(admin=asked in ADMINS)
    deed = ADMINS.get(asked) or PARTNERS.get(asked)
    if deed is None:
        return None
    done = deed(desk, who, *rest)
    return (done,) if isinstance(done, Screen) else done


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0
