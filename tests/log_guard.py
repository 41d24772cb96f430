"""A guard over the whole run: no log record holds a code or a token, none of ours a person.

It reads every record that the tests' own process writes, as the bot writes them at
``LOG_LEVEL=DEBUG``, and all that the real processes of ``tests/process`` said. It knows what to
look for by watching where secrets come from: each code and session token as it is made, each
secret setting as it is read, each phone as a code is made for it, each customer's name as they are
added.
"""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

import phonenumbers
from pydantic import SecretStr

from bot import sign_in
from bot.logs import hold_back_libraries
from bot.settings import EXAMPLES, Settings
from storage.customers import Customers
from storage.models import Customer

OURS = ("bot", "handlers", "storage")
"""The packages whose records hold no whole phone and no customer's name either."""

SHORTEST_NAME = 4
"""Letters; one of fewer may stand in any line by chance."""


class LogGuard(logging.Handler):
    """``leaks`` has the records with a secret in them, of the test that runs now."""

    def __init__(self) -> None:
        super().__init__()
        self.leaks: list[str] = []
        self._secrets: set[str] = set()
        self._codes: set[str] = set()
        self._names: set[str] = set()
        self._phones: set[str] = set()

    def watch(self, secret: str) -> None:
        """A token or a key, wherever it stands."""
        if secret:
            self._secrets.add(secret)

    def watch_code(self, code: str) -> None:
        """A sign-in code; as a part of a longer number or word it is chance."""
        self._codes.add(code)

    def watch_phone(self, phone: str) -> None:
        """A number as E.164; with its country code or without, and however it is spaced."""
        self._phones.add(phonenumbers.national_significant_number(phonenumbers.parse(phone)))

    def watch_name(self, name: str) -> None:
        """A customer's, as they were added; in whole."""
        if len(name) >= SHORTEST_NAME:
            self._names.add(name)

    def holds_person(self, text: str) -> bool:
        return self.holds_phone(text) or any(name in text for name in list(self._names))

    def holds_phone(self, text: str) -> bool:
        digits = re.sub(r"(?<=[0-9])[ ().-]+(?=[0-9])", "", text)
        return any(phone in digits for phone in list(self._phones))

    def holds_secret(self, text: str) -> bool:
        # Copies: a code may be made in one thread while another writes a line.
        return any(secret in text for secret in list(self._secrets)) or any(
            code in text and re.search(rf"(?<![0-9A-Za-z]){code}(?![0-9A-Za-z])", text)
            for code in list(self._codes)
        )

    def watch_settings(self, environment: Mapping[str, str]) -> None:
        """Those of a process that are secret. What the bot shows as an example is none."""
        for name, setting in Settings.model_fields.items():
            value = environment.get(name.upper(), "")
            if SecretStr in {setting.annotation, *get_args(setting.annotation)}:
                self.watch("" if value == EXAMPLES[name] else value)

    def check_text(self, said: str) -> None:
        """Fail if what a process said has a secret.

        Raises:
            AssertionError: it has; the text is all of it.
        """
        assert not self.holds_secret(said), f"the process told a secret:\n{said}"

    def emit(self, record: logging.LogRecord) -> None:
        text = f"{self.format(record)} {getattr(record, 'about', '')}"
        ours = record.name.partition(".")[0] in OURS
        if self.holds_secret(text) or (ours and self.holds_person(text)):
            self.leaks.append(f"{record.name} ({record.pathname}:{record.lineno}): {text}")

    def check(self) -> None:
        """Fail if there was a leak; afterwards nothing is watched for any more.

        Raises:
            AssertionError: there was; the text has the records.
        """
        leaks = self.leaks
        self.leaks, self._secrets, self._codes = [], set(), set()
        self._phones, self._names = set(), set()
        assert not leaks, "the log has a secret:\n" + "\n".join(leaks)

    def stand_up(self) -> None:
        """Begin to watch, for as long as the process lives."""
        logging.root.addHandler(self)
        logging.root.setLevel(logging.DEBUG)
        hold_back_libraries()
        sign_in.new_code = _noting(self.watch_code, sign_in.new_code)
        SecretStr.get_secret_value = _noting(self.watch, SecretStr.get_secret_value)
        keep = sign_in.token_digest

        def token_digest(secret_key: bytes, token: str) -> str:
            self.watch(token)
            return keep(secret_key, token)

        sign_in.token_digest = token_digest
        digest = sign_in.code_digest

        def code_digest(secret_key: bytes, code: str, *, phone: str, **bound_to: Any) -> str:
            self.watch_phone(phone)
            return digest(secret_key, code, phone=phone, **bound_to)

        sign_in.code_digest = code_digest
        add = Customers.add

        def add_watched(customers: Customers, customer: Customer) -> Customer:
            if customer.name != customer.id:  # which the log may name
                self.watch_name(customer.name)
            return add(customers, customer)

        Customers.add = add_watched


def _noting(note: Callable[[str], None], made: Callable[..., str]) -> Callable[..., str]:
    def noted(*given: Any) -> str:
        secret = made(*given)
        note(secret)
        return secret

    return noted


GUARD = LogGuard()
