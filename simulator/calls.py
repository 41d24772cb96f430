"""One call of a Bot API method: its parameters, however they were sent."""

import json
from dataclasses import dataclass, field
from typing import Any

from simulator.errors import bad_request
from simulator.formatting import utf8


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
        """A text.

        Raises:
            Refused: it holds a lone surrogate.
        """
        value = self.parameters.get(name, "")
        text = value if isinstance(value, str) else str(value)
        utf8(text)
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A number; Telegram reads what is none as 0."""
        value = self.parameters.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError, OverflowError):
            return 0

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def structure(self, name: str, complaint: str) -> Any:
        """A JSON value.

        Raises:
            Refused: the text is no JSON (the reason is ``complaint``), or holds a lone surrogate.
        """
        value = self.parameters.get(name)
        if value == "":
            return None
        try:
            if isinstance(value, str):
                value = json.loads(value)
            utf8(json.dumps(value, ensure_ascii=False))
        except (ValueError, RecursionError):
            raise bad_request(complaint) from None
        return value

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
        """The file sent for a parameter, directly or as ``attach://…``.

        Raises:
            Refused: its name holds a lone surrogate.
        """
        reference = self.text(name)
        attached = reference.startswith("attach://")
        upload = self.uploads.get(reference.removeprefix("attach://") if attached else name)
        if upload:
            utf8(upload.name)
        return upload
