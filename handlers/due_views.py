"""The lists of what is due, by the button that asks for each; and one of them brought up to date.

What can be done about an invoice names the list that it was begun from: there it goes back to.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.desk import Desk, Who
from handlers import collection_round, customers, due_list, invoices
from handlers.pages import number
from handlers.screen import Reply, Screen

VIEWS: dict[tuple[str, int], Callable[..., Screen]] = {
    (due_list.VERB, 1): lambda desk, who, page: due_list.mine(desk, who, number(page)),
    (collection_round.VERB, 1): lambda desk, _who, page: collection_round.listing(
        desk, number(page)
    ),
    (collection_round.ONE, 3): lambda desk, who, one, page, here: collection_round.of_customer(
        desk, who, one, number(page), number(here)
    ),
    ("i", 1): lambda desk, _who, one: invoices.card(desk, one),
    ("c", 1): lambda desk, _who, one: customers.card(desk, one),
}
"""With how many words after the verb."""


def view(desk: Desk, who: Who, data: str) -> Screen:
    """What the button with this data shows, as it is now; the partner's own list for any other.

    Raises:
        NotThere: what it shows is not there.
    """
    verb, *rest = data.split(":")
    shows = VIEWS.get((verb, len(rest)))
    return shows(desk, who, *rest) if shows else due_list.mine(desk, who)


def anew(desk: Desk, who: Who, data: str, message_id: int | None) -> Reply:
    """The list in this message, brought up to date where it stands; nothing if there is none."""
    verb, *rest = data.split(":")
    if (verb, len(rest)) not in VIEWS or message_id is None:
        return ()
    return (replace(view(desk, who, data), at=message_id),)
