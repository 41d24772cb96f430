"""Partners: adding them, and who has a number."""

from bot.desk import Desk
from bot.errors import AlreadyTaken
from bot.i18n import _
from storage.errors import AlreadyExists
from storage.models import User
from storage.store import Store


def add_partner(desk: Desk, op: str, *, name: str, phone: str) -> User:
    """Add a partner under the id ``op``; the same op again returns the first one.

    Args:
        phone: E.164; sign-in codes go there.

    Raises:
        AlreadyTaken: the phone is another partner's.
    """
    user = User(id=op, name=name, phone=phone, registration_date=desk.clock.today())
    try:
        return desk.store.users.add(user)
    except AlreadyExists as error:
        owner = phone_owner(desk.store, phone)
        raise AlreadyTaken(
            _("This number is already {name}'s.").format(name=owner.name if owner else "?")
        ) from error


def phone_owner(store: Store, phone: str) -> User | None:
    """The partner with this number (E.164), signed in or not, active or not."""
    return store.users.by_phone(phone)
