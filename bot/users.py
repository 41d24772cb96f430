"""Partners: adding and changing them, ending and giving back what they may, and finding them.

A partner is never deleted: what they posted stays theirs. Each deed is noted in the audit before
it is done: a process killed in between leaves a note too many rather than one too few.
"""

from bot.audit_trail import note
from bot.desk import Desk, Who
from bot.errors import AlreadyTaken, NotThere
from bot.i18n import _
from bot.images import keep_picture
from bot.phones import mask_phone
from bot.text import fold_name
from storage.errors import AlreadyExists
from storage.models import EventKind, User
from storage.store import Store


def get(store: Store, user_id: str) -> User:
    """The partner of this id.

    Raises:
        NotThere: there is none.
    """
    user = store.users.get(user_id)
    if user is None:
        raise NotThere(_("This partner is not there."))
    return user


def find(store: Store, text: str) -> list[User]:
    """Whoever has these words in their name, or these digits at the end of their number."""
    name = fold_name(text)
    digits = "".join(letter for letter in text if letter.isdecimal())
    return [
        user
        for user in store.users.all()
        if (name and name in fold_name(user.name)) or (digits and user.phone.endswith(digits))
    ]


def phone_owner(store: Store, phone: str) -> User | None:
    """The partner with this number (E.164), signed in or not, active or not."""
    return store.users.by_phone(phone)


def add_partner(desk: Desk, op: str, *, name: str, phone: str, by: Who) -> User:
    """Add a partner under the id ``op``; the same op again returns the first one.

    Whoever was removed and has this number is let in again, under the name they had.

    Args:
        phone: E.164; sign-in codes go there.

    Raises:
        AlreadyTaken: the phone is another partner's.
    """
    owner = phone_owner(desk.store, phone)
    if owner is not None and owner.id != op:
        if owner.active:
            raise _taken_by(owner)
        return reactivate(desk, owner.id, by=by)
    user = User(id=op, name=name, phone=phone, registration_date=desk.clock.today())
    note(desk, EventKind.ADD, by, id=f"{op}:add", about=user, detail=mask_phone(phone))
    try:
        return desk.store.users.add(user)
    except AlreadyExists as error:
        raise _taken_by(phone_owner(desk.store, phone)) from error


def change_partner(desk: Desk, op: str, user_id: str, *, name: str, phone: str, by: Who) -> User:
    """Write a partner's name and number anew, once for the same ``op``.

    Another number ends their sessions: they prove that they have it.

    Raises:
        AlreadyTaken: the phone is another partner's.
        NotThere: there is no such partner.
    """
    before = get(desk.store, user_id)
    changed = before.model_copy(update={"name": name, "phone": phone})
    owner = phone_owner(desk.store, phone)
    if owner is not None and owner.id != user_id:
        raise _taken_by(owner)
    if changed != before:
        pairs = ((before.name, name), (mask_phone(before.phone), mask_phone(phone)))
        was = ", ".join(f"{old} → {new}" for old, new in pairs if old != new)
        note(desk, EventKind.CHANGE, by, id=f"{op}:change", about=changed, detail=was)
    try:
        desk.store.users.change(user_id, name=name, phone=phone)
    except AlreadyExists as error:
        raise _taken_by(phone_owner(desk.store, phone)) from error
    return changed


def deactivate(desk: Desk, user_id: str, *, by: Who) -> User:
    """End what a partner may, at once, wherever they are signed in. Their draft is kept."""
    user = get(desk.store, user_id)
    if user.active:
        note(desk, EventKind.REMOVE, by, about=user)
    desk.store.users.set_active(user_id, False)
    # Nobody inactive gets in; but once reactivated, they are to sign in anew. That their session
    # ended with it goes without an event of its own.
    desk.store.sign_ins.end_of_user(user_id)
    return user.model_copy(update={"active": False})


def reactivate(desk: Desk, user_id: str, *, by: Who) -> User:
    """Let somebody sign in again who was removed."""
    user = get(desk.store, user_id)
    if not user.active:
        note(desk, EventKind.REACTIVATE, by, about=user)
    desk.store.users.set_active(user_id, True)
    return user.model_copy(update={"active": True})


def keep_portrait(desk: Desk, user: User, content: bytes) -> User:
    """Keep a picture as the partner's ``profile_image``.

    Raises:
        InvalidImage: it is no picture.
    """
    image_id = keep_picture(desk.store, lambda: content, size=len(content), owner=user.id)
    link = desk.image_link(image_id)
    desk.store.users.set_profile_image(user.id, link, image_id)
    return user.model_copy(update={"profile_image": link, "image_id": image_id})


def _taken_by(owner: User | None) -> AlreadyTaken:
    return AlreadyTaken(
        _("This number is already {name}'s.").format(name=owner.name if owner else "?")
    )
