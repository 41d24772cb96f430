"""A simulated phone, looked at and used over HTTP exactly as the page does it."""

import asyncio
import re
from collections.abc import Callable
from typing import Any, Self

import httpx

from tests.log_guard import GUARD
from tests.process.running import PATIENCE

Message = dict[str, Any]


class Phone:
    """Every act takes ``sees``: words that the bot's answer to it holds, waited for."""

    def __init__(self, http: httpx.AsyncClient, user_id: int) -> None:
        self._http = http
        self.user_id = user_id

    @classmethod
    async def added(cls, http: httpx.AsyncClient, name: str, number: str) -> Self:
        """A new phone on the page."""
        answer = await http.post("/api/phones", json={"name": name, "phone": number})
        return cls(http, answer.raise_for_status().json()["user_id"])

    # Acting

    async def send(self, text: str, *, sees: str = "") -> Message | None:
        return await self._act("send", sees, text=text)

    async def share_contact(self, *, sees: str = "") -> Message | None:
        return await self._act("share-contact", sees)

    async def press(self, label: str, *, sees: str = "") -> Message | None:
        """Press the newest button with this in its label, under a message or below the chat."""
        view = await self.view()
        for message in reversed(view["messages"]):
            for row, buttons in enumerate(message["buttons"]):
                for column, button in enumerate(buttons):
                    if label in button["text"]:
                        place = {"message_id": message["id"], "row": row, "column": column}
                        return await self._act("press", sees, **place)
        rows = (view["reply_keyboard"] or {"rows": []})["rows"]
        texts = [button["text"] for row in rows for button in row if label in button["text"]]
        assert texts, f"there is no button {label!r}:\n{self._words(view)}"
        return await self._act("send", sees, text=texts[0])

    # Looking

    async def view(self) -> dict[str, Any]:
        """The phone as the page shows it (``simulator/view.py``)."""
        state = (await self._http.get("/api/state")).raise_for_status().json()
        return next(phone for phone in state["phones"] if phone["user_id"] == self.user_id)

    async def sees(self, words: str, *, among: Callable[[Message], bool] | None = None) -> Message:
        """Wait until the bot has written these words; gives the newest message with them."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while True:
            view = await self.view()
            for message in reversed(view["messages"]):
                fits = message["from"] == "bot" and (among is None or among(message))
                if fits and words in message["text"]:
                    return message
            assert loop.time() < deadline, f"{words!r} does not come:\n{self._words(view)}"
            await asyncio.sleep(0.02)

    async def pdf(self, words: str) -> bytes:
        """The document whose caption holds these words."""
        message = await self.sees(words, among=lambda message: bool(message["document"]))
        assert message["document"]["mime"] == "application/pdf"
        return (await self._http.get(message["document"]["url"])).raise_for_status().content

    async def code(self) -> str:
        """The sign-in code in the newest SMS."""
        found = re.search(r"\b[0-9]{6}\b", (await self.view())["sms"][-1]["text"])
        assert found, "there is no code in this SMS"
        GUARD.watch_code(found[0])
        return found[0]

    async def _act(self, act: str, sees: str, **body: Any) -> Message | None:
        before = await self.view()
        newest = max((message["id"] for message in before["messages"]), default=0)
        path = f"/api/phones/{self.user_id}/{act}"
        answer = await self._http.post(path, json=body)
        assert answer.is_success, f"{act} {body}: {answer.text}\n{self._words(before)}"
        if not sees:
            return None
        changed = body.get("message_id")
        return await self.sees(
            sees, among=lambda message: message["id"] > newest or message["id"] == changed
        )

    @staticmethod
    def _words(view: dict[str, Any]) -> str:
        return "\n".join(
            f"{message['from']}: {message['text']} "
            f"{[button['text'] for row in message['buttons'] for button in row]}"
            for message in view["messages"]
        )
