"""Collection ``firm``: the one document that says who the firm is."""

from pymongo.errors import DuplicateKeyError

from storage.collection import Database
from storage.errors import Outpaced
from storage.models import FirmProfile

ONE = "firm"


class Firm:
    def __init__(self, database: Database) -> None:
        self._documents = database["firm"]

    def prepare(self) -> None:
        """One document, found by ``_id``."""

    def get(self) -> FirmProfile:
        """The profile; an empty one until the admin has written it."""
        document = self._documents.find_one({"_id": ONE})
        return FirmProfile.read(document) if document else FirmProfile(id=ONE)

    def save(self, profile: FirmProfile) -> FirmProfile:
        """Keep a profile in the place of the one it was made from; gives it with its next ``rev``.

        Raises:
            Outpaced: another was saved since.
        """
        saved = profile.model_copy(update={"rev": profile.rev + 1})
        if profile.rev == 0:
            try:
                self._documents.insert_one(saved.stored())
            except DuplicateKeyError as error:
                raise Outpaced(ONE) from error
            return saved
        earlier = {"_id": ONE, "rev": profile.rev}
        if not self._documents.replace_one(earlier, saved.stored()).matched_count:
            raise Outpaced(ONE)
        return saved
