"""Files of old data: JSON in every form that MongoDB's tools write. No number becomes a float."""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, ValuesView
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from bot.errors import StartError
from bot.text import shown

ONE_OF = {"customers": "customer", "invoices": "invoice", "users": "user"}
"""The collections that are brought in, and what one document of each is called."""

MARKS = {
    "customers": {"total_outstanding_balance", "business_type"},
    "invoices": {"customer_id", "invoice_date", "items"},
    "users": {"role", "registration_date"},
    "authentication": {"otp", "otp_expiration", "session_token", "session_expiration"},
}
"""The schema's collections, and the fields that only their documents have."""

_BLANK = re.compile(r"\s*")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class OldDocument:
    """``place`` counts from 1, in its file or in its list there.

    ``twice`` has the keys that stand more than once in it, or in one object inside it.
    """

    file: str
    place: int
    collection: str
    fields: dict[str, Any]
    twice: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """How a person finds it: ``old.json, document 3, invoice “inv-17”``."""
        id = self.fields.get("_id")
        name = f" “{shown(str(id))}”" if isinstance(id, str | int) else ""
        return f"{self.file}, document {self.place}, {ONE_OF[self.collection]}{name}"


@dataclass(frozen=True)
class Reading:
    """``refused`` says what could be none of ours; ``ignored`` counts what is left out."""

    documents: list[OldDocument] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)


def read_files(paths: Iterable[Path]) -> Reading:
    """All documents of these files, each with the collection that it belongs to.

    Raises:
        StartError: a file cannot be read, is empty, is no JSON, or has a collection twice in
            one object.
    """
    reading = Reading()
    for path in paths:
        for key, place, document in _documents(path):
            _take_in(reading, path, key, place, document)
    return reading


def _take_in(reading: Reading, path: Path, key: str | None, place: int, document: Any) -> None:
    where = f"{path}, document {place}"
    if key is not None and key not in MARKS:
        reading.ignored[f"“{shown(key)}”"] += 1
    elif not isinstance(document, dict):
        reading.refused.append(
            f"{where}: it is no document, which begins with {{ and ends with }}"
        )
    elif (collection := key or _told(document, path)) is None:
        reading.refused.append(
            f"{where}: it cannot be told whether this is a customer, an invoice or a user. "
            "Name the file after what is in it, e.g. customers.json"
        )
    elif collection in ONE_OF:
        twice = tuple(dict.fromkeys(_twice_in(document)))
        reading.documents.append(OldDocument(str(path), place, collection, document, twice))
    else:
        reading.ignored[f"“{collection}” (partners sign in anew)"] += 1


def _told(document: dict[str, Any], path: Path) -> str | None:
    """The collection that a document is of: by its fields, else by the name of its file."""
    by_fields = [name for name, marks in MARKS.items() if marks & document.keys()]
    by_file = [name for name in MARKS if name in path.stem.casefold()]
    return next((names[0] for names in (by_fields, by_file) if len(names) == 1), None)


def _documents(path: Path) -> Iterator[tuple[str | None, int, Any]]:
    """What may be a document, with the key that it stands under, if any, and its place."""
    places = count(1)
    for value in _values(path):
        if isinstance(value, dict) and _is_by_collection(value):
            if isinstance(value, _Ambiguous):
                raise StartError(
                    f"{path} has “{shown(value.twice[0])}” twice in one object, of which only one "
                    "would be read. Put all of them into one list"
                )
            for key, inner in value.items():
                listed = inner if isinstance(inner, list) else [inner]
                yield from ((key, place, one) for place, one in enumerate(listed, 1))
        else:
            for one in value if isinstance(value, list) else [value]:
                yield None, next(places), one


def _twice_in(value: Any) -> Iterator[str]:
    """The keys that stand more than once in one object, here or anywhere inside."""
    if isinstance(value, _Ambiguous):
        yield from value.twice
    inside = value.values() if isinstance(value, dict) else value
    if isinstance(inside, list | ValuesView):
        for one in inside:
            yield from _twice_in(one)


def _is_by_collection(value: dict[str, Any]) -> bool:
    # A customer may list the ids of their invoices under that very name.
    return "_id" not in value and any(isinstance(value.get(key), list) for key in MARKS)


def _values(path: Path) -> Iterator[Any]:
    """The JSON values of a file: one, or one after the other as mongoexport writes them."""
    text = _text(path)
    decoder = json.JSONDecoder(
        object_pairs_hook=_object, parse_float=Decimal, parse_constant=_not_in_json
    )
    end = 0
    while (start := _past_blanks(text, end)) < len(text):
        try:
            value, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            raise StartError(
                f"{path} is no JSON: in line {error.lineno}, column {error.colno}, {error.msg}. "
                "Export it again, e.g. with mongoexport"
            ) from None
        except (ValueError, ArithmeticError, RecursionError) as error:
            line = text.count("\n", 0, start) + 1
            raise StartError(
                f"{path} cannot be read: what begins in line {line} has a number that is none, "
                f"or is too large or too deep ({shown(str(error))})"
            ) from None
        yield value


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise StartError(
            f"{path} is no UTF-8 text; export it again, or save it as UTF-8"
        ) from None
    if not text.strip():
        raise StartError(f"{path} is empty; export it again, e.g. with mongoexport")
    return text


def _past_blanks(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _not_in_json(name: str) -> Any:
    raise ValueError(f"{name} is no number")


class _Ambiguous(dict[str, Any]):
    """A JSON object in which some keys stand ``twice``, or more often; it has the last of each."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def _object(pairs: list[tuple[str, Any]]) -> Any:
    document = dict(pairs)
    return _plain(document) if len(document) == len(pairs) else _Ambiguous(pairs)


def _plain(document: dict[str, Any]) -> Any:
    """What MongoDB's extended JSON wraps, such as ``{"$oid": …}``; anything else as it is.

    What it wraps wrongly stays as it is too, and is refused by whoever reads the field.
    """
    if len(document) == 1:
        ((kind, value),) = document.items()
        if kind in _EXTENDED:
            with suppress(ValueError, TypeError, ArithmeticError):
                return _EXTENDED[kind](value)
    return document


def _moment(value: str | int) -> str:
    """ISO 8601, of text that is so already or of milliseconds since 1970."""
    if isinstance(value, str):
        return value
    return (_EPOCH + dt.timedelta(milliseconds=value)).isoformat()


_EXTENDED: dict[str, Callable[[Any], Any]] = {
    "$oid": str,
    "$date": _moment,
    "$numberInt": int,
    "$numberLong": int,
    "$numberDouble": Decimal,
    "$numberDecimal": Decimal,
}
