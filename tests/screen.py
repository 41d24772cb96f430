"""What a phone shows: messages, their buttons and documents, as they were when looked at."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.chats import Kept
from simulator.rendering import html

if TYPE_CHECKING:
    from tests.chat import Phone


@dataclass(frozen=True)
class Document:
    """A file in the chat. ``caption`` is plain text."""

    name: str
    content: bytes
    caption: str
    mime: str


@dataclass(frozen=True)
class Screen:
    """A message as it stands on the phone."""

    phone: "Phone"
    kept: Kept

    @property
    def id(self) -> int:
        return int(self.kept.message["message_id"])

    @property
    def from_bot(self) -> bool:
        return self.kept.outgoing

    @property
    def text(self) -> str:
        """The text, or the caption, without markup."""
        return self.kept.formatted.text

    @property
    def html(self) -> str:
        """The same with its markup, e.g. ``<b>…</b>``."""
        return html(self.kept.formatted)

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons under the message, row by row."""
        return [button["text"] for row in self.button_rows for button in row]

    @property
    def button_rows(self) -> list[list[dict[str, Any]]]:
        """The buttons under the message as the Bot API shapes them."""
        markup = self.kept.message.get("reply_markup", {})
        return list(markup.get("inline_keyboard", []))

    def link(self, label: str) -> str:
        """Where the button with this label leads; the test fails if there is no such link."""
        links = {button["text"]: button.get("url") for row in self.button_rows for button in row}
        assert links.get(label), f"no link {label!r} in this message:\n{self.phone.transcript()}"
        return str(links[label])

    @property
    def document(self) -> Document:
        """The file that came with the message; the test fails if there is none."""
        sent = self.kept.message.get("document")
        assert sent, f"no document in this message:\n{self.phone.transcript()}"
        stored = self.phone.chat.telegram.files.get(sent["file_id"])
        return Document(stored.name, stored.content, self.text, stored.mime)

    def __str__(self) -> str:
        who = "bot" if self.from_bot else "me "
        kinds = ("contact", "photo", "document", "sticker", "voice", "location", "poll")
        kind = "".join(f"[{kind}] " for kind in kinds if kind in self.kept.message)
        edited = " (edited)" if "edit_date" in self.kept.message else ""
        lines = [f"{self.id:>4} {who}: {kind}{self.text}{edited}".replace("\n", "\n           ")]
        lines += [
            "           " + " ".join(f"[{button['text']}]" for button in row)
            for row in self.button_rows
        ]
        return "\n".join(lines)


@dataclass(frozen=True)
class Button:
    """A button to press: under a message, or (without ``message_id``) of the keyboard."""

    text: str
    message_id: int | None
    row: int = 0
    column: int = 0
    data: str = ""


def inline_buttons(screen: Screen) -> list[Button]:
    return [
        Button(button["text"], screen.id, row, column, button.get("callback_data", ""))
        for row, buttons in enumerate(screen.button_rows)
        for column, button in enumerate(buttons)
    ]


def is_exactly(text: str, label: str) -> bool:
    return text == label


def is_but_for_emoji(text: str, label: str) -> bool:
    return re.sub(r"^[^\w+₹]+", "", text) == label


def frozen(kept: Kept) -> Kept:
    """The message as it is now: a later edit must not change what a test already looked at."""
    return Kept(dict(kept.message), kept.outgoing, kept.keyboard)
