"""Whether the bot gets slower as the books grow: a hundred thousand invoices, and a thousand.

What partners do goes the whole way, from the gate to the screen, which is only not sent.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle

from benchmarks.big_books import CLOCK, CUSTOMERS, PARTNERS, customer_id, invoice_id, small_and_big
from benchmarks.timing import ratio
from bot.delivery import OtpDelivery
from bot.desk import Desk
from bot.posting import catch_up_all
from bot.reminders import collecting, reachable
from bot.settings import load_settings
from handlers.due_list import digest
from handlers.gate import respond
from handlers.screen import Act, Reply
from storage.models import SignIn
from storage.store import Store

TYPED = ("Gurpreet", "sing", "Khanna", "4821", "98140", "kumar sam", "Zubair Qureshi")
"""A first name, the start of a surname, a village; the last digits of a phone, and the first; two
words out of the middle; and a new customer's name, which nobody has."""

TIMES = 60
MANY_DUE = 5_000
NO_TOKEN = "123456789:AAExampleToken"  # noqa: S105 - opens nothing


@dataclass(frozen=True)
class Partner:
    """One partner at work with one firm's books."""

    desk: Desk
    updates: Iterator[int]

    def does(self, **what: str) -> Reply:
        me = PARTNERS[0].telegram_user_id or 0
        act = Act(next(self.updates), user_id=me, chat_id=me, private=True, **what)
        return respond(self.desk, act)


Work = Callable[[Partner], object]


def ratios() -> Iterator[tuple[str, float]]:
    """Each key and how many times as long it takes in the large books as in the small ones."""
    with small_and_big() as (few, many):
        small, big = _partner(few), _partner(many)
        for key, work in WORK.items():
            yield key, _grows(work, small, big)
        _fall_due(many, MANY_DUE)
        yield "growth_due_sweep_5000", _grows(_due_sweep, small, big)


def _fall_due(store: Store, wanted: int) -> None:
    """Have so many invoices due: more of those that are, under other ids."""
    today, invoices = CLOCK.today(), store.invoices
    makers = invoices.makers_of_open()
    due = [one for maker in makers for one in invoices.oldest_due(maker, today, wanted)]
    for number, one in zip(range(wanted - len(due)), cycle(due), strict=False):
        known = invoices.get(one.id)
        assert known is not None
        invoices.bring_up_to(known.model_copy(update={"id": f"{number:024x}"}))


def _grows(work: Callable[[], Work], small: Partner, big: Partner) -> float:
    # Of each its own, so that both do the same things in the same order.
    there, here = work(), work()
    return ratio(lambda: there(big), lambda: here(small), times=TIMES)


def _partner(store: Store) -> Partner:
    now = CLOCK.now()
    for one in PARTNERS:
        store.sign_ins.open_challenge(
            SignIn(
                id=str(one.telegram_user_id),
                phone=one.phone,
                verified=True,
                session_token="0" * 64,
                session_expiration=now + dt.timedelta(days=30),
                user_id=one.id,
                chat_id=one.chat_id or 0,
                opened_at=now,
                last_seen=now,
            )
        )
    desk = Desk(
        store=store,
        clock=CLOCK,
        settings=load_settings(_env_file=None, telegram_bot_token=NO_TOKEN),
        secret_key=b"k" * 32,
        delivery=OtpDelivery([]),
        bot_username=lambda: "arhtiya_bot",
    )
    return Partner(desk, count(1))


def _search() -> Work:
    """All that is typed, one after the other: together they are one turn."""
    return lambda partner: [partner.does(text=text) for text in TYPED]


def _miss() -> Work:
    return lambda partner: partner.does(text=TYPED[-1])


def _statement() -> Work:
    customers = cycle(range(CUSTOMERS))
    return lambda partner: partner.does(press=f"st:{customer_id(next(customers))}")


def _due_sweep() -> Work:
    """What is due and what each partner is told of it: all of a reminder but the sending."""

    def sweep(partner: Partner) -> None:
        desk, today = partner.desk, CLOCK.today()
        partners = reachable(desk.store, CLOCK)
        for id in partners:
            digest(desk, collecting(desk.store, id, partners, today))

    return sweep


def _menu() -> Work:
    """What the menu leads to: the lists, and the first questions of an invoice and a payment."""
    customers = cycle(range(CUSTOMERS))

    def look_around(partner: Partner) -> None:
        partner.does(command="menu")
        for listing in ("cl:0", "il:0", "pa:0"):
            partner.does(press=listing)
        for start in ("new:invoice", "new:payment", f"+ni:{customer_id(next(customers))}"):
            partner.does(press=start)
            partner.does(command="cancel")

    return look_around


def _cards() -> Work:
    """A customer's card, their invoices and payments, an invoice's card and its history."""
    customers = cycle(range(CUSTOMERS))

    def look_up(partner: Partner) -> None:
        number = next(customers)
        for list_or_card in ("c:{}", "ci:{}:0", "pl:{}:0"):
            partner.does(press=list_or_card.format(customer_id(number)))
        for card in ("i:{}", "h:{}"):
            partner.does(press=card.format(invoice_id(number)))

    return look_up


def _catch_up() -> Work:
    """What is done at the start, and every half minute."""
    return lambda partner: catch_up_all(partner.desk.store)


WORK: dict[str, Callable[[], Work]] = {
    "growth_customer_search": _search,
    "growth_customer_search_miss": _miss,
    "growth_statement": _statement,
    "growth_due_sweep": _due_sweep,
    "growth_menu": _menu,
    "growth_cards": _cards,
    "growth_catch_up": _catch_up,
}
