"""A firm in which every test begins at a step of a form, with all as it was when first reached."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mongomock

from storage.models import Draft
from storage.store import Store
from tests.chat import Phone
from tests.clock import FakeClock
from tests.flows.conftest import PARTNER, Firm
from tests.flows.steps import ADMIN_STEPS, PARTNER_STEPS, walk, with_customer
from tests.screen import Screen, frozen

STEPS = {**PARTNER_STEPS, **ADMIN_STEPS}
FORMS = {"cancel": "reversal", "undo": "reversal"}
"""What a form is called in the code, where the table of steps has a name of its own for it."""

OUTSIDE = "outside any form"
BOOKS = ("customers", "invoices", "payments", "ledger", "firm")
EXAMPLE = re.compile(
    r"example|e\.g\.|like |Did you mean|such as|[Tt]ype |[Tt]ap |Send |question below"
)
"""How a refusal says what would be right."""

LONGEST = 400
"""Characters of a refusal, whatever it quotes."""

Act = Callable[[Phone], Awaitable[object]]

_NO_PHONE_SENDS = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Photograph:
    """All that the store and the phones keep."""

    documents: dict[str, list[dict[str, Any]]]
    phones: dict[int, dict[str, Any]]
    moment: Any


class Place:
    """Somebody at a step, looked at by what becomes of their draft and of the books."""

    def __init__(self, firm: "StandingFirm", phone: Phone, step: str) -> None:
        self.firm, self.phone, self.step = firm, phone, step
        self.draft = firm.draft_of(phone)
        self._books = firm.books()

    async def types(self, text: str) -> Screen:
        """Send a text; the answer to it."""
        before = self.phone.screen
        if _NO_PHONE_SENDS.search(text):
            # But whoever writes to Telegram by a program may.
            self.phone.person._post({"text": text})
            await self.firm.chat.pump()
        else:
            await self.phone.send(text)
        assert self.phone.screen.id != before.id, f"no answer:\n{self.phone.transcript()}"
        return self.phone.screen

    async def refuses(self, text: str, says: str = "") -> Screen:
        """Send a text that is said to be wrong, with what would be right; nothing has changed."""
        answer = await self.types(text)
        self.check_refused(answer, says)
        return answer

    async def takes(self, text: str, shows: str, *changes: str) -> Draft:
        """Send a text that is taken and shown as it was read; only ``changes`` may differ."""
        answer = await self.types(text)
        assert not answer.text.startswith("⚠️"), answer
        now = self.now()
        if shows not in words_of(answer):
            await self.phone.press("‹ Back")
            answer = self.phone.screen
        assert shows in words_of(answer), answer
        before = {key: value for key, value in self.draft.answers.items() if value}
        kept = {key: now.answers[key] for key in before}
        assert {**kept, **dict.fromkeys(changes)} == {**before, **dict.fromkeys(changes)}
        self.check_nothing_posted()
        return now

    async def does(self, act: Act) -> Screen:
        """Anything else, to which there is one answer."""
        before = {screen.id for screen in self.phone.messages}
        await act(self.phone)
        new = [one for one in self.phone.messages if one.from_bot and one.id not in before]
        assert len(new) == 1, self.phone.transcript()
        return new[0]

    async def taps(self, data: str) -> str:
        """Press a button of this data under the newest message that has buttons; the toast."""
        asked = [one for one in self.phone.messages if one.from_bot and one.buttons]
        self.phone.person.tap(asked[-1].kept.message, data)
        await self.firm.chat.pump()
        return self.phone.answers[-1].text

    def buttons(self) -> list[str]:
        """The data of the buttons of the open question."""
        rows = self.phone.screen.button_rows
        return [button["callback_data"] for row in rows for button in row]

    def check_refused(self, answer: Screen, says: str = "") -> None:
        said = answer.text.split("\n")[0]
        assert said.startswith("⚠️"), answer
        assert says in said
        assert EXAMPLE.search(said), said
        assert len(said) < LONGEST
        self.check_stays()

    def now(self) -> Draft:
        """The draft as it stands, which is still the same one."""
        now = self.firm.draft_of(self.phone)
        assert now is not None, f"the draft is lost:\n{self.phone.transcript()}"
        assert now.op == self.draft.op, f"another is in its place: {now}"
        return now

    def check_stays(self) -> None:
        """The draft is at the same step with the same answers, and nothing was posted."""
        if self.draft is not None:
            now = self.now()
            stood = (self.draft.step, self.draft.answers, self.draft.trail)
            assert (now.step, now.answers, now.trail) == stood
        self.check_nothing_posted()

    def check_nothing_posted(self) -> None:
        assert self.firm.books() == self._books


class StandingFirm(Firm):
    """An admin, two partners of whom Ravi does the typing, and a stranger."""

    def __init__(self, data_dir: Path) -> None:
        self._database = mongomock.MongoClient()["arhtiya"]
        store = Store(self._database)
        store.prepare()
        super().__init__(store, FakeClock(), data_dir)
        self._photographs: dict[str, Photograph] = {}

    async def open(self) -> None:
        await self.admin.send("/start")
        self.ravi = await self.signed_in(*PARTNER)
        await with_customer(self, self.ravi)
        self.gurpreet = await self.signed_in("Gurpreet Kaur", "+919876511111")
        await walk("/customer", "Suresh")(self.gurpreet)
        await self.ravi.send("/customers")
        self.stranger = self.chat.phone("Stranger", "+919811112222")
        await self.stranger.share_contact()
        self._photographs[OUTSIDE] = self._photograph()

    async def at(self, step: str) -> Place:
        """Somebody at this step of a form, or at none."""
        if step not in self._photographs:
            self._put_back(OUTSIDE)
            await STEPS[step](self._phone_at(step))
            self._photographs[step] = self._photograph()
        place = self.put_at(step)
        assert (place.draft is None) == (step == OUTSIDE)
        if place.draft is not None:
            form, name = step.split()[:2]
            reached = (place.draft.flow, place.draft.step)
            assert place.draft.parent or reached == (FORMS.get(form, form), name)
        return place

    def put_at(self, step: str) -> Place:
        """The same for a step that somebody has been at before."""
        self._put_back(step)
        return Place(self, self._phone_at(step), step)

    def books(self) -> dict[str, list[dict[str, Any]]]:
        """All that is posted or kept for good."""
        return {name: list(self._database[name].find()) for name in BOOKS}

    def images(self) -> int:
        """How many pictures are kept."""
        return int(self._database["images"].count_documents({}))

    def _phone_at(self, step: str) -> Phone:
        return self.admin if step in ADMIN_STEPS else self.ravi

    def _photograph(self) -> Photograph:
        # Without the inbox: no update of Telegram's comes a second time here.
        names = {*self._database.list_collection_names()} - {"inbox"}
        return Photograph(
            {name: list(self._database[name].find()) for name in names},
            {
                id: vars(chat) | {"messages": _copied(chat.messages)}
                for id, chat in self.chat.telegram.chats.items()
            },
            self.clock.moment,
        )

    def _put_back(self, step: str) -> None:
        photograph = self._photographs[step]
        for name in {*self._database.list_collection_names(), *photograph.documents}:
            self._database[name].delete_many({})
            if documents := photograph.documents.get(name):
                self._database[name].insert_many(documents)
        for id, kept in photograph.phones.items():
            chat = self.chat.telegram.chats[id]
            vars(chat).update(kept | {"messages": _copied(kept["messages"])})
        self.clock.moment = photograph.moment


def words_of(screen: Screen) -> str:
    """What a message says, on its buttons too."""
    return "\n".join([screen.text, *screen.buttons])


def _copied(messages: dict[int, Any]) -> dict[int, Any]:
    return {id: frozen(kept) for id, kept in messages.items()}
