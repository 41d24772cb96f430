"""Ids of documents."""

from bson import ObjectId


def new_id() -> str:
    """A new document id: ``str(ObjectId())``, 24 hexadecimal digits, roughly in order of time."""
    return str(ObjectId())


def is_id(text: str) -> bool:
    """Whether text that came from outside can be an id at all."""
    return len(text) == 24 and ObjectId.is_valid(text)
