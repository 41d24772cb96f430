"""Documents as lines of JSON (MongoDB's extended JSON, relaxed: bytes are ``{"$binary": …}``)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import bson
from bson import json_util


def put(document: dict[str, Any], file: IO[bytes]) -> None:
    """Append a document as BSON, for which the time of whoever writes is too dear for JSON."""
    file.write(bson.encode(document))


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """What was :func:`put` into a file."""
    with path.open("rb") as file:
        yield from bson.decode_file_iter(file)


def as_line(document: dict[str, Any]) -> bytes:
    """One line, without its end; the same document gives the same line, whatever the order."""
    return json.dumps(
        document, default=json_util.default, ensure_ascii=False, sort_keys=True
    ).encode()


def of_line(line: bytes) -> dict[str, Any]:
    """The document of a line.

    Raises:
        ValueError: it is none.
    """
    try:
        document = json.loads(line, object_hook=json_util.object_hook)
        if isinstance(document, dict):
            bson.encode(document)  # what is no BSON no store keeps
    except Exception as error:
        # What looks like extended JSON and is none raises whatever its type does.
        raise ValueError(type(error).__name__) from error
    if not isinstance(document, dict) or not isinstance(document.get("_id"), str):
        raise ValueError("no document")  # noqa: TRY004 - what it is stands in the file
    return document
