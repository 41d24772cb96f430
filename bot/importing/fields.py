"""One old document, read field by field: exact, in our units, and refused in words."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.dates import FIRST_DAY, LAST_DAY
from bot.errors import InvalidAmount, InvalidDate, InvalidInput, InvalidQuantity, InvalidText
from bot.money import format_plain
from bot.quantity import MAX_QUANTITY, format_quantity
from bot.text import clean_line, shown, tidy
from storage.types import MAX_PAISE, quantity_text

ID_LIMIT = 200
LINK_LIMIT = 2000


@contextmanager
def within(what: str) -> Iterator[None]:
    """Say with a refusal what it is about: ``item 2: …``."""
    try:
        yield
    except InvalidInput as error:
        raise type(error)(f"{what}: {error}") from error


@dataclass(frozen=True)
class Fields:
    """Null, and text without a letter, count as missing.

    Every method but :meth:`has` raises ``InvalidInput`` when the field is missing or of another
    kind. Those that give None are the optional ones.
    """

    values: dict[str, Any]
    zone: ZoneInfo

    def has(self, name: str) -> bool:
        value = self.values.get(name)
        return value is not None and not (isinstance(value, str) and not tidy(value))

    def id(self, name: str) -> str:
        """The old id as text; a whole number is one too."""
        value = self._present(name, "e.g. 66f1a2b3c4d5e6f708192a3b")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise InvalidText(
                f"{name} is {_quoted(value)}, which is neither text nor a whole number"
            )
        if len(str(value)) > ID_LIMIT:
            raise InvalidText(f"{name} is longer than {ID_LIMIT} characters")
        return str(value)

    def line(self, name: str, called: str, limit: int = 80) -> str:
        """A line of text; ``called`` is what a person calls it."""
        return clean_line(self._text(name), field=called, limit=limit)

    def optional_line(self, name: str, called: str, limit: int = 80) -> str | None:
        return self.line(name, called, limit) if self.has(name) else None

    def phone(self, name: str) -> str:
        """What stands where a phone should; a number without quotes is one too."""
        value = self._present(name, "e.g. +91 98765 43210")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self._text(name)

    def link(self, name: str) -> str | None:
        return self.optional_line(name, name, LINK_LIMIT)

    def amount(self, name: str) -> int:
        """Rupees, as paise."""
        value = self._number(name, "e.g. 2425 or 2425.50")
        if value < 0:
            raise InvalidAmount(f"{name} is {_quoted(value)}; it is 0 or more")
        return self._paise(name, value)

    def balance(self, name: str) -> int:
        """Rupees, as paise; may be negative."""
        value = self._number(name, "e.g. 2425 or 2425.50")
        # abs() would round to the context's digits first, and overflow with its exponent.
        paise = self._paise(name, value.copy_abs())
        return -paise if value < 0 else paise

    def quantity(self, name: str) -> Decimal:
        """More than 0, with at most three places."""
        value = self._number(name, "e.g. 52 or 52.5")
        if not 0 < value <= MAX_QUANTITY:
            most = format_quantity(Decimal(MAX_QUANTITY))
            raise InvalidQuantity(f"{name} is {_quoted(value)}; it is more than 0, at most {most}")
        rounded = round(value, 3)
        if rounded != value:
            raise InvalidQuantity(
                f"{name} is {_quoted(value)}; it has at most three decimals, e.g. "
                f"{format_quantity(rounded)}"
            )
        return Decimal(quantity_text(rounded))

    def day(self, name: str) -> dt.date:
        """A day as ISO 8601; a moment is of the day that it is in the firm's zone."""
        text = self._text(name)
        try:
            day = self._day(text.strip())
        except (ValueError, OverflowError):
            raise InvalidDate(
                f"{name} is {_quoted(text)}, which is no date; write it like 2024-08-01"
            ) from None
        if not FIRST_DAY <= day <= LAST_DAY:
            raise InvalidDate(f"{name} is {day}; a date is from {FIRST_DAY} to {LAST_DAY}")
        return day

    def _day(self, text: str) -> dt.date:
        if len(text) <= len("2024-08-01"):
            return dt.date.fromisoformat(text)
        moment = dt.datetime.fromisoformat(text)
        return (moment.astimezone(self.zone) if moment.tzinfo else moment).date()

    def _present(self, name: str, example: str) -> Any:
        if not self.has(name):
            raise InvalidText(f"{name} is missing, {example}")
        return self.values[name]

    def _text(self, name: str) -> str:
        value = self._present(name, "and has to be there")
        if not isinstance(value, str):
            raise InvalidText(f"{name} is {_quoted(value)}, which is not text")
        return value

    def _number(self, name: str, example: str) -> Decimal:
        value = self._present(name, example)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            number = Decimal(value)
            if number.is_finite():
                return number
        raise InvalidAmount(f"{name} is {_quoted(value)}, which is not a number, {example}")

    def _paise(self, name: str, value: Decimal) -> int:
        # Compared before it is multiplied: a decimal may have an exponent of a million.
        if value > Decimal(MAX_PAISE) / 100:
            raise InvalidAmount(
                f"{name} is {_quoted(value)}; the books hold up to {format_plain(MAX_PAISE)}"
            )
        rounded = round(value, 2)
        if rounded != value:
            raise InvalidAmount(
                f"{name} is {_quoted(value)}, finer than a paisa; it has at most two decimals, "
                f"e.g. {rounded}"
            )
        return int(rounded * 100)


def _quoted(value: Any) -> str:
    return f"“{shown(value)}”" if isinstance(value, str) else shown(str(value))
