"""How the fake says no: to a bot, in the Bot API's words, and to a person, in plain ones."""

from typing import Any


class Refused(Exception):
    """A Bot API call is refused. ``description`` is the text that Telegram's own server sends."""

    def __init__(
        self, description: str, *, code: int = 400, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the answer, as the Bot API shapes it."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> Refused:
    """A 400 with Telegram's prefix."""
    return Refused(f"Bad Request: {reason}")


def forbidden(reason: str) -> Refused:
    """A 403 with Telegram's prefix."""
    return Refused(f"Forbidden: {reason}", code=403)


class Impossible(Exception):
    """A person cannot do that on a real phone either: the text says why."""


class CannotStart(Exception):
    """The simulator cannot start or go on: one line that says what to change."""
