"""Collection ``users``: the partners."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pymongo.errors import DuplicateKeyError

from storage.collection import WHOLE, Database
from storage.errors import AlreadyExists
from storage.models import User


class Users:
    def __init__(self, database: Database) -> None:
        self._documents = database["users"]

    def prepare(self) -> None:
        self._documents.create_index("phone", unique=True)
        self._documents.create_index(
            "telegram_user_id",
            unique=True,
            partialFilterExpression={"telegram_user_id": {"$type": "number"}},
        )

    def add(self, user: User) -> User:
        """Keep a new partner; the same id again gives the one that is kept.

        Raises:
            AlreadyExists: ``phone`` is another partner's.
        """
        try:
            self._documents.insert_one(user.stored())
        except DuplicateKeyError as error:
            kept = self.get(user.id)
            if kept is None:
                raise AlreadyExists("phone") from error
            return kept
        return user

    def get(self, id: str) -> User | None:
        return self._one({"_id": id})

    def by_phone(self, phone: str) -> User | None:
        return self._one({"phone": phone})

    def by_telegram_user(self, telegram_user_id: int) -> User | None:
        return self._one({"telegram_user_id": telegram_user_id})

    def link_telegram(self, id: str, telegram_user_id: int, chat_id: int) -> None:
        """From now on this Telegram user is this partner, and no other one.

        A partner whose number changed is added anew and signs in from the same Telegram account:
        the link moves with them.

        Raises:
            AlreadyExists: ``telegram_user_id`` was linked to another partner at the same moment.
        """
        self._documents.update_many(
            {"telegram_user_id": telegram_user_id, "_id": {"$ne": id}},
            {"$set": {"telegram_user_id": None, "chat_id": None}},
        )
        link = {"telegram_user_id": telegram_user_id, "chat_id": chat_id, "reachable": True}
        try:
            self._set(id, link)
        except DuplicateKeyError as error:
            raise AlreadyExists("telegram_user_id") from error

    def set_active(self, id: str, active: bool, *, turn: int | None = None) -> None:
        """False: removed. What they did stays theirs, and so does the phone.

        Done again, or by two at once, it is one turn. ``turn`` is the one that they were at when
        it was decided: nothing happens once they are at another; None: at whichever they are.
        """
        user = self.get(id)
        if user is None or user.active is active or turn not in (None, user.turns):
            return
        self._documents.update_one(
            {"_id": id, "turns": {"$in": [user.turns, None]}},  # an earlier version has none
            {"$set": {"active": active, "turns": user.turns + 1}},
        )

    def set_reachable(self, id: str, reachable: bool) -> None:
        self._set(id, {"reachable": reachable})

    def set_evening(self, id: str, first: dt.date | None) -> None:
        """Send them an evening summary, of this day first; None: send none."""
        self._set(id, {"evening_from": first.isoformat() if first else None})

    def set_profile_image(self, id: str, profile_image: str, image_id: str) -> None:
        """Show the picture ``image_id`` of the images; ``profile_image`` is the link to it."""
        self._set(id, {"profile_image": profile_image, "image_id": image_id})

    def change(self, id: str, changes: Mapping[str, str]) -> None:
        """Write the ``name`` or the ``phone`` (E.164) anew.

        Raises:
            AlreadyExists: ``phone`` is another partner's.
        """
        try:
            self._set(id, dict(changes))
        except DuplicateKeyError as error:
            raise AlreadyExists("phone") from error

    def active(self) -> list[User]:
        """Those who may work, by name."""
        return [user for user in self.all() if user.active]

    def all(self) -> list[User]:
        """Everyone there ever was, by name. A firm has a few partners."""
        users = [User.read(document) for document in self._documents.find(batch_size=WHOLE)]
        return sorted(users, key=lambda user: (user.name.casefold(), user.id))

    def _one(self, query: dict[str, Any]) -> User | None:
        document = self._documents.find_one(query)
        return User.read(document) if document else None

    def _set(self, id: str, fields: dict[str, Any]) -> None:
        self._documents.update_one({"_id": id}, {"$set": fields})
