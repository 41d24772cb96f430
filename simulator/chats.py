"""Chats and what stands in them, in the shapes of the Bot API."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from simulator.entities import FormattedText
from simulator.errors import bad_request

Message = dict[str, Any]


def new_id() -> str:
    """A random id of 63 bits in decimal, such as those of taps, albums and polls."""
    return str(secrets.randbits(63) | 1)


@dataclass
class Kept:
    """A message as the Bot API shows it, and whether it came from the bot.

    ``keyboard`` is a markup other than buttons under the message: such a message cannot be edited.
    """

    message: Message
    outgoing: bool
    keyboard: dict[str, Any] | None = None

    @property
    def formatted(self) -> FormattedText:
        """The text, or the caption."""
        message = self.message
        if "text" in message:
            return FormattedText(message["text"], message.get("entities", []))
        return FormattedText(message.get("caption", ""), message.get("caption_entities", []))


@dataclass
class Chat:
    """A private chat (its id is the person's user id) or a group, which the bot may have left.

    Message ids count per chat, so that an id alone never says which message is meant.
    """

    id: int
    type: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    next_message_id: int = 1
    messages: dict[int, Kept] = field(default_factory=dict)
    keyboard_message_id: int | None = None
    keyboard_hidden: bool = False
    left: bool = False

    @property
    def private(self) -> bool:
        return self.type == "private"

    def add(
        self, content: Message, *, outgoing: bool, keyboard: dict[str, Any] | None = None
    ) -> Kept:
        """Give a message the next id and keep it."""
        message_id = self.next_message_id
        self.next_message_id += 1
        kept = Kept({"message_id": message_id} | content, outgoing, keyboard)
        self.messages[message_id] = kept
        if keyboard and ("keyboard" in keyboard or keyboard.get("remove_keyboard")):
            self.keyboard_message_id = message_id
            self.keyboard_hidden = False
        return kept

    def find(self, message_id: int, purpose: str) -> Kept:
        """The message with this id.

        Raises:
            Refused: there is none (any more).
        """
        if message_id not in self.messages:
            raise bad_request(f"message to {purpose} not found")
        return self.messages[message_id]

    def delete(self, message_id: int) -> None:
        del self.messages[message_id]

    @property
    def keyboard(self) -> dict[str, Any] | None:
        """The reply keyboard that is open below the chat, if one is."""
        kept = self.messages.get(self.keyboard_message_id or 0)
        if kept is None or kept.keyboard is None or self.keyboard_hidden:
            return None
        return kept.keyboard if "keyboard" in kept.keyboard else None

    def uses_up_keyboard(self, content: Message) -> bool:
        """Whether this comes from a button of a keyboard that goes away at its first use."""
        keyboard = self.keyboard
        if keyboard is None or not keyboard.get("one_time_keyboard"):
            return False
        return any(
            "contact" in content
            if button.get("request_contact")
            else content.get("text") == button["text"]
            for row in keyboard["keyboard"]
            for button in row
        )
