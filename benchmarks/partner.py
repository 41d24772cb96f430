"""A partner at work: reads the newest screen, answers it, and waits for what comes of that.

Nothing is typed or pressed again because no answer came: the bot has to answer by itself all that
Telegram has taken, however often it dies in between. Only where Telegram lost one of its answers
does a person look with /menu where they are.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from itertools import islice
from random import Random

from benchmarks.choices import PAPERS, Choices
from benchmarks.record import Record
from benchmarks.screens import FENCE, Button, Screen, screen_of
from benchmarks.sight import Sight
from simulator.chats import Kept
from simulator.people import Person

ANSWERED_WITHIN = 60.0
"""Seconds in which an answer comes, whatever befalls the bot meanwhile. A lost request for updates
alone costs it 15."""
LOST_AFTER = 12.0
"""Seconds after which a person looks with /menu, if Telegram has lost an answer to them."""
LOOK_EVERY = 0.01
"""Seconds."""
SETTLE = 0.05
"""Seconds in which the rest of an answer of several messages mostly comes."""

ODD = 0.05
"""How often a partner does what no question asks for, and how often they press twice."""
REACH = 40
"""How many messages back they find an old button."""

Pause = Callable[[Random], float]
"""Seconds until the next act."""


class Partner:
    """Works until told to finish what is open. ``random`` decides all that they are free to do."""

    def __init__(self, person: Person, random: Random, record: Record, pause: Pause) -> None:
        self.person = person
        self.random = random
        self.record = record
        self.choices = Choices(random, person.name)
        self.sight = Sight(person, record)
        self._pause = pause
        self._fences = 0
        self._losses_before = 0
        """When the last act began."""
        self._op = ""
        self._free: set[str] = set()
        """Drafts that may be over: Save, Cancel or another form was asked for."""

    async def work(self) -> None:
        """Make invoices and customers; ends once told to finish, with nothing left open."""
        while True:
            screen = self.sight.newest()
            if self.choices.finishing and not screen.op:
                screen = await self._where()
                if not screen.op:
                    return
            self._op = screen.op or self._op
            if self._by_chance(ODD):
                await self._do_something_odd(screen)
            else:
                await self._answer(screen)
            await self._think()

    def finish(self) -> None:
        """Begin nothing new."""
        self.choices.finishing = True

    # Acting

    async def _answer(self, screen: Screen) -> None:
        if screen.sends_to_menu:
            await self._where()
            return
        what = self._choice(screen)
        if isinstance(what, str):
            await self._do(lambda: self.person.send(what), what)
        else:
            await self._press(self.person.chat.messages[screen.id], what)
        await self._expect_still_there(screen, what)

    def _choice(self, screen: Screen) -> str | Button:
        if screen.op:
            return self.choices.answer(screen)
        if go_on := screen.button("go:"):
            return go_on
        self._free.add(self._op)  # one that was not begun in earnest makes room
        return self.choices.beginning(screen)

    async def _press(self, kept: Kept, button: Button) -> None:
        self._note_press(screen_of(kept), button)
        twice = self._by_chance(ODD)

        def press() -> None:
            for _tap in range(2 if twice else 1):
                self.person.tap(kept.message, button.data)

        self.sight.paper_wanted = button.data.startswith(PAPERS)
        await self._do(press, button)
        if twice:
            await self._fence()

    async def _do_something_odd(self, screen: Screen) -> None:
        old = self._old_buttons(screen)
        match self.random.choice(("sticker", "edited message", "old button")):
            case "edited message" as what if own := self._own_text():
                edited = f"{own.message['text']}?"
                await self._do(lambda: self.person.edit(own.message["message_id"], edited), what)
            case "old button" as what if old:
                await self._press(*self.random.choice(old))
            case what:
                await self._do(self.person.send_sticker, what)
        await self._expect_still_there(screen, what)

    def _old_buttons(self, screen: Screen) -> list[tuple[Kept, Button]]:
        """Buttons of questions that were answered, or of drafts that are over."""
        return [
            (kept, button)
            for kept in islice(reversed(self.person.chat.messages.values()), REACH)
            for shown in (screen_of(kept),)
            for button in shown.buttons
            if shown.op and (shown.op, shown.rev) != (screen.op, screen.rev)
            if button.data.startswith("do:")
        ]

    def _own_text(self) -> Kept | None:
        kept = reversed(self.person.chat.messages.values())
        return next((one for one in kept if not one.outgoing and "text" in one.message), None)

    def _note_press(self, screen: Screen, button: Button) -> None:
        token = button.token
        if button.data.startswith("+undo:"):
            self.record.undone.add(button.data.split(":")[1])
            self.record.saving.set()
        if token.startswith(("save", "now")):
            self.record.confirmed.setdefault(screen.op, []).append(screen.text)
            self.record.saving.set()
        if token == "cancel":  # noqa: S105 - what a button means
            self.record.cancelled.add(screen.op)
        if token.startswith(("save", "now", "cancel", "new")):
            self._free.add(screen.op)

    # Waiting

    async def _do(self, deed: Callable[[], object], what: object) -> None:
        """Type or press, and wait until the bot answers."""
        began, deaths = asyncio.get_running_loop().time(), self.sight.deaths
        self._losses_before = self.sight.losses
        self.sight.news.clear()
        self.record.operations += 1
        self.sight.write_down(f"> {what}")
        deed()
        if await self._comes(self.sight.news.is_set, f"an answer to {what}"):
            self.record.waits.append(asyncio.get_running_loop().time() - began)
            await asyncio.sleep(SETTLE)
        else:
            await self._where()
        if self.sight.deaths > deaths:
            await self._fence()  # what came may have been the answer to an earlier act, once more

    async def _comes(self, condition: Callable[[], bool], what: str) -> bool:
        """Wait for it. What Telegram has lost need not come; all else that does not is lost."""
        loop, losses = asyncio.get_running_loop(), self.sight.losses
        began = loop.time()
        while not condition():
            lost = self.sight.losses > losses
            if loop.time() - began > (LOST_AFTER if lost else ANSWERED_WITHIN):
                if not lost:
                    self.record.violations.append(
                        f"{self.person.name} waited {ANSWERED_WITHIN:.0f} s in vain for {what}, "
                        f"at {self.sight.newest()}"
                    )
                return False
            await asyncio.sleep(LOOK_EVERY)
        return True

    async def _think(self) -> None:
        """Pause; a draft that was shown before the bot died is shown afterwards as it was."""
        if self.choices.finishing:
            return
        before, deaths = self.sight.newest(), self.sight.deaths
        await asyncio.sleep(self._pause(self.random))
        if not before.op or deaths == self.sight.deaths or self.sight.losses > self._losses_before:
            return
        after = await self._where()
        if before.place == after.place:
            self.record.resumed += 1
        else:
            self.record.violations.append(f"{before} was shown, and later {after}")

    async def _expect_still_there(self, screen: Screen, what: object) -> None:
        """A draft goes on until it is saved or dropped on purpose."""
        if not screen.op or self.sight.newest().op or screen.op in self._free:
            return
        now = await self._where()
        if now.op != screen.op:
            self.record.violations.append(
                f"draft {screen.op} was lost at {screen.step}, after {what}: {now}"
            )
            self._free.add(screen.op)

    async def _where(self) -> Screen:
        """The question that the bot is at, once it has answered everything that was asked."""
        while True:
            losses = self.sight.losses
            self.record.operations += 1
            self.person.send("/menu")
            await self._fence()
            if self.sight.losses == losses:
                return self.sight.newest()

    async def _fence(self) -> None:
        """Wait until all that was sent is answered, or lost by Telegram.

        A person's messages are answered in turn, and an unknown command is echoed.
        """
        while True:
            self._fences += 1
            command, losses = f"/{FENCE}{self._fences}", self.sight.losses
            self.person.send(command)
            echoed = await self._comes(partial(self.sight.is_echoed, command), command)
            if echoed or self.sight.losses == losses:
                return

    def _by_chance(self, probability: float) -> bool:
        return self.random.random() < probability
