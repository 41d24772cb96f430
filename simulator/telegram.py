"""The fake itself: who there is, what was said, and who is told when something changes."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import phonenumbers

from simulator.chats import Chat, Kept, new_id
from simulator.clock import Now, utc_now
from simulator.errors import Impossible, bad_request, forbidden
from simulator.faults import Faults
from simulator.files import Files
from simulator.formatting import typed
from simulator.people import Person, Sms
from simulator.updates import Updates

BOT_ID = 7_000_000_000
DEFAULT_TOKEN = f"{BOT_ID}:AAsimulated_bot_of_a_test_suite_0000"
FIRST_USER_ID = 7_000_000_001
"""Beyond 32 bits, like those of people who joined Telegram lately."""
FIRST_GROUP_ID = -4_000_000_001
TAP_ANSWER_TIME = dt.timedelta(seconds=60)
"""A tap that is not answered in this time cannot be answered any more."""


@dataclass(frozen=True)
class Event:
    """Something a watcher may want to show: its kind, whose phone, and what it is about."""

    kind: str
    user_id: int = 0
    data: dict[str, Any] = field(default_factory=dict)


@dataclass
class Tap:
    """A press of an inline button that the bot may still answer."""

    user_id: int
    at: dt.datetime


@dataclass(frozen=True)
class Answer:
    """What a tap was answered with."""

    text: str
    alert: bool


class Telegram:
    """One simulated Telegram with one bot in it.

    Bots talk to it through :func:`simulator.bot_api.answer` (behind both doors), people through
    :class:`~simulator.people.Person`. ``now`` gives the dates of messages, and may be replaced.

    ``refusals`` are calls that Telegram would refuse too; ``failures`` are calls that this fake
    cannot answer, so a test that made one proves nothing.
    """

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        name: str = "Arhtiya (simulated)",
        username: str = "arhtiya_simulated_bot",
        now: Now = utc_now,
    ) -> None:
        self.token = token
        self.now = now
        self.bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates(lambda: self.now())  # noqa: PLW0108 - it may be replaced later
        self.faults = Faults()
        self.taps: dict[str, Tap] = {}
        self.answers: dict[int, list[Answer]] = {}
        self.settings: dict[str, Any] = {}
        self.online = False
        self.notice: str | None = None
        self.failures: list[str] = []
        self.refusals: list[str] = []
        self.watchers: list[Callable[[Event], None]] = []

    # People and chats

    def person(
        self, name: str, phone: str, language: str = "en", *, role: str = "person"
    ) -> Person:
        """A new person with a phone that has Telegram on it.

        ``role`` is a label for whoever looks at the phones: ``admin`` or ``person``.

        Raises:
            Impossible: the number is no phone number (E.164, e.g. +919876543210), or is taken;
                or the name is empty or holds a lone surrogate.
        """
        number = e164(phone)
        if not typed(name).strip():
            raise Impossible("a person needs a name, e.g. Ravi Kumar")
        if self.owner(number):
            raise Impossible(f"{number} belongs to another phone here")
        user_id = max(self.people, default=FIRST_USER_ID - 1) + 1
        person = Person(self, user_id, name.strip(), number, language, role)
        self.people[user_id] = person
        self.chats[user_id] = Chat(user_id, "private")
        self.tell(Event("phones"))
        return person

    def group(self, title: str, *members: Person) -> Chat:
        """A group with the bot and these people in it."""
        chat_id = min((chat for chat in self.chats if chat < 0), default=FIRST_GROUP_ID + 1) - 1
        chat = Chat(chat_id, "group", title, [member.user_id for member in members])
        self.chats[chat_id] = chat
        for member in members:
            member.seen = True
        return chat

    def owner(self, phone: str) -> Person | None:
        """The person with this phone number, with its country code or without."""
        digits = "".join(character for character in phone if character.isdecimal())
        written = {f"+{digits}"}
        with suppress(Impossible):
            written.add(e164(phone))
        return next((person for person in self.people.values() if person.phone in written), None)

    def reachable_chat(self, chat_id: int) -> Chat:
        """The chat, if the bot may write to it.

        Raises:
            Refused: unknown, never started, or the bot was blocked or has left.
        """
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.left:
            raise forbidden("bot is not a member of the group chat")
        if chat.private:
            person = self.people[chat_id]
            if person.blocked:
                raise forbidden("bot was blocked by the user")
            if not person.started:
                if person.seen:
                    raise forbidden("bot can't initiate conversation with a user")
                raise bad_request("chat not found")
        return chat

    def chat_json(self, chat: Chat) -> dict[str, Any]:
        """The Bot API's ``Chat``."""
        if chat.private:
            user = self.people[chat.id].as_user()
            return {
                "id": chat.id,
                "type": "private",
                **{key: user[key] for key in ("first_name", "last_name") if key in user},
            }
        return {"id": chat.id, "type": chat.type, "title": chat.title}

    # What happens

    def set_online(self, online: bool, notice: str | None = None) -> None:
        """Say whether a bot is fetching updates, and why not if it is known."""
        if (online, notice) != (self.online, self.notice):
            self.online, self.notice = online, notice
            self.tell(Event("bot"))

    def unix_now(self) -> int:
        return int(self.now().timestamp())

    def tell(self, event: Event) -> None:
        for watcher in self.watchers:
            watcher(event)

    def tell_message(self, chat: Chat, kept: Kept) -> None:
        self.tell(Event("message", chat.id, {"message_id": kept.message["message_id"]}))

    def tell_deleted(self, chat: Chat, message_id: int) -> None:
        self.tell(Event("delete", chat.id, {"message_id": message_id}))

    def tell_phone(self, user_id: int) -> None:
        self.tell(Event("phone", user_id))

    def new_tap(self, user_id: int) -> str:
        """An id for the press of an inline button."""
        now = self.now()
        self.taps = {key: tap for key, tap in self.taps.items() if now - tap.at <= TAP_ANSWER_TIME}
        tap_id = new_id()
        self.taps[tap_id] = Tap(user_id, now)
        return tap_id

    def answer_tap(self, tap_id: str, text: str, *, alert: bool) -> None:
        """Answer a press; each can be answered once, and not for long.

        Raises:
            Refused: unknown, answered, or too old.
        """
        tap = self.taps.pop(tap_id, None)
        if tap is None or self.now() - tap.at > TAP_ANSWER_TIME:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        self.answers.setdefault(tap.user_id, []).append(Answer(text, alert))
        self.tell(Event("answer", tap.user_id, {"text": text, "alert": alert}))

    def sms(self, phone: str, text: str, sender: str = "Arhtiya") -> Person | None:
        """Show an SMS on the phone with this number. Returns whose it was, if anyone's."""
        person = self.owner(phone)
        if person:
            message = Sms(sender, text, self.now().isoformat())
            person.sms.append(message)
            self.tell(Event("sms", person.user_id, message.as_json()))
        return person


def e164(phone: str) -> str:
    """A phone number in E.164; numbers without a country code are Indian.

    Raises:
        Impossible: it is none.
    """
    complaint = Impossible(f"{phone!r} is no phone number, e.g. +91 98765 43210")
    try:
        number = phonenumbers.parse(phone, "IN")
    except phonenumbers.NumberParseException:
        raise complaint from None
    if number.extension or not phonenumbers.is_possible_number(number):
        raise complaint
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
