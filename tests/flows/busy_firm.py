"""A firm with books and people, who stand anywhere in the chat; it looks at all that comes of it.

It is furnished once by the real chat, and walked to each place once; a photograph of what it then
keeps is what every run starts from.
"""

import copy
import json
import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram import Update
from typing_extensions import override

from simulator.chats import Kept
from simulator.people import Person
from storage.store import Store
from tests import chat
from tests.chat import Phone
from tests.flows import what_holds
from tests.flows.anywhere import PLACES
from tests.flows.conftest import PARTNER, Firm
from tests.flows.deeds import Doing
from tests.flows.guarded_firm import Watched
from tests.flows.steps import DUE, FOR_RAMESH, walk, with_customer
from tests.flows.what_holds import Happened, Look

Json = dict[str, Any]

NEWEST = 6
"""Messages of each chat that a photograph keeps."""


@dataclass
class Photograph:
    """All that the store and the phones keep; ``focus`` is whom it was taken for."""

    focus: Person
    documents: dict[str, list[Json]]
    chats: dict[int, dict[str, Any]]
    moment: Any


class Records(logging.Handler):
    """What is logged and should make somebody look."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[logging.LogRecord] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record)


class BusyFirm(Firm):
    """An admin, two partners at work, one who is signed out, and somebody whom nobody knows."""

    def __init__(self, store: Store, clock: Any, data_dir: Path) -> None:
        super().__init__(store, clock, data_dir)
        self.watched = Watched(self.chat.telegram)
        self.chat.telegram.now = clock.now
        self.records = Records()
        self.shown: dict[tuple[int, str], str] = {}
        """By whom and the data of a button, the text that it was last shown under."""
        self.shown_before = self.shown
        self._photographs: dict[str, Photograph] = {}
        self._at: Person
        self._numbers = 0

    @override
    def _application(self, request: Any) -> Any:
        application = super()._application(self.watched)
        application.bot.rate_limiter._group_max_rate = 0  # a group is written to 20 times a minute
        return application

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear what is logged."""
        logging.getLogger().addHandler(self.records)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self.records)

    # Where it starts from.

    async def furnish(self) -> None:
        """Open the books, and have people at work on them."""
        await self.admin.send("/start")
        self.ravi = await self.signed_in(*PARTNER)
        await with_customer(self, self.ravi)
        self.sunita = await self.signed_in("Sunita Kaur", "+919876511111")
        await walk("/customer", "Balwinder Singh", "[Save now]")(self.sunita)
        await walk(*FOR_RAMESH, "barley 10 1500", "[✓ Done]", "5000", "[+15]")(self.sunita)
        await walk("[✓ Save invoice]", "/payment", "[Balwinder Singh]", "7000 cash")(self.sunita)
        await walk("[✓ Save payment]", *DUE)(self.sunita)
        self.gopal = await self.signed_in("Gopal Das", "+919876522222")
        await walk(*FOR_RAMESH, "rice 5 3000", "/logout")(self.gopal)
        self.mallory = self.chat.phone("Mallory", "+919876533333")
        await self.mallory.send("/start")
        self.market = self.chat.telegram.group("Market", self.ravi.person, self.mallory.person)
        self._photographs[""] = self._photograph(self.ravi)

    async def go_to(self, place: str) -> None:
        """Have everything as it was when somebody stood at this place."""
        self.chat._process = chat._process
        if place not in self._photographs:
            await self._put_back(self._photographs[""])
            phone = await PLACES[place](self)
            self._photographs[place] = self._photograph(phone)
        await self._put_back(self._photographs[place])
        self.chat._process = self._observed

    def _photograph(self, phone: Phone) -> Photograph:
        database = self.store._database
        documents = {
            name: list(database[name].find())
            for name in database.list_collection_names()
            if name != "inbox"
        }
        chats = {}
        for one in self.chat.telegram.chats.values():
            for message_id in sorted(one.messages)[:-NEWEST]:
                if message_id != one.keyboard_message_id:
                    one.delete(message_id)
            chats[one.id] = vars(one) | {"messages": _copied(one.messages)}
        return Photograph(phone.person, documents, chats, self.clock.moment)

    async def _put_back(self, photograph: Photograph) -> None:
        database = self.store._database
        for name in database.list_collection_names():
            database[name].delete_many({})
        for name, documents in photograph.documents.items():
            if documents:
                database[name].insert_many(copy.deepcopy(documents))
        telegram = self.chat.telegram
        for id, kept in photograph.chats.items():
            vars(telegram.chats[id]).update(kept | {"messages": _copied(kept["messages"])})
        for person in telegram.people.values():
            person.blocked = False
        telegram.updates.waiting.clear()
        telegram.updates.delivered.clear()
        self.clock.moment = photograph.moment
        self._at = photograph.focus
        self._handed_out: dict[int, Json] = {}
        self._answered: dict[int, Json] = {}
        self.albums: set[str] = set()
        self.signed_in_by: set[int] = set()
        self.shown.clear()
        self._note_buttons(set(telegram.people))
        await self.start_again()

    # What happens.

    async def take(self, *doings: Doing) -> None:
        """Let people do this, one after the other, and look at what comes of each."""
        for doing in doings:
            await self._take(doing)

    async def _take(self, doing: Doing) -> None:
        person = self.people[doing.who]
        self.clock.advance(seconds=doing.wait)
        person.block(blocked=False)
        await doing.what.do(self, person)
        await self._hand_all_out(dying=doing.then == "died before")
        if doing.then == "died after":
            await self.start_again(died=1)
        if doing.then == "repeated":
            self.chat.telegram.updates.redeliver()
            await self._hand_all_out()

    async def _hand_all_out(self, *, dying: bool = False) -> None:
        updates = self.chat.telegram.updates
        for one in [*updates.waiting]:
            updates.waiting = deque([one])
            await self._hand_out(one.update, dying=dying)

    async def start_again(self, died: int = 0) -> None:
        """Start another bot; this one died before it noted its answers to so many last updates.

        Of each person that is one at most: their next one is not begun before.
        """
        last = [*self._answered.items()][-died:] if died else []
        left = {whose(update): id for id, update in last}.values()
        inbox = self.store.inbox
        for update_id in left:
            inbox._documents.delete_one({"_id": str(update_id)})
            inbox.keep([(update_id, json.dumps(self._answered[update_id]))], now=self.clock.now())
        self.store = Store(self.store._database)
        self.albums.clear()
        await self.chat.restart()
        assert not inbox.waiting()

    def check_books(self) -> None:
        what_holds.check_books(self)

    async def _hand_out(self, update: Json, *, dying: bool) -> None:
        id, before = update["update_id"], self.look()
        again = id in self._answered
        self._handed_out[id] = update
        self.watched.calls.clear()
        self.chat._offset = None
        if dying:
            await self.chat.fetch()
            await self.start_again()
        await self.chat.pump()
        assert id in self._answered, f"nobody looked at {update}"
        if again:
            what_holds.check_left_alone(update, before, self.look(), self.watched.calls)

    async def _observed(self, application: Any, update: Update) -> None:
        id = update.update_id
        before, self.shown_before = self.look(), dict(self.shown)
        self.watched.calls.clear()
        self.chat.telegram.refusals.clear()
        self.records.kept.clear()
        await application.process_update(update)
        calls = [*self.watched.calls]
        self._note_buttons({to for _, sent in calls if (to := _to(sent)) > 0})
        happened = Happened(
            update=self._handed_out[id],
            before=before,
            after=self.look(),
            calls=calls,
            refusals=[*self.chat.telegram.refusals],
            records=[*self.records.kept],
            repeated=id in self._answered,
        )
        self._answered[id] = happened.update
        if happened.before.known.keys() < happened.after.known.keys():
            self.signed_in_by.add(id)
        what_holds.check(self, happened)

    # What there is.

    @property
    def people(self) -> list[Person]:
        """Whoever the run is about, first."""
        phones = (self.ravi, self.admin, self.sunita, self.gopal, self.mallory)
        return [self._at, *(phone.person for phone in phones)]

    def look(self) -> Look:
        database = self.store._database
        return Look(
            drafts={one["_id"]: one for one in database["drafts"].find()},
            entries={one["_id"] for one in database["ledger"].find({}, {"_id": 1})},
            known={
                phone.user_id: keys
                for phone in self.people
                if (keys := what_holds.owners(self, phone.user_id))
            },
        )

    def draft_at(self, person: Person) -> Json | None:
        """What somebody who is let in is in the middle of."""
        look = self.look()
        mine = sorted(look.known.get(person.user_id, ()), reverse=True)
        return next((look.drafts[id] for id in mine if id in look.drafts), None)

    def newest_of(self, person: Person) -> Kept | None:
        """The bot's newest message to them, with buttons if one has any."""
        said = [kept for kept in person.chat.messages.values() if kept.outgoing]
        asked = [kept for kept in said[-3:] if "reply_markup" in kept.message]
        return next(reversed(asked or said), None)

    def newest_code(self) -> str:
        told = (
            kept.formatted.text for kept in reversed([*self.admin.person.chat.messages.values()])
        )
        return next((text.rsplit(" ", 1)[1] for text in told if "sign in:" in text), "000000")

    def ids(self) -> list[str]:
        """Of all there is that a button may name, and of nothing."""
        database = self.store._database
        names = ("customers", "invoices", "payments", "users", "ledger", "audit", "images")
        ids = [one["_id"] for name in names for one in database[name].find({}, {"_id": 1})]
        return [*ids, *(one["op"] for one in database["drafts"].find()), "0" * 24]

    def other_than(self, person: Person) -> Person:
        return next(one for one in self.people if one is not person)

    def number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _note_buttons(self, chats: set[int]) -> None:
        for id in chats:
            for kept in self.chat.telegram.chats[id].messages.values():
                for row in kept.message.get("reply_markup", {}).get("inline_keyboard", []):
                    for button in row:
                        if data := button.get("callback_data"):
                            self.shown[id, data] = kept.formatted.text


def whose(update: Json) -> int:
    """Who sent it; 0 of what nobody did."""
    (content,) = (value for key, value in update.items() if key != "update_id")
    return int(content.get("from", {}).get("id", 0))


def _copied(messages: dict[int, Kept]) -> dict[int, Kept]:
    """A change of one of them must not show in the other."""
    return {
        id: Kept(dict(one.message), one.outgoing, one.keyboard) for id, one in messages.items()
    }


def _to(sent: Json) -> int:
    return int(sent.get("chat_id") or 0)
