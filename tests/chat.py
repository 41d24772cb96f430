"""Flow tests that read like a chat: phones that send and press, and a bot that answers.

::

    async with Chat(build) as chat:
        phone = chat.phone("Ravi Kumar", "+919876543210")
        await phone.send("/start")
        await phone.press("New invoice")
        assert "Which customer?" in phone.screen.text

``build(request=…)`` returns a PTB application on that request; the test says over which store.
After every act the bot handles what waits for it, in order, until nothing is left.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Self

from telegram import Update
from telegram.ext import Application

from simulator.chats import Kept
from simulator.people import Person
from simulator.request import FakeRequest
from simulator.telegram import Answer, Telegram
from tests.screen import Button, Screen, frozen, inline_buttons, is_but_for_emoji, is_exactly

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
Process = Callable[[AnyApplication, Update], Awaitable[None]]


class Phone:
    """A person with a phone in hand. Whatever they do, the bot has answered when it returns."""

    def __init__(self, chat: "Chat", person: Person) -> None:
        self.chat = chat
        self.person = person

    # Acting

    async def send(self, text: str) -> Screen:
        """Type and send a text or a command. Returns the message sent."""
        return await self._sent(self.person.send(text))

    async def open_link(self, url: str) -> Screen:
        """Open ``https://t.me/<bot>?start=…``."""
        return await self._sent(self.person.open_link(url))

    async def share_contact(self) -> Screen:
        """Share the own number, with the keyboard's button for it or without."""
        return await self._sent(self.person.share_contact())

    async def send_contact(self, name: str, phone: str) -> Screen:
        """Send a card out of the address book."""
        return await self._sent(self.person.send_contact(name, phone))

    async def forward_contact(self, other: "Phone") -> Screen:
        """Forward the card with which another person shared their number."""
        return await self._sent(self.person.forward_contact(other.person))

    async def send_photo(self, content: bytes, caption: str = "") -> Screen:
        return await self._sent(self.person.send_photo(content, caption))

    async def send_album(self, *pictures: bytes) -> list[Screen]:
        sent = self.person.send_album(*pictures)
        await self.chat.pump()
        return [Screen(self, kept) for kept in sent]

    async def send_document(self, content: bytes, name: str, caption: str = "") -> Screen:
        return await self._sent(self.person.send_document(content, name, caption))

    async def send_sticker(self) -> Screen:
        return await self._sent(self.person.send_sticker())

    async def send_voice(self) -> Screen:
        return await self._sent(self.person.send_voice(b"OggS"))

    async def send_location(self, latitude: float = 28.7, longitude: float = 77.1) -> Screen:
        return await self._sent(self.person.send_location(latitude, longitude))

    async def send_poll(self, question: str = "Rain?", *options: str) -> Screen:
        return await self._sent(self.person.send_poll(question, *(options or ("Yes", "No"))))

    async def edit(self, message: Screen, text: str) -> Screen:
        """Change a text sent earlier."""
        return await self._sent(self.person.edit(message.id, text))

    async def block(self, *, blocked: bool = True) -> None:
        """Block the bot, or unblock it."""
        self.person.block(blocked=blocked)
        await self.chat.pump()

    async def press(self, label: str) -> None:
        """Press a button that is really there.

        Looked at in this order: the newest message, the keyboard below the chat, older messages.
        In each place an exact label wins, then one that differs only by an emoji in front, then
        the only one that contains the text. Otherwise the test fails with what is there.
        """
        for place in self._places():
            if button := self._choose(place, label):
                await self._press(button)
                return
        raise AssertionError(f"there is no button {label!r} on this phone:\n{self.transcript()}")

    async def press_old(self, message: Screen, label: str) -> None:
        """Press a button that this message had when it was looked at, whatever it shows now.

        That is what a second tap does before the phone has heard that the button went away.
        """
        button = self._choose(inline_buttons(message), label)
        assert button, f"{label!r} was not on that message, only {message.buttons}"
        self.person.tap(message.kept.message, button.data)
        await self.chat.pump()

    # Looking

    @property
    def messages(self) -> list[Screen]:
        """Everything in the chat, oldest first."""
        return [*self._newest_first()][::-1]

    @property
    def last_or_none(self) -> Screen | None:
        return next((screen for screen in self._newest_first() if screen.from_bot), None)

    @property
    def screen(self) -> Screen:
        """The bot's newest message; the test fails if it never wrote."""
        newest = self.last_or_none
        assert newest, f"the bot has not written:\n{self.transcript()}"
        return newest

    last = screen

    @property
    def reply_keyboard(self) -> list[str]:
        """The labels of the keyboard below the chat; empty when none is open."""
        keyboard = self.person.chat.keyboard or {"keyboard": []}
        return [button["text"] for row in keyboard["keyboard"] for button in row]

    @property
    def answers(self) -> list[Answer]:
        """What the bot answered to presses, oldest first."""
        return self.chat.telegram.answers.get(self.person.user_id, [])

    @property
    def sms(self) -> list[str]:
        """The texts of the SMS on this phone, oldest first."""
        return [message.text for message in self.person.sms]

    def transcript(self) -> str:
        """The whole chat, to be read by whoever looks at a failed test."""
        lines = [f"--- {self.person.name} {self.person.phone}", *map(str, self.messages)]
        lines.append(f"keyboard: {self.reply_keyboard}")
        if self.answers:
            lines.append(f"answers: {[answer.text for answer in self.answers]}")
        lines += [f"refused: {refusal}" for refusal in self.chat.telegram.refusals]
        return "\n".join(lines)

    def _newest_first(self) -> Iterator[Screen]:
        kept = self.person.chat.messages
        return (Screen(self, frozen(kept[id])) for id in sorted(kept, reverse=True))

    def _places(self) -> Iterator[list[Button]]:
        """Where a button may be, in the order in which :meth:`press` looks."""
        under_messages = (
            inline_buttons(screen) for screen in self._newest_first() if screen.buttons
        )
        newest = self.last_or_none
        if newest and newest.buttons:
            yield next(under_messages)
        yield [Button(text, None) for text in self.reply_keyboard]
        yield from under_messages

    async def _sent(self, kept: Kept) -> Screen:
        await self.chat.pump()
        return Screen(self, frozen(kept))

    async def _press(self, button: Button) -> None:
        if button.message_id is None:
            self.person.press_reply_button(button.text)
        else:
            self.person.press(button.message_id, button.row, button.column)
        await self.chat.pump()

    def _choose(self, buttons: list[Button], label: str) -> Button | None:
        for fits in (is_exactly, is_but_for_emoji):
            if found := [button for button in buttons if fits(button.text, label)]:
                return found[0]
        found = [button for button in buttons if label.casefold() in button.text.casefold()]
        assert len(found) < 2, (
            f"{label!r} fits several buttons: {[button.text for button in found]}\n"
            f"{self.transcript()}"
        )
        return found[0] if found else None


class Chat:
    """A simulated Telegram with one bot, built by ``factory(request=…)``.

    ``process`` handles one update; by default the application does. ``telegram`` may be brought
    along, e.g. with a clock of the test.
    """

    def __init__(
        self,
        factory: Callable[..., AnyApplication],
        *,
        telegram: Telegram | None = None,
        process: Process | None = None,
    ) -> None:
        self.telegram = telegram or Telegram()
        self.application: AnyApplication
        self._factory = factory
        self._process = process or _process

    def phone(self, name: str, phone: str, language: str = "en") -> Phone:
        """A new person with a phone (any spelling of the number)."""
        return Phone(self, self.telegram.person(name, phone, language))

    async def pump(self) -> None:
        """Let the bot fetch and handle everything that waits for it."""
        while await self.fetch():
            await self._handle()
        failures = self.telegram.failures
        assert not failures, f"the simulator could not answer: {failures}"

    async def fetch(self) -> int:
        """Let the bot fetch what waits at Telegram; how much that was."""
        updates = await self.application.bot.get_updates(self._offset, timeout=0)
        for update in updates:
            await self.application.update_queue.put(update)
        if updates:
            self._offset = updates[-1].update_id + 1
        return len(updates)

    async def restart(self) -> None:
        """Stop the bot and start another one over the same Telegram and the same store."""
        await self._stop()
        await self._start()

    async def _handle(self) -> None:
        queue = self.application.update_queue
        while not queue.empty():
            update = queue.get_nowait()
            assert isinstance(update, Update)
            await self._process(self.application, update)

    async def _start(self) -> None:
        self._offset: int | None = None
        self.application = self._factory(request=FakeRequest(self.telegram))
        await self.application.initialize()
        if self.application.post_init:
            await self.application.post_init(self.application)
        await self._handle()

    async def _stop(self) -> None:
        await self.application.shutdown()
        if self.application.post_shutdown:
            await self.application.post_shutdown(self.application)

    async def __aenter__(self) -> Self:
        await self._start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stop()


async def _process(application: AnyApplication, update: Update) -> None:
    await application.process_update(update)
