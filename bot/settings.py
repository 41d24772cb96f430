"""Settings, from the environment or a ``.env`` file. A wrong one stops the start with one line."""

import datetime as dt
import re
from ipaddress import ip_network
from pathlib import Path
from string import Formatter
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
from babel.numbers import list_currencies
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import StartError
from bot.hours import Hours

EXAMPLES = {
    "telegram_bot_token": "123456789:AAExampleTokenFromBotFather-0123456789",
    "telegram_api_url": "http://127.0.0.1:8081",
    "admin_ids": "123456789,987654321",
    "mongodb_uri": "mongodb+srv://name:password@cluster.example.net/arhtiya",
    "data_dir": "./data",
    "secret_key": "the output of: python -c 'import secrets; print(secrets.token_hex(32))'",
    "telegram_gateway_token": "AAExampleTokenOfTheGatewayAccount0123456789",
    "telegram_gateway_url": "http://127.0.0.1:8082",
    "otp_delivery_url": "json://sms.example.com/send/{phone}",
    "otp_body": "{code} is your sign-in code.",
    "timezone": "Asia/Kolkata",
    "currency": "INR",
    "default_region": "IN",
    "reminder_time": "09:00",
    "evening_time": "20:00",
    "customer_reminder_url": "json://sms.example.com/send/{phone}",
    "customer_reminder_text": "Dear {name}, {amount} is due since {due} ({invoices}). {firm}",
    "customer_reminder_days": "0,3,7",
    "customer_reminder_hours": "10:00-18:00",
    "public_url": "https://books.example.net",
    "port": "8000",
    "web_host": "127.0.0.1",
    "trusted_proxies": "127.0.0.1,10.0.0.0/8",
    "backup_time": "02:30",
    "backup_passphrase": "five words that nobody would guess",
    "metrics_token": "a-word-of-sixteen-letters-or-more",
    "log_level": "INFO",
    "log_format": "json",
}
"""What a right value looks like; shown with the error when one is wrong."""

REMINDER_WORDS = ("name", "amount", "invoices", "firm", "due")
"""What a customer's reminder may name."""

MOST_DAYS_LATE = 365
"""After which no customer is reminded any more."""

OFF = "off"
"""In the environment: none, whatever the ``.env`` file says."""

SHORTEST_PASSPHRASE = 12
"""Characters."""

LOG_FORMATS = ("auto", "text", "json")

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Settings(BaseSettings):
    """Every setting; the README's table is held to this class by a test."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    telegram_bot_token: SecretStr = Field(description="The bot's token, from @BotFather.")
    telegram_api_url: str = Field(
        default="https://api.telegram.org",
        description="Root of the Bot API server, where it is not Telegram's own.",
    )
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(),
        description="Telegram user ids of the admins, comma-separated. None: the log prints a "
        "one-time link that makes whoever opens it first the admin.",
    )
    mongodb_uri: SecretStr | None = Field(
        default=None, description="A MongoDB to keep the data in. None: embedded, in `DATA_DIR`."
    )
    data_dir: Path = Field(
        default=Path("data"), description="Where data lands: the store, the key, the lock."
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Key of the sign-in codes' digests, at least 32 characters. None: made once "
        "in `DATA_DIR`; required with `MONGODB_URI`.",
    )
    telegram_gateway_token: SecretStr | None = Field(
        default=None,
        description="Access token of a Telegram Gateway account, which delivers sign-in codes in "
        "Telegram. None: it is not used.",
    )
    telegram_gateway_url: str = Field(
        default="https://gatewayapi.telegram.org",
        description="Root of the Gateway API, where it is not Telegram's own.",
    )
    otp_delivery_url: SecretStr | None = Field(
        default=None,
        description="An Apprise URL with `{phone}` that delivers sign-in codes; after the "
        "Gateway, if both are set. Neither: the admins get the code, to read out by phone.",
    )
    otp_body: str | None = Field(
        default=None, description="Text of the sign-in message, with `{code}`. None: a sentence."
    )
    timezone: ZoneInfo = Field(
        default=ZoneInfo("Asia/Kolkata"), description="The firm's time zone: its days and clocks."
    )
    currency: str = Field(default="INR", description="ISO 4217 code of the money in the books.")
    default_region: str = Field(
        default="IN", description="Country of phone numbers typed without one (ISO 3166)."
    )
    reminder_time: dt.time = Field(
        default=dt.time(9, 0), description="When what is due is posted, in the firm's zone."
    )
    evening_time: dt.time = Field(
        default=dt.time(20, 0),
        description="When the evening summary is posted to whoever wants it, in the firm's zone.",
    )
    customer_reminder_url: SecretStr | None = Field(
        default=None,
        description="An Apprise URL with `{phone}` that reminds the customers for whom a partner "
        "switched it on. None: no customer is written to.",
    )
    customer_reminder_text: str | None = Field(
        default=None,
        description="Text of that reminder, with any of `{name}`, `{amount}`, `{invoices}`, "
        "`{firm}` and `{due}`. None: a polite sentence.",
    )
    customer_reminder_days: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(0, 3, 7),
        description="On which days after the due date they are reminded, rising; 0 is that day.",
    )
    customer_reminder_hours: Annotated[Hours, NoDecode] = Field(
        default=Hours(dt.time(10), dt.time(18)),
        description="When they may be, in the firm's zone; at no other time.",
    )
    public_url: str | None = Field(
        default=None,
        description="The address at which this process is reached from outside: web mode. "
        "Telegram then calls the bot, and customers can open their invoices. None, or `off`: the "
        "bot asks Telegram.",
    )
    port: int = Field(
        default=8000, ge=1, le=65535, description="Where web mode listens, and the simulator."
    )
    web_host: str = Field(
        default="127.0.0.1",
        description="At which of the machine's addresses web mode listens; `0.0.0.0` in a "
        "container or on a platform.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses and networks of the proxies before web mode, whose word for who is "
        "behind them is taken, comma-separated.",
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        description="What may read `/metrics` in web mode, at least 16 characters. None: nobody.",
    )
    backup_time: dt.time | None = Field(
        default=dt.time(2, 30),
        description="When the admins are sent the night's backup, in the firm's zone. `off`: "
        "never.",
    )
    backup_passphrase: SecretStr | None = Field(
        default=None,
        description="What backups are encrypted with, at least 12 characters; keep it elsewhere "
        "too. None: they are not.",
    )
    log_level: str = Field(default="INFO", description=f"One of {', '.join(LOG_LEVELS)}.")
    log_format: str = Field(
        default="auto",
        description="`text`, or `json` with an event a line; `auto` is text on a terminal.",
    )

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part for part in value.replace(",", " ").split() if part]
        if not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts):
            raise ValueError("ids are whole numbers")
        return frozenset(map(int, parts))

    @field_validator("telegram_bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        number, _, secret = value.get_secret_value().partition(":")
        if not number.isdigit() or not secret:
            raise ValueError("a token is a number, a colon and letters")
        return value

    @field_validator("telegram_api_url", "telegram_gateway_url")
    @classmethod
    def _is_a_root(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https"):
            raise ValueError("an address starts with http:// or https://")
        # Reading the port raises ValueError when it is none.
        if not parts.hostname or parts.port == 0 or any(map(str.isspace, value)):
            raise ValueError("an address names a host, and a port from 1 to 65535 if any")
        return value.rstrip("/")

    @field_validator("public_url")
    @classmethod
    def _is_a_public_root(cls, value: str | None) -> str | None:
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

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for part in value.split(","):
            ip_network(part.strip(), strict=False)
        return value

    @field_validator("metrics_token")
    @classmethod
    def _is_long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[!-~]{16,}", value.get_secret_value()):
            raise ValueError("16 letters, digits and marks or more")
        return value

    @field_validator("telegram_gateway_token")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise ValueError("a token is one word of letters, digits and marks")
        return value

    @field_validator("mongodb_uri")
    @classmethod
    def _is_a_mongodb(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("mongodb://", "mongodb+srv://")):
            raise ValueError("an address starts with mongodb:// or mongodb+srv://")
        return value

    @field_validator("timezone", mode="before")
    @classmethod
    def _known_zone(cls, value: Any) -> Any:
        if isinstance(value, str):
            if value not in available_timezones():
                raise ValueError("no such time zone")
            return ZoneInfo(value)
        return value

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, value: str) -> str:
        if value.upper() not in list_currencies():
            raise ValueError("no such currency")
        return value.upper()

    @field_validator("default_region")
    @classmethod
    def _known_region(cls, value: str) -> str:
        if value.upper() not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError("no such country")
        return value.upper()

    @field_validator("backup_time", mode="before")
    @classmethod
    def _clock_time_if_any(cls, value: Any) -> Any:
        return None if value == OFF else cls._clock_time(value)

    @field_validator("backup_passphrase")
    @classmethod
    def _cannot_be_tried_out(cls, value: SecretStr | None) -> SecretStr | None:
        if value and len(value.get_secret_value()) < SHORTEST_PASSPHRASE:
            raise ValueError(f"at least {SHORTEST_PASSPHRASE} characters")
        return value

    @field_validator("reminder_time", "evening_time", mode="before")
    @classmethod
    def _clock_time(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not re.fullmatch(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?", value):
            raise ValueError("hours and minutes")
        hours, _colon, rest = value.partition(":")
        return dt.time.fromisoformat(f"{hours:0>2}:{rest}")

    @field_validator("customer_reminder_days", mode="before")
    @classmethod
    def _rising_days(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",")]
        if not all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts):
            raise ValueError("days are whole numbers with commas")
        days = tuple(map(int, parts))
        if days != tuple(sorted(set(days))) or days[-1] > MOST_DAYS_LATE:
            raise ValueError(f"each day is later than the one before, {MOST_DAYS_LATE} at most")
        return days

    @field_validator("customer_reminder_hours", mode="before")
    @classmethod
    def _hours_of_a_day(cls, value: Any) -> Any:
        return Hours.read(value) if isinstance(value, str) else value

    @field_validator("customer_reminder_text")
    @classmethod
    def _known_placeholders(cls, value: str | None) -> str | None:
        if value is not None:
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

    @field_validator("otp_body")
    @classmethod
    def _carries_the_code(cls, value: str | None) -> str | None:
        if value is not None and "{code}" not in value:
            raise ValueError("the text needs {code} where the code goes")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in LOG_LEVELS:
            raise ValueError(f"one of {', '.join(LOG_LEVELS)}")
        return value.upper()

    @field_validator("log_format")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if value.lower() not in LOG_FORMATS:
            raise ValueError(f"one of {', '.join(LOG_FORMATS)}")
        return value.lower()

    @model_validator(mode="after")
    def _key_beside_a_server(self) -> "Settings":
        if self.mongodb_uri is not None and self.secret_key is None:
            raise StartError(
                "SECRET_KEY is required with MONGODB_URI, so that every process has the same one; "
                f"e.g. {EXAMPLES['secret_key']}"
            )
        return self


def load_settings(**given: Any) -> Settings:
    """Read the settings; values given by name go before the environment.

    Raises:
        StartError: one is missing or wrong; the text names it and shows an example.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        what = first["msg"].removeprefix("Value error, ")
        verdict = "is missing" if first["type"] == "missing" else f"is wrong ({what})"
        raise StartError(f"{name.upper()} {verdict}; e.g. {EXAMPLES.get(name, '')}") from None
    except PermissionError:
        raise StartError(
            "The file .env may not be read by the user that runs the bot; "
            "e.g. sudo chown arhtiya-bot .env"
        ) from None
    except UnicodeDecodeError:
        raise StartError(
            "The file .env is no UTF-8 text; save it as that, with lines such as CURRENCY=INR"
        ) from None
