"""A partner in the storm: reads the newest screen, answers it, tries again if nothing comes."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from benchmarks.screens import Button, Screen, screen_of
from simulator.errors import Impossible
from simulator.people import Person
from simulator.telegram import Event
from tests.process.running import until

PATIENCE = 3.0
"""Seconds without an answer after which a person tries again, also while the bot is away."""
SETTLE = 0.05
"""Seconds in which the rest of an answer of several messages mostly comes."""
FENCE = "fence"
"""A command that the bot does not know, with a number."""

METHODS = ("cash", "bank", "upi", "cheque", "other")
GOODS = ("wheat", "rice", "maize", "mustard", "cotton", "गेहूँ", "ਕਣਕ")


@dataclass
class Record:
    """What the partners did and saw, for the verdict. Keys are the ids of drafts and invoices.

    ``confirmed`` are the texts of the questions at which Save was pressed, ``cancelled`` where
    Cancel was; ``undone`` the operations whose Undo was pressed. ``acknowledged`` are the messages
    that showed an operation as posted, ``added`` the names of customers that the bot said it had
    added. ``saving`` is set when Save or Undo is pressed.
    """

    operations: int = 0
    confirmed: dict[str, list[str]] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)
    saving: asyncio.Event = field(default_factory=asyncio.Event)


class Partner:
    """Works until told to finish what is open. ``random`` decides everything it is free to do."""

    def __init__(self, person: Person, random: Random, record: Record) -> None:
        self.person = person
        self.random = random
        self.record = record
        self.finishing = False
        self._news = asyncio.Event()
        self._names = 0
        self._fences = 0
        self._deaths = 0
        self._op = ""
        self._free: set[str] = set()
        """Drafts that may be over: Save, Cancel or another form was asked for."""
        person.telegram.watchers.append(self._hear)

    async def work(self) -> None:
        """Make invoices and customers; ends once told to finish, with nothing left open."""
        while True:
            screen = self._newest()
            if self.finishing and not screen.op:
                screen = await self._where()
                if not screen.op:
                    return
            self._op = screen.op or self._op
            if screen.op and self._by_chance(0.04):
                await self._die_and_go_on()
            else:
                await self._answer(screen)

    # Acting

    async def _answer(self, screen: Screen) -> None:
        what = self._choice(screen)
        if isinstance(what, Button):
            self._note_press(screen, what)
        await self._do(what)
        if screen.op and not self._newest().op and screen.op not in self._free:
            now = await self._where()
            if now.op != screen.op:
                self.record.violations.append(
                    f"draft {screen.op} was lost at {screen.step}, after {what}: {now}"
                )
                self._free.add(screen.op)

    async def _die_and_go_on(self) -> None:
        """What was shown before the bot died is what it shows afterwards."""
        before = await self._where()
        telegram = self.person.telegram
        with suppress(AssertionError):
            await until(lambda: not telegram.online, "the bot dies", within=PATIENCE)
        after = await self._where()
        if (before.op, before.rev, before.step) != (after.op, after.rev, after.step):
            self.record.violations.append(f"{before} was shown, and later {after}")

    async def _where(self) -> Screen:
        """The question that the bot is at, once it has answered everything that was asked."""
        await self._fence()
        while True:
            deaths = self._deaths
            await self._do("/menu")
            await self._fence()
            if self._deaths == deaths:  # else the half of the answer may be missing
                return self._newest()

    async def _fence(self) -> None:
        """Wait until all that was sent is answered, or lost.

        A person's messages are answered in turn, and an unknown command is echoed.
        """
        while True:
            self._fences += 1
            self.person.send(f"/{FENCE}{self._fences}")
            with suppress(AssertionError):
                await until(lambda: self._is_through, "the fence", within=PATIENCE)
                return

    async def _do(self, what: "str | Button") -> None:
        """Type or press, and wait as long as a person has patience, or until the bot answered."""
        self._news.clear()
        self.record.operations += 1
        if isinstance(what, str):
            self.person.send(what)
        else:
            with suppress(Impossible):  # the message turned into another one just now
                self.person.press(self._newest().id, what.row, what.column)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._news.wait()
            await asyncio.sleep(SETTLE)

    def _note_press(self, screen: Screen, button: Button) -> None:
        token = button.token
        if button.data.startswith("+undo:"):
            self.record.undone.add(button.data.removeprefix("+undo:"))
            self.record.saving.set()
        if token.startswith(("save", "now")):
            self.record.confirmed.setdefault(screen.op, []).append(screen.text)
            self.record.saving.set()
        if token == "cancel":  # noqa: S105 - what a button means
            self.record.cancelled.add(screen.op)
        if token.startswith(("save", "now", "cancel", "new")):
            self._free.add(screen.op)

    # Choosing

    def _choice(self, screen: Screen) -> "str | Button":
        if go_on := screen.button("go:"):
            return go_on
        if not screen.op:
            return self._begin(screen)
        cancel = screen.button("cancel")
        if cancel and not self.finishing and self._by_chance(0.01):
            return cancel
        choose: Callable[[Screen], str | Button] | None = getattr(self, f"_{screen.step}", None)
        assert choose, f"this asks something unknown: {screen} {screen.buttons}"
        return choose(screen)

    def _begin(self, screen: Screen) -> "str | Button":
        self._free.add(self._op)  # one that was not begun in earnest makes room
        if self._by_chance(0.4):
            verb = self.random.choice(("+undo:", "+undo:", "+xi:", "+npi:", "+pdf:", "+c:", "ua:"))
            if button := screen.button((verb, f"+{verb}")):
                return button
        (command,) = self.random.choices(("/invoice", "/payment", "/customer"), (50, 40, 10))
        return command

    def _customer(self, screen: Screen) -> "str | Button":
        offered = [b for b in screen.buttons if re.fullmatch(r"[0-9a-f]{24}", b.token)]
        if offered and self._by_chance(0.85):
            return self.random.choice(offered)
        new = screen.button("new")
        return new if new and self._by_chance(0.5) else self._name(screen)

    def _name(self, _screen: Screen) -> str:
        self._names += 1
        return f"{self.person.name} {'abcdefghij'[self._names % 10]}{self._names}"

    def _optional(self, screen: Screen) -> "str | Button":
        if "Phone" in screen.text and self._by_chance(0.3):
            return f"98{self.random.randrange(10**8):08}"
        wanted = self.random.choice(("now", "skip"))
        return screen.button(wanted) or screen.button(("now", "skip")) or "?"

    def _item(self, screen: Screen) -> "str | Button":
        done, chance = screen.button("done"), self.random.random()
        if done and (self.finishing or chance < 0.6 or len(screen.lines) > 8):
            return done
        if not self.finishing and chance < 0.65 and (remove := screen.button("remove")):
            return remove
        if chance < 0.75 and (again := screen.button("again-")):
            return again
        item = self.random.choice(GOODS)
        return item if chance < 0.85 else f"{item} {self._quantity()} {self._price_text()}"

    def _quantity(self, _screen: Screen | None = None) -> str:
        return f"{self.random.randrange(1, 500_000) / 1000:.3f}".rstrip("0").rstrip(".")

    def _price(self, screen: Screen) -> "str | Button":
        last = screen.button("last")
        return last if last and self._by_chance(0.5) else self._price_text()

    def _price_text(self) -> str:
        return f"{self.random.randrange(100, 500_000) / 100:.2f}"

    def _remove(self, screen: Screen) -> Button:
        return self.random.choice([b for b in screen.buttons if b.token.startswith("line-")])

    def _paid(self, screen: Screen) -> "str | Button":
        button = screen.button(self.random.choice(("nothing", "full")))
        return button if button and self._by_chance(0.6) else self._price_text()

    def _amount(self, screen: Screen) -> "str | Button":
        button = screen.button(("full-", "advance-"))
        if button and self._by_chance(0.4):
            return button
        said = self._price_text()
        return said if self._by_chance(0.5) else f"{said} {self.random.choice(METHODS)}"

    def _method(self, screen: Screen) -> Button:
        methods = [b for b in screen.buttons if b.token in METHODS]
        return self.random.choice(methods)

    def _which(self, screen: Screen) -> Button:
        open_ones = re.compile(r"oldest|[0-9a-f]{24}")
        return self.random.choice([b for b in screen.buttons if open_ones.fullmatch(b.token)])

    def _reason(self, screen: Screen) -> "str | Button":
        often = [b for b in screen.buttons if b.token.startswith("often-")]
        return self.random.choice(often) if self._by_chance(0.7) else "counted again"

    def _day(self, screen: Screen) -> "str | Button":
        days = [b for b in screen.buttons if b.token.startswith("day-")]
        return self.random.choice(days) if self._by_chance(0.8) else "today"

    def _summary(self, screen: Screen) -> "str | Button":
        if not self.finishing and self._by_chance(0.1):
            other = [b for b in screen.buttons if b.token.startswith(("to-", "back"))]
            return self.random.choice(other)
        # What another partner has taken back meanwhile cannot be saved any more.
        return screen.button("save") or screen.button("cancel") or "?"

    def _by_chance(self, probability: float) -> bool:
        return self.random.random() < probability

    # Seeing

    def _newest(self) -> Screen:
        """The newest message but for documents, reminders and the echo of a fence."""
        for kept in reversed(self.person.chat.messages.values()):
            if kept.outgoing and "document" not in kept.message:
                screen = screen_of(kept)
                if f"/{FENCE}" not in screen.text and not screen.button("+i:"):
                    return screen
        raise AssertionError("the bot has never written")

    @property
    def _is_through(self) -> bool:
        echo = re.compile(rf"/{FENCE}{self._fences}\b")
        latest = islice(reversed(self.person.chat.messages.values()), 8)
        return any(kept.outgoing and echo.search(kept.formatted.text) for kept in latest)

    def _hear(self, event: Event) -> None:
        if event.kind == "bot" and not self.person.telegram.online:
            self._deaths += 1
        if event.kind != "message" or event.user_id != self.person.user_id:
            return
        kept = self.person.chat.messages.get(event.data["message_id"])
        if kept is None or not kept.outgoing:
            return
        self._news.set()
        screen = screen_of(kept)
        if op := screen.of("undo"):
            self.record.acknowledged.setdefault(op, []).append(screen.text)
        if added := re.match(r"✅ (.+) was added\.", screen.text):
            self.record.added.add(added[1])
