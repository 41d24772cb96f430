"""What a partner sees of the bot: its newest question, its answers, its papers, its deaths."""

import asyncio
import re
from itertools import islice

from benchmarks.record import Record
from benchmarks.screens import Screen, screen_of
from simulator.chats import Kept
from simulator.people import Person
from simulator.telegram import Event

INVOICE = re.compile(r"^Invoice (\S+) · ")
SAVED = re.compile(r"✅ Invoice (\S+) saved")
LATEST = 8
"""Messages among which the answer to what was sent last is."""


class Sight:
    """One phone, from now on.

    ``news`` is set when something comes that a person reads as an answer; a document is one only
    while ``paper_wanted``. ``deaths`` counts how often the bot went away, ``papers`` the documents
    that came. ``diary`` has all that was done and seen, by the clock.
    """

    def __init__(self, person: Person, record: Record) -> None:
        self.person = person
        self.record = record
        self.news = asyncio.Event()
        self.paper_wanted = False
        self.deaths = 0
        self.papers = 0
        self.diary: list[str] = []
        self._saved: set[str] = set()
        """Numbers of invoices that were said to be saved,"""
        self._printed: set[str] = set()
        """and of those that came on paper."""
        person.telegram.watchers.append(self._hear)

    def newest(self) -> Screen:
        """The newest message but for documents, the morning's digest and unknown commands."""
        for kept in reversed(self.person.chat.messages.values()):
            if kept.outgoing and "document" not in kept.message:
                screen = screen_of(kept)
                if not screen.is_beside_the_point:
                    return screen
        raise AssertionError("the bot has never written")

    def is_echoed(self, command: str) -> bool:
        """Whether the bot has said that it does not know this command."""
        echo = re.compile(rf"{command}\b")
        latest = islice(reversed(self.person.chat.messages.values()), LATEST)
        return any(kept.outgoing and echo.search(kept.formatted.text) for kept in latest)

    @property
    def losses(self) -> int:
        """How many calls about this chat Telegram has lost, or their answers."""
        return self.person.telegram.faults.lost[self.person.user_id]

    def missing_papers(self) -> list[str]:
        """The invoices without one, if those are more than Telegram has lost on the way."""
        missing = sorted(self._saved - self._printed)
        lost = [
            one
            for one in self.person.telegram.faults.struck
            if (one.method, one.chat_id) == ("sendDocument", self.person.user_id)
        ]
        return [f"the papers of {missing} never came"] if len(missing) > len(lost) else []

    def write_down(self, what: str) -> None:
        """Add a line to the diary."""
        self.diary.append(f"{self.person.telegram.now():%H:%M:%S.%f} {what}")

    def _hear(self, event: Event) -> None:
        if event.kind == "bot":
            online = self.person.telegram.online
            self.deaths += not online
            self.write_down("the bot is there" if online else "the bot is gone")
        if event.user_id != self.person.user_id:
            return
        if event.kind == "answer" and event.data["text"]:
            self.news.set()
            self.write_down(f"< {event.data['text']}")
        if event.kind == "message":
            self._read(self.person.chat.messages.get(event.data["message_id"]))

    def _read(self, kept: Kept | None) -> None:
        if kept is None:
            return
        screen = screen_of(kept)
        self.write_down(f"{'<' if kept.outgoing else '>'} #{screen.id} {screen}")
        if not kept.outgoing:
            return
        if "document" in kept.message:
            self.papers += 1
            self._printed.update(INVOICE.findall(screen.text))
            if not self.paper_wanted:
                return
        self.news.set()
        if op := screen.of("undo"):
            self.record.acknowledged.setdefault(op, []).append(screen.text)
        if saved := SAVED.match(screen.text):
            self._saved.add(saved[1])
        if added := re.match(r"✅ (.+) was added\.", screen.text):
            self.record.added.add(added[1])
