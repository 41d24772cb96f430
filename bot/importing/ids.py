"""The ids of old documents, and of nobody, in our books."""

import hashlib
import re

IMPORT = "import"
"""Who made what none of the old users made: an id that no partner has."""

OBJECT_ID = re.compile(r"[0-9a-f]{24}")


def kept_id(collection: str, old_id: str) -> str:
    """The id under which an old document is kept: always the same, so that twice is once.

    Its own, in lower case, where that is the text of an ObjectId; else ``d`` and 23 digits of
    its digest. All decimal digits are no ObjectId here: the embedded store may take such text
    for a number.
    """
    own = old_id.lower()
    if OBJECT_ID.fullmatch(own) and not own.isdecimal():
        return own
    named = f"{collection}:{old_id}".encode("utf-8", "surrogatepass")
    return f"d{hashlib.sha256(named).hexdigest()[:23]}"
