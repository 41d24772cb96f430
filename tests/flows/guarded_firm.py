"""A firm that sees any of its values leave the bot, and anything in it change."""

import re
from pathlib import Path
from typing import Any

from telegram.request import RequestData
from typing_extensions import override

from simulator.people import Person
from simulator.request import FakeRequest
from storage.store import Store
from tests.clock import START
from tests.flows.any_update import Doing
from tests.flows.conftest import Firm
from tests.flows.telling_books import (
    ADDITION,
    CODE,
    NAMES,
    PARTNER,
    PHONES,
    SIGN_IN,
    STRANGERS,
    furnish,
    telling,
)

OWN = {"authentication", "sign_in_limits", "inbox", "audit"}
"""The collections that may change through people whom nobody knows."""

ANSWERS = {
    "sendMessage",
    "editMessageText",
    "editMessageReplyMarkup",
    "deleteMessage",
    "answerCallbackQuery",
    "leaveChat",
}
"""The calls by which strangers are answered: no file is sent to them or fetched of theirs."""


class Watched(FakeRequest):
    """Writes down every call by which the bot tells anything, before Telegram takes it or not."""

    def __init__(self, telegram: Any) -> None:
        super().__init__(telegram)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    @override
    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **timeouts: Any
    ) -> tuple[int, bytes]:
        parameters = dict(request_data.parameters) if request_data else {}
        method_called = url.rpartition("/")[2]
        if method_called != "getUpdates":
            self.calls.append((method_called, parameters))
        return await super().do_request(url, method, request_data, **timeouts)


class GuardedFirm(Firm):
    """Partners, customers, invoices, money, pictures and drafts; and nobody but them may know."""

    def __init__(self, store: Store, clock: Any, data_dir: Path) -> None:
        super().__init__(store, clock, data_dir)
        self.watched = Watched(self.chat.telegram)
        self.partner = self.chat.phone(NAMES[0], PHONES[PARTNER]).person
        self.partner.started = self.admin.person.started = True
        furnish(store, clock, self.partner, self.admin.person)
        self.strangers = [self._stranger(*at) for at in enumerate(STRANGERS)]
        self.market = self.chat.telegram.group("Market", *self.strangers)
        self.updates = 0
        self.before = self._kept()
        self.values = sorted(telling(self.before), key=len, reverse=True)
        self._any_value = re.compile("|".join(map(re.escape, [*self.values, CODE])))

    @override
    def _application(self, request: Any) -> Any:
        application = super()._application(self.watched)
        application.bot.rate_limiter._group_max_rate = 0  # a group is written to 20 times a minute
        return application

    def _stranger(self, number: int, name: str) -> Person:
        stranger = self.chat.phone(name, f"+91987000990{number}").person
        stranger.started = True
        return stranger

    def forget_strangers(self) -> None:
        """As if none of them had ever written."""
        known = {"$ne": str(self.partner.user_id)}
        self.store._database["authentication"].delete_many({"_id": known})
        for name in ("sign_in_limits", "inbox"):
            self.store._database[name].delete_many({})
        self.store._database["audit"].delete_many({"_id": {"$nin": [SIGN_IN, ADDITION]}})
        self.clock.moment = START
        telegram = self.chat.telegram
        telegram.refusals.clear()
        for chat in telegram.chats.values():
            chat.messages.clear()

    async def take(self, doing: Doing) -> None:
        """Let time pass, and then the bot handle what a stranger does."""
        self.updates += 1
        self.clock.advance(seconds=doing.wait)
        telegram, stranger = self.chat.telegram, self.strangers[doing.who]
        self.market.left = False
        user = stranger.as_user() | {"language_code": doing.language}
        chat = telegram.chat_json(self.market if doing.in_group else stranger.chat)
        kind, content = doing.what(user, chat, self.updates)
        self.watched.calls.clear()
        telegram.updates.add(kind, content)
        await self.chat.pump()
        self._check_what_was_said(f"{kind} {content}")

    def check_that_nothing_changed(self) -> None:
        """In any collection but those that whoever signs in writes to."""
        now = self._kept()
        for name in {*self.before, *now}:
            assert now.get(name) == self.before.get(name), f"{name} changed"

    def _check_what_was_said(self, to: str) -> None:
        for method, parameters in self.watched.calls:
            if parameters.get("chat_id") == self.admin.person.user_id:
                continue
            said = f"{method} {parameters}, to {to}"
            assert method in ANSWERS, said
            told = self._any_value.findall(str(parameters))
            assert not told, f"{told} in {said}"

    def _kept(self) -> dict[str, list[Any]]:
        """All that is stored and that strangers may not change; of what they may, the firm's."""
        database = self.store._database
        kept = {
            name: sorted(database[name].find(), key=lambda document: document["_id"])
            for name in database.list_collection_names()
            if name not in OWN
        }
        known = {"_id": {"$in": [str(self.partner.user_id), SIGN_IN, ADDITION]}}
        kept |= {name: list(database[name].find(known)) for name in ("authentication", "audit")}
        return {name: documents for name, documents in kept.items() if documents}
