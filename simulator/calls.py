"""One call of a Bot API method: its parameters, however they were sent."""

import json
from dataclasses import dataclass, field
from typing import Any

from simulator.errors import Refused, bad_request


@dataclass(frozen=True)
class Upload:
    """A file inside a request."""

    name: str
    content: bytes
    mime: str = ""


@dataclass(frozen=True)
class Call:
    """``parameters`` hold text (forms, query strings) or JSON values; the readers take both."""

    method: str
    parameters: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.parameters.get(name, "")
        return value if isinstance(value, str) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A number; Telegram reads what is none as 0."""
        value = self.parameters.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def structure(self, name: str, complaint: str) -> Any:
        """A JSON value.

        Raises:
            Refused: the text is no JSON; the reason is ``complaint``.
        """
        value = self.parameters.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(complaint) from None

    def chat_id(self) -> int:
        """The chat meant.

        Raises:
            Refused: none is named.
        """
        value = self.parameters.get("chat_id")
        if value in {None, ""}:
            raise bad_request("chat_id is empty")
        return self.integer("chat_id")

    def upload(self, name: str) -> Upload | None:
        """The file sent for a parameter, directly or as ``attach://…``."""
        reference = self.text(name)
        if reference.startswith("attach://"):
            return self.uploads.get(reference.removeprefix("attach://"))
        return self.uploads.get(name)


def required(value: Any, refusal: Refused) -> Any:
    """The value, if there is one.

    Raises:
        Refused: there is none.
    """
    if value is None or value == "":
        raise refusal
    return value
