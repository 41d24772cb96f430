"""What a button shows or does, by its verb: lists, cards and papers, and what the admin decides.

They leave a draft where it is; and whose they are is checked in one place, for all of them.
"""

from collections.abc import Callable

from bot.desk import Desk, Who
from handlers import (
    audit,
    backup,
    customer_reminders,
    customers,
    due_views,
    events,
    firm_paper,
    follow_ups,
    history,
    invoice_link,
    invoices,
    payments,
    statement,
    users,
)
from handlers.pages import number
from handlers.screen import Act, Reply, Screen

View = Callable[..., Screen]
"""Takes the desk, and what stands after the verb."""

Deed = Callable[..., Reply]
"""Takes the desk, who asks, in which act, and what stands after the verb."""

PARTNERS: dict[tuple[str, int], View] = {
    ("cl", 1): lambda desk, page: customers.listing(desk, number(page)),
    ("c", 1): customers.card,
    ("cp", 1): customers.photo,
    ("ci", 2): lambda desk, one, page: invoices.of_customer(desk, one, number(page)),
    ("il", 1): lambda desk, page: invoices.listing(desk, number(page)),
    ("i", 1): invoices.card,
    ("h", 1): history.of_invoice,
    ("pdf", 1): lambda desk, one: invoices.pdf(desk, invoices.get_invoice(desk, one)),
    ("pa", 1): lambda desk, page: payments.listing(desk, number(page)),
    ("pl", 2): lambda desk, one, page: payments.of_customer(desk, one, number(page)),
    ("p", 1): payments.card,
    ("rp", 1): payments.pdf,
    ("st", 1): statement.of_customer,
    ("st", 4): statement.page,
}
"""With how many words after the verb."""

ADMINS: dict[tuple[str, int], View] = {
    ("us", 1): lambda desk, page: users.listing(desk, number(page)),
    ("u", 1): users.card,
    ("ev", 1): lambda desk, page: events.listing(desk, number(page)),
    ("audit", 0): audit.report,
    ("repair", 0): audit.repaired,
    ("sample", 0): firm_paper.sample,
}
"""The admin's, who may be no partner."""


def _shows(verb: str) -> Deed:
    return lambda desk, who, _act, *rest: (due_views.view(desk, who, ":".join([verb, *rest])),)


PARTNERS_DEEDS: dict[tuple[str, int], Deed] = {
    ("dl", 1): _shows("dl"),
    ("du", 1): _shows("du"),
    ("dc", 3): _shows("dc"),
    # What they go back to has two words, or four: a customer's page in the round.
    **{("fu", words): follow_ups.card for words in (3, 5)},
    **{("sn", words): follow_ups.snoozed for words in (4, 6)},
    **{("wk", words): follow_ups.woken for words in (3, 5)},
    **{("mu", words): follow_ups.muted for words in (3, 5)},
    **{("um", words): follow_ups.unmuted for words in (3, 5)},
    ("rc", 2): customer_reminders.switched,
    ("ln", 1): invoice_link.shown,
    ("lx", 2): invoice_link.stopped,
    ("lo", 1): invoice_link.renewed,
    ("sp", 3): lambda desk, who, act, *range: (
        statement.pdf(desk, who, *range, update_id=act.update_id),
    ),
}

ADMINS_DEEDS: dict[tuple[str, int], Deed] = {
    ("ud", 2): users.deactivated,
    ("ur", 2): users.reactivated,
    ("uo", 1): users.signed_out,
    ("uu", 1): users.unlocked,
    ("backup", 0): backup.backup,
}


def pressed(desk: Desk, who: Who, act: Act, verb: str, rest: list[str]) -> Reply | None:
    """Show or do what the button asks for; None when it asks for nothing (any more).

    Raises:
        NotAllowed: it is not theirs.
        NotThere: the thing itself is not there.
    """
    asked = (verb, len(rest))
    who.check(admin=asked in ADMINS | ADMINS_DEEDS)
    if view := (PARTNERS | ADMINS).get(asked):
        return (view(desk, *rest),)
    deed = (PARTNERS_DEEDS | ADMINS_DEEDS).get(asked)
    return deed(desk, who, act, *rest) if deed else None
