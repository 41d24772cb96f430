"""Keyboards, checked as Telegram checks them."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from simulator.errors import bad_request

MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
"""Of one keyboard; more make the markup too long."""

_OTHER_INLINE_KINDS = (
    "login_url", "web_app", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "callback_game", "pay", "copy_text",
)  # fmt: skip


@dataclass(frozen=True)
class Markup:
    """What a message brings: buttons under it, or a change of the keyboard below the chat."""

    inline: dict[str, Any] | None = None
    keyboard: dict[str, Any] | None = None


def read_markup(value: Any, *, private: bool) -> Markup:
    """Read ``reply_markup``.

    Raises:
        Refused: it is no markup, or one of its buttons is wrong.
    """
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    rows = _rows(value, "keyboard", 'Field "keyboard" must be an Array of Arrays')
    inline = _rows(
        value,
        "inline_keyboard",
        'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    )
    if rows:
        buttons = [[_keyboard_button(button, private=private) for button in row] for row in rows]
        return Markup(keyboard=value | {"keyboard": buttons})
    if inline:
        return Markup(
            inline={
                "inline_keyboard": [[_inline_button(button) for button in row] for row in inline]
            }
        )
    if value.get("remove_keyboard") or value.get("force_reply"):
        return Markup(keyboard=value)
    return Markup()


def _rows(value: dict[str, Any], field: str, complaint: str) -> list[list[Any]]:
    rows = value.get(field) or []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(complaint)
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _keyboard_button(button: Any, *, private: bool) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    _check_text(button, "keyboard button")
    if button.get("request_contact") and not private:
        raise bad_request("phone number can be requested in private chats only")
    return button


def _inline_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    _check_text(button, "inline keyboard button")
    if url := button.get("url"):
        _check_url(str(url))
    elif data := button.get("callback_data"):
        if len(str(data).encode()) > MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif not any(kind in button for kind in _OTHER_INLINE_KINDS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    return button


def _check_text(button: dict[str, Any], kind: str) -> None:
    text = button.get("text")
    if text is None:
        raise bad_request(f"can't parse {kind}: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad_request(f'can\'t parse {kind}: Field "text" must be of type String')
    if not text.strip():
        raise bad_request(f"{kind} text must be non-empty")


def _check_url(url: str) -> None:
    complaint = ""
    parts = urlsplit(url if re.match(r"[A-Za-z][\w+.-]*:", url) else f"http://{url}")
    if parts.scheme not in {"http", "https", "tg", "ton", "tonsite"}:
        complaint = "Unsupported URL protocol"
    elif parts.scheme in {"http", "https"} and "." not in (parts.hostname or ""):
        complaint = "Wrong HTTP URL"
    if complaint:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {complaint}")
