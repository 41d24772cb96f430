"""Customers: adding and editing them, and finding who may be the same person."""

from pydantic import Field

from bot.desk import Desk
from bot.errors import AlreadyTaken, NotThere
from bot.i18n import N_, _
from bot.links import image_link
from bot.text import fold_name
from storage.errors import AlreadyExists
from storage.models import Customer, Language, Part, User
from storage.store import Store

BUSINESS_TYPES = (N_("Retail"), N_("Wholesale"), N_("Farmer"), N_("Miller"))
"""The usual ones, offered as buttons and kept in English; any other is kept as it was typed."""


class Profile(Part):
    """What a partner says about a customer. ``phone`` is E.164, unique among customers."""

    name: str
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    business_type: str | None = None
    image_id: str | None = None
    language: Language | None = Field(default=None, strict=False)
    """What they are written to in; None: in the firm's."""


def add_customer(desk: Desk, op: str, profile: Profile, *, by: User) -> Customer:
    """Add a customer under the id ``op``; the same op again returns the first one.

    Raises:
        AlreadyTaken: the phone is another customer's.
    """
    now = desk.clock.now()
    customer = Customer(
        id=op,
        name=profile.name,
        name_key=fold_name(profile.name),
        phone=profile.phone,
        email=profile.email,
        address=profile.address,
        business_type=profile.business_type,
        image_id=profile.image_id,
        language=profile.language,
        profile_image=_image_link(desk, profile),
        created_by_user_id=by.id,
        created_at=now,
        used_at=now,
    )
    try:
        return desk.store.customers.add(customer)
    except AlreadyExists as error:
        raise _phone_taken() from error


def edit_customer(desk: Desk, customer_id: str, profile: Profile, *, was: Profile) -> Customer:
    """Change what is known of a customer: only what differs from ``was``, as the editor saw it.

    What another partner changed meanwhile stays. Balances and papers already made do too.

    Raises:
        AlreadyTaken: the phone is another customer's.
        NotThere: there is no such customer.
    """
    before = was.stored()
    changes = {key: value for key, value in profile.stored().items() if value != before[key]}
    if "name" in changes:
        changes["name_key"] = fold_name(profile.name)
    if "image_id" in changes:
        changes["profile_image"] = _image_link(desk, profile)
    try:
        desk.store.customers.update_profile(customer_id, changes)
    except AlreadyExists as error:
        raise _phone_taken() from error
    return get_customer(desk, customer_id)


def get_customer(desk: Desk, customer_id: str) -> Customer:
    """The customer of this id.

    Raises:
        NotThere: there is none.
    """
    customer = desk.store.customers.get(customer_id)
    if customer is None:
        raise NotThere(_("This customer is not in the books."))
    return customer


def business_word(kind: str) -> str:
    """A type of business in the reader's language, where it is one of the usual ones."""
    return _(kind) if kind in BUSINESS_TYPES else kind


def namesakes(store: Store, name: str, *, besides: str | None) -> list[Customer]:
    """Customers whose name is the same once case, spacing and look-alike letters are folded."""
    alike = store.customers.alike(fold_name(name), None)
    return [customer for customer in alike if customer.id != besides]


def phone_holder(store: Store, phone: str, *, besides: str | None) -> Customer | None:
    """The other customer who has this number (E.164), if any."""
    holders = store.customers.alike("", phone)
    return next((holder for holder in holders if holder.id != besides), None)


def _image_link(desk: Desk, profile: Profile) -> str | None:
    return image_link(desk, profile.image_id) if profile.image_id else None


def _phone_taken() -> AlreadyTaken:
    return AlreadyTaken(_("This number is already another customer's. Type another one."))
