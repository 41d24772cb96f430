"""Settings, from the environment or a ``.env`` file. A wrong one stops the start with one line."""

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import StartError
from bot.hours import Hours
from bot.setting_types import (
    LOG_LEVELS,
    BotToken,
    ClockTime,
    ClockTimeOrNone,
    CodeText,
    Currency,
    DayHours,
    Ids,
    LogFormat,
    LogLevel,
    LongWord,
    MongodbUri,
    Networks,
    Passphrase,
    PublicRoot,
    Region,
    ReminderText,
    RisingDays,
    Root,
    Word,
    Zone,
)

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


class Settings(BaseSettings):
    """Every setting; the README's table is held to this class by a test."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    telegram_bot_token: BotToken = Field(description="The bot's token, from @BotFather.")
    telegram_api_url: Root = Field(
        default="https://api.telegram.org",
        description="Root of the Bot API server, where it is not Telegram's own.",
    )
    admin_ids: Ids = Field(
        default=frozenset(),
        description="Telegram user ids of the admins, comma-separated. None: the log prints a "
        "one-time link that makes whoever opens it first the admin.",
    )
    mongodb_uri: MongodbUri = Field(
        default=None, description="A MongoDB to keep the data in. None: embedded, in `DATA_DIR`."
    )
    data_dir: Path = Field(
        default=Path("data"), description="Where data lands: the store, the key, the lock."
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Key of sign-in codes' digests, of public links and of Telegram's calls, at "
        "least 32 characters. None: made once in `DATA_DIR`; required with `MONGODB_URI`.",
    )
    telegram_gateway_token: Word = Field(
        default=None,
        description="Access token of a Telegram Gateway account, which delivers sign-in codes in "
        "Telegram. None: it is not used.",
    )
    telegram_gateway_url: Root = Field(
        default="https://gatewayapi.telegram.org",
        description="Root of the Gateway API, where it is not Telegram's own.",
    )
    otp_delivery_url: SecretStr | None = Field(
        default=None,
        description="An Apprise URL with `{phone}` that delivers sign-in codes; after the "
        "Gateway, if both are set. Neither: the admins get the code, to read out by phone.",
    )
    otp_body: CodeText = Field(
        default=None, description="Text of the sign-in message, with `{code}`. None: a sentence."
    )
    timezone: Zone = Field(
        default=ZoneInfo("Asia/Kolkata"), description="The firm's time zone: its days and clocks."
    )
    currency: Currency = Field(
        default="INR", description="ISO 4217 code of the money in the books."
    )
    default_region: Region = Field(
        default="IN", description="Country of phone numbers typed without one (ISO 3166)."
    )
    reminder_time: ClockTime = Field(
        default=dt.time(9, 0), description="When what is due is posted, in the firm's zone."
    )
    evening_time: ClockTime = Field(
        default=dt.time(20, 0),
        description="When the evening summary is posted to whoever wants it, in the firm's zone.",
    )
    customer_reminder_url: SecretStr | None = Field(
        default=None,
        description="An Apprise URL with `{phone}` that reminds the customers for whom a partner "
        "switched it on. None: no customer is written to.",
    )
    customer_reminder_text: ReminderText = Field(
        default=None,
        description="Text of that reminder, with any of `{name}`, `{amount}`, `{invoices}`, "
        "`{firm}` and `{due}`. None: a polite sentence.",
    )
    customer_reminder_days: RisingDays = Field(
        default=(0, 3, 7),
        description="On which days after the due date they are reminded, rising; 0 is that day.",
    )
    customer_reminder_hours: DayHours = Field(
        default=Hours(dt.time(10), dt.time(18)),
        description="When they may be, in the firm's zone; at no other time.",
    )
    public_url: PublicRoot = Field(
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
    trusted_proxies: Networks = Field(
        default="127.0.0.1",
        description="Addresses and networks of the proxies before web mode, whose word for who is "
        "behind them is taken, comma-separated.",
    )
    metrics_token: LongWord = Field(
        default=None,
        description="What may read `/metrics` in web mode, at least 16 characters. None: nobody.",
    )
    backup_time: ClockTimeOrNone = Field(
        default=dt.time(2, 30),
        description="When the admins are sent the night's backup, in the firm's zone. `off`: "
        "never.",
    )
    backup_passphrase: Passphrase = Field(
        default=None,
        description="What backups are encrypted with, at least 12 characters; keep it elsewhere "
        "too. None: they are not.",
    )
    log_level: LogLevel = Field(default="INFO", description=f"One of {', '.join(LOG_LEVELS)}.")
    log_format: LogFormat = Field(
        default="auto",
        description="`text`, or `json` with an event a line; `auto` is text on a terminal.",
    )

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
