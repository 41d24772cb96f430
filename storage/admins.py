"""Collection ``admins``: who became the admin by opening the one-time link."""

from storage.collection import Database
from storage.models import Document


class AdminClaim(Document):
    """One link: ``_id`` is its token's hash. Claiming it is one change of this one document."""

    telegram_user_id: int | None = None


class Admins:
    def __init__(self, database: Database) -> None:
        self._documents = database["admins"]

    def prepare(self) -> None:
        """A handful of documents."""

    def claimed(self) -> set[int]:
        """The Telegram user ids of those who claimed a link."""
        claims = [AdminClaim.read(document) for document in self._documents.find()]
        return {claim.telegram_user_id for claim in claims if claim.telegram_user_id is not None}

    def offer(self, token_hash: str) -> None:
        """Let the token of this hash be claimed, and no earlier one that was not."""
        self._documents.delete_many({"telegram_user_id": None})
        self._documents.insert_one(AdminClaim(id=token_hash).stored())

    def claim(self, token_hash: str, telegram_user_id: int) -> bool:
        """Whether the token is this person's: the first to claim it has it, for good."""
        offered = {"_id": token_hash, "telegram_user_id": None}
        self._documents.update_one(offered, {"$set": {"telegram_user_id": telegram_user_id}})
        document = self._documents.find_one({"_id": token_hash})
        return document is not None and (
            AdminClaim.read(document).telegram_user_id == telegram_user_id
        )
