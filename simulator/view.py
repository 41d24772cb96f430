"""The chats as the page shows them: plain JSON, nothing that the page must not see."""

import datetime as dt
from typing import Any
from urllib.parse import quote

from simulator.about_bot import default_commands
from simulator.chats import Kept, Message
from simulator.people import Person
from simulator.rendering import html
from simulator.telegram import Telegram

TYPING_SECONDS = 5.0
"""How long a chat action shows, unless a message ends it sooner."""

_SHOWN_AS_WORDS = {
    "sticker": "Sticker", "voice": "Voice message", "location": "Location", "poll": "Poll",
}  # fmt: skip


def bot_view(telegram: Telegram) -> dict[str, Any]:
    return {
        "name": telegram.bot["first_name"],
        "username": telegram.bot["username"],
        "commands": default_commands(telegram),
        "online": telegram.online,
        "notice": telegram.notice,
    }


def phone_view(person: Person, *, messages: bool = True) -> dict[str, Any]:
    """A phone; with its messages, oldest first, unless they are not wanted."""
    view: dict[str, Any] = {
        "user_id": person.user_id,
        "name": person.name,
        "phone": person.phone,
        "role": person.role,
        "blocked": person.blocked,
        "typing": _typing(person),
        "reply_keyboard": _reply_keyboard(person.chat.keyboard),
        "sms": [message.as_json() for message in person.sms if not message.read],
    }
    if messages:
        view["messages"] = [message_view(kept) for _, kept in sorted(person.chat.messages.items())]
    return view


def message_view(kept: Kept) -> dict[str, Any]:
    message = kept.message
    text = kept.formatted
    return {
        "id": message["message_id"],
        "from": "bot" if kept.outgoing else "me",
        "at": dt.datetime.fromtimestamp(message["date"], dt.UTC).isoformat(),
        "edited": "edit_date" in message,
        "text": text.text,
        "html": html(text),
        "buttons": _buttons(message),
        "document": _document(message.get("document")),
        "photo": _photo(message.get("photo")),
        "contact": _contact(message.get("contact")),
        "service": next(
            (words for kind, words in _SHOWN_AS_WORDS.items() if kind in message), None
        ),
    }


def _typing(person: Person) -> str | None:
    if person.typing is None:
        return None
    action, since = person.typing
    fresh = person.telegram.now().timestamp() - since < TYPING_SECONDS
    return action if fresh else None


def _reply_keyboard(keyboard: dict[str, Any] | None) -> dict[str, Any] | None:
    if keyboard is None:
        return None
    return {
        "rows": [
            [
                {"text": button["text"], "request_contact": bool(button.get("request_contact"))}
                for button in row
            ]
            for row in keyboard["keyboard"]
        ],
        "one_time": bool(keyboard.get("one_time_keyboard")),
        "placeholder": keyboard.get("input_field_placeholder"),
    }


def _buttons(message: Message) -> list[list[dict[str, Any]]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [
        [
            {
                "text": button["text"],
                "data": button.get("callback_data"),
                "url": button.get("url"),
            }
            for button in row
        ]
        for row in rows
    ]


def _document(document: dict[str, Any] | None) -> dict[str, Any] | None:
    if document is None:
        return None
    return {
        "name": document["file_name"],
        "size": document["file_size"],
        "mime": document["mime_type"],
        "url": file_url(document["file_id"], document["file_name"]),
    }


def _photo(sizes: list[dict[str, Any]] | None) -> dict[str, Any] | None:
    if not sizes:
        return None
    largest = sizes[-1]
    return {
        "url": file_url(largest["file_id"], "photo.jpg"),
        "width": largest["width"],
        "height": largest["height"],
    }


def _contact(contact: dict[str, Any] | None) -> dict[str, str] | None:
    if contact is None:
        return None
    names = (contact["first_name"], contact.get("last_name", ""))
    return {"name": " ".join(filter(None, names)), "phone": contact["phone_number"]}


def file_url(file_id: str, name: str) -> str:
    """Where the page finds a file."""
    return f"/files/{file_id}/{quote(name, safe='')}"
