"""Collection ``drafts``: what each person is in the middle of, one document each."""

import json

from pymongo.errors import DuplicateKeyError

from storage.collection import Database
from storage.errors import Outpaced
from storage.models import Draft


class Drafts:
    def __init__(self, database: Database) -> None:
        self._documents = database["drafts"]

    def prepare(self) -> None:
        """Found by ``_id`` alone."""

    def get(self, owner: str) -> Draft | None:
        document = self._documents.find_one({"_id": owner})
        return Draft.read(document) if document else None

    def save(self, draft: Draft) -> Draft:
        """Keep the draft and give it with the next ``rev``; ``rev`` 0 is a new one.

        Raises:
            Outpaced: another writer was first, or there is a draft already.
            TypeError: an answer is no JSON value; the embedded store would not keep it as it is.
        """
        saved = draft.model_copy(update={"rev": draft.rev + 1})
        document = saved.stored()
        json.dumps(document)
        if draft.rev == 0:
            try:
                self._documents.insert_one(document)
            except DuplicateKeyError as error:
                raise Outpaced(draft.id) from error
        else:
            guard = {"_id": draft.id, "rev": draft.rev}
            if not self._documents.replace_one(guard, document).matched_count:
                raise Outpaced(draft.id)
        return saved

    def drop(self, owner: str, rev: int) -> bool:
        """Forget the draft if it is still the one of this ``rev``; whether it was."""
        return self._documents.delete_one({"_id": owner, "rev": rev}).deleted_count == 1
