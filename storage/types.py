"""How the schema's values stand in a document, and as what Python holds them.

Units, everywhere in this product:

* ``Paise``: integer minor units of the currency, never a float. The cap keeps every sum exact in a
  64-bit integer and inside twelve digits of rupees, which is what the PDF can print.
* ``Quantity``: a decimal with at most three places, kept as a plain string such as ``"52.5"``.
* ``IsoDate``: a day in the firm's time zone, kept as ``YYYY-MM-DD``.
* ``Instant``: a moment, aware and UTC, kept as ``YYYY-MM-DDTHH:MM:SS.mmmZ``. The schema's own
  examples keep moments as such strings; fixed width makes them sort and compare as text. (The
  embedded store turns a BSON date inside ``$set`` into other text: docs/decisions/0002.)
* ``Phone``: E.164, ``+919876543210``.
* ``Flag``: yes or no. (The embedded store turns one inside ``$set`` into 1 or 0.)
"""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer

MAX_PAISE = 99_99_99_99_999_99
"""99,99,99,99,999.99 rupees: the largest amount taken anywhere."""


def new_instant(text: str) -> dt.datetime:
    """Read an instant as stored, or as the schema's plain form writes it (whole seconds).

    Raises:
        ValueError: the text is no ISO 8601 moment with a zone.
    """
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone, e.g. 2026-11-22T09:30:00.000Z")
    return moment.astimezone(dt.UTC)


def instant_text(moment: dt.datetime) -> str:
    """The stored form of an aware moment: UTC, milliseconds, always 24 characters."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _instant(value: Any) -> Any:
    return new_instant(value) if isinstance(value, str) else value


def _date(value: Any) -> Any:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _quantity(value: Any) -> Any:
    # The plain form of the schema writes quantities as JSON numbers; str() of them is exact enough
    # to be read, and is never calculated with as a float.
    if not isinstance(value, (str, int, float)):
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation as error:  # of True and False too, which Python takes for integers
        raise ValueError("a quantity is a number, e.g. 52.5") from error


def _flag(value: Any) -> Any:
    return bool(value) if value in (0, 1) else value


def quantity_text(value: Decimal) -> str:
    """The stored form of a quantity: no exponent, no trailing zeros (``52.500`` → ``"52.5"``)."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


Paise = Annotated[int, Field(ge=0, le=MAX_PAISE)]
SignedPaise = Annotated[int, Field(ge=-MAX_PAISE, le=MAX_PAISE)]
Quantity = Annotated[
    Decimal,
    BeforeValidator(_quantity),
    Field(gt=0, max_digits=12, decimal_places=3),
    PlainSerializer(quantity_text, return_type=str),
]
IsoDate = Annotated[
    dt.date,
    BeforeValidator(_date),
    PlainSerializer(dt.date.isoformat, return_type=str),
]
Instant = Annotated[
    dt.datetime,
    BeforeValidator(_instant),
    PlainSerializer(instant_text, return_type=str),
]
Flag = Annotated[bool, BeforeValidator(_flag)]
Phone = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
