"""Collection ``shown_lists``: in which message each chat has its newest list of what is due."""

from storage.collection import WHOLE, Database
from storage.models import ShownList


class ShownLists:
    def __init__(self, database: Database) -> None:
        self._documents = database["shown_lists"]

    def prepare(self) -> None:
        """One of each chat, found by ``_id``."""

    def put(self, shown: ShownList) -> None:
        """This is the chat's newest now."""
        self._documents.replace_one({"_id": shown.id}, shown.stored(), upsert=True)

    def drop(self, chat_id: int, message_id: int) -> None:
        """That message shows a list no more; a newer one stays."""
        self._documents.delete_one({"_id": str(chat_id), "message_id": message_id})

    def all(self) -> list[ShownList]:
        return [ShownList.read(one) for one in self._documents.find({}, batch_size=WHOLE)]
