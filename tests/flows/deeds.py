"""What people do to the bot, and Telegram with it; each as data, so that a failure names it.

What depends on how things stand (the newest button, somebody else's, an old message) is picked by
number among what there is by then.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from simulator import contents
from simulator.chats import Kept
from simulator.people import Person
from tests.flows.any_update import BOT
from tests.flows.pictures import jpeg

if TYPE_CHECKING:
    from tests.flows.busy_firm import BusyFirm

Json = dict[str, Any]


class What(Protocol):
    """Queues the updates that come of it, or none where it cannot be done just now."""

    async def do(self, firm: "BusyFirm", person: Person) -> None: ...


@dataclass(frozen=True)
class Doing:
    """What the ``who``-th person does, ``wait`` seconds after what was done before.

    ``then``: Telegram hands it out once more; or the bot dies, when it has kept it and does not
    know it yet, or when it has answered it and not noted that.
    """

    what: What
    who: int = 0
    wait: float = 0
    then: Literal["", "repeated", "died before", "died after"] = ""


@dataclass(frozen=True)
class Sends:
    """A message with this content, to the bot or into a group with it."""

    content: Json
    in_group: bool = False

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        firm.market.left = False
        person._post(self.content, firm.market if self.in_group else None)


def types(text: str) -> Sends:
    return Sends({"text": text})


@dataclass(frozen=True)
class SendsPicture:
    """A picture or what claims to be one; as an album when there are several."""

    kind: Literal["photo", "file", "no picture", "gone", "huge", "posters"]
    caption: str = ""
    pictures: int = 1

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        album = {"media_group_id": str(firm.number())} if self.pictures > 1 else {}
        for _ in range(self.pictures):
            person._post(self._content(firm.chat.telegram.files) | album)

    def _content(self, files: Any) -> Json:
        if self.kind == "photo":
            return contents.photo(files, jpeg(), self.caption)
        content = {"file": jpeg(), "posters": POSTER}.get(self.kind, b"no picture at all")
        sent = contents.document(files, content, "shop.jpg", self.caption, "image/jpeg")
        if self.kind == "gone":
            sent["document"]["file_id"] = "AAA"
        if self.kind == "huge":
            sent["document"]["file_size"] = 11 * 1024**2
        return sent


POSTER = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\0\0\0\x01\0\0\x08\x02\0\0\0"
"""The head of a PNG that claims 65 536 pixels a side."""


@dataclass(frozen=True)
class SendsCard:
    """A contact card; ``whose`` Telegram account it names, or nobody's."""

    whose: Literal["own", "another's", "nobody's"]
    phone: str = ""
    name: str = "Mahesh"
    forwarded: bool = False

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        ids = {"own": person.user_id, "another's": firm.other_than(person).user_id}
        phone = self.phone or person.phone.removeprefix("+")
        content = contents.contact(self.name, phone, ids.get(self.whose))
        if self.forwarded:
            origin = {"type": "user", "date": 0, "sender_user": person.as_user()}
            content["forward_origin"] = origin
        person._post(content)


@dataclass(frozen=True)
class TypesTheCode:
    """The newest code that the admin was told, whoever it is for."""

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        person.send(firm.newest_code())


@dataclass(frozen=True)
class Taps:
    """A button that the bot has shown: under its newest message, at any time, or to another."""

    which: Literal["newest", "old", "another's"]
    pick: int

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        newest = firm.newest_of(person)
        if newest is None:
            return
        data = {
            "newest": lambda: datas(newest),
            "old": lambda: [one for whose, one in firm.shown if whose == person.user_id],
            "another's": lambda: [one for whose, one in firm.shown if whose != person.user_id],
        }[self.which]()
        if data:
            person.tap(newest.message, data[self.pick % len(data)])


def datas(kept: Kept) -> list[str]:
    """What the buttons under a message say to the bot."""
    rows = kept.message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


@dataclass(frozen=True)
class TapsMadeUp:
    """A button that was never there. ``{}`` in its data are ids of what there is, by ``picks``."""

    data: str
    picks: tuple[int, ...] = ()
    under: Literal["newest", "gone", "inline", "group"] = "newest"

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        ids = firm.ids()
        data = self.data
        for pick in self.picks:
            data = data.replace("{}", ids[pick % len(ids)], 1)
        data = data.encode(errors="ignore")[:64].decode(errors="ignore") or "?"
        newest = firm.newest_of(person)
        gone = {"message_id": 999_999, "chat": {"id": person.user_id, "type": "private"}}
        if self.under in {"newest", "gone"}:
            here = self.under == "newest" and newest is not None
            person.tap(newest.message if here and newest else gone, data)
            return
        telegram = firm.chat.telegram
        tap = {"id": telegram.new_tap(person.user_id), "from": person.as_user()}
        tap |= {"chat_instance": "1", "data": data}
        under: Json = {"inline_message_id": "AAA"}
        if self.under == "group":
            chat = telegram.chat_json(firm.market)
            under = {"message": {"message_id": 1, "date": 1, "from": BOT, "chat": chat}}
        telegram.updates.add("callback_query", tap | under)


@dataclass(frozen=True)
class Edits:
    """A message of one's own, sent before."""

    text: str
    pick: int

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        own = [kept for kept in person.chat.messages.values() if not kept.outgoing]
        if own:
            kept = own[self.pick % len(own)]
            edited = kept.message | {"text": self.text, "edit_date": 1}
            firm.chat.telegram.updates.add("edited_message", edited)


@dataclass(frozen=True)
class Replies:
    """A text in answer to any message of the chat."""

    text: str
    pick: int

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        del firm
        quoted = [*person.chat.messages.values()]
        old = {"reply_to_message": quoted[self.pick % len(quoted)].message} if quoted else {}
        person._post({"text": self.text} | old)


@dataclass(frozen=True)
class Happens:
    """An update that no message is; its content is completed with who and where."""

    kind: str
    content: Json
    in_group: bool = False

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        telegram = firm.chat.telegram
        chat = telegram.chat_json(firm.market if self.in_group else person.chat)
        head: Json = {"id": str(firm.number()), "message_id": firm.number(), "date": 1}
        head |= {"from": person.as_user(), "user": person.as_user(), "chat": chat}
        telegram.updates.add(self.kind, head | self.content)


@dataclass(frozen=True)
class Blocks:
    """The bot, having written to it, so that no answer can come."""

    text: str

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        del firm
        person.send(self.text)
        person.block()


@dataclass(frozen=True)
class ArrivesLate:
    """With a number from before all others."""

    text: str

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        updates = firm.chat.telegram.updates
        following, updates.next_id = updates.next_id, firm.number()
        person.send(self.text)
        updates.next_id = following


@dataclass(frozen=True)
class IsRepeated:
    """Telegram hands the newest updates out once more, the last one first."""

    count: int = 1

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        del person
        firm.chat.telegram.updates.redeliver(self.count)


@dataclass(frozen=True)
class Restarts:
    """The bot does. ``died``: before it noted that it had answered so many of the last updates."""

    died: int = 0

    async def do(self, firm: "BusyFirm", person: Person) -> None:
        del person
        await firm.start_again(self.died)
