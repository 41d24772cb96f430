"""The people's side: everything a person can do on a phone, and nothing they cannot."""

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from simulator import contents
from simulator.chats import Chat, Kept, Message, new_id
from simulator.errors import Impossible
from simulator.formatting import written

if TYPE_CHECKING:
    from simulator.telegram import Telegram

MAX_TEXT = 4096
"""Characters of one message; a real phone cuts a longer text into several messages."""
_DEEP_LINK = re.compile(r"(?:https?://)?t\.me/(\w+)(?:\?start=([A-Za-z0-9_-]{1,64}))?/?$")


@dataclass
class Sms:
    """``at`` is ISO 8601, UTC."""

    sender: str
    text: str
    at: str
    read: bool = False

    def as_json(self) -> dict[str, Any]:
        """The SMS as the page shows it."""
        return {"from": self.sender, "text": self.text, "at": self.at}


@dataclass(eq=False)
class Person:
    """Somebody with a phone. Every act queues the update a real Telegram would send the bot.

    ``phone`` is E.164. ``started`` says that the bot may write to them, ``seen`` that it met them
    in a group.
    """

    telegram: "Telegram" = field(repr=False)
    user_id: int
    name: str
    phone: str
    language: str = "en"
    role: str = "person"
    started: bool = False
    seen: bool = False
    blocked: bool = False
    sms: list[Sms] = field(default_factory=list)
    portrait: list[dict[str, Any]] = field(default_factory=list)
    """The profile picture in all its sizes; none shows none."""
    typing: tuple[str, float] | None = None
    """The bot's last chat action, and when (Unix time)."""

    # What others see

    def as_user(self) -> dict[str, Any]:
        """The Bot API's ``User``."""
        first, _, last = self.name.partition(" ")
        user: dict[str, Any] = {"id": self.user_id, "is_bot": False, "first_name": first}
        if last:
            user["last_name"] = last
        return user | {"language_code": self.language}

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.telegram.chats[self.user_id]

    # Writing

    def send(self, text: str, *, group: Chat | None = None, reply_to: int | None = None) -> Kept:
        """Type a text and send it.

        Raises:
            Impossible: it is empty, too long for one message, or holds a lone surrogate; or the
                bot is blocked.
        """
        message = written(text)
        if not message.text:
            raise Impossible("an empty message cannot be sent")
        if len(message.text) > MAX_TEXT:
            raise Impossible(f"one message holds {MAX_TEXT} characters")
        content: Message = {"text": message.text}
        if message.entities:
            content["entities"] = message.entities
        chat = group or self.chat
        if reply_to is not None:
            content["reply_to_message"] = self._own_view(chat, reply_to).message
        return self._post(content, chat)

    def add_bot(self, group: Chat) -> None:
        """Take the bot into a group, for the first time or again; it is told."""
        group.left = False
        self._tell_membership(group, "left", "member")

    def open_link(self, url: str) -> Kept:
        """Open ``https://t.me/<bot>?start=…`` and tap Start.

        Raises:
            Impossible: the link leads elsewhere.
        """
        match = _DEEP_LINK.match(url)
        if match is None or match[1].lower() != str(self.telegram.bot["username"]).lower():
            raise Impossible(f"{url} does not lead to this bot")
        return self.send(f"/start {match[2]}" if match[2] else "/start")

    def edit(self, message_id: int, text: str) -> Kept:
        """Change a text sent earlier.

        Raises:
            Impossible: it is not one's own text message, or the text is empty, unchanged, or holds
                a lone surrogate.
        """
        kept = self._own_view(self.chat, message_id)
        message = written(text)
        if kept.outgoing or "text" not in kept.message:
            raise Impossible("only one's own texts can be edited")
        if not message.text or message.text == kept.message["text"]:
            raise Impossible("nothing was changed")
        self._check_not_blocked()
        kept.message.pop("entities", None)
        kept.message |= {"text": message.text, "edit_date": self.telegram.unix_now()}
        if message.entities:
            kept.message["entities"] = message.entities
        self.telegram.updates.add("edited_message", kept.message)
        self.telegram.tell_message(self.chat, kept)
        return kept

    # Contacts

    def share_contact(self) -> Kept:
        """Share one's own number; the server sets the user id."""
        return self._post(contents.own_contact(self.name, self.phone, self.user_id))

    def send_contact(self, name: str, phone: str) -> Kept:
        """Send a card out of one's address book; it has a user id if that number has Telegram.

        Raises:
            Impossible: it has no name or no number, or a lone surrogate in one.
        """
        owner = self.telegram.owner(phone)
        return self._post(contents.contact(name, phone, owner.user_id if owner else None))

    def forward_contact(self, person: "Person") -> Kept:
        """Forward the card in which another person shared their own number."""
        card = contents.own_contact(person.name, person.phone, person.user_id)
        origin = {
            "type": "user",
            "date": self.telegram.unix_now(),
            "sender_user": person.as_user(),
        }
        return self._post(card | {"forward_origin": origin})

    # Files and the rest

    def send_photo(self, content: bytes, caption: str = "") -> Kept:
        """Send a picture as a photo.

        Raises:
            Impossible: the bytes are no picture, or the caption holds a lone surrogate.
        """
        return self._post(contents.photo(self.telegram.files, content, caption))

    def send_album(self, *pictures: bytes, caption: str = "") -> list[Kept]:
        """Send two to ten pictures together: one message each, held together by their group id."""
        if not 2 <= len(pictures) <= 10:
            raise Impossible("an album holds two to ten pictures")
        group_id = new_id()
        photos = [
            contents.photo(self.telegram.files, picture, caption if number == 0 else "")
            for number, picture in enumerate(pictures)
        ]
        return [self._post(photo | {"media_group_id": group_id}) for photo in photos]

    def send_document(self, content: bytes, name: str, caption: str = "", mime: str = "") -> Kept:
        return self._post(contents.document(self.telegram.files, content, name, caption, mime))

    def send_voice(self, content: bytes) -> Kept:
        return self._post(contents.voice(self.telegram.files, content))

    def send_sticker(self) -> Kept:
        return self._post(contents.sticker(self.telegram.files))

    def send_location(self, latitude: float, longitude: float) -> Kept:
        return self._post({"location": {"latitude": latitude, "longitude": longitude}})

    def send_poll(self, question: str, *options: str) -> Kept:
        return self._post(contents.poll(question, options))

    # Buttons

    def press(self, message_id: int, row: int, column: int) -> str | None:
        """Press a button under a message. Returns the address if the button opens one.

        Raises:
            Impossible: the message or the button is gone.
        """
        kept = self._own_view(self.chat, message_id)
        rows = kept.message.get("reply_markup", {}).get("inline_keyboard", [])
        if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
            raise Impossible("that button is gone")
        button = rows[row][column]
        if url := button.get("url"):
            if _DEEP_LINK.match(url):
                self.open_link(url)
            return str(url)
        self.tap(kept.message, button.get("callback_data", ""))
        return None

    def tap(self, message: Message, data: str) -> None:
        """Press what the phone showed a moment ago, whatever became of the message since.

        Of a message that is deleted the bot learns the id only, as an inaccessible message.

        Raises:
            Impossible: the bot is blocked.
        """
        self._check_not_blocked()
        if message["message_id"] not in self.chat.messages:
            message = {"chat": message["chat"], "message_id": message["message_id"], "date": 0}
        query = {
            "id": self.telegram.new_tap(self.user_id),
            "from": self.as_user(),
            "message": message,
            "chat_instance": str(self.user_id * 31),
            "data": data,
        }
        self.telegram.updates.add("callback_query", query)

    def press_reply_button(self, text: str) -> Kept:
        """Press a button of the keyboard below the chat: sends its text, or shares the contact.

        Raises:
            Impossible: no such button is there.
        """
        keyboard = self.chat.keyboard or {"keyboard": []}
        button = next((b for row in keyboard["keyboard"] for b in row if b["text"] == text), None)
        if button is None:
            raise Impossible(f"there is no button {text!r}")
        return self.share_contact() if button.get("request_contact") else self.send(text)

    # Blocking

    def block(self, *, blocked: bool = True) -> None:
        """Block the bot, or unblock it; the bot is told."""
        if blocked == self.blocked:
            return
        self.blocked = blocked
        was, becomes = ("member", "kicked") if blocked else ("kicked", "member")
        self._tell_membership(self.chat, was, becomes)
        self.telegram.tell_phone(self.user_id)

    def show_portrait(self, content: bytes) -> None:
        """Take this as the profile picture.

        Raises:
            Impossible: the bytes are no picture.
        """
        self.portrait = contents.photo(self.telegram.files, content, "")["photo"]

    def read_sms(self) -> None:
        """Take the SMS off the screen; they are kept."""
        for message in self.sms:
            message.read = True
        self.telegram.tell_phone(self.user_id)

    def state(self) -> dict[str, Any]:
        """What a snapshot keeps."""
        return {
            "user_id": self.user_id,
            "name": self.name,
            "phone": self.phone,
            "language": self.language,
            "role": self.role,
            "started": self.started,
            "seen": self.seen,
            "blocked": self.blocked,
            "portrait": self.portrait,
            "sms": [asdict(message) for message in self.sms],
        }

    def _tell_membership(self, chat: Chat, was: str, becomes: str) -> None:
        """Tell the bot what this person has made of it in a chat."""
        self.telegram.updates.add(
            "my_chat_member",
            {
                "chat": self.telegram.chat_json(chat),
                "from": self.as_user(),
                "date": self.telegram.unix_now(),
                "old_chat_member": self._membership(was),
                "new_chat_member": self._membership(becomes),
            },
        )

    def _membership(self, status: str) -> dict[str, Any]:
        member = {"user": self.telegram.bot, "status": status}
        return member | ({"until_date": 0} if status == "kicked" else {})

    def _check_not_blocked(self) -> None:
        if self.blocked:
            raise Impossible("the bot is blocked on this phone")

    def _own_view(self, chat: Chat, message_id: int) -> Kept:
        if message_id not in chat.messages:
            raise Impossible("that message is gone")
        return chat.messages[message_id]

    def _post(self, content: Message, chat: Chat | None = None) -> Kept:
        self._check_not_blocked()
        chat = chat or self.chat
        if chat.private:
            self.started = True
        head = {
            "from": self.as_user(),
            "chat": self.telegram.chat_json(chat),
            "date": self.telegram.unix_now(),
        }
        kept = chat.add(head | content, outgoing=False)
        if not chat.left:
            self.telegram.updates.add("message", kept.message)
        self.telegram.tell_message(chat, kept)
        if chat.uses_up_keyboard(content):
            chat.keyboard_hidden = True
            self.telegram.tell_phone(self.user_id)
        return kept
