"""What a setting has to look like: each kind reads what the environment has, or says why not."""

import datetime as dt
import re
from ipaddress import ip_network
from string import Formatter
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
from babel.numbers import list_currencies
from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from bot.hours import Hours

OFF = "off"
"""In the environment: none, whatever the ``.env`` file says."""

REMINDER_WORDS = ("name", "amount", "invoices", "firm", "due")
"""What a customer's reminder may name."""

MOST_DAYS_LATE = 365
"""After which no customer is reminded any more."""

SHORTEST_PASSPHRASE = 12
"""Characters."""

LOG_FORMATS = ("auto", "text", "json")

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _ids(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parts = [part for part in value.replace(",", " ").split() if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts):
        raise ValueError("ids are whole numbers")
    return frozenset(map(int, parts))


def _token_of_a_bot(value: SecretStr) -> SecretStr:
    number, _, secret = value.get_secret_value().partition(":")
    if not number.isdigit() or not secret:
        raise ValueError("a token is a number, a colon and letters")
    return value


def _root(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https"):
        raise ValueError("an address starts with http:// or https://")
    # Reading the port raises ValueError when it is none.
    if not parts.hostname or parts.port == 0 or any(map(str.isspace, value)):
        raise ValueError("an address names a host, and a port from 1 to 65535 if any")
    return value.rstrip("/")


def _public_root(value: str | None) -> str | None:
    if value is None or value == OFF:
        return None
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise ValueError("Telegram calls https:// addresses")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.port == 0:
        raise ValueError("it ends after the host, or its port")
    if not re.fullmatch(r"[!-~]+", value):
        raise ValueError("an address has no spaces, and only Latin letters")
    return f"https://{parts.netloc}"


def _networks(value: str) -> str:
    for part in value.split(","):
        ip_network(part.strip(), strict=False)
    return value


def _long_word(value: SecretStr | None) -> SecretStr | None:
    if value and not re.fullmatch(r"[!-~]{16,}", value.get_secret_value()):
        raise ValueError("16 letters, digits and marks or more")
    return value


def _word(value: SecretStr | None) -> SecretStr | None:
    if value and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
        raise ValueError("a token is one word of letters, digits and marks")
    return value


def _mongodb(value: SecretStr | None) -> SecretStr | None:
    if value and not value.get_secret_value().startswith(("mongodb://", "mongodb+srv://")):
        raise ValueError("an address starts with mongodb:// or mongodb+srv://")
    return value


def _passphrase(value: SecretStr | None) -> SecretStr | None:
    if value is None:
        return None
    text = value.get_secret_value()
    if len(text.strip()) < SHORTEST_PASSPHRASE:
        raise ValueError(f"at least {SHORTEST_PASSPHRASE} characters")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("no UTF-8 text")
    return value


def _zone(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value not in available_timezones():
        raise ValueError("no such time zone")
    return ZoneInfo(value)


def _currency(value: str) -> str:
    if value.upper() not in list_currencies():
        raise ValueError("no such currency")
    return value.upper()


def _region(value: str) -> str:
    if value.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError("no such country")
    return value.upper()


def _clock_time(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?", value):
        raise ValueError("hours and minutes")
    hours, _colon, rest = value.partition(":")
    return dt.time.fromisoformat(f"{hours:0>2}:{rest}")


def _clock_time_or_none(value: Any) -> Any:
    return None if value == OFF else _clock_time(value)


def _rising_days(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",")]
    if not all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts):
        raise ValueError("days are whole numbers with commas")
    days = tuple(map(int, parts))
    if days != tuple(sorted(set(days))) or days[-1] > MOST_DAYS_LATE:
        raise ValueError(f"each day is later than the one before, {MOST_DAYS_LATE} at most")
    return days


def _hours(value: Any) -> Any:
    return Hours.read(value) if isinstance(value, str) else value


def _reminder(value: str | None) -> str | None:
    if value is None:
        return None
    known = ", ".join(f"{{{name}}}" for name in REMINDER_WORDS)
    try:
        # None of them is looked into, or formatted in a way of its own.
        plain = {(name, "", None) for name in REMINDER_WORDS} | {(None, None, None)}
        wrong = {tuple(part[1:]) for part in Formatter().parse(value)} - plain
    except ValueError:
        raise ValueError(f"a brace that is not part of one of {known}") from None
    if wrong:
        raise ValueError(f"a placeholder that is none of {known}")
    return value


def _with_a_code(value: str | None) -> str | None:
    if value is not None and "{code}" not in value:
        raise ValueError("the text needs {code} where the code goes")
    return value


def _level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise ValueError(f"one of {', '.join(LOG_LEVELS)}")
    return value.upper()


def _format(value: str) -> str:
    if value.lower() not in LOG_FORMATS:
        raise ValueError(f"one of {', '.join(LOG_FORMATS)}")
    return value.lower()


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)]
BotToken = Annotated[SecretStr, AfterValidator(_token_of_a_bot)]
Root = Annotated[str, AfterValidator(_root)]
PublicRoot = Annotated[str | None, AfterValidator(_public_root)]
Networks = Annotated[str, AfterValidator(_networks)]
LongWord = Annotated[SecretStr | None, AfterValidator(_long_word)]
Word = Annotated[SecretStr | None, AfterValidator(_word)]
MongodbUri = Annotated[SecretStr | None, AfterValidator(_mongodb)]
Passphrase = Annotated[SecretStr | None, AfterValidator(_passphrase)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Currency = Annotated[str, AfterValidator(_currency)]
Region = Annotated[str, AfterValidator(_region)]
ClockTime = Annotated[dt.time, BeforeValidator(_clock_time)]
ClockTimeOrNone = Annotated[dt.time | None, BeforeValidator(_clock_time_or_none)]
RisingDays = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_rising_days)]
DayHours = Annotated[Hours, NoDecode, BeforeValidator(_hours)]
ReminderText = Annotated[str | None, AfterValidator(_reminder)]
CodeText = Annotated[str | None, AfterValidator(_with_a_code)]
LogLevel = Annotated[str, AfterValidator(_level)]
LogFormat = Annotated[str, AfterValidator(_format)]
