"""Partners who are signed in before the bot starts, each with a customer of their own.

The firm sends at most 50 codes an hour, and every partner would sign in by five messages. So what
that leaves in the books is put there.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.clock import SystemClock
from bot.sign_in import SESSION_LIFETIME
from bot.text import fold_name
from simulator.people import Person
from simulator.telegram import Telegram
from storage.database import open_store
from storage.ids import new_id
from storage.models import Customer, SignIn, User
from storage.store import Store
from tests.bot.pdf.samples import ZONE

CLOCK = SystemClock(ZONE)


def people(telegram: Telegram, count: int) -> list[Person]:
    """So many new phones."""
    return [telegram.person(f"Partner {n:02}", f"+91980000{n:04}") for n in range(count)]


def customer_of(person: Person) -> str:
    """The name of this partner's customer."""
    return f"Customer of {person.name}"


@contextmanager
def books(folder: Path, partners: Sequence[Person]) -> Iterator[Store]:
    """The books of the bot in ``folder``, which does not run yet, with these partners in them."""
    with open_store(None, folder / "data") as store:
        for person in partners:
            _sign_in(store, person)
        yield store


def _sign_in(store: Store, person: Person) -> None:
    now = CLOCK.now()
    user = User(
        id=new_id(),
        name=person.name,
        phone=person.phone,
        registration_date=CLOCK.today(),
        telegram_user_id=person.user_id,
        chat_id=person.user_id,
    )
    session = SignIn(
        id=str(person.user_id),
        phone=person.phone,
        verified=True,
        session_token="0" * 64,
        session_expiration=now + SESSION_LIFETIME,
        user_id=user.id,
        chat_id=person.user_id,
        opened_at=now,
        last_seen=now,
    )
    name = customer_of(person)
    customer = Customer(id=new_id(), name=name, name_key=fold_name(name), used_at=now)
    store.users.add(user)
    store.sign_ins.open_challenge(session)
    store.customers.add(customer)
