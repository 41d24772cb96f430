"""Collections ``authentication`` and ``sign_in_limits``: codes sent, sessions open, and limits.

The rules are ``bot/sign_in.py``'s; what is here makes them hold when two updates come at once, or
to two bots. Every write is one update of one document; its query names the state it starts from.
"""

import datetime as dt
from collections.abc import Callable

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from storage.collection import Database
from storage.models import SignIn, SignInLimit
from storage.types import instant_text

NOTHING_OPEN = {
    "otp": None,
    "otp_expiration": None,
    "verified": False,
    "session_token": None,
    "session_expiration": None,
    "shared_at": None,
}


class SignIns:
    def __init__(self, database: Database) -> None:
        self._sign_ins = database["authentication"]
        self._limits = database["sign_in_limits"]

    def prepare(self) -> None:
        """Make the index that :meth:`of_user` and :meth:`end_of_user` find by."""
        self._sign_ins.create_index("user_id")

    def get(self, telegram_user_id: int) -> SignIn | None:
        found = self._sign_ins.find_one({"_id": str(telegram_user_id)})
        return None if found is None else SignIn.read(found)

    def of_user(self, user_id: str) -> list[SignIn]:
        """The codes and sessions of this partner, on whichever Telegram account, open or ended."""
        return [SignIn.read(found) for found in self._sign_ins.find({"user_id": user_id})]

    def open_challenge(self, sign_in: SignIn) -> None:
        """Keep a new code in the place of the old one, and of the session that was there."""
        self._sign_ins.replace_one({"_id": sign_in.id}, sign_in.stored(), upsert=True)

    def count_attempt(
        self,
        telegram_user_id: int,
        *,
        chat_id: int,
        now: dt.datetime,
        most: int,
        update_id: int | None = None,
    ) -> SignIn | None:
        """Count a guess, before anybody looks whether it is right.

        ``update_id`` is the update in which it came.

        Returns:
            The sign-in with this guess counted; None when there is no code to guess at here: none
            was sent to this chat, it was used, it expired, or ``most`` guesses were made.
        """
        counted = self._sign_ins.find_one_and_update(
            {
                "_id": str(telegram_user_id),
                "chat_id": chat_id,
                "otp_expiration": {"$gt": instant_text(now)},  # no code, no expiration
                "attempts": {"$lt": most},
            },
            {"$inc": {"attempts": 1}, "$set": {"guessed_by": update_id}},
            return_document=ReturnDocument.AFTER,
        )
        return None if counted is None else SignIn.read(counted)

    def open_session(
        self,
        guessed: SignIn,
        *,
        token: str,
        expiration: dt.datetime,
        now: dt.datetime,
        update_id: int | None = None,
    ) -> bool:
        """Use up the code and open the session in one step.

        Returns:
            False when this very code was used, or replaced by another, in the meantime.
        """
        opened = self._sign_ins.update_one(
            {"_id": guessed.id, "challenge": guessed.challenge, "otp": guessed.otp},
            {
                "$set": {
                    "otp": None,
                    "otp_expiration": None,
                    "shared_at": None,
                    "verified": True,
                    "session_token": token,
                    "session_expiration": instant_text(expiration),
                    "opened_at": instant_text(now),
                    "opened_by": update_id,
                    "last_seen": instant_text(now),
                }
            },
        )
        return opened.matched_count == 1

    def saw(self, session: SignIn, now: dt.datetime) -> None:
        """Note that the session was used; one that ended in the meantime stays as it is."""
        self._sign_ins.update_one(
            {"_id": session.id, "session_token": session.session_token},
            {"$set": {"last_seen": instant_text(now)}},
        )

    def end(self, telegram_user_id: int) -> None:
        """End the session and void the code of this Telegram user, if there are any."""
        self._sign_ins.update_one({"_id": str(telegram_user_id)}, {"$set": NOTHING_OPEN})

    def end_session(self, session: SignIn, update_id: int | None = None) -> bool:
        """End this very session, for this update. False: it had ended, or was replaced."""
        ended = self._sign_ins.update_one(
            {"_id": session.id, "session_token": session.session_token},
            {"$set": {**NOTHING_OPEN, "ended_by": update_id}},
        )
        return ended.matched_count == 1

    def end_of_user(self, user_id: str) -> None:
        """End every session and void every code of this partner, on whichever Telegram account."""
        self._sign_ins.update_many({"user_id": user_id}, {"$set": NOTHING_OPEN})

    def limit(self, key: str) -> SignInLimit:
        """What was tried of late under this key; an empty one when nothing was."""
        found = self._limits.find_one({"_id": key})
        return SignInLimit(id=key, rev=0) if found is None else SignInLimit.read(found)

    def amend_limit(self, key: str, change: Callable[[SignInLimit], SignInLimit]) -> SignInLimit:
        """Apply a pure change; when another writer was first, to what they left.

        What ``change`` raises passes through, and then nothing is written.

        Returns:
            What the change made of the limit, and of no other writer's: no two get the same.
        """
        while not self._saved(amended := change(self.limit(key))):
            pass  # somebody else got their change in, so this ends
        return amended

    def _saved(self, limit: SignInLimit) -> bool:
        following = {**limit.stored(), "rev": limit.rev + 1}
        if limit.rev == 0:
            try:
                self._limits.insert_one(following)
            except DuplicateKeyError:
                return False
            return True
        replaced = self._limits.replace_one({"_id": limit.id, "rev": limit.rev}, following)
        return replaced.matched_count == 1
