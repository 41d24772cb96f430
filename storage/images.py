"""Collection ``images``: pictures of customers and partners, as small JPEGs."""

from contextlib import suppress

from pymongo.errors import DuplicateKeyError

from storage.collection import Database
from storage.errors import TooLarge
from storage.models import Document

MAX_BYTES = 5 * 1024 * 1024


class Image(Document):
    """``mime`` is the content's media type; ``owner`` the id of the user who sent it."""

    content: bytes
    mime: str
    owner: str


class Images:
    def __init__(self, database: Database) -> None:
        self._documents = database["images"]

    def prepare(self) -> None:
        """Found by ``_id`` alone."""

    def add(self, id: str, content: bytes, mime: str, owner: str) -> None:
        """Keep a picture. It never changes: the same id again keeps the first one.

        Raises:
            TooLarge: more than ``MAX_BYTES``.
        """
        if len(content) > MAX_BYTES:
            raise TooLarge(f"{len(content)} bytes")
        image = Image(id=id, content=content, mime=mime, owner=owner)
        with suppress(DuplicateKeyError):
            self._documents.insert_one(image.stored())

    def get(self, id: str) -> Image | None:
        document = self._documents.find_one({"_id": id})
        return Image.read(document) if document else None
