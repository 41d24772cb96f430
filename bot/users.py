"""Partners: adding and changing them, ending and giving back what they may, and finding them.

A partner is never deleted: what they posted stays theirs. Each deed is noted in the audit before
it is done: a process killed in between leaves a note too many rather than one too few.
"""

import re
from collections.abc import Mapping

from bot.audit_trail import note
from bot.desk import Desk, Who
from bot.errors import AlreadyTaken, NotThere
from bot.i18n import _
from bot.images import keep_picture
from bot.links import image_link
from bot.numerals import plain
from bot.phones import mask_phone
from bot.text import fold_name
from storage.errors import AlreadyExists
from storage.models import EventKind, User
from storage.store import Store

SHORTEST_END = 3
"""Digits by which a number is found: fewer end too many."""


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
    """Whoever has these words in their name; or three digits and more at their number's end."""
    typed = plain(text)
    digits = re.sub(r"[+() .-]", "", typed)
    by_number = digits.isdecimal() and len(digits) >= SHORTEST_END
    name = fold_name(text)
    return [
        user
        for user in store.users.all()
        if (user.phone.endswith(digits) if by_number else name and name in fold_name(user.name))
    ]


def phone_owner(store: Store, phone: str) -> User | None:
    """The partner with this number (E.164), signed in or not, active or not."""
    return store.users.by_phone(phone)


def add_partner(desk: Desk, op: str, *, name: str, phone: str, by: Who) -> User:
    """Add a partner under the id ``op``; the same op again returns the first one.

    Args:
        phone: E.164; sign-in codes go there.

    Raises:
        AlreadyTaken: the phone is another partner's, who may have been removed.
    """
    owner = phone_owner(desk.store, phone)
    if owner is not None and owner.id != op:
        raise _taken_by(owner)
    user = User(id=op, name=name, phone=phone, registration_date=desk.clock.today())
    note(desk, EventKind.ADD, by, id=f"{op}:add", about=user, detail=mask_phone(phone))
    try:
        return desk.store.users.add(user)
    except AlreadyExists as error:
        raise _refused(desk, op, user, by) from error


def change_partner(
    desk: Desk, op: str, user_id: str, changes: Mapping[str, str], *, by: Who
) -> User:
    """Write a partner's ``name`` or ``phone`` anew, once for the same ``op``; the rest stays.

    Another number ends their sessions, and for good: they prove that they have it.

    Raises:
        AlreadyTaken: the phone is another partner's.
        NotThere: there is no such partner.
    """
    before = get(desk.store, user_id)
    changed = before.model_copy(update=dict(changes))
    owner = phone_owner(desk.store, changed.phone)
    if owner is not None and owner.id != user_id:
        raise _taken_by(owner)
    if changed == before:
        return before
    pairs = (before.name, changed.name), (mask_phone(before.phone), mask_phone(changed.phone))
    detail = ", ".join(f"{old} → {new}" for old, new in pairs if old != new)
    note(desk, EventKind.CHANGE, by, id=f"{op}:change", about=changed, detail=detail)
    if changed.phone != before.phone:
        desk.store.sign_ins.end_of_user(user_id)
    try:
        desk.store.users.change(user_id, changes)
    except AlreadyExists as error:
        raise _refused(desk, op, changed, by) from error
    return changed


def deactivate(desk: Desk, user_id: str, *, by: Who, turn: int | None = None) -> User:
    """End what a partner may, at once, wherever they are signed in. Their draft is kept.

    ``turn`` is the one at which whoever decides it saw them: at another it is not done.
    """
    return _set_active(desk, user_id, EventKind.REMOVE, by=by, turn=turn)


def reactivate(desk: Desk, user_id: str, *, by: Who, turn: int | None = None) -> User:
    """Let somebody sign in again who was removed. ``turn`` is as of :func:`deactivate`."""
    return _set_active(desk, user_id, EventKind.REACTIVATE, by=by, turn=turn)


def _set_active(desk: Desk, user_id: str, kind: EventKind, *, by: Who, turn: int | None) -> User:
    """Once, however many admins do it at the same moment, and whoever dies in the middle."""
    user, active = get(desk.store, user_id), kind is EventKind.REACTIVATE
    if user.active is not active:
        note(desk, kind, by, id=f"{user_id}:{kind}:{user.turns}", about=user)
    # Both ways: whoever is let in again signs in anew, even where a removal stopped half-way.
    desk.store.sign_ins.end_of_user(user_id)
    desk.store.users.set_active(user_id, active, turn=turn)
    return get(desk.store, user_id)


def keep_portrait(desk: Desk, user: User, content: bytes) -> User:
    """Keep a picture as the partner's ``profile_image``.

    Raises:
        InvalidImage: it is no picture.
    """
    image_id = keep_picture(desk.store, lambda: content, size=len(content), owner=user.id)
    link = image_link(desk, image_id)
    desk.store.users.set_profile_image(user.id, link, image_id)
    return user.model_copy(update={"profile_image": link, "image_id": image_id})


def _taken_by(owner: User) -> AlreadyTaken:
    if not owner.active:
        removed = _("This number is {name}'s, who was removed: reactivate them with /users.")
        return AlreadyTaken(removed.format(name=owner.name))
    return AlreadyTaken(_("This number is already {name}'s.").format(name=owner.name))


def _refused(desk: Desk, op: str, user: User, by: Who) -> AlreadyTaken:
    """Another admin gave the number away between the look and the write: the audit hears of it."""
    refused = _("not done: the number was taken at that moment")
    note(desk, EventKind.CHANGE, by, id=f"{op}:refused", about=user, detail=refused)
    return AlreadyTaken(_("This number was given to somebody else just now. Look at /users."))
